"""Profile and dossier: the page of another district within 1 s, one file within 3 s, all districts within 90 s on 2 cores."""

import itertools
import os
import resource
import time

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from bench.compare import Comparison, compare_measured
from exchange.dossier.batch import PROCESSES, Batch
from exchange.dossier.command import settings_of
from exchange.dossier.files import FORMATS, written
from exchange.dossier.make import Maker
from exchange.dossier.recipe import Recipe
from geo.area import Area, named_area
from geo.sources import open_package
from scripts.serve import ROOT

PAGE_S, FILE_S, ALL_S = 1.0, 3.0, 90.0
_LEAST_BYTES = 20_000


def run() -> list[Comparison]:
    """Measure on the shipped data package."""
    package = open_package(ROOT / "data")
    recipe = Recipe(package.root, "de", settings_of(package))
    maker = recipe.maker()
    numbers = [int(number) for number in maker.sources.load("districts")["district_id"]]
    areas = [named_area(maker.sources.load, "district", number) for number in numbers]
    maker.dossier(areas[0])  # reach and gaps are there, as on a server that has been asked before
    return [_page(), *(_one(maker, areas, kind) for kind in FORMATS), _all(recipe, areas)]


def _page() -> Comparison:
    """Measure the step to the next district, never shown before, in this process without a browser."""
    os.environ["QK_BENCH_DATA"] = str(ROOT / "data")
    app = AppTest.from_file(ROOT / "app.py", default_timeout=120)
    app._page_hash = calc_hash("profil")  # noqa: SLF001 -- switch_page knows pages in files only
    app.query_params["area"] = "stadtteil:44"
    app.run()

    def step() -> tuple[float, bool]:
        button = app.button(key="area_next").click()
        before = time.perf_counter()
        button.run()
        return time.perf_counter() - before, not (app.exception or app.error) and len(app.header) > 0

    return _within("profile page of another district, warm", step, PAGE_S, rounds=7)


def _one(maker: Maker, areas: list[Area], kind: str) -> Comparison:
    """Measure one whole dossier, content and file, of an area that was not asked for before."""
    turn = itertools.cycle(areas[5::7])

    def one() -> tuple[float, bool]:
        area = next(turn)
        maker.forget(area)
        before = time.perf_counter()
        made = written(maker.dossier(area), kind)
        return time.perf_counter() - before, len(made) > _LEAST_BYTES

    return _within(f"one dossier as {kind.upper()}", one, FILE_S, rounds=5)


def _all(recipe: Recipe, areas: list[Area]) -> Comparison:
    saved: dict[str, int] = {}
    batch = Batch(recipe, areas, ("pdf",), lambda name, made: saved.__setitem__(name, len(made)))
    before, cpu = time.perf_counter(), _cpu_of_children()
    batch.run()
    took, cpu = time.perf_counter() - before, _cpu_of_children() - cpu
    fine = len(saved) == len(areas) and not batch.failed and min(saved.values()) > _LEAST_BYTES
    task = f"{len(areas)} dossiers as PDF, {PROCESSES} processes with their start ({cpu:.0f} s of processor time)"
    return _within(task, lambda: (took, fine), ALL_S, rounds=1)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _within(task: str, measure, budget_s: float, *, rounds: int) -> Comparison:  # noqa: ANN001 -- () -> (seconds, whether it worked)
    return compare_measured(
        task,
        measure,
        lambda: (budget_s, True),
        against="budget",
        limit=1.0,
        same=lambda ours, theirs: bool(ours == theirs),
        rounds=rounds,
    )
