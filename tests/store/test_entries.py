"""Create and change entries: what is stored, what is refused, what is noted."""

from __future__ import annotations

import threading
import uuid

import numpy as np
import pandas as pd
import pytest

from store import create, create_many, get, history, revision, together, update, view
from store.errors import ConflictError, NotFoundError, RequestReusedError, StateError, ValidationError
from tests.factories import degrees, uid

SCHOOL = uid("Schule Süd")


def problems_of(error):
    return {(p.row, p.field, p.key) for p in error.value.problems}


def test_a_new_entry_gets_defaults_and_an_identifier_of_the_packages_form(store, local):
    made = create(store, local, "organizations", {"name": "  Nachbarschaft e. V. "})
    assert made.values["name"] == "Nachbarschaft e. V."
    assert made.values["organization_type"] == "unknown"
    assert (made.version, made.origin) == (1, "added")
    assert uuid.UUID(made.id).version == 5
    assert get(store, "organizations", made.id) == made


def test_every_type_of_value_comes_back_as_it_went_in(store, local):
    lon, lat = degrees(0.25, 0.25)
    given = {"name": "Haus ʻOkina ٣ שלום", "kind": "library", "lon": lon, "lat": lat, "coordinate_error_m": 0.1}
    made = create(store, local, "locations", given | {"needs_check": True, "languages": "de; tr;;de"})
    again = get(store, "locations", made.id).values
    assert again["name"] == given["name"]
    assert (again["lon"], again["lat"], again["coordinate_error_m"]) == (lon, lat, 0.1)
    assert again["needs_check"] is True
    assert again["languages"] == "de;tr"  # a list without empty and double parts


def test_missing_values_of_pandas_and_numpy_are_unknown(store, local):
    given = {"name": "A", "kind": "library", "wheelchair": pd.NA, "street": float("nan"), "note": "  "}
    made = create(store, local, "locations", given | {"district_id": np.int64(2)})
    assert made.values["district_id"] == 2
    assert [made.values[name] for name in ("wheelchair", "street", "note")] == [None, None, None]


def test_all_problems_come_at_once_and_nothing_is_stored(store, local):
    before = revision(store)
    bad = {
        "name": " ",
        "kind": "castle",
        "lon": 9.7,
        "website": "javascript:alert(1)",
        "wheelchair": "maybe",
        "source_date": "2021-02-30",
        "district_id": 9.5,
        "organization_id": uid("nobody"),
        "colour": "red",
        "note": "a\x00b",
        "postal_code": "1234",
    }
    with pytest.raises(ValidationError) as error:
        create(store, local, "locations", bad)
    assert problems_of(error) == {
        (None, "name", "value.missing"),
        (None, "kind", "value.unknown_reference"),
        (None, "lat", "value.half_coordinate"),
        (None, "website", "value.bad_address"),
        (None, "wheelchair", "value.not_allowed"),
        (None, "source_date", "value.bad_date"),
        (None, "district_id", "value.wrong_type"),
        (None, "organization_id", "value.unknown_reference"),
        (None, "colour", "value.unknown_field"),
        (None, "note", "value.bad_text"),
        (None, "postal_code", "value.bad_form"),
    }
    assert revision(store) == before
    assert len(view(store, "locations")) == 4


def test_rows_are_all_stored_or_none_and_problems_name_their_row(store, local):
    rows = [{"name": "A", "kind": "library"}, {"name": "B"}, {"name": "C", "kind": "x"}]
    with pytest.raises(ValidationError) as error:
        create_many(store, local, "locations", rows)
    assert problems_of(error) == {(1, "kind", "value.missing"), (2, "kind", "value.unknown_reference")}
    assert len(view(store, "locations")) == 4
    ids = create_many(store, local, "locations", rows[:1] * 3)
    assert view(store, "locations")["id"].tolist()[4:] == ids


def test_rows_of_one_call_may_refer_to_each_other(store, local):
    parent, child = uid("parent"), uid("child")
    rows = [{"id": child, "name": "K", "parent_organization_id": parent}, {"id": parent, "name": "E"}]
    assert create_many(store, local, "organizations", rows) == [child, parent]
    assert get(store, "organizations", child).values["parent_organization_id"] == parent


@pytest.mark.parametrize("taken", [SCHOOL, uid("Verein")])
def test_an_identifier_of_the_package_cannot_be_taken(store, local, taken):
    with pytest.raises(StateError, match="already an entry"):
        create(store, local, "organizations", {"id": taken, "name": "X"})


def test_an_identifier_must_be_a_uuid_of_version_5(store, local):
    with pytest.raises(ValidationError) as error:
        create_many(store, local, "organizations", [{"id": "1", "name": "X"}])
    assert problems_of(error) == {(0, "id", "value.bad_form")}


def test_a_pin_in_the_city_decides_the_district(store, local):
    lon, lat = degrees(1.5, 0.5)
    made = create(store, local, "locations", {"name": "A", "kind": "library", "lon": lon, "lat": lat, "district_id": 4})
    assert (made.values["district_id"], made.values["district_source"]) == (2, "point")
    assert made.values["coordinate_quality"] == "exact"
    lon, lat = degrees(0.5, 1.5)
    moved = update(store, local, "locations", made.id, {"lon": lon, "lat": lat}, version=1)
    assert moved.values["district_id"] == 3
    outside = degrees(-5, -5)
    moved = update(store, local, "locations", made.id, {"lon": outside[0], "lat": outside[1]}, version=2)
    assert moved.values["district_id"] is None
    unknown = update(store, local, "locations", made.id, {"lon": None, "lat": None, "district_id": 1}, version=3)
    assert [unknown.values[k] for k in ("coordinate_quality", "district_source")] == ["district", "stated"]


def test_a_row_of_the_package_is_changed_without_touching_the_package(store, local, ground):
    shipped = get(store, "locations", SCHOOL)
    assert (shipped.version, shipped.origin) == (0, "ground")
    changed = update(store, local, "locations", SCHOOL, {"wheelchair": "no", "name": "Neue Schule"}, version=0)
    assert changed.version == 1
    assert changed.values == dict(shipped.values) | {"wheelchair": "no", "name": "Neue Schule"}
    assert ground.rows("locations")[SCHOOL]["wheelchair"] == "yes"
    seen = view(store, "locations").set_index("id").loc[SCHOOL]
    assert (seen["wheelchair"], seen["name"], seen["street"]) == ("no", "Neue Schule", "Südstraße")


def test_the_second_editor_gets_both_versions_and_nothing_is_overwritten(store, local):
    update(store, local, "locations", SCHOOL, {"name": "Erste"}, version=0)
    with pytest.raises(ConflictError, match="Somebody else changed") as error:
        update(store, local, "locations", SCHOOL, {"name": "Zweite", "note": "n"}, version=0)
    assert error.value.current.values["name"] == "Erste"
    assert error.value.yours == {"name": "Zweite", "note": "n"}
    chosen = update(store, local, "locations", SCHOOL, error.value.yours, version=error.value.current.version)
    assert (chosen.values["name"], chosen.version) == ("Zweite", 2)


def test_of_editors_at_the_same_time_one_wins_and_all_others_are_told(store, local):
    made = create(store, local, "organizations", {"name": "0"})
    outcomes, start = [], threading.Barrier(6)

    def edit(number):
        start.wait()
        try:
            update(store, local, "organizations", made.id, {"name": str(number)}, version=1)
            outcomes.append(str(number))
        except ConflictError:
            outcomes.append(None)

    threads = [threading.Thread(target=edit, args=(n,)) for n in range(1, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [name for name in outcomes if name]
    assert len(outcomes) == 6
    assert [get(store, "organizations", made.id).values["name"]] == winners


def test_a_change_without_a_difference_is_no_new_version(store, local):
    same = update(store, local, "locations", SCHOOL, {"name": " Schule Süd", "wheelchair": "yes"}, version=0)
    assert same.version == 0
    assert history(store, local, "locations", SCHOOL) == []


def test_a_required_field_cannot_be_emptied_and_old_faults_do_not_block_others(store, local):
    with pytest.raises(ValidationError) as error:
        update(store, local, "locations", SCHOOL, {"name": None, "kind": "castle"}, version=0)
    assert problems_of(error) == {(None, "name", "value.missing"), (None, "kind", "value.unknown_reference")}


def test_area_numbers_are_checked_against_their_level(store, local):
    base = {"organization_id": uid("Verein"), "area_text": "Oben"}
    create(store, local, "service_areas", base | {"area_level": "borough", "area_id": "2"})
    with pytest.raises(ValidationError) as error:
        create(store, local, "service_areas", base | {"area_level": "borough", "area_id": "4"})
    assert problems_of(error) == {(None, "area_id", "value.unknown_reference")}
    made = create(store, local, "service_areas", base | {"area_level": "district", "area_id": "4"})
    with pytest.raises(ValidationError):
        update(store, local, "service_areas", made.id, {"area_level": "borough"}, version=1)


@pytest.mark.parametrize("values", [{"target_groups": "children;dragons"}, {"target_groups": "dragons"}])
def test_lists_refer_to_the_catalogue_part_by_part(store, local, values):
    with pytest.raises(ValidationError) as error:
        create(store, local, "organizations", {"name": "X"} | values)
    assert [p.value for p in error.value.problems] == ["dragons"]


def test_a_triple_click_makes_one_row(store, local):
    values = {"name": "Dreifach", "kind": "library"}
    made = {create(store, local, "locations", values, key="form-1").id for _ in range(3)}
    assert len(made) == 1
    assert view(store, "locations")["name"].tolist().count("Dreifach") == 1


def test_a_triple_click_at_the_same_time_makes_one_row(store, local):
    found, start = [], threading.Barrier(3)

    def click():
        start.wait()
        found.append(create(store, local, "organizations", {"name": "Zugleich"}, key="form-2").id)

    threads = [threading.Thread(target=click) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3
    assert len(set(found)) == 1


def test_a_form_that_was_changed_and_sent_with_the_old_key_loses_nothing_in_silence(store, local):
    create(store, local, "organizations", {"name": "A"}, key="form-3")
    with pytest.raises(RequestReusedError, match="other content"):
        create(store, local, "organizations", {"name": "B"}, key="form-3")


def test_unknown_entries_and_resources_are_named(store, local):
    with pytest.raises(NotFoundError, match="no entry"):
        update(store, local, "locations", uid("nothing"), {"name": "x"}, version=1)
    with pytest.raises(NotFoundError, match="castles"):
        create(store, local, "castles", {"name": "x"})
    with pytest.raises(NotFoundError):  # an identifier of another kind of entry
        update(store, local, "organizations", SCHOOL, {"name": "x"}, version=0)


def test_a_contact_needs_something_it_belongs_to(store, local):
    with pytest.raises(ValidationError) as error:
        create(store, local, "contacts", {"title_de": "Ansprechstelle"})
    assert problems_of(error) == {(None, "organization_id", "value.missing_one_of")}


def test_the_revision_counts_every_write_and_no_read(store, local):
    before = revision(store)
    create(store, local, "organizations", {"name": "A"})
    view(store, "organizations")
    assert revision(store) == before + 1


def test_what_was_looked_for_is_in_the_catalogue_of_its_subject(store, local):
    row = {
        "subject": "role",
        "subject_value": "advise",
        "area_level": "district",
        "area_id": "1",
        "state": "verified_none",
    }
    made = create(store, local, "observations", row)
    for changes in ({"subject_value": "juggle"}, {"subject": "topic"}):
        with pytest.raises(ValidationError) as error:
            update(store, local, "observations", made.id, changes, version=made.version)
        assert problems_of(error) == {(None, "subject_value", "value.unknown_reference")}


def _house(store, actor, contact):
    with together(store, actor) as target:
        place = create(target, actor, "locations", {"name": "Haus", "kind": "library"})
        return create(target, actor, "contacts", {"title_de": contact, "location_id": place.id})


def test_what_belongs_together_is_stored_together_or_not_at_all(store, local):
    before = revision(store)
    with pytest.raises(ValidationError):
        _house(store, local, "")
    assert revision(store) == before
    assert "Haus" not in set(view(store, "locations")["name"])
    contact = _house(store, local, "Leitung")
    assert revision(store) == before + 1
    assert contact.values["location_id"] in set(view(store, "locations")["id"])
