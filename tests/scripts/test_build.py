"""The whole build, on a little city made in code: complete, deterministic, and it says what is wrong."""

import csv
import io
import json

import pytest

from scripts import build_data
from scripts.datapackage.build import build_package
from scripts.datapackage.descriptor import resource_table
from scripts.datapackage.raw import RawDataError
from scripts.datapackage.report import block, with_block
from tests.scripts import raw_city

pytestmark = pytest.mark.slow


def rows(build, path):
    return list(csv.DictReader(io.StringIO(build.files[path].decode("utf-8"))))


def test_the_same_tables_give_the_same_bytes(raw, build):
    assert build_package(raw).files == build.files


def test_the_order_of_raw_rows_does_not_change_a_byte(raw, city_files, build):
    for name in ("places.csv", "zensus2011_100m.csv", "street_edges.csv", "actor_roles.csv"):
        head, *body = city_files[name].splitlines()
        (raw / name).write_text("\n".join([head, *reversed(body)]) + "\n", encoding="utf-8")
    assert build_package(raw).files == build.files


def test_every_resource_is_written_once(build):
    paths = {entry["path"] for entry in resource_table()}
    assert set(build.files) == paths | {"datapackage.json", "README.md", "LICENSES.md"}
    assert len(paths) == len(resource_table())


def test_files_end_with_a_newline_and_have_no_carriage_return(build):
    for name, content in build.files.items():
        assert content.endswith(b"\n"), name
        assert b"\r" not in content, name


def test_every_place_becomes_one_location(build):
    locations = {row["source_id"]: row for row in rows(build, "orte/locations.csv")}
    assert sorted(locations) == ["P0001", "P0002", "P0003", "P0004", "P0005"]
    assert [locations[key]["coordinate_quality"] for key in sorted(locations)] == [
        "exact", "approximate", "address", "district", "none",
    ]  # fmt: skip
    assert locations["P0001"]["coordinate_error_m"] == "30"
    assert locations["P0002"]["coordinate_error_m"] == "400"


def test_a_warning_of_the_source_beats_the_approximate_point(build):
    place = next(row for row in rows(build, "orte/locations.csv") if row["source_id"] == "P0002")
    assert (place["district_id"], place["district_source"]) == ("2", "stated")
    assert "liegt in Teil01" in place["note"]
    assert place["needs_check"] == "true"


def test_a_place_without_position_has_no_district(build):
    place = next(row for row in rows(build, "orte/locations.csv") if row["source_id"] == "P0005")
    assert (place["lon"], place["lat"], place["district_id"], place["district_source"]) == ("", "", "", "")


def test_a_school_with_several_forms_has_several_services(build):
    location = next(row for row in rows(build, "orte/locations.csv") if row["source_id"] == "P0001")
    links = [row["service_id"] for row in rows(build, "orte/services_at_location.csv")
             if row["location_id"] == location["id"]]  # fmt: skip
    kinds = {row["kind"]: row for row in rows(build, "orte/services.csv") if row["id"] in links}
    assert set(kinds) == {"primary_school", "secondary_school"}
    assert kinds["secondary_school"]["description"] == "Hauptschule; Realschule"
    assert location["kind"] == "secondary_school"


def test_operator_and_actor_of_one_name_are_one_organization(build):
    found = {row["name"]: row for row in rows(build, "orte/organizations.csv")}
    assert set(found) == {"Treff", "Träger e.V.", "Amt"}
    assert all(row["is_actor"] == "true" for row in found.values())
    operated = [row for row in rows(build, "orte/locations.csv")
                if row["organization_id"] == found["Träger e.V."]["id"]]  # fmt: skip
    assert {row["source_id"] for row in operated} == {"P0002", "P0003"}
    assert found["Treff"]["parent_organization_id"] == found["Träger e.V."]["id"]


def test_an_actor_is_at_the_place_it_was_taken_from(build):
    organization = next(row["id"] for row in rows(build, "orte/organizations.csv") if row["name"] == "Treff")
    place = next(row["id"] for row in rows(build, "orte/locations.csv") if row["source_id"] == "P0003")
    links = [(row["organization_id"], row["location_id"], row["relation"])
             for row in rows(build, "orte/organizations_at_location.csv")]  # fmt: skip
    assert (organization, place, "actor") in links
    assert len(links) == len(set(links))


def test_areas_roles_members(build):
    areas = {(row["area_level"], row["area_id"]) for row in rows(build, "akteure/service_areas.csv")}
    assert areas == {("district", "1"), ("borough", "2"), ("city", "hannover")}
    roles = {row["role"]: row for row in rows(build, "akteure/organization_roles.csv")}
    assert roles["network"]["basis"] == "stated"
    assert (roles["contact_point"]["basis"], roles["contact_point"]["date"]) == ("derived", "")
    members = {row["member_name"]: row["organization_id"] for row in rows(build, "akteure/network_members.csv")}
    assert members["Träger"] != ""
    assert members["Nachbarn"] == ""


def test_people_of_all_cells_are_the_city(build):
    cells = rows(build, "bevoelkerung/zellen.csv")
    assert sum(float(cell["population"]) for cell in cells) == pytest.approx(51 * 1010, abs=1)
    assert sum(float(cell["under_18"]) for cell in cells) == pytest.approx(0.2 * 51 * 1010, abs=1)
    assert {cell["foreigners"] for cell in cells} == {""}
    assert {cell["under_10"] for cell in cells} == {"8"}


def test_only_true_values_of_a_stadtteil_are_shown_as_such(build):
    found = rows(build, "indikatoren/indikatoren.csv")
    levels = {row["area_id"]: row["value_level"] for row in found
              if row["indicator"] == "under_18_share" and row["area_level"] == "district"}  # fmt: skip
    assert levels["1"] == "district"
    assert set(levels.values()) == {"district", "city"}
    people = {row["area_id"]: row["value_level"] for row in found if row["indicator"] == "population"
              and row["area_level"] == "district" and row["reference_date"] == "2024-12-31"}  # fmt: skip
    assert (people["1"], people["2"], people["3"]) == ("estimate", "estimate", "district")
    pair = [row for row in found if row["area_level"] == "stat_unit" and row["reference_date"] == "2022-12-31"]
    assert [(row["area_id"], row["value"], row["value_level"]) for row in pair] == [("1/2", "2000", "stat_unit")]


def test_parallel_edges_leave_the_shortest(build):
    edges = {(row["u"], row["v"]): row["length_m"] for row in rows(build, "netz/street_edges.csv")}
    assert edges == {("0", "1"): "100", ("1", "2"): "100"}


def test_stops_are_in_the_city_by_their_point(build):
    stops = {row["id"]: row for row in rows(build, "netz/stops.csv")}
    assert (stops["1"]["district_id"], stops["1"]["in_city"], stops["1"]["modes"]) == ("1", "true", "tram;bus")
    assert (stops["2"]["district_id"], stops["2"]["in_city"], stops["2"]["modes"]) == ("", "false", "rail")


def test_the_descriptor_names_size_and_hash(build):
    descriptor = json.loads(build.files["datapackage.json"])
    for resource in descriptor["resources"]:
        assert resource["bytes"] == len(build.files[resource["path"]])
        assert resource["hash"].startswith("sha256:")


HOSTILE = "<script>{{7*7}}{% x %}`${a}\\</script>\u202e"


def test_hostile_text_stays_text(raw, city_files):
    text = city_files["places.csv"].replace("Schutzhaus", HOSTILE)
    (raw / "places.csv").write_text(text, encoding="utf-8")
    names = {row["name"] for row in rows(build_package(raw), "orte/locations.csv")}
    assert HOSTILE in names


def _drop_column(text, column):
    table = list(csv.reader(io.StringIO(text)))
    at = table[0].index(column)
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows([row[:at] + row[at + 1 :] for row in table])
    return lines.getvalue()


@pytest.mark.parametrize("name", sorted(raw_city.files()))
def test_a_missing_raw_file_is_named(raw, name):
    (raw / name).unlink()
    with pytest.raises(RawDataError, match=name):
        build_package(raw)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("places.csv", "opening_hours"), ("actors.csv", "origin"), ("actor_roles.csv", "basis"),
        ("zensus2011_100m.csv", "unter_10"), ("zensus2011_1km.csv", "ab65_pct"), ("oepnv_stops.csv", "modes"),
        ("stadtteile_base.csv", "u18_pct_level"), ("stadtbezirke.csv", "pop_2034_forecast"),
        ("prognosebezirke_2024_2034.csv", "stadtteile"), ("stadtteil_points.csv", "ref_date"),
        ("city_totals.csv", "unit"), ("committees.csv", "level"), ("networks.csv", "member"),
        ("instruments.csv", "status"), ("planning_standards.csv", "jurisdiction"), ("street_nodes.csv", "x"),
        ("street_edges.csv", "length_m"),
    ],
)  # fmt: skip
def test_a_missing_column_is_named(raw, city_files, name, column):
    (raw / name).write_text(_drop_column(city_files[name], column), encoding="utf-8")
    with pytest.raises(RawDataError, match=rf"'{name}'.*'{column}'"):
        build_package(raw)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("places.csv", "Beratungsstelle", "Burg", "'category': 'Burg' of P0004"),
        ("places.csv", "P0002", "P0001", r"'id': \['P0001'\] appear more than once"),
        ("places.csv", "0800 7708077", "ruf an", "'phone': 'ruf an' is no telephone number.*Schutzhaus"),
        ("places.csv", "Grundschule", "Zauberschule", "P0001: unknown school form 'Zauberschule'"),
        ("places.csv", "Hannover,,,Träger e.V.", "Hannover,,7,Träger e.V.", "P0002 has only one of lon, lat"),
        ("actors.csv", "Übernahme P0003", "Übernahme P9999", "'origin': 'Übernahme P9999.*names no place"),
        ("actors.csv", "Stadt,", "Staat,", "'type': unknown 'Staat'"),
        ("actor_roles.csv", "vernetzt", "zaubert", "unknown actor, role or basis"),
        ("oepnv_stops.csv", "bus|tram", "bus|ferry", r"'modes': unknown \['ferry'\]"),
        ("street_edges.csv", "1,2,100", "1,9,100", "edge 1-9 of 100 m"),
        ("zensus2011_100m.csv", ",8,", ",0,", "publishes no values below 3"),
        ("stadtteile_base.csv", "stadtteil,2020", "dorf,2020", "unknown level 'dorf'"),
        ("committees.csv", "Stadtbezirk,Bezirk1", "Dorf,Bezirk1", "column 'level': 'Dorf'"),
        ("city_totals.csv", "under 18", "over 18", "'over 18' with unit '%'|0 rows 'under 18'"),
    ],
)
def test_a_broken_cell_is_named(raw, city_files, name, old, new, message):
    assert old in city_files[name]
    (raw / name).write_text(city_files[name].replace(old, new), encoding="utf-8")
    with pytest.raises(RawDataError, match=message):
        build_package(raw)


def test_the_command_builds_and_says_so(raw, tmp_path, capsys):
    out = tmp_path / "out"
    assert build_data.main(["--raw", str(raw), "--out", str(out)]) == 0
    assert (out / "orte" / "locations.csv").is_file()
    assert "34 files" in capsys.readouterr().out


def test_the_command_names_a_missing_file(tmp_path, capsys):
    assert build_data.main(["--raw", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert "'stadtteile.geojson' is missing" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_command_writes_the_measures_into_the_document(raw, tmp_path, build):
    document = tmp_path / "method.md"
    document.write_text("before\n<!-- measured: start -->\nSTALE\n<!-- measured: end -->\nafter\n", encoding="utf-8")
    assert build_data.main(["--raw", str(raw), "--report", str(document)]) == 0
    text = document.read_text(encoding="utf-8")
    assert text == with_block(text, block(build.measured))
    assert "STALE" not in text
    assert text.startswith("before\n")
    assert text.endswith("after\n")


def test_a_document_without_marks_is_refused():
    with pytest.raises(ValueError, match="lacks the marks"):
        with_block("text", "table")
