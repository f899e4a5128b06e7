"""Errors say what, which value and what to do, and carry key and params for translation."""

from __future__ import annotations

import pickle
import string

import pytest

from geo import errors
from geo.errors import MESSAGE_KEYS, CrsError, ParameterError, QuartierError, message_text

PLAIN_KEYS = [key for key in MESSAGE_KEYS if not key.endswith(".remedy")]


@pytest.mark.parametrize("key", PLAIN_KEYS)
def test_every_message_has_a_remedy_that_needs_no_other_field_names(key):
    assert MESSAGE_KEYS[key].endswith(".")
    remedy = MESSAGE_KEYS[f"{key}.remedy"]
    assert remedy.endswith(".")
    for template in (MESSAGE_KEYS[key], remedy):
        for _, field, _, _ in string.Formatter().parse(template):
            assert field is None or field.isidentifier()


def test_an_error_repeats_the_value_and_says_what_to_do():
    error = CrsError("crs.not_metric", name="places", found="EPSG:4326", expected="EPSG:25832")
    assert str(error) == f"{error.message} {error.remedy}"
    assert "'EPSG:4326'" in error.message
    assert "geo.sources" in error.remedy


def test_every_kind_is_a_quartier_error():
    for name in ("DataFileError", "SchemaError", "CrsError", "GeometryError", "ParameterError"):
        assert issubclass(getattr(errors, name), QuartierError)


def test_hostile_and_long_values_stay_visible_text():
    hostile = "{0} {x} %s \u202e\n" + "a" * 100_000
    text = message_text("parameter.unknown_value", {"name": "kind", "value": hostile, "allowed": "x"})
    assert "{0} {x} %s" in text
    assert "\\u202e\\n" in text
    assert len(text) < 400


def test_errors_survive_a_process_border():
    error = ParameterError("parameter.wrong_type", name="k", found="str", expected="int")
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (type(copy), copy.key, copy.params, str(copy)) == (ParameterError, error.key, error.params, str(error))


def test_an_unknown_key_is_a_mistake_of_the_program():
    with pytest.raises(KeyError):
        QuartierError("no.such.key")
