"""Import: upload, detection, mapping, preview, doubles, one transaction, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import QuartierError
from views import import_apply, import_mapping, import_preview, import_upload, navigation, storage, ui
from views.state import Selection

if TYPE_CHECKING:
    from exchange.session import ImportSession
    from views.texts import Texts


def page() -> None:
    """Show the import."""
    t = ui.texts()
    selection = Selection([ui.LANGUAGE_CHOICE])
    ui.header(t, selection, title=t("import.title"), lead=t("import.lead"))
    navigation.to_maintain(t)
    storage.banner(t)
    import_apply.done(t)
    import_upload.show(t)
    import_upload.refused(t)
    session = import_upload.current()
    if session is not None:
        try:
            _steps(t, session)
        except QuartierError as problem:
            ui.error(t, problem)
    import_apply.earlier(t)
    selection.publish()


def _steps(t: Texts, session: ImportSession) -> None:
    """Write what follows the upload, each step with the choices of those before it."""
    session = import_upload.detected(t, session)
    if not session.is_hsds:
        session = import_mapping.show(t, session)
    import_preview.show(t, session)
    with st.spinner(t("import.comparing"), show_time=False):
        matches = _matches(session)
    decisions = import_preview.doubles(t, session, matches)
    plan = session.plan(import_preview.content(), decisions)
    import_preview.problems(t, plan.problems)
    import_apply.show(
        t, plan, lambda store, progress: session.apply(store, storage.actor(), plan, progress=progress), after=_finished
    )


def _finished() -> None:
    """Begin anew, with an empty box for the next file."""
    import_upload.keep(None)
    st.session_state["import_round"] = st.session_state.get("import_round", 0) + 1


def _matches(session: ImportSession) -> dict[int, list[object]]:
    """Return the possible doubles, worked out once for each state of the import and of the store."""
    key = (id(session), storage.state())
    kept = st.session_state.get("import_matches")
    if kept is None or kept[0] != key:
        kept = (key, session.matches(import_preview.content()))
        st.session_state["import_matches"] = kept
    return kept[1]
