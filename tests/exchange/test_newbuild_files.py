"""A requirement sheet to take away: the same numbers in every format, text that stays text, one page that stays one page."""

import io
import json
import xml.etree.ElementTree as ET

import numpy as np
import openpyxl
import pypdf
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from exchange.newbuild_files import NewbuildTexts, newbuild_csv, newbuild_json, newbuild_xlsx, site_text
from exchange.newbuild_pdf import NewbuildSheetTexts, _axis, newbuild_pdf, residents_svg
from geo.gaps import measure_reach
from geo.inputs import load_inputs
from geo.newbuild_output import AGE_GROUPS, COLUMNS, table_rows
from geo.newbuild_result import requirement
from geo.newbuild_site import geometry_of
from geo.reach import Method, Walk
from geo.sources import read
from tests.factories import metres
from tests.geo.newbuild_city import real_assumptions, sheet

HOSTILE = "=1+1 <b>&'\" {{7*7}} #panic() *fett* $x$ ]]> \u202e"
SHADES = ["#0b5c66"] * len(AGE_GROUPS)


@pytest.fixture(scope="module")
def result(package):
    inputs = load_inputs(package)
    reach = measure_reach(inputs, Walk(method=Method.LINE))
    return requirement(
        sheet(title=HOSTILE, until=2045), real_assumptions(), inputs, reach, lambda name: read(package, name)
    )


def words(**changes):
    """Return the words of the workbook."""
    plain = {
        "sheets": ("Bedarf", "Annahmen", "Methode"),
        "columns": {name: f"Spalte {name}" for name in COLUMNS},
        "words": {"part": {"residents": "Menschen"}, "known": {"unknown": "unbekannt", "none": "kein Ort"}},
        "unknown": "unbekannt",
        "yes": "ja",
        "no": "nein",
        "assumption_head": ("Annahme", "Wert"),
        "assumptions": [("Fußweg", 800.0), (HOSTILE, 1.0)],
        "method_head": ("Was", "Wie"),
        "method": [("Name", HOSTILE)],
    }
    return NewbuildTexts(**(plain | changes))


def page_texts(rows=6, note=HOSTILE):
    """Return the words of the one-page PDF."""
    return NewbuildSheetTexts(
        language="de", program="Quartierskarte", date="Stand 2026", title=HOSTILE, subtitle="Südwest",
        facts=[("Menschen", "207", HOSTILE)] * 4, table_title="Bedarf", head=["Was", "Wert", "Bedarf", "Bestand", "Fehlt"],
        rows=[[(HOSTILE, ""), *[("1", note)] * 4] for _ in range(rows)], chart_title="Menschen nach Alter.",
        groups=[HOSTILE] * len(AGE_GROUPS), shades=SHADES, number=lambda value: f"{value:.0f}", method_title="Methode",
        method=[("Was", HOSTILE)] * 10, notes=[HOSTILE],
    )  # fmt: skip


def test_csv_and_json_are_those_of_the_command_line(result):
    rows = json.loads(newbuild_json(result))
    assert rows == table_rows(result)
    assert len(newbuild_csv(result).decode().splitlines()) == len(rows) + 1


def test_the_workbook_has_the_numbers_the_assumptions_and_the_method(result):
    book = openpyxl.load_workbook(io.BytesIO(newbuild_xlsx(result, words())))
    assert book.sheetnames == ["Bedarf", "Annahmen", "Methode"]
    rows = list(book["Bedarf"].iter_rows(values_only=True))
    assert rows[0] == tuple(f"Spalte {name}" for name in COLUMNS)
    assert rows[1][:7] == (
        "Menschen",
        "all",
        2028,
        "persons",
        *(table_rows(result)[0][name] for name in ("low", "mid", "high")),
    )
    assert book["Annahmen"]["B2"].value == 800


def test_in_the_workbook_unknown_is_a_word_and_no_text_a_formula(result):
    """Nobody knows about day care; a school is verifiably not there, so that no first year is no unknown."""
    book = openpyxl.load_workbook(io.BytesIO(newbuild_xlsx(result, words())))
    rows = [row for row in book["Bedarf"].iter_rows(min_row=2, values_only=True) if row[1] == "daycare_3_5"]
    said = {row[0]: row[4:7] for row in rows if row[0] in {"shortfall", "existing", "first_short"}}
    assert set(said.values()) == {("unbekannt",) * 3}
    assert all(cell.data_type != "f" for page in book for row in page.iter_rows() for cell in row)


def test_the_page_is_one_tagged_page_with_every_text_as_text(result):
    page = pypdf.PdfReader(io.BytesIO(newbuild_pdf(result, page_texts())))
    assert len(page.pages) == 1
    assert page.trailer["/Root"]["/MarkInfo"]["/Marked"]
    said = " ".join(page.pages[0].extract_text().split())
    assert "#panic()" in said
    assert "{{7*7}}" in said
    assert "Südwest" in said


def test_much_text_makes_the_type_smaller_and_not_more_pages(result):
    long = page_texts(rows=6, note="Ein Satz, der sehr lang ist und kein Ende findet. " * 6)
    assert len(pypdf.PdfReader(io.BytesIO(newbuild_pdf(result, long))).pages) == 1


def test_the_same_sheet_gives_the_same_page(result):
    assert newbuild_pdf(result, page_texts()) == newbuild_pdf(result, page_texts())


def test_the_chart_is_valid_xml_and_its_bars_are_as_high_as_the_numbers(result):
    root = ET.fromstring(residents_svg(result, page_texts()))  # noqa: S314 -- made here
    bars = [each for each in root if each.tag.endswith("rect")]
    assert len(bars) == len(AGE_GROUPS) * len(result.sheet.years)
    total = result.people[1].sum(axis=1)
    heights = np.array([float(each.get("height")) for each in bars]).reshape(len(total), -1).sum(axis=1)
    assert heights / heights.max() == pytest.approx(total / total.max(), abs=0.01)


@given(st.floats(0.001, 150_000))
def test_an_axis_ends_above_the_greatest_value_in_few_steps(greatest):
    top, step = _axis(greatest)
    assert top >= greatest
    assert 1 <= top / step <= 5
    assert top - step < greatest or top == step


def test_a_site_goes_out_in_degrees_and_comes_back():
    x, y = metres(0.2, 0.2)
    square = shapely.box(x, y, x + 200, y + 100)
    back = geometry_of(site_text(square))
    assert back.symmetric_difference(square).area < 0.01 * square.area
    assert geometry_of(site_text(shapely.Point(x, y))).distance(shapely.Point(x, y)) < 1
