"""Back from paper: type a card, or read the whole table; a note stands where its number stuck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.workshop import MAX_MARK, MAX_NOTE, MAX_PAPER_DOTS
from views import data, paper_preview, session_model, ui, upload

if TYPE_CHECKING:
    from exchange.workshop.paper_model import Comparison, Paper, PaperRead, TypedNote
    from geo.print_grid import PrintGrid
    from store import Actor, Store
    from store.workshop import Note, Session
    from views.texts import Texts

ENDINGS = ["xlsx", "csv", "txt", "tsv", "json"]
MOST_LISTED = 8
_TURN, _SAID, _FILE, _READ = "paper_turn", "paper_said", "paper_file", "paper_read"
_MEGABYTES = 20


def show(t: Texts, session: Session | None) -> None:
    """Write both ways back for a session."""
    if session is None:
        ui.empty(t, "paper.back.choose")
        session_model.link(t, "session", t("paper.back.open"))
        return
    area = session_model.area_of(session)
    if area is None:
        st.warning(t("paper.no_area"))
        return
    from exchange.workshop.cards import hundreds
    from exchange.workshop.paper_model import Paper
    from geo.print_grid import print_grid

    grid = _printed(
        t, data.kept("print_grid", area.level, area.id, area.geometry.wkb, make=lambda: print_grid(area.geometry))
    )
    if grid is None:
        return
    words = {code: t(f"session.category.{code}") for code in session.categories}
    paper = Paper(session.id, grid, session.categories, hundreds(session.categories), words)
    notes = session_model.feed(session.id).notes
    left, right = st.columns(2, gap="large")
    with left:
        _type(t, session, paper, notes)
    with right:
        _upload(t, session, paper, notes)


def _printed(t: Texts, grid: PrintGrid) -> PrintGrid | None:
    """Say which map the codes are read with; another key can be typed from an older sheet."""
    from geo.errors import QuartierError
    from geo.print_grid import grid_of_key

    st.caption(t("paper.back.grid", grid=grid.key, last=grid.last, side=grid.side_m))
    with st.expander(t("paper.back.other_grid")):
        key = st.text_input(t("paper.back.key"), max_chars=80, key="paper_grid_key", placeholder=grid.key)
    if not key.strip():
        return grid
    try:
        return grid_of_key(key)
    except QuartierError as problem:
        ui.error(t, problem)
        return None


def _type(t: Texts, session: Session, paper: Paper, notes: tuple[Note, ...]) -> None:
    """Write the form for one card; what is stored leaves it, what is wrong stays in it."""
    st.subheader(t("paper.back.type"), anchor=False)
    turn = st.session_state.setdefault(_TURN, 0)
    for kind, text in st.session_state.pop(_SAID, ()):
        {"error": st.error, "warning": st.warning, "success": st.success}[kind](ui.literal(text))
    with st.form(f"paper_card_{turn}", enter_to_submit=True):
        first, second, third = st.columns(3)
        cells: dict[str, Any] = {
            "sticker": first.text_input(t("paper.back.sticker"), max_chars=MAX_MARK, key=f"paper_sticker_{turn}"),
            "grid_code": second.text_input(t("paper.back.field"), max_chars=MAX_MARK, key=f"paper_code_{turn}"),
            "paper_dots": str(third.number_input(t("paper.back.dots"), 0, MAX_PAPER_DOTS, 0, key=f"paper_dots_{turn}")),
        }
        labels = session_model.categories(t, session)
        cells["category"] = st.radio(
            t("paper.back.category"), ["", *labels], horizontal=True, key=f"paper_category_{turn}",
            format_func=lambda code: labels.get(code, t("paper.back.by_number")),
        )  # fmt: skip
        cells["text"] = st.text_area(t("paper.back.text"), max_chars=MAX_NOTE, height=90, key=f"paper_text_{turn}")
        pressed = st.form_submit_button(t("paper.back.enter"), type="primary", key=f"paper_enter_{turn}")
    if pressed:
        _enter(t, session, paper, cells, notes)
    _latest(t, notes)


def _enter(t: Texts, session: Session, paper: Paper, cells: dict[str, Any], notes: tuple[Note, ...]) -> None:
    from exchange.workshop.paper_in import compared, differences, read_rows

    read = read_rows([(1, cells)], paper)
    if not read.notes:
        found = [("error" if each.severity == "error" else "warning", _sentence(t, each)) for each in read.problems]
        st.session_state[_SAID] = found or [("warning", t("paper.back.nothing"))]
        st.rerun()
    comparison = compared(read.notes, notes)
    if comparison.changed or comparison.same:
        others = differences(comparison)
        st.session_state[_SAID] = [("warning", _sentence(t, each)) for each in others] or [
            ("warning", t("paper.back.there"))
        ]
        st.rerun()
    done = session_model.do(t, lambda store, who: _store(store, who, session, comparison.new, ()))
    if done is not None:
        warnings = [("warning", _sentence(t, each)) for each in read.problems]
        st.session_state[_SAID] = [("success", t("paper.back.entered")), *warnings]
        st.session_state[_TURN] += 1
    st.rerun()


def _sentence(t: Texts, problem: Any) -> str:
    return ui.message(t, problem.key, {"value": problem.value, **problem.params})


def _latest(t: Texts, notes: tuple[Note, ...]) -> None:
    """List the cards that were typed last, to see where one is in the pile."""
    typed = sorted((note for note in notes if note.channel == "paper"), key=lambda note: note.number, reverse=True)
    if not typed:
        return
    st.markdown(f"**{t.plural('paper.back.count', len(typed))}**")
    for note in typed[:MOST_LISTED]:
        place = session_model.place_text(t, note)
        words = " ".join(note.text.split())
        st.caption(ui.literal(f"{t(f'session.category.{note.category}')}: {words}" + (f" ({place})" if place else "")))


def _upload(t: Texts, session: Session, paper: Paper, notes: tuple[Note, ...]) -> None:
    """Write the upload and, once a file is read, what would come in."""
    st.subheader(t("paper.back.file"), anchor=False)
    st.markdown(t("paper.back.file.text"))
    key = f"paper_upload_{session.id}_{st.session_state.get('paper_round', 0)}"
    given = upload.field(t, t("paper.back.upload"), ENDINGS, megabytes=_MEGABYTES, key=key)
    if given is None:
        st.session_state.pop(_READ, None)
        return
    if st.session_state.get(_FILE) != (given.file_id, paper.grid.key):
        st.session_state[_FILE] = (given.file_id, paper.grid.key)
        st.session_state[_READ] = _read(t, given.getvalue(), given.name, paper)
    read = st.session_state.get(_READ)
    if isinstance(read, str):
        st.error(ui.literal(read))
    elif read is not None:
        _offer(t, session, read, notes)


def _read(t: Texts, content: bytes, name: str, paper: Paper) -> PaperRead | str:
    """Return what a file holds, or the sentence that says why it is refused."""
    from exchange.errors import ExchangeError
    from exchange.sandbox import read_upload
    from exchange.workshop.paper_in import read_file

    with st.spinner(t("import.reading"), show_time=False):
        try:
            return read_file(read_upload(content, name), paper)
        except ExchangeError as problem:
            return ui.message(t, problem.key, problem.params)


def _offer(t: Texts, session: Session, read: PaperRead, notes: tuple[Note, ...]) -> None:
    from exchange.workshop.paper_in import compared, differences

    found = compared(read.notes, notes)
    paper_preview.show(t, found, [*read.problems, *differences(found)], blank=read.blank)
    also = bool(found.changed) and st.checkbox(
        t.plural("paper.back.also", len(found.changed)), key=f"paper_also_{session.id}"
    )
    count = len(found.new) + (len(found.changed) if also else 0)
    if not count:
        st.info(t("paper.back.nothing_new"))
        return
    st.button(
        t.plural("paper.back.take", count), type="primary", key="paper_take", on_click=_take,
        args=(t, session, found, also),
    )  # fmt: skip


def _take(t: Texts, session: Session, found: Comparison, also: bool) -> None:  # noqa: FBT001 -- handed on by the button
    changed = found.changed if also else ()
    done = session_model.do(
        t, lambda store, who: _store(store, who, session, found.new, changed), done="paper.back.taken"
    )
    if done is not None:
        st.session_state["paper_round"] = st.session_state.get("paper_round", 0) + 1


def _store(
    store: Store,
    who: Actor | None,
    session: Session,
    new: tuple[TypedNote, ...],
    changed: tuple[tuple[TypedNote, Note], ...],
) -> int:
    """Store new notes, all or none, then those that were changed; return how many."""
    from store.workshop import change_note, enter_notes

    made = enter_notes(store, who, session.id, [note.values for note in new])
    for note, there in changed:
        wanted = {name: value for name, value in note.values.items() if name not in {"id", "channel"}}
        if not wanted["paper_dots"]:
            del wanted["paper_dots"]
        change_note(store, who, session.id, there.id, wanted, version=there.version)
    return len(made) + len(changed)
