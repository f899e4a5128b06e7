"""Dossiers from the command line: python -m exchange dossier --district 12 --out FOLDER (or --all)."""

from __future__ import annotations

import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from exchange.dossier.make import Maker
from exchange.dossier.pdf import dossier_pdf
from exchange.dossier.words import Words
from exchange.wording import Texts
from geo.area import named_area
from geo.catalogue import catalogue
from geo.gap_settings import GapSettings
from geo.gaps import gap_table, measure_reach
from geo.inputs import load_inputs
from geo.profile import Sources
from geo.reach import Method, Walk
from geo.sources import open_package, read
from geo.speeds import Pace

if TYPE_CHECKING:
    import argparse

    from geo.sources import Package


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command ``dossier``."""
    command = commands.add_parser(
        "dossier", help="write the profiles of districts as tagged PDF, from the data package"
    )
    which = command.add_mutually_exclusive_group(required=True)
    which.add_argument("--district", type=int, action="append", help="official number (several times)")
    which.add_argument("--all", action="store_true", help="every district")
    command.add_argument("--out", type=Path, required=True, help="folder; made if it is not there")
    command.add_argument(
        "--pace", choices=[str(name) for name in Pace], help="walking speed (default: standard, 4.8 km/h)"
    )
    command.add_argument("--kmh", type=float, help="own walking speed in km/h")
    command.set_defaults(run=_run)


def maker_of(package: Package, language: str, *, pace: str | None = None, own_kmh: float | None = None) -> Maker:
    """Return the maker of dossiers of a data package with the standard settings, at a walking speed.

    Raises
    ------
    ParameterError
        `own_kmh` is no walking speed.
    """
    load = cache(lambda name: read(package, name))
    inputs = load_inputs(package)
    walk = Walk(method=Method.LINE if inputs.network is None else Method.NETWORK)
    settings = GapSettings(walk=walk, pace=Pace(pace or Pace.STANDARD), own_kmh=own_kmh)
    reach = cache(lambda: measure_reach(inputs, settings.walk))
    gap = cache(lambda kind: gap_table(inputs, reach(), kind, settings))
    words = Words(Texts(language), catalogue(package, load=load))
    today = date.today().isoformat()  # noqa: DTZ011 -- the day where the command runs
    return Maker(Sources(package, load, inputs, gap), reach, settings, words, today)


def _run(options: argparse.Namespace) -> int:
    maker = maker_of(open_package(options.data), options.language, pace=options.pace, own_kmh=options.kmh)
    known = [int(number) for number in maker.sources.load("districts")["district_id"]]
    areas = [
        named_area(maker.sources.load, "district", number) for number in (known if options.all else options.district)
    ]
    options.out.mkdir(parents=True, exist_ok=True)
    for at, area in enumerate(areas, start=1):
        path = options.out / f"quartierskarte-district-{area.id}.pdf"
        path.write_bytes(dossier_pdf(maker.dossier(area)))
        maker.forget(area)
        sys.stdout.write(f"{at}/{len(areas)} {path}\n")
    return 0
