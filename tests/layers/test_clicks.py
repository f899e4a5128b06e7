"""What comes back from the browser is checked like any input."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.clicks import Click, View, read_click

GOOD = {
    "layer": "district", "id": "17", "lat": 52.4, "lon": 9.7, "viewLat": 52.3, "viewLon": 9.8, "zoom": 12, "number": 5,
}  # fmt: skip
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*GOOD, "click"]), inner, max_size=8),
)


def test_a_click():
    assert read_click({"click": GOOD}) == Click("district", "17", 52.4, 9.7, View(52.3, 9.8, 12), 5)


@pytest.mark.parametrize("value", [None, {}, {"last_clicked": None}, {"click": None}, [], "click", 3])
def test_no_click(value):
    assert read_click(value) is None


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("wrong", [None, [], {}, True, float("nan"), float("inf"), "", "x" * 201])
def test_a_malformed_click_is_none(name, wrong):
    assert read_click({"click": GOOD | {name: wrong}}) is None


@given(json)
def test_whatever_comes_nothing_breaks(value):
    found = read_click({"click": value})
    assert found is None or isinstance(found, Click)
