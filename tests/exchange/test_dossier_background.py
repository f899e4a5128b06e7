"""A run in the background: ZIP with everything, one run at a time, stopped on demand and when nobody looks any more."""

import gc
import io
import time
import zipfile

import pytest

from exchange.dossier import background
from exchange.dossier.background import Run, State
from exchange.dossier.command import settings_of
from exchange.dossier.recipe import Recipe
from geo.area import named_area
from geo.sources import open_package
from tests.factories import base_tables, write_package

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def recipe(tmp_path_factory):
    package = open_package(write_package(tmp_path_factory.mktemp("city"), base_tables()))
    return Recipe(package.root, "de", settings_of(package), today="2026-11-23")


@pytest.fixture(scope="module")
def areas(recipe):
    load = recipe.maker().sources.load
    return [named_area(load, "district", number) for number in (1, 2, 3, 4)]


def wait(until, seconds=60.0):
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def test_the_zip_holds_every_area_in_every_format(recipe, areas):
    run = Run(recipe, areas, ("pdf", "html"))
    wait(lambda: not run.active)
    assert (run.state, run.progress, run.failed) == (State.DONE, (4, 4), [])
    names = zipfile.ZipFile(io.BytesIO(run.result())).namelist()
    assert len(set(names)) == 8
    assert all(name.startswith("quartierskarte-district-") for name in names)


def test_a_second_run_waits_for_the_first_and_stopping_keeps_nothing(recipe, areas):
    first = Run(recipe, areas * 50, ("pdf",))
    wait(lambda: first.progress[0] >= 1)
    second = Run(recipe, areas, ("html",))
    assert second.state is State.WAITING
    first.stop()
    wait(lambda: not first.active)
    assert first.state is State.STOPPED
    with pytest.raises(FileNotFoundError):
        first.result()
    wait(lambda: not second.active)
    assert second.state is State.DONE


def folder_of_a_run(recipe, areas):
    run = Run(recipe, areas[:1], ("html",))
    wait(lambda: not run.active)
    assert run._path.is_file()
    return run._path.parent


def test_its_folder_goes_with_it(recipe, areas):
    folder = folder_of_a_run(recipe, areas)

    def gone():
        gc.collect()
        return not folder.exists()

    wait(gone, seconds=10)


def test_one_that_waits_can_be_stopped(recipe, areas):
    first = Run(recipe, areas * 50, ("pdf",))
    second = Run(recipe, areas, ("html",))
    second.stop()
    wait(lambda: not second.active)
    assert second.state is State.STOPPED
    first.stop()
    wait(lambda: not first.active)


def test_nobody_looks_any_more(recipe, areas, monkeypatch):
    monkeypatch.setattr(background, "ABANDONED_S", 0.5)
    run = Run(recipe, areas * 50, ("pdf",))
    wait(lambda: run.state is State.STOPPED)
    assert run.progress[0] < 200


def test_a_failure_is_a_state_and_frees_the_turn(recipe, areas, tmp_path):
    from dataclasses import replace

    broken = Run(replace(recipe, root=tmp_path / "gone"), areas, ("pdf",))
    wait(lambda: not broken.active)
    assert broken.state is State.FAILED
    after = Run(recipe, areas[:1], ("html",))
    wait(lambda: not after.active)
    assert after.state is State.DONE
