"""The command line: template, export, check, import, metadata."""

from __future__ import annotations

import json

import pytest

from exchange.__main__ import main
from tests.factories import base_tables, write_package

pytestmark = pytest.mark.slow


@pytest.fixture
def data(tmp_path, monkeypatch, empty_database):
    import shutil

    folder = tmp_path / "store"
    folder.mkdir()
    shutil.copy(empty_database, folder / "quartierskarte.sqlite")
    monkeypatch.setenv("QK_STORE", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return str(write_package(tmp_path / "data", base_tables()))


def run(data, *arguments):
    return main(["--data", data, *map(str, arguments)])


def test_export_and_import_by_command(data, tmp_path, capsys):
    out = tmp_path / "x.csv"
    assert run(data, "export", "csv", out) == 0
    assert run(data, "import", out, "--apply") == 0
    assert "left_out_same" in capsys.readouterr().out
    new = tmp_path / "neu.csv"
    new.write_text("Name;Art\nHaus;Bibliothek\n", encoding="utf-8")
    assert run(data, "import", new) == 0
    assert "stored" not in capsys.readouterr().out
    assert run(data, "import", new, "--apply") == 0
    assert "stored: 3 added" in capsys.readouterr().out
    assert run(data, "export", "geojson", out) == 0
    names = [feature["properties"]["name"] for feature in json.loads(out.read_bytes())["features"]]
    assert "Haus" in names


def test_check_lists_columns_and_problems(data, tmp_path, capsys):
    path = tmp_path / "x.csv"
    path.write_text("Name;Art;Telefon\nHaus;Raumstation;keins\n", encoding="utf-8")
    assert run(data, "check", path) == 1
    text = capsys.readouterr().out
    assert "column: Art → kind" in text
    assert "error 2 Art" in text
    assert "warning 2 Telefon" in text
    assert run(data, "check", path, "--kind", "library") == 1, "a word that is there has to be understood"


def test_mapping_template_by_command(data, tmp_path, capsys):
    path, template = tmp_path / "x.csv", tmp_path / "m.json"
    path.write_text("A;B\nHaus;Raumstation\n", encoding="utf-8")
    content = {"quartierskarte_mapping": 1, "columns": {"A": "name", "B": "kind"}, "kinds": {"Raumstation": "library"}}
    template.write_text(json.dumps(content), encoding="utf-8")
    assert run(data, "check", path, "--mapping", template) == 0
    assert "'locations': 1" in capsys.readouterr().out


def test_template_and_metadata_by_command(data, tmp_path):
    assert run(data, "template", tmp_path / "v.xlsx") == 0
    assert (tmp_path / "v.xlsx").read_bytes().startswith(b"PK")
    for name in ("d.jsonld", "d.ttl"):
        assert run(data, "dcat", "--publisher", "Stadt", "--base", "https://example.org", tmp_path / name) == 0
    assert json.loads((tmp_path / "d.jsonld").read_text(encoding="utf-8"))["@graph"]
    assert (tmp_path / "d.ttl").read_text(encoding="utf-8").startswith("@prefix")


def test_refusals_are_sentences(data, tmp_path, capsys):
    path = tmp_path / "x.csv"
    path.write_bytes(b"%PDF-1.7")
    assert run(data, "check", path) == 2
    assert capsys.readouterr().err.startswith("The file is PDF")
    assert run(data, "check", tmp_path / "missing.csv") == 2
    assert "missing.csv" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run(data, "export", "shapefile", tmp_path / "x")
