"""Import: upload, detection, mapping, preview, doubles, one transaction, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.errors import QuartierError
from views import import_apply, import_mapping, import_preview, import_upload, storage, ui
from views.state import Selection

if TYPE_CHECKING:
    from exchange.duplicates import Match
    from exchange.plan import Decision, ImportPlan
    from exchange.session import ImportSession
    from views.texts import Texts


_WORKED_OUT: Final = "import_worked_out"


def page() -> None:
    """Show the import."""
    t = ui.texts()
    selection = Selection([ui.LANGUAGE_CHOICE])
    ui.header(t, selection, title=t("import.title"), lead=t("import.lead"))
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
    from exchange.plan import proposed_decisions

    bar = st.empty()
    if not session.is_hsds and "converted" not in session.__dict__:
        bar.progress(0.1, text=t("import.converting"))
        _ = session.converted
    if _kept(session) is None:
        bar.progress(0.4, text=t("import.comparing"))
        matches = _matches(session)
        bar.progress(0.75, text=t("import.planning"))
        _plan(session, proposed_decisions(matches))
    bar.empty()
    session = import_upload.detected(t, session)
    if not session.is_hsds:
        session = import_mapping.show(t, session)
    import_preview.show(t, session)
    decisions = import_preview.doubles(t, session, _matches(session))
    plan = _plan(session, decisions)
    import_preview.problems(t, plan.problems)
    import_apply.show(
        t, plan, lambda store, progress: session.apply(store, storage.actor(), plan, progress=progress), after=_finished
    )


def _finished() -> None:
    """Begin anew, with an empty box for the next file."""
    import_upload.keep(None)
    st.session_state["import_round"] = st.session_state.get("import_round", 0) + 1


def _kept(session: ImportSession) -> dict[str, Any] | None:
    """Return what was worked out for this state of the import and of the store; None if that is to be done anew."""
    kept = st.session_state.get(_WORKED_OUT)
    fits = kept is not None and kept["session"] is session and kept["state"] == storage.state()
    return kept if fits else None


def _matches(session: ImportSession) -> dict[int, list[Match]]:
    """Return the possible doubles."""
    kept = _kept(session)
    if kept is None:
        matches = session.matches(import_preview.content())
        kept = {"session": session, "state": storage.state(), "matches": matches}
        st.session_state[_WORKED_OUT] = kept
    return kept["matches"]


def _plan(session: ImportSession, decisions: dict[int, Decision]) -> ImportPlan:
    """Return what the import would do with these decisions."""
    kept = _kept(session)
    if kept is None or kept.get("decisions") != decisions:
        plan = session.plan(import_preview.content(), decisions)
        if kept is None:
            return plan
        kept |= {"plan": plan, "decisions": dict(decisions)}
    return kept["plan"]
