"""Keeping a requirement sheet: as a file that can be loaded again, and with the area in the store."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import streamlit as st

from geo.errors import QuartierError
from views import areas, data, entry_save, newbuild_model, newbuild_words, plan_model, storage, ui, upload
from views.state import Choice

if TYPE_CHECKING:
    from geo.newbuild import Sheet
    from geo.newbuild_result import Requirement
    from store import Actor, Entry, Store
    from views.newbuild_model import State
    from views.state import Selection
    from views.texts import Texts

RESOURCE = "newbuild_sheets"
FILE_MIB = 1
_OPENED, _FILE, _FAULT, _ASK, _VISIT = (f"newbuild_{name}" for name in ("opened", "file", "fault", "ask", "visit"))
Row = dict[str, Any]


def choice() -> Choice:
    """Return the choice ``sheet`` of the address line: a sheet of the store."""
    return Choice("sheet", tuple(rows()))


def rows() -> dict[str, Row]:
    """Return the sheets in use by their id; unknown is None. Shared: never change them."""
    if not storage.state():
        return {}
    return data.kept(RESOURCE, make=_rows)


def _rows() -> dict[str, Row]:
    frame = data.entries(RESOURCE)
    known = frame.astype(object).where(frame.notna(), None).to_dict("records")
    found = [{str(name): value for name, value in row.items()} for row in known]
    return {row["id"]: row for row in sorted(found, key=lambda row: str(row["title"]).casefold())}


def of_area(area: str) -> dict[str, Row]:
    """Return the sheets of an area by their id."""
    return {key: row for key, row in rows().items() if plan_model.key_of(row["area_level"], row["area_id"]) == area}


def settle(selection: Selection) -> None:
    """Open the sheet that the address line names, once."""
    key = selection["sheet"]
    if key is None or st.session_state.get(_OPENED) == key:
        return
    open_stored(selection, key)


def open_stored(selection: Selection, key: str) -> None:
    """Let a sheet of the store be the one that is worked on, with its area."""
    row = rows()[key]
    st.session_state[_OPENED] = key
    selection["sheet"] = key
    if _take(selection, str(row["sheet"]), str(row["title"]), entry=(key, int(row["version"]))):
        selection["area"] = plan_model.key_of(row["area_level"], row["area_id"])


def _take(selection: Selection, text: str, name: str, *, entry: tuple[str, int] | None = None) -> bool:
    from geo.newbuild_file import read_sheet

    st.session_state.pop(_FAULT, None)
    try:
        sheet = read_sheet(text, name=name)
    except QuartierError as problem:
        st.session_state[_FAULT] = problem
        return False
    newbuild_model.take(sheet, entry=entry)
    area = newbuild_model.area_of(sheet)
    if entry is None:
        if area in areas.names(ui.texts()):
            selection["area"] = area
        elif selection["area"] is None:
            st.session_state[_FAULT] = None
    return True


def opening(t: Texts, selection: Selection, area: str | None) -> None:
    """Offer the sheets of the area, a file, and an empty sheet."""
    stored = rows() if area is None else of_area(area)
    with st.expander(t("newbuild.open") + (f" · {t.plural('newbuild.open.count', len(stored))}" if stored else "")):
        for key, row in stored.items():
            day = t.day(str(row["reference_date"] or ""))
            label = t("newbuild.open.one", title=plan_model.short(str(row["title"])), day=day)
            st.button(ui.literal(label), key=f"nb_open_{key}", on_click=open_stored, args=(selection, key))
        turn = st.session_state.get(f"{_FILE}_turn", 0)
        given = upload.field(t, t("newbuild.open.file"), ["json"], megabytes=FILE_MIB, key=f"nb_upload_{turn}")
        if given is not None:
            st.session_state[f"{_FILE}_turn"] = turn + 1
            _uploaded(selection, given.getvalue(), given.name)
            st.rerun()
        st.button(t("newbuild.new"), key="nb_new", on_click=_begin_anew, args=(selection,))
    fault = st.session_state.get(_FAULT)
    if fault is not None:
        ui.error(t, fault)


def _begin_anew(selection: Selection) -> None:
    selection["sheet"] = None
    st.session_state.pop(_OPENED, None)
    st.session_state.pop(_FAULT, None)
    newbuild_model.begin_anew()


def _uploaded(selection: Selection, content: bytes, name: str) -> None:
    selection["sheet"] = None
    st.session_state.pop(_OPENED, None)
    _take(selection, content.decode("utf-8-sig", errors="replace"), name)


def show(t: Texts, now: State, sheet: Sheet, found: Requirement | None) -> None:
    """Write the buttons that keep a sheet."""
    from geo.newbuild_file import sheet_text

    st.header(t("newbuild.keep"), anchor=False)
    st.markdown(t("newbuild.keep.text"))
    with st.container(horizontal=True, key="nb_keep"):
        st.download_button(
            t("newbuild.keep.file"), lambda: sheet_text(sheet).encode(), f"{file_name(sheet)}-blatt.json", "application/json",
            on_click="ignore", key="nb_keep_file",
        )  # fmt: skip
        _buttons(t, now, sheet, found)
    if found is None:
        st.caption(t("newbuild.keep.faulty"))


def _buttons(t: Texts, now: State, sheet: Sheet, found: Requirement | None) -> None:
    known = now.entry is not None and now.entry[0] in rows()
    if (
        known
        and plan_model.may("update")
        and st.button(t("newbuild.keep.update"), type="primary", key="nb_update", disabled=found is None)
    ):
        _save(t, now, sheet, found)
    if plan_model.may("create") and st.button(
        t("newbuild.keep.copy" if known else "newbuild.keep.store"), type="secondary" if known else "primary",
        key="nb_store", disabled=found is None,
    ):  # fmt: skip
        now.entry = None
        _save(t, now, sheet, found)
    if known and plan_model.may("retire"):
        _retire(t, now)


def _retire(t: Texts, now: State) -> None:
    if not st.session_state.get(_ASK):
        st.button(t("newbuild.retire"), key="nb_retire", on_click=_ask, args=(True,))
        return
    st.button(t("newbuild.retire.no"), key="nb_retire_no", on_click=_ask, args=(False,))
    if st.button(t("newbuild.retire.sure"), key="nb_retire_sure"):
        from store import retire

        key, version = now.entry or ("", 0)
        if _written(t, lambda store, actor: retire(store, actor, RESOURCE, key, version=version)) is not None:
            now.entry = None
            st.session_state.pop(_VISIT, None)
            _ask(False)
            st.session_state.pop(_OPENED, None)
            entry_save.notice("newbuild.retired")
            st.rerun()


def _ask(value: bool) -> None:  # noqa: FBT001 -- a callback's argument
    st.session_state[_ASK] = value


def _save(t: Texts, now: State, sheet: Sheet, found: Requirement | None) -> None:
    if found is None:
        return
    if not sheet.title.strip():
        st.warning(t("newbuild.keep.no_name"))
        return
    values = _values(t, sheet, found)

    def act(store: Store, actor: Actor | None) -> Entry:
        from store import create, update

        if now.entry is None:
            return create(store, actor, RESOURCE, values, key=_request(values))
        return update(store, actor, RESOURCE, now.entry[0], values, version=now.entry[1])

    made = _written(t, act)
    if made is not None:
        now.entry = (made.id, made.version)
        st.session_state[_OPENED] = made.id
        entry_save.notice("newbuild.kept")
        st.rerun()


def _request(values: dict[str, Any]) -> str:
    """Return the key of a form: the same content of the same visit is stored once, however often it is clicked."""
    visit = st.session_state.setdefault(_VISIT, uuid4().hex)
    return f"{visit}-{sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:32]}"


def _written(t: Texts, act: Any) -> Entry | None:
    """Carry out a change; None with a sentence on the page if it was not stored."""
    from store import StoreError
    from store.errors import ConflictError, ValidationError

    try:
        return storage.write(t, lambda store: act(store, storage.actor()))
    except ConflictError:
        st.error(t("newbuild.keep.conflict"))
    except ValidationError as problem:
        st.error("\n".join(f"- {ui.literal(ui.message(t, each.key, each.params))}" for each in problem.problems))
    except StoreError as problem:
        ui.error(t, problem)
    return None


def _values(t: Texts, sheet: Sheet, found: Requirement) -> dict[str, Any]:
    from geo.newbuild_file import sheet_text

    level, area_id = plan_model.area_of(str(newbuild_model.area_of(sheet)))
    short = [
        f"{newbuild_words.label(t, found.assumptions[line.demand.name])}: {newbuild_words.first_short(t, found, line)[0]}"
        for line in found.lines
    ]
    return {
        "area_level": level,
        "area_id": area_id,
        "title": sheet.title.strip(),
        "sheet": sheet_text(sheet),
        "finding": "; ".join(short),
        "data_version": str(data.package().descriptor.get("version") or "")[:200] or None,
        "reference_date": date.today().isoformat(),  # noqa: DTZ011 -- the day where the server is
    }


def file_name(sheet: Sheet) -> str:
    """Return the first part of the names of files: letters, digits and hyphens of the title."""
    kept = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in sheet.title.casefold())
    slug = "-".join(part for part in kept.split("-") if part)[:60]
    return f"quartierskarte-neubau-{slug or sheet.area_id[:20]}"
