"""Batches: one transaction, undone as a whole, later work kept."""

from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from store import (
    batch,
    batches,
    confirm,
    create,
    create_many,
    get,
    history,
    reinstate,
    retire,
    revision,
    search,
    undo_batch,
    update,
    view,
)
from store.check import faults
from store.errors import NotFoundError, StateError, ValidationError
from tests.factories import uid

SCHOOL, TREFF = uid("Schule Süd"), uid("Treff Nord")


def test_an_import_is_one_transaction_and_its_rows_may_refer_to_each_other(store, local):
    before = revision(store)
    with batch(store, local, "Import Träger.xlsx") as target:
        owner = create(target, local, "organizations", {"name": "Träger"})
        ids = create_many(
            target, local, "locations", [{"name": n, "kind": "library", "organization_id": owner.id} for n in "abc"]
        )
        create(target, local, "contacts", {"title_de": "Leitung", "location_id": ids[0]})
    assert revision(store) == before + 1
    (info,) = batches(store, local)
    assert (info.id, info.label, info.entries, info.created_by) == (target.id, "Import Träger.xlsx", 5, "local")
    assert history(store, local, "locations", ids[0])[0].batch_id == target.id


def test_an_error_that_leaves_the_block_leaves_nothing(store, local):
    before = view(store, "organizations")["id"].tolist()

    def write_and_fail():
        with batch(store, local, "x") as target:
            create_many(target, local, "organizations", [{"name": "A"}])
            create(target, local, "organizations", {"name": ""})

    with pytest.raises(ValidationError):
        write_and_fail()
    assert view(store, "organizations")["id"].tolist() == before
    assert batches(store, local) == []


def test_a_row_that_fails_inside_leaves_nothing_of_itself_behind(store, local):
    with batch(store, local, "x") as target:
        create(target, local, "organizations", {"name": "A"})
        with pytest.raises(ValidationError):
            create_many(target, local, "organizations", [{"name": "B"}, {"name": ""}])
        with pytest.raises(StateError):
            retire(target, local, "contacts", uid("contact"), version=0)
        create(target, local, "organizations", {"name": "C"})
    assert view(store, "organizations")["name"].tolist()[3:] == ["A", "C"]
    assert get(store, "contacts", uid("contact")).version == 0
    assert faults(store) == []


def test_undo_takes_back_additions_changes_retirements_and_confirmations(store, local):
    gone = create(store, local, "organizations", {"name": "Weg"})
    before = {name: view(store, name) for name in ("organizations", "locations")}
    with batch(store, local, "x") as target:
        made = create(target, local, "organizations", {"name": "Neu"})
        update(target, local, "organizations", made.id, {"note": "n"}, version=1)
        update(target, local, "locations", SCHOOL, {"name": "1"}, version=0)
        update(target, local, "locations", SCHOOL, {"name": "2", "note": "n"}, version=1)
        retire(target, local, "organizations", gone.id, version=1)
        confirm(target, local, "locations", [TREFF])
    assert [hit.title for hit in search(store, "neu")] == ["Neu"]
    done = undo_batch(store, local, target.id)
    assert (done.count, done.kept) == (4, ())
    for name, table in before.items():
        assert_frame_equal(pd.DataFrame(view(store, name)), pd.DataFrame(table))
    assert search(store, "neu") == []
    assert get(store, "locations", TREFF).last_confirmed is None
    assert faults(store) == []


def test_undo_can_be_undone(store, local):
    with batch(store, local, "x") as target:
        create_many(target, local, "organizations", [{"name": "A"}, {"name": "B"}])
        update(target, local, "locations", SCHOOL, {"name": "Neu"}, version=0)
    done = undo_batch(store, local, target.id)
    assert "Neu" not in set(view(store, "locations")["name"])
    again = undo_batch(store, local, done.batch_id)
    assert again.count == 3
    assert {"A", "B"} <= set(view(store, "organizations")["name"])
    assert "Neu" in set(view(store, "locations")["name"])
    assert len(search(store, "a", names=["organizations"])) >= 1


def test_undo_keeps_what_somebody_worked_on_since(store, local):
    with batch(store, local, "x") as target:
        ids = create_many(target, local, "organizations", [{"name": n} for n in "abcd"])
        update(target, local, "locations", SCHOOL, {"name": "Neu"}, version=0)
    update(store, local, "organizations", ids[0], {"name": "berichtigt"}, version=1)
    confirm(store, local, "organizations", [ids[1]])
    retire(store, local, "organizations", ids[2], version=1)
    reinstate(store, local, "organizations", ids[2], version=2)
    update(store, local, "locations", SCHOOL, {"note": "später"}, version=1)
    done = undo_batch(store, local, target.id)
    kept = {("organizations", key) for key in ids[:3]} | {("locations", SCHOOL)}
    assert set(done.kept) == kept
    assert done.count == 1
    assert {"berichtigt", "b", "c"} <= set(view(store, "organizations")["name"])
    assert "d" not in set(view(store, "organizations")["name"])


def test_a_batch_is_undone_once(store, local):
    with batch(store, local, "x") as target:
        create(target, local, "organizations", {"name": "A"})
    undo_batch(store, local, target.id)
    with pytest.raises(StateError, match="already undone"):
        undo_batch(store, local, target.id)
    with pytest.raises(NotFoundError):
        undo_batch(store, local, uid("no batch"))
    assert [one.undone_at is not None for one in batches(store, local) if one.id == target.id] == [True]
