"""The grid of printed maps: codes and places both ways, what people mistype, every real district on every sheet."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import GeometryError, ParameterError
from geo.print_grid import (
    LANDSCAPE,
    MOST_CELLS,
    PORTRAIT,
    PrintGrid,
    column_index,
    column_name,
    grid_of_key,
    print_grid,
)
from tests.factories import metres

SQUARE = shapely.box(*metres(0, 0), *metres(1, 1))
GRID = PrintGrid(548_000.0, 5_803_000.0, 100, 30, 12)
"""30 columns: beyond Z; 12 rows: codes of three signs."""


def test_a1_is_in_the_north_west_and_the_last_cell_in_the_south_east():
    first, last = GRID.cell("A1"), GRID.cell(GRID.last)
    assert (first.west, first.north) == (548_000.0, 5_803_000.0)
    assert GRID.last == "AF12"
    assert (last.east, last.south) == (551_000.0, 5_801_800.0)
    assert GRID.bounds == (548_000.0, 5_801_800.0, 551_000.0, 5_803_000.0)


def test_letters_leave_out_those_that_look_like_digits_and_go_on_beyond_z():
    names = [column_name(at) for at in range(60)]
    assert names[:9] == ["A", "B", "C", "D", "E", "F", "G", "H", "J"]
    assert names[22:27] == ["Y", "Z", "AA", "AB", "AC"]
    assert len(set(names)) == 60
    assert not {"I", "O"} & set("".join(names))


@given(st.integers(0, 20_000))
def test_letters_and_columns_are_the_same_thing(index):
    assert column_index(column_name(index)) == index


@given(st.floats(0, 3_000), st.floats(0, 1_200))
def test_a_place_lies_in_the_cell_of_its_code(east_m, south_m):
    x, y = 548_000.0 + east_m, 5_803_000.0 - south_m
    cell = GRID.cell(GRID.code_at(x, y))
    assert cell.west <= x <= cell.east
    assert cell.south <= y <= cell.north
    assert math.dist(cell.centre, (x, y)) <= cell.uncertainty_m + 1e-6


@pytest.mark.parametrize(("x", "y"), [(547_999, 5_802_500), (551_001, 5_802_500), (549_000, 5_803_001), (math.nan, 1)])
def test_a_place_beside_the_map_has_no_code(x, y):
    assert GRID.code_at(x, y) is None


def test_uncertainty_is_half_the_diagonal():
    assert GRID.cell("C4").uncertainty_m == pytest.approx(math.hypot(100, 100) / 2)


@given(st.integers(0, 500), st.integers(0, 500))
def test_every_spot_of_a_note_is_inside_its_cell_and_away_from_the_lines(number, other):
    cell = GRID.cell("C4")
    x, y = cell.spot(number)
    assert min(x - cell.west, cell.east - x, y - cell.south, cell.north - y) > 10.0 - 1e-6
    assert GRID.code_at(x, y) == "C4"
    if number % 24 != other % 24:
        assert math.dist((x, y), cell.spot(other)) > 5.0


def test_the_first_spot_is_the_centre():
    cell = GRID.cell("C4")
    assert cell.spot(0) == cell.centre


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("C4", "C4"), ("c4", "C4"), (" c 4 ", "C4"), ("C-4", "C4"), ("C/4", "C4"), ("4C", "C4"), ("4 c", "C4"),
        ("C04", "C4"), ("C004", "C4"), ("C1O", "C10"), ("c1o", "C10"), ("CI2", "C12"), ("Ci", "C1"), ("ciO", "C10"),
        ("aa3", "AA3"), ("Ａ１", "A1"), ("C\u00a04", "C4"), ("(C4)", "C4"), ("C.4", "C4"), ("I2AB", "AB12"),
    ],
)  # fmt: skip
def test_what_people_type_is_understood(typed, meant):
    assert GRID.cell(typed).code == meant


@pytest.mark.parametrize(
    "typed",
    ["", " ", "C", "4", "0", "C0", "O4", "I4", "04", "C-", "C4D", "C4 D5", "Ä4", "С4", "C٤", "C¼", "C1e1", "=C4",
     "{{C4}}", "<C4>", "C4;DROP TABLE", "C" * 10_000, "4" * 10_000, "\x00", "C\u202e4", "None", "nan"],
)  # fmt: skip
def test_what_is_no_code_is_refused_with_the_range(typed):
    with pytest.raises(ParameterError, match="AF12") as caught:
        GRID.cell(typed)
    assert caught.value.key == "grid.code_unreadable"
    assert len(str(caught.value)) < 600


@pytest.mark.parametrize("typed", ["AG1", "A13", "ZZZ1", "A9999", "AF13"])
def test_a_code_beside_the_map_is_refused_with_the_range(typed):
    with pytest.raises(ParameterError, match=r"A1.*AF12") as caught:
        GRID.cell(typed)
    assert caught.value.key == "grid.code_outside"


@given(st.integers(0, 29), st.integers(1, 12))
def test_every_code_of_the_grid_can_be_typed_in_small_letters(column, row):
    code = column_name(column) + str(row)
    assert GRID.cell(code.lower()).code == code
    assert GRID.cell(f"{row}{column_name(column)}").code == code


@given(
    st.floats(100, 30_000), st.floats(100, 30_000), st.floats(540_000, 560_000), st.floats(5_790_000, 5_810_000)
)  # fmt: skip
def test_a_grid_covers_its_area_and_fits_the_sheet(width, height, x, y):
    area = shapely.box(x, y, x + width, y + height)
    grid = print_grid(area)
    west, south, east, north = grid.bounds
    assert west <= x - 39
    assert south <= y - 39
    assert east >= x + width + 39
    assert north >= y + height + 39
    assert max(grid.columns, grid.rows) <= MOST_CELLS
    assert west % grid.side_m == 0
    assert north % grid.side_m == 0
    wanted = LANDSCAPE if grid.landscape else PORTRAIT
    if not (width / height > wanted * 1.2 or width / height < wanted / 1.2):
        assert grid.columns / grid.rows == pytest.approx(wanted, rel=0.25)


def test_the_same_area_has_the_same_grid_and_a_border_moved_a_little_too():
    assert print_grid(SQUARE) == print_grid(shapely.Polygon(SQUARE.exterior.coords[::-1]))
    assert print_grid(SQUARE.buffer(3, join_style="mitre")) == print_grid(SQUARE)


def test_a_long_narrow_area_lies_on_its_sheet():
    x, y = metres(0, 0)
    assert print_grid(shapely.box(x, y, x + 3000, y + 800)).landscape
    assert not print_grid(shapely.box(x, y, x + 800, y + 3000)).landscape


def test_the_key_on_the_sheet_brings_the_grid_back():
    grid = print_grid(SQUARE)
    assert grid_of_key(f" {grid.key} ") == grid
    assert grid_of_key(grid.key.replace("-", " – ")) == grid


@pytest.mark.parametrize("key", ["", "1-2-3-4", "a-b-c-d-e", "1-2-0-4-5", "1-2-3-0-5", "1-2-3-4-9999", "٤-1-1-1-1"])
def test_what_is_no_key_is_refused(key):
    with pytest.raises(ParameterError, match="548200-5803400-100-22-25"):
        grid_of_key(key)


def test_a_chosen_side_is_kept_within_reason():
    assert print_grid(SQUARE, side_m=50).side_m == 50
    for side in (0, -5, 9, 5_001):
        with pytest.raises(ParameterError):
            print_grid(SQUARE, side_m=side)
    with pytest.raises(ParameterError, match="10"):
        print_grid(shapely.box(0, 0, 900_000, 900_000), side_m=10)


@pytest.mark.parametrize(
    "geometry",
    [None, shapely.Point(1, 2), shapely.Polygon(), shapely.LineString([(0, 0), (1, 1)]), shapely.box(9.6, 52.3, 9.8, 52.4),
     shapely.Polygon([(0, 0), (1000, 1000), (2000, 2000)]), shapely.box(5e5, 5e6, np.inf, 6e6), "POLYGON"],
)  # fmt: skip
def test_what_is_no_area_in_metres_is_refused(geometry):
    with pytest.raises(GeometryError):
        print_grid(geometry)
