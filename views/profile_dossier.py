"""Dossiers to take along: of the area that is shown, and of many areas in one run with progress and a way to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from exchange.dossier.files import FORMATS, file_name, written
from geo.errors import QuartierError
from views import areas, profile_model, ui

if TYPE_CHECKING:
    from collections.abc import Callable

    from exchange.dossier.background import Run
    from exchange.dossier.make import Maker
    from geo.area import Area
    from views.texts import Texts

_RUN, _AREAS, _KINDS, _NOTE = "dossier_run", "dossier_areas", "dossier_kinds", "dossier_stopped"
_EVERY_S = 1.0


def downloads(t: Texts, maker: Maker, area: Area) -> None:
    """Write a button for each format; the file is made when it is asked for."""
    for kind, form in FORMATS.items():
        st.download_button(
            t(f"profile.{kind}"),
            _made(maker, area, kind),
            file_name(area, kind),
            form.media,
            on_click="ignore",
            key=f"profile_{kind}",
        )


def _made(maker: Maker, area: Area, kind: str) -> Callable[[], bytes]:
    return lambda: written(maker.dossier(area), kind)


def many(t: Texts, chosen: str | None) -> None:
    """Write the box for several areas: what is wanted, or how far it is."""
    run: Run | None = st.session_state.get(_RUN)
    with st.expander(t("profile.batch"), expanded=run is not None or _NOTE in st.session_state):
        if run is None:
            _ask(t, chosen)
        elif run.active:
            st.fragment(_working, run_every=_EVERY_S)(t, run)
        else:
            _finished(t, run)


def _ask(t: Texts, chosen: str | None) -> None:
    if st.session_state.pop(_NOTE, False):
        st.info(t("profile.batch.cancelled"))
    listed = areas.names(t, city=True)
    st.session_state.setdefault(_AREAS, [chosen] if chosen in listed else [])
    st.session_state[_AREAS] = [value for value in st.session_state[_AREAS] if value in listed]
    st.session_state.setdefault(_KINDS, ["pdf"])
    st.multiselect(
        t("profile.batch.areas"),
        list(listed),
        format_func=lambda value: listed.get(value, value),
        placeholder=t("profile.area.placeholder"),
        key=_AREAS,
    )
    st.button(t("profile.batch.all"), key="dossier_all", on_click=_choose_all, args=(list(listed),))
    st.pills(
        t("profile.batch.formats"),
        list(FORMATS),
        format_func=lambda kind: t(f"profile.batch.{kind}"),
        selection_mode="multi",
        key=_KINDS,
    )
    count, kinds = len(st.session_state[_AREAS]), st.session_state[_KINDS]
    label = t.plural("profile.batch.start", count) if count and kinds else t("profile.batch.nothing")
    if st.button(label, key="dossier_start", type="primary", disabled=not (count and kinds)):
        _start(t, list(st.session_state[_AREAS]), list(kinds))


def _choose_all(values: list[str]) -> None:
    prefix = areas.PREFIXES["district"] + ":"
    st.session_state[_AREAS] = [value for value in values if value.startswith(prefix)]


def _start(t: Texts, values: list[str], kinds: list[str]) -> None:
    from exchange.dossier.background import Run

    try:
        wanted = [areas.area(value) for value in values]
    except QuartierError as problem:
        ui.error(t, problem)
        return
    st.session_state[_RUN] = Run(profile_model.recipe(t), wanted, kinds)
    st.rerun()


def _working(t: Texts, run: Run) -> None:
    """Show how far a run is, again every second."""
    if not run.active:
        st.rerun()
    done, total = run.progress
    key = "profile.batch.waiting" if run.state == "waiting" else "profile.batch.progress"
    st.progress(done / total, text=t(key, done=done, total=total))
    if st.button(t("profile.batch.cancel"), key="dossier_cancel"):
        _forget()
        st.session_state[_NOTE] = True
        st.rerun()


def _finished(t: Texts, run: Run) -> None:
    done, _ = run.progress
    if run.state == "done":
        made = done - len(run.failed)
        st.success(t.plural("profile.batch.done", made))
        if run.failed:
            st.warning(ui.literal(t("profile.batch.some_failed", names=", ".join(run.failed))))
        st.download_button(
            t("profile.batch.download"),
            run.result,
            "quartierskarte-dossiers.zip",
            "application/zip",
            on_click="ignore",
            key="dossier_zip",
            type="primary",
            disabled=not made,
        )
    else:
        st.error(t("profile.batch.failed" if run.state == "failed" else "profile.batch.cancelled"))
    if st.button(t("profile.batch.again"), key="dossier_again"):
        _forget()
        st.rerun()


def _forget() -> None:
    run: Any = st.session_state.pop(_RUN, None)
    if run is not None:
        run.stop()
