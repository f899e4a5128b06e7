"""Corners as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.corners import corners_of, corners_text
from geo.errors import GeometryError


@pytest.mark.parametrize(
    "line",
    ["52.3705, 9.7332", "52,3705 9,7332", "52,3705; 9,7332", " 52.3705  9.7332 ", "52.3705,9.7332", "52,3705° 9,7332°"],
)
def test_a_pair_is_read_in_any_usual_spelling(line):
    assert corners_of(f"\n{line}\n\n") == [(9.7332, 52.3705)]


@pytest.mark.parametrize("line", ["52.37", "Markt", "91, 9", "52 181", "52,37,9,73", "1e5 2", "52.37 9.73 1", "٥٢ ٩x"])
def test_a_line_that_is_no_pair_is_named(line):
    with pytest.raises(GeometryError) as error:
        corners_of(f"52.37, 9.73\n{line}")
    assert (error.value.key, error.value.params["line"]) == ("quarter.bad_corner", 2)


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), max_size=20))
def test_what_is_written_is_read_again(corners):
    found = corners_of(corners_text(corners))
    assert all(abs(x - u) < 1e-6 and abs(y - v) < 1e-6 for (x, y), (u, v) in zip(found, corners, strict=True))
