"""Signs that the shipped fonts have, and what stands for the others."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from exchange.glyphs import LONGEST_WORD, MISSING, breakable, drawable, drawable_content, font_signs
from exchange.map_picture import FONTS

KNOWN = frozenset().union(*(font_signs(path.read_bytes()) for path in FONTS.glob("*Regular.ttf"))) | font_signs(
    (FONTS / "DejaVuSans.ttf").read_bytes()
)


def test_letters_of_the_languages_of_the_city_are_known():
    for text in (
        "Grüße aus Hannover – „Süd“ €",
        "İstanbul ğış",
        "Żółć",
        "Привіт ґїє",
        "مركز الجيران",
        "سلام چطورید",
        "שכונה",
    ):
        assert drawable(text) == text


def test_what_no_font_has_becomes_one_box():
    assert drawable("Park 🚲🚲 漢字!") == f"Park {MISSING} {MISSING}!"
    assert drawable("👍🏽") == MISSING
    assert drawable("\ue000 \x1b") == "\ufffd \ufffd"


def test_signs_that_turn_the_direction_are_taken_out():
    assert drawable("a\u202eb\u2066c") == "abc"


def test_a_long_word_can_be_broken_and_says_the_same():
    word = "Donaudampfschifffahrtsgesellschaftskapitän"
    assert breakable(word).replace("\u200b", "") == word
    assert max(map(len, breakable("x" * 500).split("\u200b"))) == LONGEST_WORD
    assert breakable("kurz und gut") == "kurz und gut"


@given(st.text(max_size=60))
def test_only_signs_of_the_fonts_are_left(text):
    for sign in drawable(text):
        assert ord(sign) in KNOWN or sign in " \u00a0\u200b\u200c\u200d"
        assert unicodedata.category(sign) not in {"Cc", "Cs", "Cn"}


def test_the_tables_of_a_font_are_read():
    signs = font_signs((FONTS / "DejaVuSans.ttf").read_bytes())
    assert {ord("A"), ord("ж"), 0x1F600} <= signs
    assert not {0x6F22, 0x1F6B2} & signs


def test_texts_inside_of_something_are_made_drawable_too():
    assert drawable_content({"a": ["漢", ("b", 1)], "漢": None}) == {"a": [MISSING, ["b", 1]], "漢": None}
