"""The descriptor holds: it validates, and says source, licence, date and derivation of everything."""

import hashlib
import json
import re

import frictionless
import pytest

from geo.schema import load_schema
from scripts.datapackage.readme import data_readme, licences_text

MB = 1_000_000


@pytest.mark.slow
def test_frictionless_finds_nothing(data):
    report = frictionless.validate(str(data / "datapackage.json"))
    assert report.flatten(["title", "rowNumber", "fieldName", "note"]) == []
    assert report.valid
    assert report.stats["tasks"] == 31


@pytest.mark.slow
def test_frictionless_would_find_a_broken_reference(data, tmp_path):
    for path in data.rglob("*"):
        if path.is_file():
            copy = tmp_path / path.relative_to(data)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    phones = tmp_path / "orte" / "phones.csv"
    lines = phones.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    cells[1] = cells[0]
    phones.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    descriptor = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    kept = {"contacts", "organizations", "locations", "phones", "facility_kinds", "target_groups", "standards"}
    descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] in kept]
    for resource in descriptor["resources"]:
        del resource["bytes"], resource["hash"]
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    errors = frictionless.validate(str(tmp_path / "datapackage.json")).flatten(["type", "rowNumber"])
    assert ["foreign-key", 2] in errors


def test_every_resource_says_where_it_comes_from(descriptor):
    for resource in descriptor["resources"]:
        for key in ("title", "description", "sources", "licenses", "referenceDate", "derivation", "schema"):
            assert resource[key], (resource["name"], key)
        assert resource["crs"] in {"", "EPSG:4326", "EPSG:25832"}
        for column in resource["schema"]["fields"]:
            assert column["title"], column
            assert column["description"], column


def test_resources_with_coordinates_name_their_system(descriptor):
    for resource in descriptor["resources"]:
        names = {field["name"] for field in resource["schema"]["fields"]}
        metric = {"x", "u"} & names  # the edges are as long as the nodes say
        expected = "EPSG:4326" if {"lon", "geometry"} & names else "EPSG:25832" if metric else ""
        assert resource["crs"] == expected, resource["name"]


def test_licences_follow_the_sources(descriptor):
    licences = {r["name"]: {licence["name"] for licence in r["licenses"]} for r in descriptor["resources"]}
    assert licences["districts"] == {"CC-BY-4.0"}
    assert "DL-DE-BY-2.0" in licences["population_cells"]
    assert licences["street_edges"] == licences["street_nodes"] == {"ODbL-1.0"}
    assert {"ODbL-1.0", "CC-BY-4.0", "MIT", "facts-only"} <= licences["locations"]
    titles = {source["title"] for r in descriptor["resources"] if r["name"] == "districts" for source in r["sources"]}
    assert any("bearbeitet" in title for title in titles)


def test_sizes_and_hashes_are_true(data, descriptor):
    for resource in descriptor["resources"]:
        content = (data / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()


def test_every_file_belongs_to_the_package(data, descriptor):
    listed = {resource["path"] for resource in descriptor["resources"]}
    present = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()}
    assert present == listed | {"datapackage.json", "README.md", "LICENSES.md"}


def test_the_files_for_people_are_made_from_the_descriptor(data, descriptor):
    assert (data / "README.md").read_text(encoding="utf-8") == data_readme(descriptor)
    assert (data / "LICENSES.md").read_text(encoding="utf-8") == licences_text(descriptor)


def test_the_readme_names_every_resource_with_its_number_of_rows(data, tables):
    text = (data / "README.md").read_text(encoding="utf-8")
    for name, rows in tables.items():
        assert re.search(rf"\| `{name}` \| `[^`]+` \| {len(rows)} \|", text), name


def test_the_schemas_are_the_ones_of_the_domain(root, descriptor):
    names = {path.stem for path in (root / "geo" / "schemas").glob("*.json") if not load_schema(path.stem).optional}
    assert names == {resource["name"] for resource in descriptor["resources"]}
    for resource in descriptor["resources"]:
        path = root / "geo" / "schemas" / f"{resource['name']}.json"
        assert resource["schema"] == json.loads(path.read_text(encoding="utf-8"))


def test_the_package_is_small(data):
    assert sum(path.stat().st_size for path in data.rglob("*") if path.is_file()) < 3.3 * MB


def test_no_machine_path_and_no_carriage_return(data):
    for path in data.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"\r" not in content, path
            assert b"/work/" not in content, path


def test_the_shipped_package_comes_back_whole_from_hsds():
    """Every entry of the package keeps the rules that the store sets for added ones: none is refused on the way back."""
    from exchange.content import HANDED_ON, Content, content_of_package
    from exchange.export import export
    from exchange.session import ImportSession
    from exchange.vocabulary import vocabulary_of
    from geo.sources import open_package

    package = open_package("data")
    content, words = content_of_package(package), vocabulary_of(package)
    session = ImportSession.of_file(export(content, "hsds-package", words), "x.zip", words=words)
    plan = session.plan(Content({}, {}))
    assert plan.problems == ()
    assert {name: len(plan.creates.get(name, ())) for name in HANDED_ON} == {name: len(content.rows(name)) for name in HANDED_ON}
