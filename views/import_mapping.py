"""Which column means what: proposed, to be changed, kept as a template; values for rows that have none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from views import entry_words, import_upload, ui, upload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exchange.fields import PlaceField
    from exchange.mapping import ColumnMapping
    from exchange.session import ImportSession
    from views.texts import Texts

STYLES = ("auto", "comma", "point")
SAMPLES = 3


def show(t: Texts, session: ImportSession) -> ImportSession:
    """Write the mapping and return the session with what was chosen."""
    st.header(t("import.mapping"), anchor=False)
    st.markdown(t("import.mapping.text"))
    mapping = session.mapping
    with st.expander(
        t("import.mapping.columns", done=len(mapping.columns), total=len(session.table.columns)),
        expanded=True,
        key="import_columns",
    ):
        columns = _columns(t, session)
    with st.expander(t("import.mapping.more"), key="import_more"):
        crs, swapped = _position(t, mapping)
        style = st.radio(
            t("import.number_style"),
            STYLES,
            format_func=lambda name: t(f"import.number_style.{name}"),
            index=STYLES.index(mapping.number_style),
            horizontal=True,
            key=_key(session, "style"),
        )
        constants = _constants(t, session)
    kinds = _kinds(t, session)
    chosen = replace(
        mapping, columns=columns, crs=crs, swapped=swapped, number_style=style, constants=constants, kinds=kinds
    )
    if chosen != mapping:
        import_upload.keep(session.with_mapping(chosen))
        st.rerun()
    _template(t, session)
    return session


def _key(session: ImportSession, name: str) -> str:
    file, times = st.session_state.get("import_file"), st.session_state.get("import_templates", 0)
    return f"import_{file}_{session.grid.name}_{times}_{name}"


def _columns(t: Texts, session: ImportSession) -> dict[str, str]:
    """Write one box for each column; a meaning can be given once."""
    from exchange.fields import place_fields

    fields, found = place_fields(), dict(session.mapping.columns)
    chosen: dict[str, str] = {}
    columns = session.table.columns
    for at in range(0, len(columns), 2):
        for place, column in zip(st.columns(2, gap="medium"), columns[at : at + 2], strict=False):
            with place:
                _column(t, session, column, fields, found.get(column), chosen)
    return chosen


def _column(
    t: Texts, session: ImportSession, column: str, fields: Mapping[str, PlaceField], meaning: str | None,
    chosen: dict[str, str],
) -> None:  # fmt: skip
    """Write the box of one column and what stands in it; add what was chosen to ``chosen``."""
    samples = list(dict.fromkeys(cell for cell in session.table.column(column) if cell))[:SAMPLES]
    target = st.selectbox(
        ui.literal(column),
        list(fields),
        format_func=lambda name: fields[name].title(t.language),
        index=_at(fields, meaning),
        placeholder=t("import.left_out"),
        key=_key(session, f"column_{column}"),
    )
    if samples:
        st.caption(t("import.samples", samples=ui.literal(" · ".join(sample[:60] for sample in samples))))
    if target in chosen.values():
        other = next(name for name, known in chosen.items() if known == target)
        st.warning(t("import.twice", what=fields[target].title(t.language), column=ui.literal(other)))
    elif target is not None:
        chosen[column] = target


def _at(options: Any, value: str | None) -> int | None:
    return list(options).index(value) if value in options else None


def _position(t: Texts, mapping: ColumnMapping) -> tuple[str | None, bool]:
    from exchange.positions import SYSTEMS

    crs = st.selectbox(
        t("import.crs"),
        list(SYSTEMS),
        format_func=lambda name: f"{name} ({SYSTEMS[name]})",
        index=_at(SYSTEMS, mapping.crs),
        placeholder=t("import.crs.auto"),
        key="import_crs",
    )
    swapped = st.checkbox(t("import.swap"), mapping.swapped, disabled=crs is None, key="import_swap")
    return crs, swapped and crs is not None


def _constants(t: Texts, session: ImportSession) -> dict[str, str]:
    """Write the values for all rows that have none: kind and source."""
    words, constants = import_upload.words(), dict(session.mapping.constants)
    at = int(t.language == "en")
    kind = st.selectbox(
        t("import.constant.kind"),
        sorted(words.kinds, key=lambda name: words.kinds[name][at]),
        format_func=lambda name: words.kinds[name][at],
        index=_at(sorted(words.kinds, key=lambda name: words.kinds[name][at]), constants.get("kind")),
        placeholder=t("entry.choose"),
        key=_key(session, "constant_kind"),
    )
    source = st.text_input(
        t("import.constant.source"), constants.get("source", ""), key=_key(session, "constant_source")
    ).strip()
    given = {"kind": kind, "source": source}
    return {name: value for name, value in (constants | given).items() if value}


def _kinds(t: Texts, session: ImportSession) -> dict[str, str]:
    """Write one box for each word that the catalogue does not know as a kind."""
    found = dict(session.mapping.kinds)
    unknown = {str(each.value) for each in session.converted.problems if each.key == "row.unknown_kind"}
    listed = sorted(unknown | set(found))
    if not listed:
        return found
    options = entry_words.kind_names(t)
    st.markdown(f"**{t('import.kinds')}**")
    chosen = {}
    for word in listed:
        kind = st.selectbox(
            ui.literal(word),
            list(options),
            format_func=options.__getitem__,
            index=_at(options, found.get(word)),
            placeholder=t("entry.choose"),
            key=_key(session, f"kind_{word}"),
        )
        if kind:
            chosen[word] = kind
    return chosen


def _template(t: Texts, session: ImportSession) -> None:
    """Offer the mapping as a template for the next file, and take one."""
    from exchange.errors import ExchangeError

    with st.expander(t("import.keep"), key="import_keep"):
        name = session.upload.filename.rpartition(".")[0] or "mapping"
        st.download_button(
            t("import.keep.download"),
            session.template(name),
            f"zuordnung-{name}.json",
            "application/json",
            on_click="ignore",
            key="import_keep_download",
        )
        given = upload.field(t, t("import.keep.upload"), ["json"], megabytes=1, key="import_keep_upload")
        if given is None or st.session_state.get("import_keep_taken") == given.file_id:
            return
        st.session_state["import_keep_taken"] = given.file_id
        try:
            taken = session.with_template(given.getvalue().decode("utf-8", "replace"))
        except ExchangeError as problem:
            ui.error(t, problem)
            return
        st.session_state["import_templates"] = st.session_state.get("import_templates", 0) + 1
        import_upload.keep(taken)
        st.rerun()
