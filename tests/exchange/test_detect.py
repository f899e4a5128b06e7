"""Headers, number styles, coordinate systems, telephone numbers, addresses, cells."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange import cells
from exchange.addresses import split_address, split_street
from exchange.grid import Grid
from exchange.numbers_text import find_style, parse_number, parse_pair
from exchange.phones import STORED, normal_phone
from exchange.positions import Position, find_position, to_lonlat
from exchange.table import as_table
from exchange.text_cells import prefixed, unprefixed

CITY = (540_000.0, 5_790_000.0, 560_000.0, 5_812_000.0)


def grid(*rows):
    width = max(map(len, rows))
    cells_of = [[cell or None for cell in row] + [None] * (width - len(row)) for row in rows]
    return Grid("t", cells_of, list(range(1, len(rows) + 1)))


def test_header_below_a_title_and_a_date():
    table = as_table(
        grid(
            ["Begegnungsstätten im Stadtbezirk"],
            ["Stand:", "22.11.2026"],
            ["Einrichtung", "Straße", "PLZ"],
            ["Treff", "Weg 1", "30159"],
        )
    )
    assert table.columns == ("Einrichtung", "Straße", "PLZ")
    assert table.header_row == 3
    assert table.rows == [["Treff", "Weg 1", "30159"]]
    assert table.numbers == [4]


def test_header_with_unknown_words_is_the_first_row_of_texts():
    table = as_table(grid(["Foo", "Bar"], ["1", "2"], ["3", "4"]))
    assert table.columns == ("Foo", "Bar")


def test_table_without_header_gets_numbered_columns():
    table = as_table(grid(["1", "2,5"], ["3", "4,5"]))
    assert table.header_row is None
    assert table.columns == ("Spalte 1", "Spalte 2")
    assert len(table.rows) == 2


def test_header_row_chosen_by_a_person():
    rows = (["Name", "Art"], ["Titel", "Typ"], ["a", "b"])
    assert as_table(grid(*rows), header_row=2).columns == ("Titel", "Typ")
    assert len(as_table(grid(*rows), header_row=0).rows) == 3


def test_repeated_and_empty_headings_are_told_apart():
    table = as_table(grid(["Name", "Name", "", "Telefon"], ["a", "b", "c", "d"]))
    assert table.columns == ("Name", "Name (2)", "Spalte 3", "Telefon")


def test_cells_beyond_the_header_are_counted():
    table = as_table(grid(["Name", "PLZ"], ["a", "30159", "x", "y"]), header_row=1)
    assert table.columns == ("Name", "PLZ", "Spalte 3", "Spalte 4")
    narrow = Grid("t", [["Name", "PLZ"], ["a", "b", "c"]], [1, 2])
    assert as_table(narrow).extra == {2: 1}


@pytest.mark.parametrize(
    ("values", "style"),
    [
        (["1.234,5"], "comma"),
        (["1,234.5"], "point"),
        (["9,7321", "1.000"], "comma"),
        (["9.7321", "1,000"], "point"),
        (["1.234.567"], "comma"),
        (["52,375"], "comma"),
        (["52.375"], "point"),
        (["5", "7"], "point"),
        ([], "point"),
    ],
)
def test_number_style(values, style):
    assert find_style(values) == style


@given(st.floats(-1e7, 1e7).map(lambda x: round(x, 3)), st.sampled_from(["comma", "point"]))
def test_numbers_come_back_from_both_styles(value, style):
    text = f"{value:,.3f}"
    if style == "comma":
        text = text.translate(str.maketrans(",.", ".,"))
    assert parse_number(text, style) == value


@pytest.mark.parametrize("text", ["", "abc", "1e400", "1,2,3.4", "--5", "12 Uhr 3", "nan", "inf", "1.23.4"])
def test_no_numbers(text):
    assert parse_number(text, "point") is None


@pytest.mark.parametrize(
    "text",
    ["52.37, 9.73", "52,37; 9,73", "52,37, 9,73", "52.37 9.73", "POINT (52.37 9.73)", "SRID=4326;POINT(52.37 9.73)"],
)
def test_pairs(text):
    assert parse_pair(text) == (52.37, 9.73)


SYSTEMS = ["EPSG:4326", "EPSG:25832", "EPSG:4647", "EPSG:31467", "EPSG:3857", "EPSG:3035"]


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("crs", SYSTEMS)
def test_the_coordinate_system_is_told_by_where_the_points_lie(crs, swapped):
    rng = np.random.default_rng(4)
    east = rng.uniform(CITY[0], CITY[2], 40)
    north = rng.uniform(CITY[1], CITY[3], 40)
    x, y = pyproj.Transformer.from_crs("EPSG:25832", crs, always_xy=True).transform(east, north)
    columns = (y, x) if swapped else (x, y)
    found = find_position(*columns, CITY)
    assert found == Position(crs, swapped, 1.0)
    lon, lat = to_lonlat(*columns, found)
    back = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:25832", always_xy=True).transform(lon, lat)
    assert np.hypot(back[0] - east, back[1] - north).max() < 5.0


def test_numbers_that_fit_nowhere_have_no_system():
    assert find_position(np.array([1.0, 2.0]), np.array([3.0, 4.0]), CITY) is None
    assert find_position(np.array([np.nan]), np.array([np.nan]), CITY) is None


def test_the_system_named_by_the_file_is_preferred_only_if_it_fits():
    x, y = np.array([550_000.0]), np.array([5_800_000.0])
    assert find_position(x, y, CITY, named="EPSG:32632").crs == "EPSG:32632"
    assert find_position(x, y, CITY, named="EPSG:4326").crs == "EPSG:25832"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0511 168-42345", "+49 511 16842345"),
        ("+49 (0)511 168 0", "+49 511 1680"),
        ("00495111680", "+49 511 1680"),
        ("4951116842345", "+49 511 16842345"),
        ("51116842345", "+49 511 16842345"),
        ("168-0 (Zentrale)", "+49 511 1680"),
        ("Tel.: (05 11) 168 - 4 50 20", "+49 511 16845020"),
        ("0172/123 45 67", "+49 172 1234567"),
        ("0 51 31 / 12 34", "+49 5131 1234"),
        ("0800 1110111", "+49 800 1110111"),
        ("+44 20 1234", None),
        ("n/a", None),
        ("4,95112E+12", None),
    ],
)
def test_phone(text, number):
    assert normal_phone(text) == number


@given(st.text(max_size=30))
def test_a_number_is_in_the_stored_form_or_none(text):
    number = normal_phone(text)
    assert number is None or STORED.match(number)


def test_addresses_are_taken_apart():
    assert split_address("Lange Straße 12 A, 30159 Hannover") == ("Lange Straße", "12 A", "30159", "Hannover")
    assert split_address("Weg 3-5\n30159 Hannover") == ("Weg", "3-5", "30159", "Hannover")
    assert split_address("30159 Hannover") == (None, None, "30159", "Hannover")
    assert split_address("Am Markt") == ("Am Markt", None, None, None)
    assert split_street("Straße des 17. Juni 135") == ("Straße des 17. Juni", "135")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026", "2026"),
        ("2026-11", "2026-11"),
        ("22.11.2026", "2026-11-22"),
        ("11.2026", "2026-11"),
        ("11/2026", "2026-11"),
        ("1.2.26", "2026-02-01"),
        ("2026-11-22T10:00", "2026-11-22"),
        ("31.02.2026", None),
        ("gestern", None),
    ],
)
def test_days(text, day):
    assert cells.partial_date(text) == day


def test_other_cells():
    assert cells.web("www.example.org/a") == "https://www.example.org/a"
    assert cells.web("javascript:alert(1)") is None
    assert cells.email("mailto:a@b.de") == "a@b.de"
    assert cells.email("a@b") is None
    assert cells.postal_code("D-30159 Hannover") == ("30159", "Hannover")
    assert cells.postal_code("1067") is None
    assert cells.listed("Deutsch, Türkisch und Arabisch") == ["Deutsch", "Türkisch", "Arabisch"]
    assert cells.listed("a, b;c") == ["a, b", "c"]
    assert all(cells.SHEET_ERROR.match(text) for text in ("#REF!", "#BEZUG!", "#NV", "#N/A", "####", "#DIV/0!"))
    assert not cells.SHEET_ERROR.match("#hashtag")


@given(st.text(max_size=20))
def test_a_protected_text_comes_back_and_is_no_formula(text):
    shown = prefixed(text)
    assert unprefixed(shown) == text
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("text", ["=SUM(A1)", "'=1", "''=1", "+49 511", "-1", "@x", "\tx", "＝1", "'", "it's"])
def test_protected_examples(text):
    assert unprefixed(prefixed(text)) == text
