"""The table of a requirement sheet: the same from page and command line, unknown is empty, and the documented example."""

import csv
import io
import json
import re
import shutil

import pytest

from geo.__main__ import main
from geo.newbuild_file import sheet_text
from geo.newbuild_output import COLUMNS
from geo.version import VERSION
from tests.factories import write_package
from tests.geo.newbuild_city import HUNDRED_HOMES, sheet


@pytest.fixture(scope="module")
def package(root, tmp_path_factory):
    """Return the folder of the tiny city's package with the real assumptions."""
    folder = write_package(tmp_path_factory.mktemp("package"))
    shutil.copy(root / "data/katalog/newbuild_assumptions.csv", folder / "katalog/newbuild_assumptions.csv")
    return folder


def table(package, asked, folder, *options):
    """Return exit code and output of the command for a sheet."""
    path, out = folder / "sheet.json", folder / "out"
    path.write_text(sheet_text(asked), encoding="utf-8")
    code = main(["newbuild", "--data", str(package), "--sheet", str(path), "--out", str(out), *options])
    return code, out.read_text(encoding="utf-8") if out.exists() else ""


def test_the_same_table_as_csv_and_json(package, tmp_path):
    _, text = table(package, HUNDRED_HOMES, tmp_path)
    rows = list(csv.DictReader(io.StringIO(text)))
    _, json_text = table(package, HUNDRED_HOMES, tmp_path, "--format", "json")
    plain = json.loads(json_text)
    assert list(plain[0]) == list(COLUMNS) == list(rows[0])
    numbers = [[row[name] for name in ("low", "mid", "high")] for row in plain]
    assert [[float(row[name]) if row[name] else None for name in ("low", "mid", "high")] for row in rows] == numbers


def test_the_groups_of_age_add_up_to_all(package, tmp_path):
    _, text = table(package, HUNDRED_HOMES, tmp_path, "--format", "json")
    rows = [row for row in json.loads(text) if row["part"] == "residents" and row["year"] == 2029]
    groups = [row["mid"] for row in rows if row["item"].startswith("age_")]
    assert sum(groups) == pytest.approx(next(row["mid"] for row in rows if row["item"] == "all"), abs=0.01)
    assert len(groups) == 9


def test_unknown_is_empty_and_never_zero(package, tmp_path):
    """Nobody knows the school's capacity: nothing is said about a shortfall."""
    _, text = table(package, HUNDRED_HOMES, tmp_path)
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["item"] == "daycare_3_5"]
    unknown = [row for row in rows if row["part"] in {"existing", "shortfall", "first_short"}]
    assert {row["mid"] for row in unknown} == {""}
    assert {row["known"] for row in rows} == {"unknown"}


def test_the_command_names_what_is_wrong(package, tmp_path, capsys):
    code, text = table(package, sheet(phasing={2028: 7}, title="x" * 501), tmp_path)
    assert (code, text) == (2, "")
    long, missing = capsys.readouterr().err.splitlines()
    assert "501 characters" in long
    assert "93 are missing" in missing
    assert main(["newbuild", "--data", str(package), "--sheet", str(tmp_path / "none.json")]) == 2
    assert "none.json" in capsys.readouterr().err


def test_the_file_names_the_program(root):
    assert f'"program_version": "{VERSION}"' in sheet_text(HUNDRED_HOMES)


def test_the_example_of_the_documentation_is_what_the_command_writes(root, package, tmp_path):
    """The table under "Worked by hand" in docs/newbuild.md: item, year, value."""
    document = (root / "docs" / "newbuild.md").read_text(encoding="utf-8")
    said = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (\d{4}) \| .* \| ([\d.]+) \|$", document, re.MULTILINE)
    assert len(said) >= 8
    _, text = table(package, HUNDRED_HOMES, tmp_path, "--format", "json")
    found = {(row["part"], row["item"], row["year"]): row["mid"] for row in json.loads(text)}
    for part, item, year, value in said:
        assert found[part, item, int(year)] == pytest.approx(float(value), abs=0.0051), (part, item, year)
