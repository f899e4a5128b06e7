"""Requirement sheets are entries like all others: with an area, a version and a history."""

from __future__ import annotations

import pytest

from geo.newbuild_file import read_sheet, sheet_text
from store import LOCAL, create, history, retire, update, view
from store.errors import ConflictError, PermissionDeniedError, ValidationError
from store.permissions import login
from tests.geo.newbuild_city import HUNDRED_HOMES, sheet

VALUES = {"area_level": "district", "area_id": "1", "title": "Am Hang", "sheet": sheet_text(HUNDRED_HOMES)}


def test_a_sheet_is_kept_as_it_was_and_read_again(store):
    made = create(store, LOCAL, "newbuild_sheets", VALUES)
    kept = view(store, "newbuild_sheets").iloc[0]
    assert (kept["id"], kept["title"]) == (made.id, "Am Hang")
    assert read_sheet(kept["sheet"], name="kept") == HUNDRED_HOMES


@pytest.mark.parametrize(
    "fields",
    [{"area_id": "99"}, {"area_level": "castle"}, {"title": None}, {"title": "x" * 501}, {"sheet": None},
     {"sheet": "x" * 500_001}, {"area_level": "quartier", "area_id": "gone"}],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(store, fields):
    with pytest.raises(ValidationError):
        create(store, LOCAL, "newbuild_sheets", VALUES | fields)


def test_a_long_sheet_is_not_cut(store):
    """A site of thousands of points makes a text that other fields would refuse."""
    text = "x" * 400_000
    assert create(store, LOCAL, "newbuild_sheets", VALUES | {"sheet": text}).values["sheet"] == text


def test_two_people_who_change_the_same_sheet_meet(store):
    made = create(store, LOCAL, "newbuild_sheets", VALUES)
    update(store, LOCAL, "newbuild_sheets", made.id, {"sheet": sheet_text(sheet(until=2040))}, version=1)
    with pytest.raises(ConflictError):
        update(store, LOCAL, "newbuild_sheets", made.id, {"title": "Am Tal"}, version=1)


def test_a_sheet_out_of_use_keeps_its_history(store):
    made = create(store, LOCAL, "newbuild_sheets", VALUES)
    retire(store, LOCAL, "newbuild_sheets", made.id, version=1)
    assert view(store, "newbuild_sheets").empty
    assert len(history(store, LOCAL, "newbuild_sheets", made.id)) == 2


def test_who_is_nobody_may_not_save(store):
    with pytest.raises(PermissionDeniedError):
        create(store, login("stranger"), "newbuild_sheets", VALUES)
