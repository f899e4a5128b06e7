"""The command line, the table as a file, and the passport that rebuilds it byte for byte."""

import csv
import io
import json
import tomllib

import pytest

from geo.__main__ import main
from geo.gap_output import METHOD_COLUMNS
from geo.version import VERSION
from tests.factories import base_tables, write_package


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """Return the folder of the tiny city's package."""
    return write_package(tmp_path_factory.mktemp("package"))


def gaps(package, *options):
    """Run the command and return its exit code."""
    return main(["gaps", "--data", str(package), *map(str, options)])


def rows_of(text):
    """Return the rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text)))


def test_the_version_is_that_of_the_project(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION


def test_the_table_has_every_kind_and_district(package, capsysbinary):
    assert gaps(package, "--method", "line") == 0
    rows = rows_of(capsysbinary.readouterr().out.decode())
    assert len(rows) == 3 * 4
    assert {row["kind"] for row in rows} == {"primary_school", "senior_meeting", "library"}
    first = rows[0]
    assert first["verdict"] == "covered"
    assert first["inventory_state"] == "complete"
    assert (first["target_population"], first["places_per_1000"]) == ("40", "25")
    assert (first["mean_nearest_m"], first["method"], first["walk_kmh"]) == ("459.6", "line", "4.8")
    assert (first["standard_id"], first["standard_own"]) == ("school_700m", "false")
    assert first["required"] == ""
    assert set(METHOD_COLUMNS) < set(first)


def test_levels_formats_and_own_values(package, tmp_path, capsysbinary):
    out = tmp_path / "table.json"
    options = ("--kind", "primary_school", "--level", "city", "--format", "json", "--threshold", "10min")
    assert gaps(package, *options, "--pace", "older", "--out", out) == 0
    (row,) = json.loads(out.read_text(encoding="utf-8"))
    assert row["area_name"] == "Hannover"
    assert row["standard_own"] is True
    assert row["threshold_m"] == pytest.approx(533.3)
    assert row["expected_count"] == 1
    assert row["coverage"] is None
    assert capsysbinary.readouterr().out == b""


def test_the_cells_can_be_had_as_a_table_too(package, tmp_path, capsysbinary):
    passport, again = tmp_path / "passport.json", tmp_path / "again.csv"
    assert gaps(package, "--kind", "primary_school", "--level", "cell", "--save-passport", passport) == 0
    made = capsysbinary.readouterr().out
    rows = rows_of(made.decode())
    assert len(rows) == len(base_tables()["population_cells"])
    assert {"cell_id", "people", "nearest_m", "to_street_m", "access_2sfca", "walk_kmh"} <= set(rows[0])
    assert "" in {row["people"] for row in rows}  # a secret number
    assert gaps(package, "--passport", passport, "--out", again) == 0
    assert again.read_bytes() == made


def test_infinity_is_a_text(package, tmp_path):
    tables = base_tables()
    tables["services_at_location"] = tables["services_at_location"][1:]
    without = write_package(tmp_path / "package", tables)
    for table_format, value in (("csv", "inf"), ("json", '"inf"')):
        out = tmp_path / table_format
        assert gaps(without, "--kind", "primary_school", "--format", table_format, "--out", out) == 0
        assert value in out.read_text(encoding="utf-8")


def test_a_district_name_never_becomes_a_formula(tmp_path, capsysbinary):
    tables = base_tables()
    tables["districts"][0]["name"] = "=1+1"
    assert gaps(write_package(tmp_path, tables), "--kind", "library") == 0
    assert b",'=1+1," in capsysbinary.readouterr().out


@pytest.mark.parametrize("table_format", ["csv", "json"])
def test_a_passport_rebuilds_the_table_byte_for_byte(package, tmp_path, table_format):
    table, passport, again = tmp_path / "table", tmp_path / "passport.json", tmp_path / "again"
    options = ("--threshold", "600m", "--seed", "7", "--draws", "30", "--format", table_format)
    assert gaps(package, *options, "--out", table, "--save-passport", passport) == 0
    assert gaps(package, "--passport", passport, "--out", again) == 0
    assert again.read_bytes() == table.read_bytes()
    said = json.loads(passport.read_text(encoding="utf-8"))
    assert said["settings"]["own"] == {"value": 600.0, "unit": "m"}
    assert said["program_version"] == VERSION


def changed_passport(package, tmp_path, **changes):
    """Return the path of a passport with some entries changed."""
    path = tmp_path / "passport.json"
    assert gaps(package, "--kind", "library", "--out", tmp_path / "table", "--save-passport", path) == 0
    values = json.loads(path.read_text(encoding="utf-8")) | changes
    path.write_text(json.dumps({k: v for k, v in values.items() if v is not None}), encoding="utf-8")
    return path


def test_other_data_is_refused(package, tmp_path, capsys):
    passport = changed_passport(package, tmp_path)
    tables = base_tables()
    tables["population_cells"][0]["population"] = 99
    other = write_package(tmp_path / "other", tables)
    assert gaps(other, "--passport", passport) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "made with the data 1.0.0" in captured.err
    assert "make a new passport" in captured.err


def test_another_table_is_refused(package, tmp_path, capsys):
    passport = changed_passport(package, tmp_path, table_sha256="0" * 64, program_version="0.0.1")
    assert gaps(package, "--passport", passport) == 2
    assert "0.0.1" in capsys.readouterr().err


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "something else"},
        {"kinds": None},
        {"kinds": [1]},
        {"level": "planet"},
        {"settings": {"draws": -5}},
        {"data_hash": 5},
    ],
    ids=str,
)
def test_a_broken_passport_is_refused(package, tmp_path, capsys, changes):
    passport = changed_passport(package, tmp_path, **changes)
    assert gaps(package, "--passport", passport) == 2
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 100_000, b"[]"], ids=["json", "utf8", "deep", "list"])
def test_a_file_that_is_no_passport_is_refused(package, tmp_path, capsys, content):
    path = tmp_path / "passport.json"
    path.write_bytes(content)
    assert gaps(package, "--passport", path) == 2
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--kind", "castle"], "castle"),
        (["--threshold", "far"], "far"),
        (["--standard", "nope"], "nope"),
        (["--target-group", "dragons"], "dragons"),
        (["--kmh", "99"], "99"),
        (["--out", "/nowhere/at/all/table.csv"], "nowhere"),
        (["--passport", "/nowhere/passport.json"], "nowhere"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_mistakes_end_with_a_message_not_a_traceback(package, capsys, options, said):
    assert gaps(package, *options) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error


def test_a_missing_package_ends_with_a_message(tmp_path, capsys):
    assert gaps(tmp_path / "nothing") == 2
    assert "nothing" in capsys.readouterr().err


@pytest.mark.parametrize(
    "option",
    [
        "--kind library",
        "--fresh-since 2024-01-01",
        "--stale-weight 0.1",
        "--decay linear",
        "--width 5",
        "--save-passport y",
    ],
)
def test_a_passport_allows_no_other_options(package, capsys, option):
    with pytest.raises(SystemExit, match="2"):
        gaps(package, "--passport", "x", *option.split())
    assert f"leave out {option.split()[0]}" in capsys.readouterr().err


def test_every_row_says_how_soft_how_random_and_how_fresh(package, capsysbinary):
    options = ("--kind", "primary_school", "--width", "150", "--fresh-since", "2025-06-01", "--stale-weight", "0.25")
    assert gaps(package, *options) == 0
    first = rows_of(capsysbinary.readouterr().out.decode())[0]
    assert [first[name] for name in ("decay", "width_m", "fresh_since", "stale_weight")] == [
        "linear", "150", "2025-06-01", "0.25",
    ]  # fmt: skip
    assert (first["draws"], first["seed"]) == ("100", "0")
    assert int(first["stale_places"]) >= 0
    assert gaps(package, "--kind", "primary_school") == 0
    first = rows_of(capsysbinary.readouterr().out.decode())[0]
    assert [first[name] for name in ("decay", "width_m", "fresh_since", "stale_weight")] == ["hard", "0", "", ""]


def test_without_a_street_graph_the_line_is_used_and_named(tmp_path, capsysbinary):
    tables = {name: rows for name, rows in base_tables().items() if not name.startswith("street")}
    assert gaps(write_package(tmp_path, tables), "--kind", "library") == 0
    assert {row["method"] for row in rows_of(capsysbinary.readouterr().out.decode())} == {"line"}
