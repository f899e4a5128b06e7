"""Storylines from the command line: python -m workshop story FILE --check, or --html OUT.html."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geo.area import named_area
from geo.print_grid import print_grid
from geo.sources import open_package
from geo.storyline import LANGUAGES, MAX_BYTES
from geo.storyline_read import read_storyline
from workshop.stage.material import material_of
from workshop.stage.page import Extras, stage_page

if TYPE_CHECKING:
    import argparse

    from geo.storyline import Storyline
    from workshop.stage.material import Material


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command ``story``."""
    command = commands.add_parser("story", help="check a storyline, or write it as one HTML file")
    command.add_argument("file", type=Path, help="the storyline (JSON)")
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true", help="only say what is wrong with it; exit code 1 if anything is")
    what.add_argument("--html", type=Path, metavar="OUT", help="write the stage")
    command.add_argument("--language", choices=LANGUAGES, help="language of the stage (default: the storyline's)")
    command.add_argument("--grid", type=int, metavar="DISTRICT", help="with the grid of this district's paper maps")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    package = open_package(options.data)
    with options.file.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    material = material_of(package, options.language or LANGUAGES[0])
    reading = read_storyline(data, material.known, name=options.file.name)
    for problem in reading.problems:
        sys.stdout.write(f"{problem.message} {problem.remedy}\n")
    if reading.storyline is None:
        return 1
    if options.check:
        sys.stdout.write(f"{options.file.name}: {len(reading.storyline.steps)} steps, nothing is wrong.\n")
        return 0
    language = options.language or reading.storyline.language
    _write(options, reading.storyline, material if material.t.language == language else material_of(package, language))
    return 0


def _write(options: argparse.Namespace, storyline: Storyline, material: Material) -> None:
    grid = None
    if options.grid is not None:
        grid = print_grid(named_area(material.load, "district", options.grid).geometry)
    page = stage_page(material, storyline, Extras(grid=grid))
    options.html.write_text(page.html, encoding="utf-8")
    sys.stdout.write(f"{options.html}: {len(page.html.encode('utf-8')):,} bytes\n")
