"""Outside text stays text: in JavaScript, HTML, Jinja and whatever streamlit-folium does to scripts."""

import re
from html.parser import HTMLParser

import jinja2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from layers.escape import html_text, literal
from tests.layers.reading import literals, value_of

HOSTILE = "{{7*7}}{% x %}{# y #}`${1}\\</script><!-- & ' \" _a alert(coords); \u2028\u202e\x00"
texts = st.text() | st.sampled_from([HOSTILE, "{{", "{%", "{#", "`", "${", "\\", "'", '"', "</script>", "\ud800"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values)
@example(HOSTILE)
@example({HOSTILE: [HOSTILE]})
def test_the_browser_reads_the_same_value(value):
    (inner,) = literals(literal(value))
    assert value_of(inner) == value


@given(values)
@example(HOSTILE)
def test_nothing_is_left_that_anybody_reads_as_code(value):
    (inner,) = literals(literal(value))
    assert not set(inner) & set("<>&'{}$`%#_(\u2028\u2029")
    # A backslash only ever starts \uXXXX; a quote of the data is an escaped one.
    assert re.fullmatch(r"([^\\]|\\u[0-9a-f]{4})*", inner)


@given(values)
@example(HOSTILE)
def test_jinja_changes_nothing(value):
    source = literal(value)
    assert jinja2.Template(source, keep_trailing_newline=True, newline_sequence="\n").render() == source


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]) | st.sampled_from("\r\n\t\x85")))
@example(HOSTILE.replace("\x00", "\x85\r\n"))
def test_html_shows_the_same_text(text):
    shown = []
    parser = HTMLParser(convert_charrefs=True)
    parser.handle_data = shown.append
    parser.handle_starttag = lambda tag, _: pytest.fail(f"a tag appeared: {tag}")
    parser.feed(html_text(text))
    parser.close()
    assert "".join(shown) == text


def test_what_html_cannot_hold_is_shown_as_replacement_sign():
    assert html_text("a\x00\ud800b") == "a&#65533;&#65533;b"


@given(texts)
@example(HOSTILE)
def test_html_text_has_no_sign_with_a_meaning(text):
    assert re.fullmatch(r"([0-9A-Za-z .,;:!?/+*=@\x80-\x9f-]|&#[0-9]+;)*", html_text(text))


def test_unknown_numbers_have_to_be_none():
    with pytest.raises(ValueError, match="Out of range float values"):
        literal([float("nan")])


def test_half_a_character_can_still_be_sent():
    literal({"name": "\ud83d"}).encode("utf-8")
