"""What keeps a requirement sheet from being worked out: every fault is named in words that say what to do."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataFileError, ParameterError
from geo.newbuild import MAX_DWELLINGS, Sheet, even_phasing, is_count, problems_of, require_sheet
from geo.newbuild_assumptions import TENURES, assumptions_of
from geo.newbuild_file import FORMAT, read_sheet, sheet_text
from geo.sources import open_package, read
from tests.factories import write_package
from tests.geo.newbuild_city import HUNDRED_HOMES, real_assumptions, sheet

ASSUMPTIONS = real_assumptions()


def keys(**changes):
    """Return the keys of all problems of a changed sheet."""
    return [problem.key for problem in problems_of(sheet(**changes), ASSUMPTIONS)]


def test_a_sound_sheet_has_no_problem():
    assert problems_of(HUNDRED_HOMES, ASSUMPTIONS) == []
    require_sheet(HUNDRED_HOMES, ASSUMPTIONS)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"dwellings": {}, "phasing": {}}, "newbuild.no_dwellings"),
        ({"dwellings": {"rent": (0, 0, 0, 0, 0)}, "phasing": {2028: 0}}, "newbuild.no_dwellings"),
        ({"dwellings": {"rent": (0, 0, -1, 0, 0)}}, "newbuild.bad_dwellings"),
        ({"dwellings": {"rent": (0, 0, math.nan, 0, 0)}}, "newbuild.bad_dwellings"),
        ({"dwellings": {"rent": (0, 0, math.inf, 0, 0)}}, "newbuild.bad_dwellings"),
        ({"dwellings": {"rent": (0, 0, 1.5, 0, 0)}}, "newbuild.bad_dwellings"),
        ({"dwellings": {"rent": (0, 0, 10**400, 0, 0)}}, "newbuild.bad_dwellings"),
        ({"dwellings": {"rent": (0, 0, 1_000_000, 0, 0)}, "phasing": {2028: 1_000_000}}, "newbuild.too_many"),
        ({"dwellings": {"rent": (100, 0)}}, "parameter.length_mismatch"),
        ({"dwellings": {"castle": (0, 0, 100, 0, 0)}}, "parameter.unknown_value"),
        ({"start": 2030, "end": 2028}, "newbuild.start_after_end"),
        ({"until": 2027}, "newbuild.until_before_end"),
        ({"until": 2120}, "newbuild.too_long"),
        ({"start": 1066}, "newbuild.bad_year"),
        ({"end": math.nan}, "newbuild.bad_year"),
        ({"phasing": {2028: 99}}, "newbuild.phasing_short"),
        ({"phasing": {2028: 101}}, "newbuild.phasing_over"),
        ({"phasing": {}}, "newbuild.phasing_short"),
        ({"phasing": {2028: 90, 2029: 10}}, "newbuild.phase_outside"),
        ({"phasing": {2028: -100}}, "newbuild.bad_phase"),
        ({"phasing": {2028: math.nan}}, "newbuild.bad_phase"),
        ({"own_values": {"walk_m": (800.0, math.nan, 800.0)}}, "newbuild.bad_value"),
        ({"own_values": {"walk_m": (1.0, 800.0, 800.0)}}, "newbuild.bad_value"),
        ({"own_values": {"luck": (1.0, 1.0, 1.0)}}, "parameter.unknown_value"),
        ({"own_free": {"primary_school": -1}}, "newbuild.bad_free"),
        ({"own_free": {"primary_school": math.inf}}, "newbuild.bad_free"),
        ({"title": "x" * 501}, "newbuild.long_title"),
    ],
)
def test_each_fault_has_its_own_message(changes, expected):
    assert keys(**changes)[0] == expected


def test_all_faults_are_named_at_once():
    found = keys(dwellings={"rent": (-1, 0, 0, 0, 0)}, start=2031, own_free={"primary_school": -1}, title="x" * 600)
    assert found == ["newbuild.long_title", "newbuild.bad_dwellings", "newbuild.start_after_end", "newbuild.bad_free"]


def test_a_phasing_that_does_not_add_up_says_by_how_much():
    (problem,) = problems_of(sheet(phasing={2028: 93}), ASSUMPTIONS)
    assert problem.message == "The years add up to 93 dwellings, but 100 are planned: 7 are missing."
    with pytest.raises(ParameterError, match="7 are missing"):
        require_sheet(sheet(phasing={2028: 93}), ASSUMPTIONS)


def test_ages_at_move_in_must_add_up_to_all_people():
    (problem, *_) = problems_of(sheet(own_values={"profile_family_0": (20.0, 20.0, 20.0)}), ASSUMPTIONS)
    assert (problem.key, problem.params["found"], problem.params["household"]) == (
        "newbuild.profile_sum",
        107,
        "family",
    )


def test_households_may_not_be_more_than_all():
    found = problems_of(sheet(own_values={"family_senior": (5.0, 10.0, 20.0)}), ASSUMPTIONS)
    assert [(each.key, each.params["variant"]) for each in found] == [
        ("newbuild.household_sum", "mid"),
        ("newbuild.household_sum", "high"),
    ]


@given(st.integers(0, 10_000), st.integers(2000, 2050), st.integers(0, 30))
def test_an_even_phasing_adds_up_and_no_year_differs_by_more_than_one(total, start, more):
    found = even_phasing(total, start, start + more)
    assert sum(found.values()) == total
    assert max(found.values()) - min(found.values()) <= 1
    assert list(found) == list(range(start, start + more + 1))


def test_a_phasing_that_ends_before_it_starts_is_empty():
    assert even_phasing(10, 2030, 2029) == {}


def test_years_without_dwellings_may_be_listed():
    assert keys(phasing={2027: 0, 2028: 100, 2035: 0}) == []


@given(st.dictionaries(st.sampled_from(TENURES), st.tuples(*[st.integers(0, 500)] * 5)), st.integers(1, 9))
def test_any_whole_numbers_that_are_distributed_over_the_years_are_sound(dwellings, years):
    total = sum(map(sum, dwellings.values()))
    each, rest = divmod(total, years)
    phasing = {2030 + at: each + (rest if at == 0 else 0) for at in range(years)}
    found = keys(dwellings=dwellings, phasing=phasing, start=2030, end=2029 + years, until=2040)
    assert found == ([] if 0 < total <= MAX_DWELLINGS else ["newbuild.no_dwellings"])


@given(st.one_of(st.floats(), st.integers(), st.booleans(), st.text(), st.none()))
def test_a_count_is_a_whole_number_from_0(value):
    number = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 10**12
    assert is_count(value) == (number and value == int(value))


def test_a_package_without_an_assumption_says_which(tmp_path):
    with pytest.raises(ParameterError, match="persons_1_rooms"):
        assumptions_of(read(open_package(write_package(tmp_path)), "newbuild_assumptions"))


FULL = Sheet(
    "Am Hang", "quarter", "q1", '{"type":"Point","coordinates":[9.7,52.36]}', {"owner": (1, 2, 3, 4, 5)}, 2028, 2030,
    2040, {2028: 5, 2030: 10}, {"walk_m": (500.0, 600.5, 700.0)}, {"daycare_under_3": "s1"},
    {"primary_school": "s2"}, {"primary_school": 12.0},
)  # fmt: skip


@pytest.mark.parametrize("original", [HUNDRED_HOMES, FULL, sheet(title="\u202eةلاح =1+1 <b>{{7*7}}</b>\n")])
def test_a_saved_sheet_is_read_as_it_was(original):
    assert read_sheet(sheet_text(original), name="a.json") == original
    assert sheet_text(read_sheet(sheet_text(original), name="a.json")) == sheet_text(original)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("", None),
        ("[]", None),
        ('{"format": "quartierskarte-gap-passport/1"}', None),
        ("[" * 100_000, None),
        (" " * 1_000_001, None),
        (f'{{"format": "{FORMAT}"}}', "title"),
        (sheet_text(HUNDRED_HOMES).replace("2030", '"2030"'), "until"),
        (sheet_text(HUNDRED_HOMES).replace('"2028": 100', '"then": 100'), "phasing"),
        (sheet_text(HUNDRED_HOMES).replace("100,", '"many",'), "dwellings"),
        (sheet_text(HUNDRED_HOMES).replace("100,", "true,"), "dwellings"),
        (sheet_text(HUNDRED_HOMES).replace('"own_free": {}', '"own_free": []'), "own_free"),
        (sheet_text(HUNDRED_HOMES).replace('"own_values": {}', '"own_values": {"walk_m": [1, 2]}'), "own_values"),
        (sheet_text(HUNDRED_HOMES).replace('"site": null', '"site": "here"'), "site"),
    ],
)
def test_what_is_no_sheet_is_refused_and_the_entry_named(text, entry):
    with pytest.raises(DataFileError) as caught:
        read_sheet(text, name="a.json")
    assert caught.value.key == ("newbuild.not_a_sheet" if entry is None else "newbuild.bad_entry")
    assert caught.value.params.get("entry") == entry


def test_a_sheet_written_by_hand_may_leave_out_what_is_empty():
    names = ("format", "title", "area_level", "area_id", "dwellings", "start", "end", "until", "phasing")
    values = json.loads(sheet_text(HUNDRED_HOMES))
    assert read_sheet(json.dumps({name: values[name] for name in names}), name="a") == HUNDRED_HOMES


def test_numbers_without_sense_are_read_and_then_named():
    text = sheet_text(HUNDRED_HOMES).replace('"2028": 100', '"2028": NaN')
    assert [problem.key for problem in problems_of(read_sheet(text, name="a"), ASSUMPTIONS)] == ["newbuild.bad_phase"]
