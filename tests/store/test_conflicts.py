"""A new version of the data package never overwrites local work; where both changed, it is listed."""

from __future__ import annotations

import pytest

from geo.sources import open_package
from store import (
    Ground,
    conflicts,
    create,
    get,
    history,
    resolve_conflict,
    resources,
    restore_version,
    retire,
    search,
    undo_batch,
    update,
    view,
)
from store import batch as open_batch
from store.check import faults
from store.errors import ConflictError, NotFoundError
from tests.factories import base_tables, uid, write_package

pytestmark = pytest.mark.slow

SCHOOL, TREFF, VEREIN, HILFE = uid("Schule Süd"), uid("Treff Nord"), uid("Verein"), uid("Verborgene Hilfe")


@pytest.fixture
def newer(opened, tmp_path):
    """Return a function that opens the same database on a changed package."""

    def reopen(change):
        tables = base_tables()
        change(tables)
        folder = tmp_path / f"package{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        write_package(folder, tables, version="2.0.0")
        return opened(ground=Ground.of_package(open_package(folder)))

    return reopen


def row_of(tables, name, entry_id):
    return next(row for row in tables[name] if row["id"] == entry_id)


def without(tables, name, *ids):
    tables[name] = [row for row in tables[name] if row["id"] not in ids]


def seen(store, name, entry_id):
    return view(store, name).set_index("id").loc[entry_id]


def test_what_only_the_package_changed_is_taken_over(store, local, newer):
    update(store, local, "locations", SCHOOL, {"wheelchair": "no"}, version=0)
    later = newer(lambda t: row_of(t, "locations", SCHOOL).update(street="Neue Straße"))
    assert conflicts(later, local) == []
    row = seen(later, "locations", SCHOOL)
    assert (row["wheelchair"], row["street"]) == ("no", "Neue Straße")


def test_what_both_changed_is_listed_and_the_local_value_stays(store, local, newer):
    update(store, local, "locations", SCHOOL, {"name": "Unsere Schule", "street": "Weg"}, version=0)
    later = newer(lambda t: row_of(t, "locations", SCHOOL).update(name="Amtliche Schule", street="Weg"))
    (found,) = conflicts(later, local)
    assert (found.resource, found.id, found.kind, found.field) == ("locations", SCHOOL, "changed", "name")
    assert (found.before, found.ground, found.local) == ("Schule Süd", "Amtliche Schule", "Unsere Schule")
    assert seen(later, "locations", SCHOOL)["name"] == "Unsere Schule"


@pytest.mark.parametrize(("take", "name"), [("local", "Unsere Schule"), ("ground", "Amtliche Schule")])
def test_a_decision_settles_the_conflict_and_is_in_the_history(store, local, newer, take, name):
    update(store, local, "locations", SCHOOL, {"name": "Unsere Schule"}, version=0)
    later = newer(lambda t: row_of(t, "locations", SCHOOL).update(name="Amtliche Schule"))
    with pytest.raises(ConflictError):
        resolve_conflict(later, local, "locations", SCHOOL, field="name", take=take, version=0)
    resolve_conflict(later, local, "locations", SCHOOL, field="name", take=take, version=1)
    assert conflicts(later, local) == []
    assert seen(later, "locations", SCHOOL)["name"] == name
    assert [hit.title for hit in search(later, name[:5])] == [name]
    assert history(later, local, "locations", SCHOOL)[-1].action == "resolve"
    with pytest.raises(NotFoundError):
        resolve_conflict(later, local, "locations", SCHOOL, field="name", take=take, version=2)


def test_a_row_that_the_package_dropped_stays_with_everything_it_said(store, local, newer):
    update(store, local, "locations", TREFF, {"note": "mit Garten"}, version=0)
    before = seen(store, "locations", TREFF)

    def drop(tables):
        without(tables, "locations", TREFF)
        tables["services_at_location"] = [r for r in tables["services_at_location"] if r["location_id"] != TREFF]
        tables["organizations_at_location"] = [
            r for r in tables["organizations_at_location"] if r["location_id"] != TREFF
        ]
        tables["schedules"] = []

    later = newer(drop)
    (found,) = [one for one in conflicts(later, local) if one.resource == "locations"]
    assert (found.kind, found.field, found.title) == ("removed", None, "Treff Nord")
    after = seen(later, "locations", TREFF)
    assert after.drop("geometry").equals(before.drop("geometry"))

    resolve_conflict(later, local, "locations", TREFF, field=None, take="local", version=1)
    kept = get(later, "locations", TREFF)
    assert (kept.origin, kept.values["note"], kept.values["street"]) == ("added", "mit Garten", None)
    assert [one for one in conflicts(later, local) if one.resource == "locations"] == []
    assert [hit.title for hit in search(later, "treff nord")] == ["Treff Nord"]
    assert faults(later) == []
    changed = update(later, local, "locations", TREFF, {"name": "Treff Neu"}, version=2)
    assert [hit.title for hit in search(later, "treff")] == ["Treff Neu"]
    assert changed.version == 3


def test_a_dropped_row_can_go_too(store, local, newer):
    update(store, local, "instruments", uid("Fonds"), {"note": "x"}, version=0)
    later = newer(lambda t: without(t, "instruments", uid("Fonds")))
    resolve_conflict(later, local, "instruments", uid("Fonds"), field=None, take="ground", version=1)
    assert len(view(later, "instruments")) == 0
    assert conflicts(later, local) == []


def test_a_dropped_row_that_local_rows_hang_on_is_listed(store, local, newer):
    create(store, local, "offered_resources", {"organization_id": VEREIN, "resource_type": "room", "name": "Saal"})

    def drop(tables):
        without(tables, "organizations", VEREIN)
        for rows in tables.values():
            rows[:] = [row for row in rows if row.get("organization_id") != VEREIN]
        tables["phones"] = []

    later = newer(drop)
    assert [(one.resource, one.id, one.kind) for one in conflicts(later, local)] == [
        ("organizations", VEREIN, "removed")
    ]
    assert VEREIN in set(view(later, "organizations")["id"])


def test_nobody_is_told_about_rows_that_nobody_worked_on(local, newer):
    later = newer(lambda t: without(t, "instruments", uid("Fonds")))
    assert conflicts(later, local) == []
    assert len(view(later, "instruments")) == 0


def test_a_retired_row_that_the_package_changed_is_listed(store, local, newer):
    retire(store, local, "locations", HILFE, version=0, with_dependents=True)
    same = newer(lambda _tables: None)
    assert conflicts(same, local) == []
    later = newer(lambda t: row_of(t, "locations", HILFE).update(name="Hilfe am Markt"))
    (found,) = conflicts(later, local)
    assert (found.kind, found.before, found.ground) == (
        "retired_changed", {"name": "Verborgene Hilfe"}, {"name": "Hilfe am Markt"},
    )  # fmt: skip
    assert HILFE not in set(view(later, "locations")["id"])
    resolve_conflict(later, local, "locations", HILFE, field=None, take="local", version=1)
    assert conflicts(later, local) == []
    assert get(later, "locations", HILFE).is_retired


def test_a_retired_row_can_come_back_as_the_package_has_it(store, local, newer):
    retire(store, local, "locations", HILFE, version=0, with_dependents=True)
    later = newer(lambda t: row_of(t, "locations", HILFE).update(name="Hilfe am Markt"))
    resolve_conflict(later, local, "locations", HILFE, field=None, take="ground", version=1)
    assert seen(later, "locations", HILFE)["name"] == "Hilfe am Markt"


@pytest.mark.parametrize("take", ["local", "ground"])
def test_an_added_row_that_came_into_the_package_is_there_once(store, local, newer, take):
    made = create(store, local, "organizations", {"name": "Lokal", "legal_status": "e. V.", "source_date": "2024-05"})
    mine = {"id": made.id, "name": "Amtlich", "organization_type": "unknown", "is_actor": "true"}
    mine |= {"needs_check": "false", "source": "own entry", "source_date": "2024-05"}
    later = newer(lambda t: t["organizations"].append(dict(mine)))
    (found,) = conflicts(later, local)
    assert (found.kind, found.ground, found.local) == ("added_too", {"name": "Amtlich"}, {"name": "Lokal"})
    assert view(later, "organizations")["id"].tolist().count(made.id) == 1
    assert seen(later, "organizations", made.id)["name"] == "Lokal"
    resolve_conflict(later, local, "organizations", made.id, field=None, take=take, version=1)
    now = get(later, "organizations", made.id)
    assert (now.origin, now.values["name"]) == ("ground", "Lokal" if take == "local" else "Amtlich")
    assert now.values["legal_status"] == "e. V."  # a field that the package does not have is never lost
    assert conflicts(later, local) == []
    assert [hit.title for hit in search(later, now.values["name"])] == [now.values["name"]]
    assert faults(later) == []


def test_an_added_row_that_came_into_the_package_unchanged_is_no_conflict(store, local, newer):
    made = create(store, local, "organizations", {"name": "Gleich"})
    row = {"id": made.id} | {k: v for k, v in made.values.items() if resources()["organizations"].fields[k].in_package}
    row = {k: str(v).lower() if isinstance(v, bool) else v for k, v in row.items()}
    later = newer(lambda t: t["organizations"].append(row))
    assert conflicts(later, local) == []
    assert view(later, "organizations")["id"].tolist().count(made.id) == 1


def test_a_missing_table_of_a_broken_package_is_no_flood_of_conflicts(store, local, newer):
    update(store, local, "instruments", uid("Fonds"), {"note": "x"}, version=0)
    later = newer(lambda t: t.pop("instruments"))
    assert conflicts(later, local) == []
    assert view(later, "instruments")["note"].tolist() == ["x"]


def test_undo_means_to_follow_the_package_again(store, local, newer):
    with open_batch(store, local, "x") as target:
        update(target, local, "locations", SCHOOL, {"name": "B", "street": "S"}, version=0)
    later = newer(lambda t: row_of(t, "locations", SCHOOL).update(name="C"))
    done = undo_batch(later, local, target.id)
    assert seen(later, "locations", SCHOOL)[["name", "street"]].tolist() == ["C", "Südstraße"]
    assert conflicts(later, local) == []
    undo_batch(later, local, done.batch_id)
    assert seen(later, "locations", SCHOOL)[["name", "street"]].tolist() == ["B", "S"]
    assert restore_version(later, local, "locations", SCHOOL, to=0, version=3).values["name"] == "C"
