"""Coloured areas, the chosen area, and cells."""

import numpy as np
import pandas as pd
import pytest

from geo.errors import ParameterError
from layers.choropleth import bivariate_layer, choropleth_layer
from layers.classify import classes
from layers.columns import Field
from layers.highlight import highlight_layer
from layers.palette import NO_STATEMENT, UNKNOWN, bivariate, sequential
from layers.population import population_layer
from tests.layers.reading import data_of

VALUES = pd.Series([10.0, 20.0, np.nan], index=[3, 1, 2])  # nothing at all is said about 4
COLOURS = ("#ffffcc", "#253494")


def fill_of(layer):
    data = data_of(layer)
    return {area: data["fills"][index][:2] for area, index in zip(data["ids"], data["index"], strict=True)}


def test_each_area_has_its_class_or_is_unknown(boundaries):
    layer = choropleth_layer(boundaries, classes(VALUES), COLOURS)
    unknown = [UNKNOWN.colour, "hatch"]
    assert fill_of(layer) == {1: ["#253494", None], 3: ["#ffffcc", None], 2: unknown, 4: unknown}
    assert layer.count == 2


def test_no_statement_is_not_the_same_as_unknown(boundaries):
    layer = choropleth_layer(boundaries, classes(VALUES), COLOURS, no_statement=[2, 1])
    assert fill_of(layer)[2] == [NO_STATEMENT.colour, "dots"]
    assert fill_of(layer)[1] == ["#253494", None]  # a known value is shown
    assert fill_of(layer)[4] == [UNKNOWN.colour, "hatch"]


def test_lines_of_the_tooltip_follow_the_areas(boundaries):
    details = pd.DataFrame({"text": ["zehn", "zwanzig"]}, index=[3, 1])
    layer = choropleth_layer(boundaries, classes(VALUES), COLOURS, details=details, fields=[Field("Wert", "text")])
    data = data_of(layer)
    assert data["ids"] == [1, 2, 3, 4]
    assert data["fields"]["values"] == [["zwanzig", None, "zehn", None]]


def test_boroughs_are_areas_too(boundaries):
    layer = choropleth_layer(boundaries, classes(pd.Series([5.0], index=[2])), COLOURS, level="borough")
    assert fill_of(layer) == {1: [UNKNOWN.colour, "hatch"], 2: ["#ffffcc", None]}


def test_two_measures_at_once(boundaries):
    one = classes(pd.Series([1, 2, 3, np.nan], index=[1, 2, 3, 4]), k=3)
    other = classes(pd.Series([9, 8, 7, 6], index=[1, 2, 3, 4]), scheme="breaks", breaks=[7, 8])
    square = bivariate()
    assert fill_of(bivariate_layer(boundaries, one, other)) == {
        1: [square[0][2], None],
        2: [square[1][1], None],
        3: [square[2][0], None],
        4: [UNKNOWN.colour, "hatch"],
    }


def test_geometry_stays_at_home(boundaries):
    source = choropleth_layer(boundaries, classes(VALUES), COLOURS).source
    assert len(source) < 1_500


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        (pd.Series([1.0], index=[99]), "value 99"),
        (pd.Series([1.0, 2.0], index=[1, 1]), "each id once"),
        (pd.Series([1.0, 2.0, 3.0], index=[1, 2, 3]), "number of colours"),
    ],
)
def test_values_that_do_not_fit_are_refused(boundaries, values, complaint):
    with pytest.raises(ParameterError, match=complaint):
        choropleth_layer(boundaries, classes(values), COLOURS)


def test_a_square_has_three_classes(boundaries):
    many = classes(pd.Series([1.0, 2, 3, 4], index=[1, 2, 3, 4]), k=4)
    with pytest.raises(ParameterError, match="'other' is 4"):
        bivariate_layer(boundaries, classes(VALUES), many)


def test_the_chosen_area(boundaries):
    data = data_of(highlight_layer(boundaries, 3, move_view=True))
    assert (data["outline"], data["level"], data["moveView"]) == (3, "district", True)
    with pytest.raises(ParameterError, match="value 5"):
        highlight_layer(boundaries, 5)


def test_cells_keep_place_and_class():
    cells = pd.DataFrame({"x": [550_050.0, 550_150.0, np.nan], "y": [5_800_050.0] * 3, "n": [4.0, np.nan, 9.0]})
    found = classes(cells["n"], scheme="breaks", breaks=[5])
    colours = sequential("YlGnBu", 2)
    data = data_of(population_layer(cells, found, colours))
    assert data["index"] == [0, -1]  # the third has no place
    assert np.cumsum(data["lon"])[1] - data["lon"][0] == pytest.approx(100 / 68_000 * 1e5, abs=3)  # 1° = 68 km here
    assert data_of(population_layer(cells, found, colours, show_unknown=False))["index"] == [0]


def test_no_cell_at_all():
    cells = pd.DataFrame({"x": [], "y": []}, dtype="float64")
    assert population_layer(cells, classes(cells["x"]), []).count == 0


def test_cells_and_classes_have_to_fit():
    cells = pd.DataFrame({"x": [550_050.0], "y": [5_800_050.0]})
    with pytest.raises(ParameterError, match="rows of classes"):
        population_layer(cells, classes([1, 2]), COLOURS)
    with pytest.raises(ParameterError, match="number of colours"):
        population_layer(cells, classes([1]), [])
