"""Maps to work on: size of the sheet, true scale, codes where the grid has them, legend, sources, hostile headings."""

import io
import re
from dataclasses import replace

import numpy as np
import pytest
from pypdf import PdfReader

from exchange.workshop.map_drawing import Style, map_drawing
from exchange.workshop.map_pdf import map_pdf, scale_bar
from exchange.workshop.material import Occasion
from exchange.workshop.sheets import SHEETS, layout, round_denominator, sheet_named
from exchange.workshop.signs import NoteMark
from geo.errors import ParameterError
from geo.print_grid import PrintGrid, grid_of_key
from tests.exchange.workshop.room import HOSTILE, material_of, outside, pages, text_of, written
from tests.factories import place

MM = 72 / 25.4
HANGING = ("services_at_location", "organizations_at_location", "contacts", "phones", "schedules")


def without(*names):
    """Return resources without rows."""
    return {name: [] for name in names}


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    return material_of(tmp_path_factory.mktemp("room"))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["A4", "A3", "A0"])
def test_the_page_has_the_size_of_its_paper(material, name):
    page = pages(map_pdf(material, name))[0]
    sides = sorted((float(page.mediabox.width), float(page.mediabox.height)))
    assert sides == pytest.approx([SHEETS[name].short * MM, SHEETS[name].long * MM], abs=0.5)


@pytest.mark.parametrize("name", ["A4", "A3", "A0"])
def test_the_map_is_drawn_at_the_scale_that_is_written_on_it(material, name):
    place = layout(SHEETS[name], material.grid)
    pieces = written(pages(map_pdf(material, name))[0])
    assert f"1 : {material.words.t.number(place.denominator)}" in "".join(piece[0] for piece in pieces)
    rows = {y for text, x, y, _ in pieces if text == "A" and x < (place.map_left + 2) * MM}
    steps = -np.diff(sorted(rows, reverse=True))[1:-1]
    cell = material.grid.side_m * 1000 / place.denominator * MM
    assert steps == pytest.approx(cell, abs=0.2)


def test_the_scale_bar_is_as_long_as_it_says(material):
    place = layout(SHEETS["A4"], material.grid)
    bar = scale_bar(place, material.words.t)
    fields = [float(width) for width in re.findall(r'width="([\d.]+)" height="5"', bar["svg"])]
    metres = float(re.findall(r">(\d+) m<", bar["svg"])[0])
    assert sum(fields) == pytest.approx(metres * 1000 / place.denominator * MM, abs=0.1)
    assert len(fields) == 4
    label = next(
        piece
        for piece in written(pages(map_pdf(material, "A4"))[0])
        if piece[0] == "m" and piece[3] == pytest.approx(8)
    )
    assert label[3] == pytest.approx(8.0)  # the bar's drawing is neither shrunk nor stretched on the page


def test_sides_for_the_scale_are_round():
    assert [round_denominator(value) for value in (4_999, 8_760, 16_030, 124_999, 1)] == [
        5_000,
        8_750 + 250,
        16_500,
        125_000,
        100,
    ]


@pytest.mark.parametrize(
    "grid",
    [
        PrintGrid(0, 0, 100, 22, 24),
        PrintGrid(0, 0, 100, 26, 19),
        PrintGrid(0, 0, 50, 26, 5),
        PrintGrid(0, 0, 50, 5, 26),
    ],
)
@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.name)
def test_map_and_legend_lie_on_the_page_and_beside_each_other(grid, sheet):
    place = layout(sheet, grid)
    right, bottom = place.map_left + place.map_width + place.rim, place.map_top + place.map_height + place.rim
    assert place.map_left - place.rim >= sheet.margin - 0.01
    assert right <= (place.legend_left if place.landscape else place.width - sheet.margin) + 0.01
    assert bottom <= (place.height - sheet.margin if place.landscape else place.legend_top) + 0.01
    assert place.legend_left + place.legend_width <= place.width - sheet.margin + 0.01
    assert place.legend_top + place.legend_height <= place.height - sheet.margin + 0.01
    assert place.legend_height > 30 * sheet.type_size
    assert place.landscape == (place.width > place.height)


def test_a_sheet_without_a_name_is_refused():
    with pytest.raises(ParameterError, match="A4, A3, A0"):
        sheet_named("A5")


def test_codes_stand_in_their_cells(material):
    place = layout(SHEETS["A4"], material.grid)
    drawn = map_drawing(material, Style(place.metres_per_point, 1.0, 14.0), title="t", north="N")
    found = {
        code: (float(x), float(y))
        for x, y, code in re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>([A-Z]+\d+)<', drawn.svg)
    }
    grid = material.grid
    assert len(found) == grid.columns * grid.rows
    for code, (x, y) in found.items():
        cell = grid.cell(code)
        east, south = grid.west + x * place.metres_per_point, grid.north - y * place.metres_per_point
        assert cell.west <= east <= cell.east
        assert cell.south <= south <= cell.north


def test_the_sheet_says_what_it_shows_and_where_it_comes_from(material):
    said = " ".join(text_of(map_pdf(material, "A4")).split())
    for text in ("Unsere Karte: Nordost", "Zeichen auf der Karte", "Quellen:", "Bitte keine Namen", "23.11.2026"):
        assert text in said
    key = re.search(r"Kennung des Rasters: (\d+(?:\W+\d+){4})", said).group(1)
    assert grid_of_key(key) == material.grid
    english = replace(material, words=replace(material.words, t=type(material.words.t)("en")))
    assert "Our map: Nordost" in text_of(map_pdf(english, "A4"))


def test_places_are_listed_with_the_code_of_their_cell(material):
    made = pages(map_pdf(material, "A4"))
    assert len(made) == 2
    said = made[1].extract_text()
    assert material.places
    for spot in material.places:
        assert spot.name in said
        assert spot.code in said
        cell = material.grid.cell(spot.code)
        assert cell.west <= spot.x <= cell.east
    assert len(pages(map_pdf(material, "A0"))) == 1


def test_the_map_is_tagged_and_the_same_content_gives_the_same_bytes(material):
    first = map_pdf(material, "A4")
    assert first == map_pdf(material, "A4")
    root = PdfReader(io.BytesIO(first)).trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "de"


@pytest.mark.slow
@pytest.mark.parametrize("at", range(0, len(HOSTILE), 3))
def test_hostile_headings_are_only_text_and_stay_on_the_page(material, at):
    text = HOSTILE[at]
    occasion = Occasion(
        title=text, question=" ".join(HOSTILE[at : at + 3]) * 3, code=text[:12], link="https://example.org/w/ABCD2345"
    )
    made = pages(map_pdf(replace(material, occasion=occasion), "A4"))
    assert len(made) == 2
    assert outside(made[0]) == []
    place = layout(SHEETS["A4"], material.grid)
    top = float(made[0].mediabox.height) - (place.map_top - place.rim) * MM
    headings = [piece for piece in written(made[0]) if piece[1] < 400 and piece[3] > 3.9 and piece[2] > top]
    assert headings
    assert "Bitte keine Namen" in " ".join(made[0].extract_text().split())


@pytest.mark.slow
def test_hostile_names_of_places_are_only_text(tmp_path):
    rows = [
        place(text.replace("\x00", ""), "library", (1.2 + at / 20, 1.5), district=4) for at, text in enumerate(HOSTILE)
    ]
    made = pages(map_pdf(material_of(tmp_path, locations=rows, **without("services", *HANGING)), "A4"))
    assert outside(made[0]) == []
    assert "<script>alert(1)</script>" in made[1].extract_text().replace("\u200b", "")


@pytest.mark.slow
def test_a_city_without_streets_stops_and_places_still_has_a_map(tmp_path):
    empty = without("street_nodes", "street_edges", "stops", "locations", *HANGING)
    material = material_of(tmp_path, level="city", number=0, **empty)
    made = pages(map_pdf(material, "A4"))
    assert len(made) == 1
    assert "Haltestelle" not in made[0].extract_text()


def test_notes_on_a_protocol_map_keep_their_number_and_their_shape(material):
    x, y = material.area.geometry.centroid.coords[0]
    marks = [
        NoteMark(str(at), x, y, category) for at, category in enumerate(("need", "idea", "strength", "contact"), 1)
    ]
    drawn = map_drawing(material, Style(5.0, 1.0, 14.0), title="t", north="N", notes=marks)
    for at in range(1, 5):
        assert f">{at}</text>" in drawn.svg
    shapes = re.findall(
        r'<(circle|rect|path)[^>]*fill="(#0b5c66|#ffffff)" stroke="#1d272b" stroke-width="0\.\d+"/><text', drawn.svg
    )
    assert [shape for shape, _ in shapes] == ["circle", "rect", "path", "path"]
    bar = re.search(r'V[\d.]+h([\d.]+)v-5"', drawn.svg)
    metres = float(re.search(r">(\d+) m<", drawn.svg).group(1))
    assert float(bar.group(1)) * 5.0 == pytest.approx(metres, abs=1)
