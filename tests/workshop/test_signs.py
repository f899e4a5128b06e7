"""One shape for each category of notes: on phones, on the host's pages, on the projector's map and on paper."""

import re

from exchange.workshop.signs import NoteMark, note_svg
from geo.workshop import CATEGORIES, SIGNS
from layers.notes import note_symbols

SHAPES = {"●": "circle", "■": "square", "◆": "diamond", "▲": "triangle"}
ON_PAPER = {"circle": "<circle", "square": "<rect", "diamond": "<path", "triangle": "<path"}


def test_every_category_has_a_sign_of_its_own():
    assert tuple(SIGNS) == CATEGORIES
    assert set(SIGNS.values()) == set(SHAPES)


def test_phones_show_the_same_signs(root):
    script = (root / "workshop" / "live" / "assets" / "parts.js").read_text(encoding="utf-8")
    found = re.search(r"const SIGNS = \{([^}]*)\}", script).group(1)
    assert dict(re.findall(r'(\w+): "(.)"', found)) == dict(SIGNS)


def test_the_map_shows_the_same_shapes():
    symbols = note_symbols({name: name for name in CATEGORIES})
    assert {name: symbol.shape for name, symbol in symbols.items()} == {
        name: SHAPES[sign] for name, sign in SIGNS.items()
    }


def test_paper_shows_the_same_shapes():
    drawn = {name: note_svg(NoteMark("1", 0, 0, name), 10, 10, 5) for name in CATEGORIES}
    assert len({each.split(" fill=")[0] for each in drawn.values()}) == len(CATEGORIES)
    for name, sign in SIGNS.items():
        assert drawn[name].startswith(ON_PAPER[SHAPES[sign]])
    assert drawn["strength"].split('"')[1].count("l") == 3
    assert drawn["contact"].split('"')[1].count("l") == 1
