"""The catalogue as typed objects."""

from __future__ import annotations

import dataclasses

import pytest

from geo.catalogue import catalogue, loader
from geo.errors import SchemaError
from geo.sources import open_package
from tests.factories import base_tables, write_package


@pytest.fixture
def entries(tmp_path):
    return catalogue(open_package(write_package(tmp_path)))


def test_a_kind_knows_its_sign_its_topics_and_its_standard(entries):
    school = entries.kinds["primary_school"]
    assert (school.label.of("de"), school.label.of("en"), school.plural.of("de-simple")) == (
        "Grundschule", "Primary school", "Grundschulen",
    )  # fmt: skip
    assert (school.shape, school.letter, school.colour) == ("square", "G", "#0072b2")
    assert school.topics == ("families", "ageing")
    assert school.standard_id == "school_700m"
    assert entries.kinds["library"].standard_id is None
    assert list(entries.kinds) == ["primary_school", "senior_meeting", "library"]


def test_unknown_values_are_none(entries):
    assert entries.target_groups["refugees"].population_column is None
    assert entries.target_groups["seniors"].population_column == "age_65_plus"


def test_a_standard_has_number_year_and_kinds(entries):
    standard = entries.standards["school_700m"]
    assert (standard.value, standard.year, standard.facility_kinds) == (700.0, 1996, ("primary_school",))


def test_roles_topics_and_indicators(entries):
    assert [role.role for role in entries.roles.values() if not role.is_core] == ["fund"]
    assert entries.topics["ageing"].label.de == "Älter werden"
    assert entries.indicators["unemployed_share"].need_sign == 1
    assert entries.indicators["unemployed_share"].denominator.en == "15 to 64"


def test_entries_cannot_be_changed(entries):
    with pytest.raises(dataclasses.FrozenInstanceError):
        entries.kinds["library"].letter = "X"
    with pytest.raises(TypeError):
        entries.kinds["castle"] = entries.kinds["library"]


def test_a_label_that_is_missing_in_english_is_german(tmp_path):
    tables = base_tables()
    tables["topics"][0]["label_en"] = ""
    assert catalogue(open_package(write_package(tmp_path, tables))).topics["families"].label.of("en") == "Familien"


def test_the_given_frames_are_used(tmp_path):
    package = open_package(write_package(tmp_path))
    read = loader(package)
    asked = []

    def load(name):
        asked.append(name)
        return read(name)

    catalogue(package, load=load)
    assert sorted(asked) == [
        "facility_kinds", "indicator_definitions", "roles", "standards", "target_groups", "topics",
    ]  # fmt: skip


def test_a_broken_table_is_refused(tmp_path):
    tables = base_tables()
    tables["standards"][0]["value"] = "weit"
    with pytest.raises(SchemaError, match=r"katalog/standards\.csv', row 2, column 'value': 'weit'"):
        catalogue(open_package(write_package(tmp_path, tables)))
