"""The legend says what the map shows."""

import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from geo.errors import ParameterError
from layers.classify import classes
from layers.legend import LegendItem, class_legend, swatch_svg, symbol_legend
from layers.palette import UNKNOWN, Fill, sequential
from layers.symbols import Symbol


def test_one_line_per_class_with_its_numbers():
    found = classes([1, 2, 3, 4, np.nan, np.nan], k=2)
    items = class_legend(found, sequential("YlGnBu", 2), no_statement=1)
    assert [(item.role, item.lower, item.upper, item.count) for item in items] == [
        ("class", 1, 2, 2),
        ("class", 2, 4, 2),
        ("no_statement", None, None, 1),
        ("unknown", None, None, 1),
    ]
    assert sum(item.count for item in items) == 6


def test_open_ends_have_no_number():
    items = class_legend(classes([1], scheme="breaks", breaks=[5]), ["#ffffff", "#000000"])
    assert [(item.lower, item.upper) for item in items] == [(None, 5), (5, None)]


def test_nothing_unknown_means_no_such_line():
    assert [item.role for item in class_legend(classes([1, 1]), ["#ffffff"])] == ["class"]


def test_colours_and_classes_have_to_fit():
    with pytest.raises(ParameterError, match="number of colours"):
        class_legend(classes([1, 2]), ["#ffffff"])


def test_symbols_bring_name_letter_and_shape():
    (item,) = symbol_legend([Symbol("Bücherei", "star", "B", "#0072b2")], [7])
    assert (item.label, item.shape, item.letter, item.fill.colour, item.count) == (
        "Bücherei",
        "star",
        "B",
        "#0072b2",
        7,
    )
    assert ">B</text>" in swatch_svg(item)


def test_a_patterned_swatch_is_covered_with_tiles_and_has_no_ids():
    picture = swatch_svg(LegendItem("unknown", UNKNOWN, 3))
    assert picture.count("<path") == 5 * 3  # 30 × 20 pixels, tiles of 7
    assert "id=" not in picture


@pytest.mark.parametrize("letter", ["<b>{{", "\x00\x01Ä", "&amp;", "\ud800", "]]>"])
def test_a_letter_from_outside_is_text_and_the_picture_stays_whole(letter):
    picture = swatch_svg(LegendItem("symbol", Fill("#0072b2"), 1, shape="circle", letter=letter))
    (text,) = ET.fromstring(picture).iter("text")  # noqa: S314  # our own text
    assert (text.text or "") == re.sub("[\x00\x01\ud800]", "", letter)


def test_unknown_shapes_are_refused():
    with pytest.raises(ParameterError, match=r"'blob'.*circle"):
        Symbol("x", "blob", "X", "#000000")
