"""Freshness, work list, review links and inventory statements."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from store import (
    Actor,
    confirm,
    create,
    freshness,
    get,
    history,
    issue_link,
    links,
    open_link,
    resources,
    retire,
    revoke_link,
    state_inventory,
    update,
    view,
    work_list,
)
from store.config import signing_secret
from store.errors import LinkError, NotFoundError, PermissionDeniedError, StateError, StoreError, ValidationError
from tests.factories import uid

SCHOOL, TREFF, VEREIN, STADT = uid("Schule Süd"), uid("Treff Nord"), uid("Verein"), uid("Stadt")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def store(opened):
    return replace(opened(), now=lambda: NOON)


def at(store, days):
    return replace(store, now=lambda: NOON + timedelta(days=days))


def test_confirmed_counts_before_the_source_and_the_source_before_the_entry(store, local):
    made = create(store, local, "locations", {"name": "A", "kind": "library", "source_date": "2020-03"})
    own = create(store, local, "contacts", {"title_de": "Neu", "organization_id": VEREIN, "is_public": True})
    confirm(store, local, "locations", [SCHOOL])
    seen = freshness(store, "locations").set_index("id")
    assert seen.loc[SCHOOL, ["last_known", "basis", "age_days", "stale"]].tolist() == [
        "2026-11-22",
        "confirmed",
        0,
        False,
    ]
    assert seen.loc[TREFF, ["last_known", "basis"]].tolist() == ["2024-05", "source"]
    assert seen.loc[TREFF, "age_days"] == (NOON.date() - datetime(2024, 5, 1, tzinfo=UTC).date()).days
    assert seen.loc[made.id, ["last_known", "basis", "stale"]].tolist() == ["2020-03", "source", True]
    contacts = freshness(store, "contacts").set_index("id")
    assert contacts.loc[own.id, ["basis", "age_days"]].tolist() == ["entered", 0]
    assert contacts.loc[uid("contact"), "basis"] == "unknown"
    assert contacts.loc[uid("contact"), "age_days"] is pd.NA
    assert bool(contacts.loc[uid("contact"), "stale"]) is True  # unknown is not fresh


def test_an_entry_becomes_stale_after_a_year(store, local):
    confirm(store, local, "locations", [SCHOOL])
    for days, stale in ((365, False), (366, True)):
        assert freshness(at(store, days), "locations").set_index("id").loc[SCHOOL, "stale"] == stale
    assert freshness(store, "locations", stale_after_days=10_000)["stale"].any() == False  # noqa: E712


def test_confirming_notes_the_day_and_leaves_the_version(store, local):
    confirm(store, local, "locations", [SCHOOL, SCHOOL])
    found = get(store, "locations", SCHOOL)
    assert (found.version, found.last_confirmed, found.confirmed_by) == (0, "2026-11-22", "local")
    (step,) = history(store, local, "locations", SCHOOL)
    assert (step.action, step.changes[0].new) == ("confirm", "2026-11-22")
    update(store, local, "locations", SCHOOL, {"note": "x"}, version=0)  # no conflict with a form that was open


def test_what_does_not_exist_or_is_retired_cannot_be_confirmed(store, local):
    retire(store, local, "locations", TREFF, version=0, with_dependents=True)
    for ids, error in (([SCHOOL, TREFF], StateError), ([SCHOOL, uid("x")], NotFoundError)):
        with pytest.raises(error):
            confirm(store, local, "locations", ids)
    assert get(store, "locations", SCHOOL).last_confirmed is None


def test_the_work_list_has_unknown_ages_first_then_the_oldest(store, local):
    create(store, local, "locations", {"name": "Alt", "kind": "library", "source_date": "2011"})
    confirm(store, local, "locations", [SCHOOL])
    ages = work_list(store, local)["age_days"].tolist()
    known = [age for age in ages if age is not pd.NA]
    assert ages[: len(ages) - len(known)] == [pd.NA] * (len(ages) - len(known))
    assert known == sorted(known, reverse=True)
    assert set(work_list(store, local)["resource"]) <= {n for n, kind in resources().items() if kind.confirmable}


def test_the_work_list_of_an_organisation_and_of_a_district(store, local):
    own = work_list(store, local, organization_id=VEREIN)
    assert set(own["title"]) == {"Verein", "Treff Nord", "Mittagstisch", "Beratung"}
    assert set(own["organization_name"]) == {"Verein"}
    there = work_list(store, local, district_id=4)
    assert set(there["title"]) == {"Verein", "Treff Nord", "Mittagstisch", "Netz Nord", "Stadtteilfonds"}
    assert there.set_index("title").loc["Netz Nord", "district_ids"] == "3;4"
    assert work_list(store, local, district_id=4, names=["locations"])["id"].tolist() == [TREFF]
    assert len(work_list(store, local, district_id=9)) == 0


def test_a_link_confirms_and_corrects_the_own_entries_only(store, local):
    owner = open_link(store, issue_link(store, local, VEREIN))
    assert set(work_list(store, owner)["title"]) == {"Verein", "Treff Nord", "Mittagstisch", "Beratung"}
    confirm(store, owner, "locations", [TREFF])
    update(store, owner, "schedules", uid("hours"), {"text": "mittwochs"}, version=0)
    update(store, owner, "phones", uid("phone"), {"number": "+49 511 54321"}, version=0)
    update(store, owner, "organization_roles", uid("role 1"), {"note": "stimmt"}, version=0)
    assert history(store, local, "schedules", uid("hours"))[0].by.startswith("link:")
    for name, key in (("locations", SCHOOL), ("organizations", STADT), ("networks", uid("Netz"))):
        with pytest.raises(PermissionDeniedError, match="one organisation"):
            update(store, owner, name, key, {"note": "x"}, version=0)
        with pytest.raises(PermissionDeniedError):
            confirm(store, owner, name, [key])
    with pytest.raises(PermissionDeniedError):
        create(store, owner, "locations", {"name": "x", "kind": "library", "organization_id": VEREIN})
    assert set(view(store, "locations")["name"]) >= {"Schule Süd", "Treff Nord"}


@pytest.mark.parametrize(
    ("name", "key", "change"),
    [
        ("locations", TREFF, {"organization_id": STADT}),
        ("locations", TREFF, {"organization_id": None}),
        ("contacts", uid("contact"), {"location_id": SCHOOL}),
        ("schedules", uid("hours"), {"location_id": SCHOOL}),
        ("organizations", VEREIN, {"parent_organization_id": STADT}),
        ("organizations", VEREIN, {"is_actor": False}),
    ],
)
def test_a_link_cannot_move_entries_or_change_what_they_hang_on(store, local, name, key, change):
    owner = open_link(store, issue_link(store, local, VEREIN))
    with pytest.raises(PermissionDeniedError, match="cannot be changed through a review link"):
        update(store, owner, name, key, change, version=0)
    same = {field: get(store, name, key, actor=local).values[field] for field in change}
    assert update(store, owner, name, key, same, version=0).version == 0  # a form may send it unchanged


def test_ownership_follows_local_changes(store, local):
    update(store, local, "locations", SCHOOL, {"organization_id": VEREIN}, version=0)
    update(store, local, "locations", TREFF, {"organization_id": STADT}, version=0)
    owner = open_link(store, issue_link(store, local, VEREIN))
    assert "Schule Süd" in set(work_list(store, owner)["title"])
    with pytest.raises(PermissionDeniedError):
        update(store, owner, "schedules", uid("hours"), {"text": "x"}, version=0)


def test_a_link_ends_at_its_time_or_when_it_is_withdrawn(store, local):
    token = issue_link(store, local, VEREIN, days=2)
    owner = open_link(at(store, 1.99), token)
    confirm(at(store, 1.99), owner, "locations", [TREFF])
    for call in (lambda s: open_link(s, token), lambda s: confirm(s, owner, "locations", [TREFF])):
        with pytest.raises(LinkError, match="expired or was withdrawn"):
            call(at(store, 2))
    revoke_link(store, local, owner.link_id)
    with pytest.raises(LinkError):
        confirm(store, owner, "locations", [TREFF])
    (link,) = links(store, local)
    assert (link.organization_id, link.revoked_at is not None) == (VEREIN, True)


def test_a_link_cannot_be_forged(store, local):
    token = issue_link(store, local, VEREIN)
    other = issue_link(store, local, STADT)
    key, seconds, signature = token.split(".")
    flipped = ("B" if signature[0] == "A" else "A") + signature[1:]
    forged = [
        "", "x", "..", f"{key}.{seconds}", f"{key}.{seconds}.", f"{key}.{seconds}.{flipped}",
        f"{key}.{int(seconds) + 1}.{signature}", f"{other.split('.')[0]}.{seconds}.{signature}",
        f"{uid('x')}.{seconds}.{signature}", token + "x", f"{key}.٣.{signature}", f"{key}.{'9' * 11}.{signature}",
        "' OR 1=1 --." + seconds + "." + signature, "\x00" * 10, "a" * 100_000,
    ]  # fmt: skip
    for bad in forged:
        with pytest.raises(LinkError):
            open_link(store, bad)
    with pytest.raises(LinkError):
        confirm(store, Actor("x", "link", uid("x")), "locations", [TREFF])
    assert open_link(store, f" {token}\n").link_id == key


def test_another_secret_makes_old_links_invalid(store, local, monkeypatch):
    token = issue_link(store, local, VEREIN)
    monkeypatch.setenv("QK_SECRET", "s" * 32)
    with pytest.raises(LinkError):
        open_link(store, token)
    monkeypatch.setenv("QK_SECRET", "short")
    with pytest.raises(StoreError, match="fewer than 32"):
        open_link(store, token)


def test_the_secret_is_made_once_and_for_this_user_only(tmp_path):
    folder = tmp_path / "new"
    first = signing_secret(folder, {})
    assert signing_secret(folder, {}) == first
    assert len(first) >= 32
    assert (folder / "secret.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_link_lives_at_least_a_day(store, local, days):
    token = issue_link(store, local, VEREIN, days=days)
    open_link(at(store, 0.99), token)


def test_only_organisations_in_use_get_links(store, local):
    with pytest.raises(NotFoundError):
        issue_link(store, local, uid("nobody"))
    with pytest.raises(NotFoundError):
        issue_link(store, local, SCHOOL)


def test_the_last_statement_on_an_inventory_counts(store, local):
    first = state_inventory(store, local, "library", "district", "1", "partial", known_count=1, note="läuft")
    again = state_inventory(store, local, "library", "district", "1", "complete", reference_date="2026-11")
    assert first.id == again.id
    assert (first.values["reference_date"], again.values["reference_date"]) == ("2026-11-22", "2026-11")
    assert (again.version, again.values["note"], again.values["known_count"]) == (2, "läuft", 1)
    seen = view(store, "inventory_statements")
    assert seen[seen["area_level"] == "district"]["state"].tolist() == ["complete"]


def test_a_statement_of_the_package_is_changed_not_doubled(store, local):
    found = state_inventory(store, local, "library", "city", "stadt", "partial")
    assert found.id == uid("inventory library")
    seen = view(store, "inventory_statements")
    assert len(seen) == 3
    assert seen.set_index("facility_kind").loc["library", "state"] == "partial"


def test_a_retired_statement_comes_back_when_it_is_made_again(store, local):
    made = state_inventory(store, local, "library", "borough", "2", "complete")
    retire(store, local, "inventory_statements", made.id, version=1)
    again = state_inventory(store, local, "library", "borough", "2", "complete")
    assert (again.is_retired, again.id) == (False, made.id)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (("castle", "district", "1", "complete"), "facility_kind"),
        (("library", "district", "99", "complete"), "area_id"),
        (("library", "county", "1", "complete"), "area_level"),
        (("library", "district", "1", "done"), "state"),
    ],
)
def test_a_statement_about_nothing_known_is_refused(store, local, values, field):
    with pytest.raises(ValidationError) as error:
        state_inventory(store, local, *values)
    assert [problem.field for problem in error.value.problems] == [field]


def test_a_statement_cannot_be_moved_to_another_area_and_not_be_made_twice(store, local):
    made = state_inventory(store, local, "library", "district", "1", "complete")
    with pytest.raises(ValidationError) as error:
        update(store, local, "inventory_statements", made.id, {"area_id": "2"}, version=1)
    assert error.value.problems[0].key == "value.read_only"
    values = {"facility_kind": "library", "area_level": "district", "area_id": "1", "state": "partial"}
    with pytest.raises(StateError):
        create(store, local, "inventory_statements", values)
