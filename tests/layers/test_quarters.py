"""Own Quartiere and drawing on the map: what travels to the browser, and what is believed that comes back."""

import pytest
import shapely

from layers.clicks import read_drawing
from layers.draw import DrawTexts, draw_layer
from layers.quarters import quarters_layer
from tests.factories import metres

WORDS = DrawTexts("m", "r", "u", "c", "{number}/{count}")
BOX = shapely.box(*metres(0, 0), *metres(1, 1))


def test_another_chosen_one_is_another_picture_and_the_same_is_not():
    one, again = (quarters_layer({"a": ("Süd", BOX)}) for _ in range(2))
    assert one.digest == again.digest
    assert one.count == 1
    assert one.digest != quarters_layer({"a": ("Süd", BOX)}, chosen="a").digest


def test_a_hostile_name_travels_as_escaped_text():
    source = quarters_layer({"a": ("{{7*7}}</script>`${alert(1)}", BOX)}).source
    assert not any(sign in source for sign in ("{{", "</", "`", "${", "alert("))


def test_a_new_turn_is_a_new_drawing_and_what_was_drawn_is_not():
    assert draw_layer([(9.7, 52.3)], texts=WORDS).digest == draw_layer([(9.7, 52.3)], texts=WORDS).digest
    assert draw_layer([(9.7, 52.3)], texts=WORDS).digest != draw_layer([(9.7, 52.3)], texts=WORDS, turn=1).digest


def test_a_drawing_is_read_as_longitude_and_latitude():
    found = read_drawing({"drawing": {"corners": [[52.3, 9.7], [52.4, 9.8]], "number": 5}})
    assert found is not None
    assert (found.corners, found.number) == (((9.7, 52.3), (9.8, 52.4)), 5)


@pytest.mark.parametrize(
    "value",
    [
        None,
        {"drawing": None},
        {"drawing": {"corners": "x", "number": 1}},
        {"drawing": {"corners": [[52.3]], "number": 1}},
        {"drawing": {"corners": [[52.3, "9.7"]], "number": 1}},
        {"drawing": {"corners": [[52.3, float("nan")]], "number": 1}},
        {"drawing": {"corners": [[91.0, 9.7]], "number": 1}},
        {"drawing": {"corners": [[52.3, 9.7]]}},
        {"drawing": {"corners": [[52.3, 9.7]] * 5_001, "number": 1}},
    ],
)
def test_what_is_no_drawing_is_none(value):
    assert read_drawing(value) is None
