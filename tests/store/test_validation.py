"""Field rules: anything that is typed is stored exactly or refused with a sentence, never half or otherwise."""

from __future__ import annotations

import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import LOCAL, MESSAGE_KEYS, create, get, open_store, resource, resources
from store.errors import ValidationError
from store.validation import clean_changes, clean_new
from store.values import as_text, from_text, plain

ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.sampled_from(["", " ", "1e400", "=SUM(A1)", "01067", "+49 511 1", "{{7*7}}", "</script>", "\ud800", "a\x00"]),
)
CONTROLS = {*map(chr, range(32)), "\x7f"} - set("\t\n\r")


@pytest.fixture(scope="module")
def one_store(tmp_path_factory):
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('v')}/store.sqlite")
    yield store
    store.close()


@given(st.text(max_size=200), st.text(max_size=200))
def test_text_comes_back_as_typed_or_is_refused(one_store, name, note):
    typed = (plain(name) or "") + (plain(note) or "")
    bad = plain(name) is None or bool(set(typed) & CONTROLS) or any("\ud800" <= c <= "\udfff" for c in typed)
    if bad:
        with pytest.raises(ValidationError) as error:
            create(one_store, LOCAL, "organizations", {"name": name, "note": note})
        assert {problem.key for problem in error.value.problems} <= {"value.missing", "value.bad_text"}
        return
    made = create(one_store, LOCAL, "organizations", {"name": name, "note": note})
    stored = get(one_store, "organizations", made.id).values
    assert stored["name"] == unicodedata.normalize("NFC", name).strip()
    assert stored["note"] == (unicodedata.normalize("NFC", note).strip() or None)


@given(st.sampled_from(sorted(resources())), st.data())
def test_any_value_in_any_field_is_clean_or_a_problem(name, data):
    kind = resource(name)
    given_values = data.draw(st.dictionaries(st.sampled_from(sorted(kind.fields)), ANYTHING, max_size=6))
    values, problems = clean_new(kind, given_values)
    faulty = {problem.field for problem in problems}
    for problem in problems:
        assert problem.key in MESSAGE_KEYS
        assert problem.message
        assert problem.remedy
    for field, value in values.items():
        if field in faulty or value is None:
            continue
        assert type(value) is {"string": str, "integer": int, "number": float, "boolean": bool}[kind.fields[field].type]
        assert not (isinstance(value, float) and not math.isfinite(value))
        assert from_text(kind.fields[field], as_text(value)) == value
    again, none = clean_changes(kind, {k: v for k, v in values.items() if k not in faulty}, values)
    assert again == {}  # what is clean stays as it is
    assert [problem for problem in none if problem.key != "value.missing_one_of"] == []


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("website", "https://", "value.bad_address"),
        ("website", "HTTP://EXAMPLE.ORG/Ä?x=1#y", None),
        ("website", "//example.org", "value.bad_address"),
        ("website", "data:text/html,x", "value.bad_address"),
        ("website", 'https://x" onclick=1', "value.bad_address"),
        ("email", "amt@hannover-stadt.de", None),
        ("email", "amt@hannover", "value.bad_email"),
        ("email", "a b@c.de", "value.bad_email"),
        ("source_date", "2024", None),
        ("source_date", "2024-02-29", None),
        ("source_date", "2023-02-29", "value.bad_date"),
        ("source_date", "24.12.2023", "value.bad_date"),
        ("source_date", "2024-13", "value.bad_date"),
        ("district_id", 54, "value.too_large"),
        ("district_id", 3.0, None),
        ("district_id", "3", "value.wrong_type"),
        ("is_actor", "true", "value.wrong_type"),
        ("is_actor", 1, "value.wrong_type"),
        ("name", "x" * 501, "value.too_long"),
        ("note", "x" * 20_001, "value.too_long"),
        ("note", "x\ny\tz", None),
        ("note", 5, "value.wrong_type"),
    ],
)
def test_rules_one_by_one(field, value, key):
    _, problems = clean_new(resource("organizations"), {"name": "A"} | {field: value})
    assert [problem.key for problem in problems] == ([key] if key else [])


def test_fields_that_belong_together_are_checked_together():
    _, problems = clean_new(resource("services"), {"name": "A", "kind": "k", "minimum_age": 18, "maximum_age": 6})
    assert [(p.field, p.key) for p in problems] == [("maximum_age", "value.wrong_order")]
    place = {"name": "A", "kind": "k"}
    _, problems = clean_new(resource("locations"), place | {"lon": 9.7})
    assert [(p.field, p.key) for p in problems] == [("lat", "value.half_coordinate")]


@pytest.mark.parametrize("value", [float("inf"), -float("inf")])
def test_infinite_numbers_are_refused_and_not_a_number_is_unknown(value):
    kind = resource("locations")
    _, problems = clean_new(kind, {"name": "A", "kind": "k", "coordinate_error_m": value})
    assert [p.key for p in problems] == ["value.wrong_type"]
    assert plain(float("nan")) is None
