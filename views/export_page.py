"""Hand on: everything or a selection of places as a file in an open format; only what is public is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.errors import QuartierError
from views import areas, data, entry_words, import_upload, place_filter, quarters_model, storage, ui
from views.state import Choice, Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from views.texts import Texts

FORMATS = ("xlsx", "csv", "geojson", "gpkg", "hsds-json", "hsds-package")


def page() -> None:
    """Show the page for handing on."""
    from store import Operation

    t = ui.texts()
    kinds = entry_words.kind_names(t)
    selection = Selection(
        [
            ui.LANGUAGE_CHOICE, areas.district_choice(), areas.quarter_choice(),
            Choice("export_kinds", tuple(data.catalogue().kinds), (), many=True),
            Choice("export_history", (True, False), True),
        ]
    )  # fmt: skip
    ui.header(t, selection, title=t("export.title"), lead=t("export.lead"))
    storage.banner(t)
    with st.sidebar:
        areas.place_box(t, selection)
        st.multiselect(
            t("choice.export_kinds"), list(kinds), format_func=kinds.__getitem__, placeholder=t("export.every"),
            **selection.bind("export_kinds"),
        )  # fmt: skip
    chosen = _chosen(selection)
    total = len(data.places())
    st.markdown(t("export.count", count=total if chosen is None else len(chosen), total=total))
    st.caption(t("export.public"))
    st.header(t("export.formats"), anchor=False)
    if storage.may(Operation.READ_HISTORY):
        st.checkbox(t("choice.export_history"), help=t("export.history.help"), **selection.bind("export_history"))
    history = storage.may(Operation.READ_HISTORY) and selection["export_history"]
    for name in FORMATS:
        _format(t, name, chosen, history=history and name.startswith("hsds"))
    ui.sources(t, [t("export.licences")])
    selection.publish()


def _chosen(selection: Selection) -> tuple[str, ...] | None:
    """Return the places of the selection; None = everything."""
    district, kinds = selection["district"], selection["export_kinds"]
    if district is None and selection["quarter"] is None and not kinds:
        return None
    found = place_filter.filtered_places(kinds=kinds) if kinds else data.places()
    if district is not None:
        found = found[found["district_id"] == district]
    if selection["quarter"] is not None:
        found = found[found["id"].isin(quarters_model.places_in(selection["quarter"]))]
    return tuple(found["id"])


def _format(t: Texts, name: str, chosen: tuple[str, ...] | None, *, history: bool) -> None:
    from exchange.export import FORMATS as KNOWN

    filename, media = KNOWN[name]
    left, right = st.columns([5, 2], vertical_alignment="center")
    left.markdown(f"**{t(f'export.{name}')}**  \n{t(f'export.{name}.text')}")
    right.download_button(
        t("export.download", name=t(f"export.{name}.short")), _maker(t, name, chosen, history=history), filename,
        media, on_click="ignore", key=f"export_{name}", width="stretch", disabled=chosen == (),
    )  # fmt: skip


def _maker(t: Texts, name: str, chosen: tuple[str, ...] | None, *, history: bool) -> Callable[[], bytes]:
    language = "en" if t.language == "en" else "de"
    # Made when the button is clicked, outside of a page's run: everything it needs is looked up now.
    content, words, descriptor = _content(), import_upload.words(), data.package().descriptor
    store, actor = storage.reading(), storage.actor()

    def make() -> bytes:
        from exchange.export import export
        from store import changelog

        try:
            log = changelog(store, actor, list(content.versions)) if history else []
            return export(content, name, words, places=chosen, descriptor=descriptor, language=language, history=log)
        except QuartierError as problem:
            return ui.message(t, problem.key, problem.params).encode()

    return make


def _content() -> Any:
    """Return what everybody may read."""
    from exchange.content import content_of_store

    return data.kept("public_content", make=lambda: content_of_store(storage.reading()))
