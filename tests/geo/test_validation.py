"""Validation finds every fault at once, and only faults."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import MESSAGE_KEYS
from geo.sources import open_package
from geo.validation import validate
from tests.factories import FILES, base_tables, degrees, metres, square, uid, write_package


@pytest.fixture
def tables():
    return base_tables()


def found(folder, tables):
    return validate(open_package(write_package(folder, tables)))


def places_of(problems):
    return [(problem.key, problem.file, problem.row, problem.column) for problem in problems]


def only(problems):
    assert len(problems) == 1, [problem.message for problem in problems]
    return problems[0]


def test_the_tiny_package_has_no_problem(tmp_path, tables):
    assert found(tmp_path, tables) == []


@pytest.mark.parametrize(
    ("resource", "at", "changes", "key", "column", "value"),
    [
        ("locations", 0, {"kind": "castle"}, "cell.no_target", "kind", "castle"),
        ("locations", 1, {"id": uid("Schule Süd")}, "cell.not_unique", "id", uid("Schule Süd")),
        ("locations", 0, {"name": ""}, "cell.required", "name", None),
        ("locations", 0, {"wheelchair": "maybe"}, "cell.unknown_value", "wheelchair", "maybe"),
        ("locations", 0, {"postal_code": "3015"}, "cell.wrong_pattern", "postal_code", "3015"),
        ("locations", 0, {"languages": "de; en"}, "cell.wrong_pattern", "languages", "de; en"),
        ("locations", 0, {"district_id": 54}, "cell.out_of_range", "district_id", "54"),
        ("services", 1, {"target_groups": "seniors;elves"}, "cell.no_target", "target_groups", "elves"),
        ("facility_kinds", 0, {"letter": "ABC"}, "cell.wrong_length", "letter", "ABC"),
        ("service_areas", 1, {"area_id": 17}, "cell.no_target", "area_id", "17"),
        ("contacts", 0, {"location_id": uid("x")}, "cell.no_target", "location_id", uid("x")),
        ("indicators", 1, {"area_id": 1}, "cell.not_unique",
         "area_level, area_id, indicator, reference_date, source", None),
    ],
)  # fmt: skip
def test_a_broken_cell_is_named_with_row_and_column(tmp_path, tables, resource, at, changes, key, column, value):
    tables[resource][at] |= changes
    problems = [problem for problem in found(tmp_path, tables) if problem.key == key]
    problem = only(problems)
    assert (problem.file, problem.row, problem.column) == (FILES[resource], at + 2, column)
    assert value is None or problem.value == value
    assert problem.severity == "error"


def test_swapped_latitude_and_longitude_are_one_problem(tmp_path, tables):
    row = tables["locations"][0]
    row["lon"], row["lat"] = row["lat"], row["lon"]
    assert places_of(found(tmp_path, tables)) == [("coordinate.swapped", FILES["locations"], 2, "lon, lat")]


@pytest.mark.parametrize(
    ("changes", "key", "column"),
    [
        ({"lat": ""}, "coordinate.incomplete", "lat"),
        ({"lon": "", "lat": ""}, "coordinate.missing", "coordinate_quality"),
        ({"lat": "nan"}, "cell.wrong_type", "lat"),
        ({"coordinate_quality": "address"}, "coordinate.unexpected", "coordinate_quality"),
        ({"lon": 9.72, "lat": 51.5}, "coordinate.outside_surroundings", "lon, lat"),
        (dict(zip(("lon", "lat"), degrees(2.3, 0.5), strict=True)), "coordinate.outside_city", None),
        (dict(zip(("lon", "lat"), degrees(1.5, 0.5), strict=True)), "coordinate.other_district", "district_id"),
    ],
)
def test_a_doubtful_coordinate_is_told(tmp_path, tables, changes, key, column):
    tables["locations"][0] |= changes
    problems = [problem for problem in found(tmp_path, tables) if problem.key == key]
    assert places_of(problems) == [(key, FILES["locations"], 2, column)]


def test_a_point_outside_is_told_with_its_distance(tmp_path, tables):
    tables["locations"][0] |= dict(zip(("lon", "lat"), degrees(2.3, 0.5), strict=True))
    assert only(found(tmp_path, tables)).details["distance_m"] == 300


def test_a_point_just_over_the_border_is_no_problem(tmp_path, tables):
    tables["locations"][0] |= dict(zip(("lon", "lat"), degrees(1.1, 0.5), strict=True))
    assert found(tmp_path, tables) == []


def test_cells_far_away_are_told(tmp_path, tables):
    tables["population_cells"][3]["x"] = metres(60, 0)[0]
    problem = only(found(tmp_path, tables))
    assert (problem.key, problem.row, problem.details["distance_km"]) == ("coordinate.outside_surroundings", 5, 58)


def test_overlapping_districts_are_told_once_with_the_overlap(tmp_path, tables):
    tables["districts"][1]["geometry"] = square(0.9, 0, width=1.1)
    problem = only(found(tmp_path, tables))
    assert (problem.key, problem.row, problem.value) == ("geometry.overlap", 2, "Südost")
    assert problem.details["other"] == "Südwest"
    assert problem.details["area_m2"] == pytest.approx(100_000, rel=0.001)


def test_a_broken_district_does_not_hide_problems_elsewhere(tmp_path, tables):
    ring = tables["districts"][0]["geometry"]["coordinates"][0]
    ring[1], ring[2] = ring[2], ring[1]
    tables["locations"][0]["kind"] = "castle"
    keys = {problem.key for problem in found(tmp_path, tables)}
    assert {"geometry.file_invalid", "cell.no_target"} <= keys


def test_many_faults_are_told_at_once_in_the_order_of_files_and_rows(tmp_path, tables):
    tables["stops"][2]["name"] = ""
    tables["stops"][0]["in_city"] = "ja"
    tables["roles"][0]["label_de"] = ""
    del tables["phones"]
    problems = found(tmp_path, tables)
    assert places_of(problems) == [
        ("data.resource_missing", "datapackage.json", None, None),
        ("cell.required", FILES["roles"], 2, "label_de"),
        ("cell.wrong_type", FILES["stops"], 2, "in_city"),
        ("cell.required", FILES["stops"], 4, "name"),
    ]
    assert problems[0].value == "phones"


def test_a_table_that_cannot_be_read_makes_no_broken_references(tmp_path, tables):
    write_package(tmp_path, tables)
    (tmp_path / FILES["facility_kinds"]).unlink()
    assert places_of(validate(open_package(tmp_path))) == [("data.file_missing", FILES["facility_kinds"], None, None)]


def test_a_changed_file_an_empty_table_and_a_strange_resource_are_warnings(tmp_path, tables):
    tables["schedules"] = []
    write_package(tmp_path, tables)
    path = tmp_path / FILES["networks"]
    path.write_text(path.read_text(encoding="utf-8").replace("Netz Nord", "Netz Süd"), encoding="utf-8")
    package = open_package(tmp_path)
    extra = {"name": "castles", "path": "castles.csv"}
    package.descriptor["resources"].append(extra)
    package.files["castles"] = extra["path"]
    problems = validate(package)
    assert {problem.severity for problem in problems} == {"warning"}
    assert [problem.key for problem in problems] == ["data.resource_unexpected", "table.empty", "data.file_changed"]


def test_every_problem_speaks_and_says_what_to_do(tmp_path, tables):
    for rows in tables.values():
        for name in list(rows[0]):
            if name != "geometry":
                rows[0][name] = "{x} <b>" + "a" * 500
    problems = found(tmp_path, tables)
    assert len(problems) > 100
    for problem in problems:
        assert problem.key in MESSAGE_KEYS
        assert problem.file in problem.message
        assert len(problem.message) < 1500
        assert problem.remedy.endswith(".")
        assert problem.as_error().params == problem.params


cell = st.one_of(
    st.just(""), st.text(max_size=12), st.sampled_from(["0", "-1", "1e9", "nan", "true", "9.7", ";", "2024"])
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_table_content_makes_validation_fail(tmp_path, data):
    tables = base_tables()
    resource = data.draw(st.sampled_from([name for name in sorted(tables) if FILES[name].endswith(".csv")]))
    row = data.draw(st.sampled_from(tables[resource]))
    column = data.draw(st.sampled_from(sorted(row)))
    row[column] = data.draw(cell)
    for problem in found(tmp_path, tables):
        assert problem.message
        assert problem.remedy
