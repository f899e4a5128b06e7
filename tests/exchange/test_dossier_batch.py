"""Many dossiers in one run: the same files as one by one, stopping really stops, failures do not take the others away."""

import io
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from exchange.__main__ import main
from exchange.dossier import command
from exchange.dossier.batch import Batch
from exchange.dossier.command import settings_of
from exchange.dossier.files import file_name, written
from exchange.dossier.recipe import Recipe
from geo.area import named_area
from geo.sources import open_package
from store import LOCAL, Ground, create, open_store
from tests.factories import base_tables, write_package

ROOT = Path(command.__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def recipe(tmp_path_factory):
    package = open_package(write_package(tmp_path_factory.mktemp("city"), base_tables()))
    return Recipe(package.root, "de", settings_of(package), today="2026-11-23")


@pytest.fixture(scope="module")
def areas(recipe):
    load = recipe.maker().sources.load
    return [named_area(load, "district", number) for number in (1, 2, 3, 4)]


@pytest.mark.slow
def test_a_run_makes_the_same_as_one_by_one(recipe, areas):
    saved, told = {}, []
    batch = Batch(recipe, areas, ("html", "pdf"), saved.__setitem__, processes=2)
    batch.run(lambda one: told.append(one.done))
    assert (batch.done, batch.failed) == (4, [])
    assert told[-1] == 4
    maker = recipe.maker()
    assert saved == {
        file_name(area, kind): written(maker.dossier(area), kind) for area in areas for kind in ("html", "pdf")
    }


@pytest.mark.slow
def test_stopping_kills_the_children_and_saves_nothing_more(recipe, areas):
    saved = {}
    batch = Batch(recipe, areas * 50, ("pdf",), saved.__setitem__, processes=2)
    batch.run(lambda one: one.stop())
    assert batch.stopped
    assert 1 <= batch.done < 200
    assert all(child.poll() is not None for child in batch._children)
    before = dict(saved)
    time.sleep(0.2)
    assert saved == before


@pytest.mark.slow
def test_an_area_that_fails_does_not_take_the_others_away(recipe, areas):
    saved = {}
    broken = replace(areas[1], geometry=None, name="kaputt")
    batch = Batch(recipe, [areas[0], broken, areas[2]], ("html",), saved.__setitem__, processes=1)
    batch.run()
    assert [name for name, _ in batch.failed] == ["kaputt"]
    assert len(saved) == 2
    assert batch.done == 3


@pytest.mark.slow
def test_a_disk_that_is_full_ends_the_run(recipe, areas):
    def full(_name, _content):
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        Batch(recipe, areas, ("html",), full, processes=2).run()


@pytest.mark.slow
def test_a_package_that_is_gone_fails_every_area_and_ends(recipe, areas, tmp_path):
    with pytest.raises((ChildProcessError, OSError)):
        Batch(replace(recipe, root=tmp_path / "gone"), areas, ("html",), lambda *_: None, processes=1).run()


def test_the_name_of_a_file_is_harmless(areas):
    hostile = replace(areas[0], level="quarter", id="../../etc/passwd-123456", name='Grüße/..\\"<b>مركز ' + "x" * 500)
    assert file_name(hostile, "pdf") == f"quartierskarte-quarter-etcpassw-Gruesse-b-{'x' * 30}.pdf"
    assert file_name(replace(areas[0], name="مركز"), "html") == "quartierskarte-district-1.html"


def run(package, out, *more) -> int:
    return main(["--data", str(package), "dossier", *more, "--out", str(out)])


def test_levels_and_formats_from_the_command_line(tmp_path, capsys):
    package = write_package(tmp_path / "city", base_tables())
    out = tmp_path / "out"
    assert run(package, out, "--borough", "2", "--city", "--format", "html", "--format", "pptx", "--jobs", "1") == 0
    assert sorted(path.suffix for path in out.iterdir()) == [".html", ".html", ".pptx", ".pptx"]
    assert "2/2" in capsys.readouterr().out


def test_the_command_says_what_there_is(tmp_path, capsys):
    package = write_package(tmp_path / "city", base_tables())
    assert run(package, tmp_path / "out") == 2
    assert "--district" in capsys.readouterr().err
    assert run(package, tmp_path / "out", "--borough", "77") == 2
    assert "77" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_interrupted_command_leaves_no_half_file(tmp_path, monkeypatch, capsys):
    package = write_package(tmp_path / "city", base_tables())

    def interrupted(_dossier, _kind):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "written", interrupted)
    assert run(package, tmp_path / "out", "--all", "--jobs", "1") == command.INTERRUPTED
    assert list((tmp_path / "out").iterdir()) == []
    assert "complete" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_control_c_ends_children_too(tmp_path):
    import signal

    package = write_package(tmp_path / "city", base_tables())
    out = tmp_path / "out"
    arguments = [sys.executable, "-m", "exchange", "--data", str(package), "dossier", "--all", "--format", "pptx",
                 "--format", "pdf", "--jobs", "2", "--out", str(out)]  # fmt: skip
    process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stdout.readline()  # the first file is there
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode in {command.INTERRUPTED, 0}
    assert "Traceback" not in said
    for path in out.iterdir():
        assert path.suffix in {".pdf", ".pptx"}
        if path.suffix == ".pdf":
            assert PdfReader(io.BytesIO(path.read_bytes())).pages


def test_with_the_store_a_dossier_has_what_people_added(tmp_path, monkeypatch):
    package = write_package(tmp_path / "city", base_tables())
    monkeypatch.setenv("QK_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    store = open_store(ground=Ground.of_package(open_package(package)))
    create(store, LOCAL, "quarters", {"name": "Am Park", "kind": "existing", "district_ids": "3;4"})
    topic = store.ground.frame("topics")["topic"].iloc[0]
    for level, area in (("district", "4"), ("district", "3")):
        values = {"area_level": level, "area_id": area, "topic": topic, "title": f"Ziel für {area}"}
        create(store, LOCAL, "goals", values)
    store.close()
    out = tmp_path / "out"
    assert run(package, out, "--district", "4", "--store", "--format", "html") == 0
    text = next(out.iterdir()).read_text(encoding="utf-8")
    assert "Ziel für 4" in text
    assert "Ziel für 3" not in text
    assert run(package, out, "--quarter", "Am Park", "--format", "html") == 0
    names = [path.name for path in out.iterdir()]
    assert any(name.endswith("-Am-Park.html") and "-quarter-" in name for name in names)
    assert run(package, out, "--quarter", "Nirgends") == 2
