"""Storylines: written and read again the same; whatever comes from outside is read whole or refused with every reason."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from geo.errors import MESSAGE_KEYS
from geo.gap_settings import GapSettings
from geo.reach import Method, Walk
from geo.storyline import (
    MAX_BYTES,
    MEASURES,
    SCHEMES,
    SHOWN,
    Filters,
    GapFill,
    IndicatorFill,
    Known,
    Step,
    Storyline,
    View,
    changed_settings,
    one_line,
    storyline_dict,
    storyline_text,
)
from geo.storyline_read import read_storyline
from tests.e2e.hostile import HOSTILE

KNOWN = Known({"library", "school"}, {"population"}, {"families"}, {"care"}, {"o-1"}, {1, 2, 3})
FULL = Step(
    "Zwei Stadtteile, ein Blick.",
    kinds=("library", "school"),
    show=("stops",),
    fill=IndicatorFill("population", "equal"),
    filters=Filters(targets=("families",), wheelchair=("yes", "unknown")),
    district=1,
    second=2,
    view=View(52.37, 9.73, 12.25),
)


def read(steps=(), known=KNOWN, **head):
    """Read a file made of raw steps; a head entry None is left out."""
    whole = {
        "format": "quartierskarte-storyline",
        "version": 1,
        "title": "Titel",
        "language": "de",
        "steps": list(steps),
    }
    return read_storyline(json.dumps({**whole, **head}).encode(), known)


def keys(reading):
    return [problem.key.removeprefix("storyline.") for problem in reading.problems]


def test_written_and_read_again_it_is_the_same():
    story = Storyline("Linden", "en", (FULL, Step("Nur ein Satz."), Step("Lücke", fill=GapFill("school", "verdict"))))
    text = storyline_text(story)
    reading = read_storyline(text.encode(), KNOWN)
    assert reading.problems == ()
    assert reading.storyline == story
    assert storyline_text(reading.storyline) == text
    assert read_storyline(b"\xef\xbb\xbf" + text.encode()).storyline == story  # an editor's mark at the beginning


words = some.text(min_size=1, max_size=40).map(one_line).filter(bool)
ids = some.lists(some.text("abc_1", min_size=1, max_size=8), max_size=4, unique=True).map(tuple)
fills = some.one_of(
    some.none(),
    some.builds(IndicatorFill, some.text("abc", min_size=1, max_size=5), some.sampled_from(SCHEMES)),
    some.builds(GapFill, some.text("abc", min_size=1, max_size=5), some.sampled_from(MEASURES)),
)
views = some.builds(
    View,
    some.floats(-90, 90).map(lambda value: round(value, 5)),
    some.floats(-180, 180).map(lambda value: round(value, 5)),
    some.floats(9, 19).map(lambda value: round(value, 2)),
)
steps = some.builds(
    Step,
    sentence=words,
    kinds=ids,
    show=some.lists(some.sampled_from(SHOWN), unique=True).map(tuple),
    fill=fills,
    filters=some.builds(Filters, ids, ids, ids),
    district=some.integers(1, 51),
    second=some.none() | some.integers(52, 60),
    view=some.none() | views,
)


@given(some.builds(Storyline, words, some.sampled_from(["de", "en"]), some.lists(steps, max_size=4).map(tuple)))
def test_every_storyline_survives_its_file(story):
    assert read_storyline(storyline_text(story).encode()).storyline == story


junk = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=20),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(some.dictionaries(some.sampled_from(list(storyline_dict(Storyline("", steps=(FULL,)))["steps"][0])), junk))
def test_junk_in_a_step_is_never_an_exception(step):
    reading = read([step])
    assert (reading.storyline is None) == bool(reading.problems)
    for problem in reading.problems:
        assert problem.message
        assert problem.remedy


@given(some.binary(max_size=60))
def test_junk_bytes_are_no_storyline(data):
    assert read_storyline(data).storyline is None


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"{", "not_json"),
        (b"\xff\xfe{}", "not_utf8"),
        (b"[" * 200_000, "beyond_json"),
        (b"9" * 5_000, "beyond_json"),
        (b'{"format": NaN}', "beyond_json"),
        (b"[1, 2]", "other_format"),
        (b'{"format": "quartierskarte-storyline", "version": 2}', "other_version"),
        (b'{"format": "quartierskarte-storyline", "version": true}', "other_version"),
        (b" " * (MAX_BYTES + 1), "too_large"),
    ],
)
def test_a_file_that_is_none(data, key):
    assert keys(read_storyline(data)) == [key]


def test_all_problems_at_once_with_their_place():
    reading = read(
        [
            {"sentence": "gut"},
            {"sentence": "", "kinds": ["castle", 7], "show": "stops", "second": 3, "colour": "red"},
            {"sentence": "\ud800", "district": 2, "second": 2, "view": {"lat": 91, "lon": "9", "height": 3}},
            "kein Schritt",
        ],
        language="fr",
    )
    assert reading.storyline is None
    assert [(problem.row, problem.column) for problem in reading.problems] == [
        (None, "language"),
        (2, "steps/2/colour"),
        (2, "steps/2/second"),
        (2, "steps/2/sentence"),
        (2, "steps/2/kinds"),
        (2, "steps/2/kinds"),
        (2, "steps/2/show"),
        (3, "steps/3/second"),
        (3, "steps/3/sentence"),
        (3, "steps/3/view/height"),
        (3, "steps/3/view/lat"),
        (3, "steps/3/view/lon"),
        (3, "steps/3/view/zoom"),
        (4, "steps/4"),
    ]
    assert {problem.key for problem in reading.problems} <= set(MESSAGE_KEYS)


@pytest.mark.parametrize(
    ("step", "key"),
    [
        ({"district": 9}, "unknown_value"),
        ({"district": True}, "not_whole_number"),
        ({"district": 1.5}, "not_whole_number"),
        ({"fill": {"indicator": "income"}}, "unknown_value"),
        ({"fill": {"indicator": "population", "gap": "school"}}, "not_fill"),
        ({"fill": {"gap": "school", "measure": "beauty"}}, "unknown_value"),
        ({"fill": {"gap": "school", "settings": {"pace": "flying"}}}, "gap_settings"),
        ({"fill": {"gap": "school", "settings": {"draws": 10_000}}}, "gap_settings"),
        ({"fill": {"gap": "school", "settings": {"walk": {"snap_limit_m": "weit"}}}}, "gap_settings"),
        ({"fill": {"gap": "school", "settings": {"walk": {"detour": 1e12}}}}, "gap_settings"),
        ({"filters": {"mood": []}}, "unknown_entry"),
        ({"filters": {"targets": ["nobody"]}}, "unknown_value"),
        ({"kinds": ["library"] * 301}, "too_many"),
        ({"view": {"lat": 52, "lon": 9, "zoom": 8}}, "out_of_range"),
    ],
)
def test_one_wrong_entry_is_one_problem(step, key):
    assert keys(read([{"sentence": "x", **step}])) == [key]


def test_without_known_keys_only_the_form_counts():
    assert read([{"sentence": "x", "kinds": ["castle"], "district": 99}], known=None).problems == ()


def test_limits_of_the_file():
    assert keys(read([{"sentence": "x"}] * 101)) == ["too_many"]
    assert keys(read([{"sentence": "x" * 301}])) == ["text_length"]
    assert keys(read(title="x" * 121)) == ["text_length"]
    assert len(read([7] * 100 + []).problems) == 100


def test_line_ends_become_blanks():
    assert read([{"sentence": "eins\r\n zwei\u2028drei"}]).storyline.steps[0].sentence == "eins zwei drei"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_texts_stay_texts(text):
    reading = read([{"sentence": text[:300]}], title=text[:120])
    assert reading.storyline.steps[0].sentence == one_line(text[:300])
    assert read_storyline(storyline_text(reading.storyline).encode()).storyline == reading.storyline


def test_only_changed_settings_of_an_analysis_are_kept():
    assert changed_settings(GapSettings()) == {}
    line = changed_settings(GapSettings(walk=Walk(method=Method.LINE), own_kmh=3.0))
    assert set(line) == {"walk", "own_kmh"}
    assert read([{"sentence": "x", "fill": {"gap": "school", "settings": line}}]).storyline.steps[0].fill == GapFill(
        "school", "verdict", line
    )
