"""The file of an import: template to download, upload, how it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views import data, ui, upload

if TYPE_CHECKING:
    from exchange.session import ImportSession
    from exchange.vocabulary import Vocabulary
    from views.texts import Texts

ENDINGS = ["csv", "txt", "tsv", "xlsx", "geojson", "json", "gpkg", "zip"]
ENCODINGS = ("utf-8", "cp1252", "utf-16")
_SESSION, _FILE = "import_session", "import_file"


def words() -> Vocabulary:
    """Return the words of the city that an import has to understand."""
    from exchange.vocabulary import vocabulary_of

    return data.shipped("vocabulary", make=lambda: vocabulary_of(data.package()))


def current() -> ImportSession | None:
    """Return the import under way."""
    return st.session_state.get(_SESSION)


def keep(session: ImportSession | None) -> None:
    """Go on with another state of the import, or end it."""
    st.session_state[_SESSION] = session
    if session is None:
        st.session_state.pop(_FILE, None)


def show(t: Texts) -> None:
    """Write the template's button and the upload; a new file is read at once."""
    from exchange.limits import DEFAULT_LIMITS, MIB

    st.markdown(t("import.upload.text"))
    st.download_button(
        t("import.template"), lambda: _template(t.language), "quartierskarte-vorlage.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", on_click="ignore", key="import_template",
    )  # fmt: skip
    key = f"import_upload_{st.session_state.get('import_round', 0)}"
    given = upload.field(t, t("import.upload.file"), ENDINGS, megabytes=DEFAULT_LIMITS.file_bytes // MIB, key=key)
    if given is None:
        keep(None)
    elif st.session_state.get(_FILE) != given.file_id:
        keep(None)
        st.session_state[_FILE] = given.file_id
        _read(t, given.getvalue(), given.name)


def _template(language: str) -> bytes:
    from exchange.template import write_template

    return write_template(words(), language="en" if language == "en" else "de")


def _read(t: Texts, content: bytes, name: str, encoding: str | None = None) -> None:
    from exchange.errors import ExchangeError
    from exchange.session import ImportSession

    with st.spinner(t("import.reading"), show_time=False):
        try:
            keep(ImportSession.of_file(content, name, words=words(), encoding=encoding))
        except ExchangeError as problem:
            st.session_state["import_refused"] = problem


def refused(t: Texts) -> None:
    """Say why a file was refused, as long as no other one was chosen."""
    problem = st.session_state.get("import_refused")
    if current() is not None or st.session_state.get(_FILE) is None:
        st.session_state.pop("import_refused", None)
    elif problem is not None:
        ui.error(t, problem)


def detected(t: Texts, session: ImportSession) -> ImportSession:
    """Say how the file was read; table and heading row can be chosen differently."""
    st.header(t("import.detected"), anchor=False)
    info = session.upload.info
    facts = [(t("import.format"), session.upload.format.upper(), "")]
    facts += [
        (t(f"import.{name}"), _visible(t, info[name]), "") for name in ("encoding", "delimiter") if info.get(name)
    ]
    if session.is_hsds:
        facts.append((t("import.rows"), t.number(len(session.places)), ""))
        ui.facts(facts)
        return session
    facts.append((t("import.rows"), t.number(len(session.table.rows)), ""))
    position = session.converted.position
    if position is not None:
        note = t("import.swapped") if position.swapped else ""
        facts.append((t("import.crs"), position.crs, note))
    ui.facts(facts)
    return _table(t, session)


def _visible(t: Texts, value: str) -> str:
    return t("import.tabulator") if value == "\t" else value


def _table(t: Texts, session: ImportSession) -> ImportSession:
    name = session.grid.name
    left, right = st.columns(2, gap="medium")
    if len(session.table_names) == 1:
        right = left
    else:
        name = left.selectbox(
            t("import.table"), session.table_names, index=session.table_names.index(name), key="import_table"
        )
    row = session.table.header_row
    if session.grid.header is None:
        row = right.number_input(
            t("import.header_row"),
            0,
            max(session.grid.numbers),
            row or 0,
            help=t("import.header_row.help"),
            key=f"import_header_{name}",
        )
    if name != session.grid.name or (row is not None and row != (session.table.header_row or 0)):
        keep(session.with_table(name, header_row=row if name == session.grid.name else None))
        st.rerun()
    return session
