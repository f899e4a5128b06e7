"""Workbooks: the same cells as openpyxl reads, texts as a person sees them."""

from __future__ import annotations

import io
from datetime import date, datetime, time

import openpyxl
import pytest

from exchange.cell_values import CellFormats, number_text, unescaped
from exchange.errors import UploadError
from exchange.sandbox import read_upload
from tests.exchange.hostile import xlsx


def workbook(rows, *, formats=None, sheets=()):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Orte"
    for row in rows:
        sheet.append(row)
    for cell, code in (formats or {}).items():
        sheet[cell].number_format = code
    for name, state in sheets:
        other = book.create_sheet(name)
        other.append(["a", "b"])
        other.append(["c", "d"])
        other.sheet_state = state
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(rows, **options):
    return read_upload(workbook(rows, **options), "a.xlsx").grids[0]


def test_texts_stay_texts():
    book = openpyxl.Workbook()
    texts = ["01067", "+49 511 168-0", "NA", "1.234,5", "=SUM(A1)", " x ", "a\nb", "<&>\"'"]
    for column, text in enumerate(texts, 1):
        book.active.cell(1, column, "Kopf")
        cell = book.active.cell(2, column, text)
        cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    assert read_upload(out.getvalue(), "a.xlsx").grids[0].rows[1] == texts


def test_numbers_days_and_truth_values_become_what_a_person_sees():
    moment = datetime.fromisoformat("2026-11-22T14:30")
    grid = read(
        [["Kopf"] * 9, [1067, 9.732, 0.25, date(2026, 11, 22), moment, time(9, 15), True, -5, 1e21]],
        formats={"A2": "00000"},
    )
    assert grid.rows[1] == [
        "01067", "9.732", "0.25", "2026-11-22", "2026-11-22T14:30", "09:15", "true", "-5", "1e+21",
    ]  # fmt: skip


def test_same_cells_as_openpyxl():
    rows = [[f"Zeile {r} Spalte {c}" if (r * c) % 7 else None for c in range(1, 30)] for r in range(1, 60)]
    rows[20] = [None] * 29
    data = workbook(rows)
    grid = read_upload(data, "a.xlsx").grids[0]
    expected = {
        (cell.row, cell.column): cell.value
        for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows()
        for cell in row
        if cell.value is not None
    }
    found = {
        (number, column): cell
        for number, row in zip(grid.numbers, grid.rows, strict=True)
        for column, cell in enumerate(row, 1)
        if cell is not None
    }
    assert found == expected


def test_hidden_sheets_are_left_out_and_names_kept():
    upload = read_upload(
        workbook(
            [["a", "b"], ["1", "2"]], sheets=[("Listen", "hidden"), ("Geheim", "veryHidden"), ("Mehr", "visible")]
        ),
        "a.xlsx",
    )
    assert [grid.name for grid in upload.grids] == ["Orte", "Mehr"]


def test_of_a_formula_the_stored_result_counts():
    rows = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c></row>'
    rows += '<row r="2"><c r="A2" t="e"><v>#REF!</v></c><c r="B2" t="b"><v>0</v></c></row>'
    grid = read_upload(xlsx(rows), "a.xlsx").grids[0]
    assert grid.rows == [["2", "ab"], ["#REF!", "false"]]


def test_cells_and_rows_without_a_position_follow_each_other():
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c r='B2'><v>3</v></c></row>"
    assert read_upload(xlsx(rows), "a.xlsx").grids[0].rows == [["1", "2"], [None, "3"]]


def test_days_of_the_old_mac_calendar():
    formats = CellFormats(epoch_1904=True)
    assert number_text("0", "day", formats) == "00:00"
    assert number_text("1", "day", formats) == "1904-01-02"


def test_escaped_characters():
    assert unescaped("a_x000D_b_x005F_x0041_") == "a\rb_x0041_"


def test_an_empty_workbook_is_refused():
    with pytest.raises(UploadError) as caught:
        read_upload(workbook([]), "a.xlsx")
    assert caught.value.key == "upload.no_table"
