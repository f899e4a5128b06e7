"""Colours can be told apart: light from dark, by colour-blind people, letters from their ground."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from geo.errors import ParameterError
from layers import palette
from layers.actors import ORGANIZATION_TYPES, actor_symbols
from layers.stops import MODES, stop_symbols

# Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB.
_BLINDNESS = {
    "none": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
_XYZ = [
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.0721750],
    [0.0193339, 0.1191920, 0.9503041],
]
_WHITE = [0.95047, 1.0, 1.08883]


def lab(colour, blindness):
    """CIE L*a*b* (D65) of `colour` as somebody with `blindness` sees it."""
    parts = np.array(palette.rgb(colour))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(_BLINDNESS[blindness]) @ linear, 0, 1)
    ratio = np.array(_XYZ) @ seen / _WHITE
    root = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def difference(one, other, blindness):
    return float(np.linalg.norm(lab(one, blindness) - lab(other, blindness)))


@pytest.mark.parametrize("blindness", _BLINDNESS)
@pytest.mark.parametrize("name", palette.SEQUENTIAL_NAMES)
def test_five_classes_get_darker_step_by_step_for_everybody(name, blindness):
    colours = palette.sequential(name, 5)
    light = [lab(colour, blindness)[0] for colour in colours]
    assert all(one - other >= 8 for one, other in pairwise(light))


@pytest.mark.parametrize("name", palette.SEQUENTIAL_NAMES)
@pytest.mark.parametrize("count", range(10))
def test_as_many_different_colours_as_wanted(name, count):
    assert len(set(palette.sequential(name, count))) == count


@pytest.mark.parametrize("blindness", _BLINDNESS)
def test_the_nine_colours_of_two_measures_can_be_told_apart(blindness):
    square = [colour for row in palette.bivariate() for colour in row]
    assert min(difference(one, other, blindness) for one, other in combinations(square, 2)) >= 7


def test_both_measures_darken_the_square():
    square = palette.bivariate()
    light = np.array([[lab(colour, "none")[0] for colour in row] for row in square])
    assert (np.diff(light, axis=0) < 0).all()
    assert (np.diff(light, axis=1) < 0).all()


@pytest.mark.parametrize("fill", [palette.UNKNOWN, palette.NO_STATEMENT])
def test_pattern_stands_out_from_its_ground(fill):
    assert fill.pattern is not None
    assert palette.contrast(fill.colour, fill.pattern_colour) >= 3  # WCAG 1.4.11


def test_unknown_and_no_statement_have_different_patterns():
    assert palette.UNKNOWN.pattern != palette.NO_STATEMENT.pattern


@pytest.mark.parametrize("colour", [*palette.OKABE_ITO.values(), "#777777", "#00694c"])
def test_letters_read_well_on_every_colour(colour):
    assert palette.contrast(colour, palette.ink_on(colour)) >= 4.5  # WCAG 1.4.3


def test_our_own_symbols_have_readable_letters():
    actors = actor_symbols(dict.fromkeys(ORGANIZATION_TYPES, "x")).values()
    stops = stop_symbols(dict.fromkeys(MODES, "x")).values()
    for symbol in (*actors, *stops):
        assert palette.contrast(symbol.colour, palette.ink_on(symbol.colour)) >= 4.5


def test_contrast_of_black_and_white_is_21():
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", "#1234567", "url(#x)", '#000000"', None])
def test_only_full_hexadecimal_colours(colour):
    with pytest.raises(ParameterError, match="colour"):
        palette.require_colour(colour)


def test_unknown_palette_and_count():
    with pytest.raises(ParameterError, match=r"'jet'.*YlGnBu"):
        palette.sequential("jet", 5)
    with pytest.raises(ParameterError, match="'count' is 10"):
        palette.sequential("viridis", 10)
    with pytest.raises(ParameterError, match="'count' is -1"):
        palette.sequential("viridis", -1)
    with pytest.raises(ParameterError, match=r"'pattern'.*'zebra'"):
        palette.Fill("#ffffff", "zebra")
