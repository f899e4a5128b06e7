"""Gap analyses to take away: the same numbers in every format, text that stays text, one page that stays one page."""

import io
import json
import math
import re
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pyogrio
import pypdf
import pytest
import shapely
from shapely.geometry import shape

from exchange.gap_files import TableTexts, gap_csv, gap_geojson, gap_gpkg, gap_xlsx
from exchange.gap_pdf import SheetTexts, gap_pdf
from exchange.map_picture import Picture, picture_svg, png
from exchange.map_svg import AreaFill, outlines
from geo.errors import CrsError, ParameterError
from geo.gap_output import table_rows, table_text
from geo.gap_settings import GapSettings
from geo.gaps import gap_table, measure_reach
from geo.inputs import load_inputs
from geo.reach import Method, Walk
from geo.sources import read

HOSTILE = "=1+1 <b>&'\" {{7*7}} #panic() *fett* $x$ ]]> \u202e"
GREEN = AreaFill("#41b6c4")
HATCHED = AreaFill("#ececec", "M-1 8L8 -1", 7.0, 1.6, "#767676")
_SVG = {"s": "http://www.w3.org/2000/svg"}


@pytest.fixture(scope="module")
def result(package):
    inputs = load_inputs(package)
    settings = GapSettings(walk=Walk(method=Method.LINE), draws=5)
    return gap_table(inputs, measure_reach(inputs, settings.walk), "primary_school", settings)


@pytest.fixture(scope="module")
def districts(package):
    return read(package, "districts")


@pytest.fixture(scope="module")
def boroughs(package):
    return read(package, "boroughs")


@pytest.fixture
def texts():
    return TableTexts(
        table_sheet="Tabelle",
        method_sheet="Methode und Quellen",
        columns={
            "area_name": "Gebiet",
            "verdict": "Urteil",
            "share_beyond": "Anteil",
            "deficit": "Fehlt",
            "standard_own": "Eigen",
        },
        words={"verdict": {"gap": "Lücke", "covered": "versorgt", "partly": "zum Teil"}},
        unknown="unbekannt",
        no_way="kein Weg",
        yes="ja",
        no="nein",
        method=[("Quelle", HOSTILE), ("Richtwert", "700 m")],
        method_heading=("Was", "Wie"),
    )


def _picture(**changes):
    values = {
        "title": "Grundschulen",
        "subtitle": "Anteil mit zu weitem Weg",
        "fills": {1: GREEN, 2: GREEN, 3: GREEN},
        "legend_title": "Anteil",
        "legend": [(GREEN, "0 % bis 10 %"), (HATCHED, "keine Angabe")],
        "other": HATCHED,
        "notes": ["Stand 2024", "Quellen: Test"],
        "north": "N",
        "distance": lambda metres: f"{metres:g} m",
    }
    return Picture(**(values | changes))


def _sheet(**changes):
    values = {
        "language": "de",
        "program": "Quartierskarte Hannover",
        "date": "Stand 2024",
        "map_alt": "Karte",
        "result_title": "Ergebnis",
        "result": [("Lücke (1)", "Südost")],
        "method_title": "Methode",
        "method": [("Richtwert", "700 m")],
    }
    return SheetTexts(**(values | changes))


def test_csv_is_the_table_of_the_command_line(result):
    assert gap_csv(result, "borough") == table_text([result], "borough", "csv").encode()


def test_the_workbook_holds_numbers_as_numbers_and_words_for_the_rest(result, texts):
    book = openpyxl.load_workbook(io.BytesIO(gap_xlsx(result, "district", texts)))
    assert book.sheetnames == ["Tabelle", "Methode und Quellen"]
    rows = list(book["Tabelle"].iter_rows(values_only=True))
    assert rows[0] == ("Gebiet", "Urteil", "Anteil", "Fehlt", "Eigen")
    expected = table_rows(result, "district")
    assert [row[0] for row in rows[1:]] == [row["area_name"] for row in expected]
    known = [row["share_beyond"] for row in expected]
    assert [row[2] for row in rows[1:]] == ["unbekannt" if share is None else share for share in known]
    assert {row[3] for row in rows[1:]} == {"unbekannt"}  # a standard of distance knows no deficit
    assert {row[4] for row in rows[1:]} == {"nein"}


def test_no_cell_of_the_workbook_is_a_formula(result, texts):
    book = openpyxl.load_workbook(io.BytesIO(gap_xlsx(result, "city", texts)))
    cell = book["Methode und Quellen"]["B2"]
    assert (cell.value, cell.data_type) == (HOSTILE, "s")
    assert not [each for sheet in book for row in sheet.iter_rows() for each in row if each.data_type == "f"]


@pytest.mark.parametrize(("level", "count"), [("district", 4), ("borough", 2), ("city", 1)])
def test_geojson_is_in_degrees_with_every_area_and_null_for_unknown(result, districts, boroughs, level, count):
    areas = boroughs if level == "borough" else districts
    document = json.loads(gap_geojson(result, level, areas))
    assert document["type"] == "FeatureCollection"
    assert document["data_hash"] == result.data_hash
    assert len(document["features"]) == count
    for feature, row in zip(document["features"], table_rows(result, level), strict=True):
        assert feature["properties"] == row
        polygon = shape(feature["geometry"])
        assert 9 < polygon.centroid.x < 11
        assert 52 < polygon.centroid.y < 53
        assert shapely.is_ccw(polygon.exterior)  # RFC 7946, 3.1.6
    assert document["features"][0]["properties"]["deficit"] is None
    whole = shapely.union_all([shape(feature["geometry"]) for feature in document["features"]])
    assert whole.geom_type == "Polygon"
    assert not whole.interiors


@pytest.mark.parametrize("level", ["district", "borough", "city"])
def test_geopackage_has_metres_numbers_and_the_method(result, districts, boroughs, texts, level):
    areas = boroughs if level == "borough" else districts
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.gpkg"
        path.write_bytes(gap_gpkg(result, level, areas, texts))
        assert [name for name, _ in pyogrio.list_layers(path)] == ["gaps", "cells", "method"]
        cells = gpd.read_file(path, layer="cells")
        frame = gpd.read_file(path, layer="gaps")
        method = gpd.read_file(path, layer="method")
    assert frame.crs.to_epsg() == 25832
    assert frame.geometry.area.sum() == pytest.approx(4e6, rel=1e-4)
    shares = [row["share_beyond"] for row in table_rows(result, level)]
    assert frame["share_beyond"].tolist() == pytest.approx([math.nan if x is None else x for x in shares], nan_ok=True)
    assert frame["deficit"].dtype == "float64"  # unknown everywhere, and still a number
    assert method["text"].tolist() == [HOSTILE, "700 m"]
    assert cells.crs.to_epsg() == 25832
    assert cells["nearest_m"].tolist() == pytest.approx(result.cells["nearest_m"].tolist())
    assert cells["people"].isna().sum() == result.cells["people"].isna().sum() > 0  # secret stays unknown
    assert list(zip(cells.geometry.x, cells.geometry.y, strict=True)) == list(
        zip(result.cells["x"], result.cells["y"], strict=True)
    )


def test_a_place_nobody_can_walk_to_is_infinitely_far_in_the_geopackage(package, districts, texts):
    inputs = load_inputs(package)
    settings = GapSettings(walk=Walk(method=Method.LINE), draws=0)
    far = gap_table(inputs, measure_reach(inputs, settings.walk), "primary_school", settings)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.gpkg"
        path.write_bytes(gap_gpkg(far, "district", districts, texts))
        third = gpd.read_file(path, layer="gaps")["mean_third_m"]
    assert np.isinf(third.dropna()).all()  # there is one school only, so nobody reaches a third
    assert len(third.dropna())


def test_areas_in_degrees_and_missing_areas_are_refused(result, districts, texts):
    degrees = districts.set_crs(4326, allow_override=True)
    for write in (
        lambda areas: gap_geojson(result, "district", areas),
        lambda areas: gap_gpkg(result, "district", areas, texts),
    ):
        with pytest.raises(CrsError, match="areas"):
            write(degrees)
        with pytest.raises(ParameterError, match="area_id"):
            write(districts.iloc[1:])


def _parsed(svg):
    return ET.fromstring(svg)  # noqa: S314 -- our own document


def _texts_of(svg):
    return ["".join(each.itertext()) for each in _parsed(svg).iter(f"{{{_SVG['s']}}}text")]


def test_the_picture_is_well_formed_and_hostile_text_is_only_text(districts):
    svg = picture_svg(_picture(title=HOSTILE, notes=[HOSTILE]), districts, id_column="district_id")
    words = _texts_of(svg)
    assert " ".join(HOSTILE.replace("\u202e", "�").split()) in " ".join(" ".join(words).split())
    assert not _parsed(svg).findall(".//s:b", _SVG)
    assert "href" not in svg


def test_an_area_without_a_value_is_hatched(districts):
    root = _parsed(picture_svg(_picture(), districts, id_column="district_id"))
    filled = [path.get("fill") for path in root.findall(".//s:path", _SVG)]
    assert filled.count(GREEN.colour) == 3
    assert sum(str(fill).startswith("url(#p") for fill in filled) == 1


def test_the_scale_bar_is_as_long_as_it_says(districts):
    svg = picture_svg(_picture(), districts, id_column="district_id")
    metres = int(next(re.fullmatch(r"(\d+) m", text)[1] for text in _texts_of(svg) if re.fullmatch(r"\d+ m", text)))
    bar = re.search(r'd="M0,([\d.]+)V[\d.]+H([\d.]+)V', svg)
    assert float(bar[2]) * outlines(districts, id_column="district_id", width=900).metres_per_pixel == pytest.approx(
        metres, rel=0.01
    )


def test_the_map_keeps_proportions_and_names_what_fits(districts):
    shapes = outlines(districts, id_column="district_id", width=900)
    assert shapes.height == pytest.approx(900, rel=0.01)  # the city is a square of 2 km
    assert {"Südwest", "Nordost"} <= set(_texts_of(picture_svg(_picture(), districts, id_column="district_id")))
    long = districts.assign(name=["x" * 500, *districts["name"].iloc[1:]])
    assert "x" * 500 not in _texts_of(picture_svg(_picture(), long, id_column="district_id"))


def test_png_is_a_picture_of_twice_the_pixels(districts):
    made = png(picture_svg(_picture(), districts, id_column="district_id"))
    assert made.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(made[16:20], "big") == 2 * 960


def _pages(data):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def test_the_page_says_everything_and_is_the_same_every_time(districts, boroughs):
    made = [gap_pdf(_picture(), _sheet(), districts, id_column="district_id", heavy=boroughs) for _ in range(2)]
    assert made[0] == made[1]
    (text,) = _pages(made[0])
    for words in ("Grundschulen", "Südost", "700 m", "keine Angabe", "Quellen: Test", "Stand 2024"):
        assert words in text


def test_markup_in_texts_is_only_text_on_the_page(districts):
    plain = "#panic() *fett* $x$ = Titel // weg <b> {{7*7}}"
    sheet = _sheet(method=[("Name", plain)], result=[(plain, plain)])
    (text,) = _pages(gap_pdf(_picture(title=plain), sheet, districts, id_column="district_id"))
    assert " ".join(text.split()).count(plain) == 4


@pytest.mark.parametrize("lines", [1, 20, 60])
def test_much_text_gets_smaller_and_stays_on_one_page(districts, lines):
    names = ", ".join(f"Stadtteil {number}" for number in range(60))
    sheet = _sheet(method=[(f"Zeile {at}", names[:200]) for at in range(lines)], result=[("Lücke", names)])
    pages = _pages(gap_pdf(_picture(), sheet, districts, id_column="district_id"))
    assert len(pages) == 1
    assert f"Zeile {lines - 1}" in pages[0]
