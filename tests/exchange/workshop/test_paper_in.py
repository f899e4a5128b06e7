"""Paper and back: a note lands in the cell it stuck on, nothing twice, every problem by row."""

import json
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from exchange.errors import UploadError
from exchange.grid import Grid
from exchange.sandbox import Upload, read_upload
from exchange.wording import Texts
from exchange.workshop.cards import card_numbers
from exchange.workshop.paper_columns import category_of, paper_template
from exchange.workshop.paper_in import compared, read_rows, rows_of
from exchange.workshop.paper_model import Paper
from geo.crs import from_lonlat, point_xy
from geo.print_grid import print_grid
from geo.workshop import CATEGORIES, MAX_NOTE
from store.workshop import Note
from tests.factories import metres

GRID = print_grid(shapely.box(*metres(0, 0), *metres(2, 2)))
NUMBERS = card_numbers(CATEGORIES)
PAPER = Paper("session-1", GRID, CATEGORIES, NUMBERS)


def read(*rows, paper=PAPER):
    return read_rows(enumerate(rows, 2), paper)


def row(sticker="7", text="Eine Bank", category="Bedarf", grid_code="C4", **more):
    return {"sticker": sticker, "text": text, "category": category, "grid_code": grid_code} | more


def keys(found):
    return [(problem.row, problem.column, problem.key, problem.severity) for problem in found.problems]


def place_of(note):
    return point_xy(from_lonlat([note.values["lon"]], [note.values["lat"]]), name="note")[0]


def stored(note, **changes):
    """Return the note as the store hands it out."""
    names = {"id", "category", "text", "lon", "lat", "grid_code", "sticker", "paper_dots", "channel"}
    rest = {"session_id": "session-1", "participant_id": None, "state": "shown", "was_shown": True, "group_id": None}
    values = {name: note.values[name] for name in names} | rest | {"created_at": "", "version": 1, "number": 1}
    return Note(**values | changes)


@given(st.integers(0, GRID.columns - 1), st.integers(0, GRID.rows - 1), st.integers(0, 400))
def test_a_note_lies_in_the_printed_cell_of_its_code(column, line, sticker):
    code = GRID.code_at(GRID.west + (column + 0.5) * GRID.side_m, GRID.north - (line + 0.5) * GRID.side_m)
    found = read(row(sticker=str(sticker), grid_code=code.lower()))
    note = found.notes[0]
    x, y = place_of(note)
    cell = GRID.cell(code)
    assert cell.west < x < cell.east
    assert cell.south < y < cell.north
    assert note.values["grid_code"] == code
    assert note.uncertainty_m == pytest.approx(cell.uncertainty_m)
    assert found.problems == ()


def test_a_row_becomes_a_note_for_the_store():
    note = read(row(paper_dots="3")).notes[0]
    assert note.row == 2
    assert {name: note.values[name] for name in ("category", "text", "sticker", "grid_code", "paper_dots", "channel")} == {
        "category": "need", "text": "Eine Bank", "sticker": "7", "grid_code": "C4", "paper_dots": 3, "channel": "paper",
    }  # fmt: skip


def test_notes_of_one_cell_do_not_lie_on_each_other():
    notes = read(*(row(sticker=str(number)) for number in range(1, 13))).notes
    assert len({(note.values["lon"], note.values["lat"]) for note in notes}) == 12


def test_rows_without_text_and_field_are_blank_rows_of_the_template():
    found = read({"sticker": "1", "category": "Bedarf", "text": None, "grid_code": ""}, {}, row())
    assert (len(found.notes), found.blank, found.problems) == (1, 2, ())


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        (row(text=""), "paper.text_missing"), (row(text="x" * (MAX_NOTE + 1)), "paper.text_long"),
        (row(text="a\x00b"), "paper.bad_sign"), (row(category="Kuchen"), "paper.category_unknown"),
        (row(category="", sticker="9999"), "paper.category_missing"), (row(category="", sticker=""), "paper.category_missing"),
        (row(grid_code="ZZ99"), "paper.code_unknown"), (row(grid_code="{{7*7}}"), "paper.code_unknown"),
        (row(paper_dots="-1"), "paper.bad_dots"), (row(paper_dots="viele"), "paper.bad_dots"),
        (row(paper_dots="1001"), "paper.bad_dots"),
        (row(lon="9.7"), "paper.half_place"), (row(lon="9.7", lat="x"), "paper.half_place"),
        (row(lon="13.4", lat="52.5"), "paper.outside"), (row(lon="999", lat="52.5"), "paper.outside"),
        (row(sticker="1" * 21), "paper.sticker_long"),
    ],
)  # fmt: skip
def test_a_row_with_something_wrong_gives_no_note_and_says_why(cells, key):
    found = read(cells, row(sticker="8"))
    assert len(found.notes) == 1
    assert [(each.row, each.key, each.severity) for each in found.problems] == [(2, key, "error")]
    assert "{" not in found.problems[0].message.replace("{{7*7}}", "")
    assert found.problems[0].remedy


def test_a_text_that_may_name_somebody_is_a_warning():
    found = read(row(text="Frau Yılmaz hilft, 0511 1234567"))
    assert keys(found) == [(2, "text", "paper.name_hint", "warning")]
    assert "Yılmaz" in found.problems[0].message
    assert len(found.notes) == 1


def test_all_problems_of_a_row_are_named_at_once():
    found = read(row(text="", category="x", grid_code="??", paper_dots="?"))
    assert [column for _, column, _, _ in keys(found)] == ["text", "category", "paper_dots", "grid_code"]


def test_a_number_stands_on_one_card_only():
    found = read(row(sticker="07"), row(sticker="7", text="Noch eine"))
    assert keys(found) == [(3, "sticker", "paper.sticker_twice", "error")]
    assert found.problems[0].params["other"] == 2


def test_the_number_of_a_card_says_its_category():
    found = read(row(sticker=str(NUMBERS["idea"][0]), category=""))
    assert found.notes[0].values["category"] == "idea"
    assert keys(found) == [(2, "category", "paper.category_of_card", "warning")]
    only = Paper("s", GRID, ("idea",), {})
    assert read(row(category="", sticker=""), paper=only).notes[0].values["category"] == "idea"


@pytest.mark.parametrize(
    ("word", "category"),
    [("Bedarf", "need"), ("b", "need"), ("NEED", "need"), ("Idee", "idea"), ("I", "idea"), ("Stärke", "strength"),
     ("S", "strength"), ("Staerken", "strength"), ("Ansprechstelle", "contact"),
     ("A", "contact"), ("contact", "contact"), ("?", None), ("", None)],
)  # fmt: skip
def test_words_and_letters_mean_categories(word, category):
    assert category_of(word) == category


def test_a_category_that_the_session_does_not_have_is_refused():
    found = read(row(category="Stärke"), paper=Paper("s", GRID, ("need", "idea"), {}))
    assert keys(found) == [(2, "category", "paper.category_unknown", "error")]


def test_a_note_without_a_field_has_no_place():
    found = read(row(grid_code=""))
    assert found.notes[0].values["lon"] is None
    assert found.notes[0].values["grid_code"] is None
    assert keys(found) == [(2, "grid_code", "paper.no_place", "warning")]


def test_an_exact_place_counts_more_than_the_field():
    x, y = GRID.cell("E5").centre
    first = read(row(grid_code="E5", sticker="24")).notes[0]
    again = read(row(grid_code="A1", lon=str(first.values["lon"]), lat=str(first.values["lat"])))
    assert again.notes[0].values["grid_code"] == "E5"
    assert again.notes[0].uncertainty_m is None
    assert keys(again) == [(2, "grid_code", "paper.code_other", "warning")]
    assert place_of(again.notes[0]) == pytest.approx((x, y), abs=0.5)


def test_the_same_rows_have_the_same_identifiers_and_others_have_others():
    rows = [row(), row(sticker="", text="Licht"), row(sticker="", text="Licht"), row(sticker="9", text="Licht")]
    first, second = read(*rows), read(*rows)
    ids = [note.values["id"] for note in first.notes]
    assert ids == [note.values["id"] for note in second.notes]
    assert len(set(ids)) == 4
    assert read(*rows, paper=Paper("session-2", GRID, CATEGORIES, {})).notes[0].values["id"] not in ids


def test_what_the_session_has_already_is_told_apart():
    notes = read(row(), row(sticker="8", text="Licht"), row(sticker="9", text="Weg")).notes
    there = [stored(notes[0], paper_dots=4), stored(notes[1], text="Dunkel", id="other")]
    found = compared(notes, there)
    assert [note.row for note in found.new] == [4]
    assert [note.row for note in found.same] == [2]
    assert [(note.row, other.text) for note, other in found.changed] == [(3, "Dunkel")]


@given(
    st.dictionaries(
        st.sampled_from(["sticker", "category", "text", "grid_code", "paper_dots", "lon", "lat", "id"]),
        st.text(max_size=30),
    )
)
def test_whatever_is_typed_gives_a_note_or_a_problem(cells):
    found = read(cells)
    errors = [problem for problem in found.problems if problem.severity == "error"]
    assert (len(found.notes) == 1) + bool(errors) + found.blank == 1


def upload(text, name="papier.csv"):
    return read_upload(text if isinstance(text, bytes) else text.encode(), name)


def notes_of(found):
    rows, problems, paper = rows_of(found, PAPER)
    made = read_rows(rows, paper, file=found.filename)
    return made, problems


def grid_upload(rows, *, header=None, info=None):
    grid = Grid("t", [list(each) for each in rows], list(range(1, len(rows) + 1)), header)
    return Upload("t.csv", "csv", (grid,), None, info or {}, {})


def test_a_table_of_a_spreadsheet_is_read_with_german_or_english_headings():
    for head in (
        ("Nr.", "Art", "Text", "Feld", "Punkte"),
        ("No.", "Kind", "Text", "Field", "Dots"),
        ("sticker", "category", "text", "grid_code", "paper_dots"),
    ):
        made, problems = notes_of(
            grid_upload([("Abend in der Kirche",), head, ("3", "Idee", "Spielstraße", "d5", "2")])
        )
        assert problems == []
        assert made.notes[0].row == 3
        assert made.notes[0].values["text"] == "Spielstraße"
        assert made.notes[0].values["grid_code"] == "D5"


def test_a_table_without_a_text_is_refused():
    with pytest.raises(UploadError, match="Name, Straße"):
        rows_of(grid_upload([("Name", "Straße"), ("a", "b")]), PAPER)


def test_an_unknown_column_is_a_warning():
    _, problems = notes_of(grid_upload([("Nr.", "Text", "Wetter"), ("3", "x", "gut")]))
    assert [(problem.key, problem.value, problem.severity) for problem in problems] == [
        ("paper.column_unused", "Wetter", "warning")
    ]


def test_a_cell_that_was_kept_from_being_a_formula_is_read_as_it_was():
    made, _ = notes_of(grid_upload([("Nr.", "Art", "Text", "Feld"), ("3", "Idee", "'=1+1 Spielplätze", "C4")]))
    assert made.notes[0].values["text"] == "=1+1 Spielplätze"


def offline(notes, **more):
    document = {
        "format": "quartierskarte-notes",
        "version": 1,
        "title": "Abend",
        "grid": GRID.key,
        "notes": notes,
    } | more
    return json.dumps(document).encode()


NOTE = {
    "id": "8c5d2a1e-0000-4000-8000-000000000001", "category": "idea", "text": "Bank", "lon": None, "lat": None,
    "grid_code": "C4", "sticker": None, "created_at": "2026-12-03T18:00:00Z",
}  # fmt: skip


@pytest.mark.slow
def test_the_file_of_the_offline_page_is_read():
    made, problems = notes_of(
        upload(offline([NOTE, NOTE | {"id": NOTE["id"][:-1] + "2", "text": "=cmd"}]), "notizen.json")
    )
    assert problems == []
    assert [note.values["text"] for note in made.notes] == ["Bank", "=cmd"]
    assert made.notes[0].values["id"] == NOTE["id"]
    assert made.notes[0].values["channel"] == "host"
    with pytest.raises(UploadError):
        upload(offline(["keine Notiz"]), "notizen.json")


def test_a_file_with_the_key_of_another_grid_is_read_with_its_own():
    other = print_grid(shapely.box(*metres(0, 0), *metres(1, 1)), side_m=125)
    made, problems = notes_of(
        grid_upload(
            [("3", "Idee", "x", "C4")], header=["sticker", "category", "text", "grid_code"], info={"grid": other.key}
        )
    )
    assert [problem.key for problem in problems] == ["paper.other_grid"]
    x, y = place_of(made.notes[0])
    assert other.code_at(x, y) == "C4"
    _, ignored = notes_of(
        grid_upload(
            [("3", "Idee", "x", "C4")], header=["sticker", "category", "text", "grid_code"], info={"grid": "kaputt"}
        )
    )
    assert ignored == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_table_of_the_kit_comes_back_filled_in(language, tmp_path):
    import openpyxl

    path = Path(tmp_path) / "karten.xlsx"
    path.write_bytes(paper_template(Texts(language), NUMBERS))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert [sheet.cell(2, 1).value, sheet.cell(26, 1).value] == ["101", "201"]
    sheet.cell(2, 3, "Licht am Weg")
    sheet.cell(2, 4, "c4")
    sheet.cell(26, 3, "Spielstraße")
    book.save(path)
    made, problems = notes_of(upload(path.read_bytes(), "karten.xlsx"))
    assert problems == []
    assert [(note.values["sticker"], note.values["category"], note.values["grid_code"]) for note in made.notes] == [
        ("101", "need", "C4"), ("201", "idea", None),
    ]  # fmt: skip
    assert made.blank == sum(map(len, NUMBERS.values())) - 2
