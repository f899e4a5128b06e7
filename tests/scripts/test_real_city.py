"""The real raw tables, where they lie beside the repository: the shipped package is what they give."""

import re
from collections import Counter

import pytest

from scripts.datapackage import tables
from scripts.datapackage.actors import read_actors
from scripts.datapackage.hours import parse_hours
from scripts.datapackage.names import name_key
from scripts.datapackage.organizations import Registry
from scripts.datapackage.places import read_places
from scripts.datapackage.raw import read_table
from scripts.datapackage.report import block
from scripts.datapackage.targets import unknown_words

pytestmark = pytest.mark.slow


def test_the_shipped_package_is_what_the_raw_tables_give(root, real_build):
    shipped = {
        path.relative_to(root / "data").as_posix(): path.read_bytes()
        for path in (root / "data").rglob("*")
        if path.is_file()
    }
    assert set(shipped) == set(real_build.files)
    changed = [name for name, content in real_build.files.items() if shipped[name] != content]
    assert changed == []


def test_the_measured_errors_in_the_document_are_current(root, real_build):
    text = (root / "docs" / "data-method.md").read_text(encoding="utf-8")
    assert block(real_build.measured) in text


def test_every_place_is_kept_with_its_name(real_raw, real_build):
    places = {row["id"]: row["name"] for row in read_places(real_raw)}
    kept = {row["source_id"]: row["name"] for row in real_build.tables["locations"]}
    assert len(places) == 461
    assert kept.keys() == places.keys()
    # What a name said of its origin, in brackets, stands in the note; nothing else of a name is changed.
    notes = {row["source_id"]: str(row["note"]) for row in real_build.tables["locations"]}
    changed = {key: name for key, name in kept.items() if name != places[key]}
    assert all(places[key].startswith(f"{name} (") and places[key].endswith(")") for key, name in changed.items())
    assert [key for key in changed if "Name nicht in der Quelle" not in notes[key]] == []
    assert all("Name nicht in der Quelle" in places[key] for key in changed)
    assert 0 < len(changed) < 30


def test_every_actor_is_one_organization(real_raw, real_build):
    registry = Registry({name_key(str(row["name"])): row for row in real_build.tables["organizations"]})
    merges = tables.load("actor_merges")
    for row in merges:
        registry.alias(row["actor"], row["same_as"])
    actors = read_actors(real_raw)
    found = Counter(registry.id_of(row["name"]) for row in actors)
    assert len(actors) == 216
    assert "" not in found
    assert sum(found.values()) - len(found) == len(merges) == 2
    marked = [row for row in real_build.tables["organizations"] if row["is_actor"]]
    assert len(marked) == len(found)


def test_every_role_committee_membership_and_instrument_is_kept(real_raw, real_build):
    for file, column, table in (
        ("actor_roles.csv", "role", "organization_roles"),
        ("committees.csv", "name", "committees"),
        ("networks.csv", "member", "network_members"),
        ("instruments.csv", "name", "instruments"),
        ("planning_standards.csv", "facility", "standards"),
        ("oepnv_stops.csv", "name", "stops"),
        ("street_nodes.csv", "node", "street_nodes"),
    ):
        assert len(read_table(real_raw, file, [column])) == len(real_build.tables[table]), file


def test_every_value_of_the_statistics_is_kept(real_raw, real_build):
    rows = real_build.tables["indicators"]
    points = read_table(real_raw, "stadtteil_points.csv", ["value"])
    totals = read_table(real_raw, "city_totals.csv", ["value"])
    base = read_table(real_raw, "stadtteile_base.csv", ["u18_pct"])
    values = Counter(row["source"] for row in rows)
    assert sum(1 for row in rows if row["area_level"] == "city") == len(totals) - 1  # one is a range
    assert sum(values[source] for source in {row["source"] for row in points}) >= len(points)
    assert sum(1 for row in rows if row["indicator"] == "under_18_share" and "own value" in row["quality"]) + sum(
        1 for row in base if row["u18_pct_level"] == "stadtteil"
    ) == len(base)


def test_every_target_group_is_understood(real_raw):
    texts = [row["target_groups"] for row in read_places(real_raw) + read_actors(real_raw)]
    texts += [row["target_group"] for row in read_table(real_raw, "actor_roles.csv", ["target_group"])]
    assert {word for text in texts for word in unknown_words(text)} == set()


def test_reviewed_names_are_names_of_organizations(real_build):
    known = {name_key(str(row["name"])) for row in real_build.tables["organizations"]}
    for table, column in (("organization_parents", "organization"), ("organization_parents", "parent"),
                          ("member_names", "organization"), ("actor_merges", "same_as")):  # fmt: skip
        for row in tables.load(table):
            assert name_key(row[column]) in known, (table, row)


@pytest.mark.parametrize("column", ["text", "organizations"])
def test_reviewed_operators_are_in_use(real_raw, column):
    stated = {row["operator"] for row in read_places(real_raw)}
    stated |= {row["member"] for row in read_table(real_raw, "networks.csv", ["member"])}
    assert {row["text"] for row in tables.load("operators") if row[column]} <= stated


def test_opening_hours_are_transformed_only_without_words(real_raw):
    for row in read_places(real_raw):
        hours, _ = parse_hours(row["opening_hours"])
        if hours:
            assert not re.search(r"Saison|Winter|telefonisch|Kurse|Frauen|Nov|ohne Personal", row["opening_hours"])
