"""Dossiers from the command line: python -m exchange dossier --district 12 --format pdf --out FOLDER (or --all …)."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from exchange.dossier.batch import PROCESSES, Batch
from exchange.dossier.files import FORMATS, file_name, written
from exchange.dossier.recipe import Recipe, recipe_of_store, rows_of
from geo.area import named_area
from geo.errors import ParameterError
from geo.gap_settings import GapSettings
from geo.quarter import quarter_of
from geo.reach import Method, Walk
from geo.sources import open_package
from geo.speeds import Pace
from geo.whole_file import write_whole

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from exchange.dossier.make import Maker
    from geo.area import Area
    from geo.sources import Package

INTERRUPTED: Final = 130
_FAILED: Final = 1
_STREETS: Final = frozenset({"street_nodes", "street_edges"})


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command ``dossier``."""
    command = commands.add_parser("dossier", help="write the profiles of areas as tagged PDF, PPTX or HTML")
    command.add_argument("--district", type=int, action="append", default=[], help="official number (several times)")
    command.add_argument("--borough", type=int, action="append", default=[], help="official number (several times)")
    command.add_argument(
        "--quarter", action="append", default=[], metavar="NAME", help="own Quartier, by name or identifier"
    )
    command.add_argument("--city", action="store_true", help="the whole city")
    command.add_argument("--all", action="store_true", help="every district")
    command.add_argument("--format", action="append", choices=tuple(FORMATS), help="several times; default: pdf")
    command.add_argument("--store", action="store_true", help="also what people added (implied by --quarter)")
    command.add_argument("--out", type=Path, required=True, help="folder; made if it is not there")
    command.add_argument("--jobs", type=int, default=0, help="processes at the same time; default: one per processor")
    command.add_argument(
        "--pace", choices=[str(name) for name in Pace], help="walking speed (default: standard, 4.8 km/h)"
    )
    command.add_argument("--kmh", type=float, help="own walking speed in km/h")
    command.set_defaults(run=_run)


def settings_of(package: Package, *, pace: str | None = None, own_kmh: float | None = None) -> GapSettings:
    """Return the standard settings of the gap analysis at a walking speed.

    Raises
    ------
    ParameterError
        `own_kmh` is no walking speed.
    """
    walk = Walk(method=Method.NETWORK if set(package.names) >= _STREETS else Method.LINE)
    return GapSettings(walk=walk, pace=Pace(pace or Pace.STANDARD), own_kmh=own_kmh)


def maker_of(package: Package, language: str, *, pace: str | None = None, own_kmh: float | None = None) -> Maker:
    """Return the maker of dossiers of a data package; errors as in `settings_of`."""
    return Recipe(package.root, language, settings_of(package, pace=pace, own_kmh=own_kmh)).maker()


def _run(options: argparse.Namespace) -> int:
    package = open_package(options.data)
    settings = settings_of(package, pace=options.pace, own_kmh=options.kmh)
    recipe = Recipe(package.root, options.language, settings)
    quarters: Sequence[dict[str, Any]] = ()
    if options.store or options.quarter:
        recipe, quarters = _with_store(package, recipe)
    maker = recipe.maker()
    areas = _areas(options, maker, quarters)
    options.out.mkdir(parents=True, exist_ok=True)
    try:
        failed = _make(maker, recipe, areas, options)
    except KeyboardInterrupt:
        sys.stderr.write("interrupted; every file that is there is complete\n")
        return INTERRUPTED
    for name, reason in failed:
        sys.stderr.write(f"{name}: {reason}\n")
    return _FAILED if failed else 0


def _make(maker: Maker, recipe: Recipe, areas: Sequence[Area], options: argparse.Namespace) -> list[tuple[str, str]]:
    """Make the files, in this process or in several; return what failed and why."""
    kinds = tuple(dict.fromkeys(options.format or ("pdf",)))
    jobs = min(options.jobs or min(PROCESSES, os.cpu_count() or 1), len(areas))
    if jobs <= 1:
        for at, area in enumerate(areas, start=1):
            dossier = maker.dossier(area)
            maker.forget(area)
            for kind in kinds:
                path = options.out / file_name(area, kind)
                write_whole(path, written(dossier, kind))
                sys.stdout.write(f"{at}/{len(areas)} {path}\n")
        return []

    def save(name: str, content: bytes) -> None:
        write_whole(options.out / name, content)
        sys.stdout.write(f"{batch.done + 1}/{batch.total} {options.out / name}\n")
        sys.stdout.flush()

    batch = Batch(recipe, areas, kinds, save, jobs)
    batch.run()
    return batch.failed


def _with_store(package: Package, recipe: Recipe) -> tuple[Recipe, list[dict[str, Any]]]:
    """Return the recipe with what people added, and the rows of the own Quartiere."""
    from store.database import open_store
    from store.ground import Ground
    from store.view import view

    store = open_store(ground=Ground.of_package(package))
    try:
        made = recipe_of_store(package, store, recipe.language, recipe.settings)
        return made, rows_of(view(store, "quarters", extended=True))
    finally:
        store.close()


def _areas(options: argparse.Namespace, maker: Maker, quarters: Sequence[dict[str, Any]]) -> list[Area]:
    """Return the areas that were asked for, each once.

    Raises
    ------
    ParameterError
        Nothing was asked for, or there is no such area.
    """
    load = maker.sources.load
    numbers = [int(number) for number in load("districts")["district_id"]] if options.all else []
    areas = [named_area(load, "district", number) for number in dict.fromkeys([*options.district, *numbers])]
    areas += [named_area(load, "borough", number) for number in dict.fromkeys(options.borough)]
    areas += [named_area(load, "city", 0)] if options.city else []
    for wanted in dict.fromkeys(options.quarter):
        rows = [row for row in quarters if wanted in {row["id"], row["name"]}]
        if not rows:
            allowed = ", ".join(str(row["name"]) for row in quarters)
            raise ParameterError("parameter.unknown_value", name="quarter", value=wanted, allowed=allowed)
        areas += [quarter_of(load, maker.sources.inputs.cells, row) for row in rows]
    if not areas:
        allowed = "--district, --borough, --quarter, --city, --all"
        raise ParameterError("parameter.unknown_value", name="area", value=None, allowed=allowed)
    return areas
