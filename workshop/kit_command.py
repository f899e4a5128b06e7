"""The offline kit from the command line: python -m workshop kit --area stadtteil:12 --out FOLDER."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from exchange.workshop.material import CATEGORIES, Occasion
from exchange.workshop.sheets import SHEETS
from geo.sources import open_package
from geo.storyline import MAX_BYTES
from geo.storyline_read import read_storyline
from workshop.command_material import LANGUAGES, area_for, load_of, material_for, occasion_of, session_of, store_of
from workshop.kit import KitChoice, kit_parts, write_kit
from workshop.kit_page import kit_page
from workshop.stage.material import material_of

if TYPE_CHECKING:
    import argparse

    from geo.storyline import Storyline
    from workshop.stage.material import Material


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command ``kit``."""
    command = commands.add_parser("kit", help="write maps, cards, form and the page without internet into a folder")
    command.add_argument("--area", help="stadtteil:12, stadtbezirk:3, stadt or quartier:IDENTIFIER")
    command.add_argument("--out", type=Path, required=True, help="folder; made if it is not there")
    command.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    command.add_argument("--session", metavar="CODE", help="take title, question, kinds of notes and area of a session")
    command.add_argument("--address", default="", help="address of the program, for the QR code to join by phone")
    command.add_argument("--title", help="heading of maps and form")
    command.add_argument("--question", help="what the people are asked")
    command.add_argument("--date", help="day of the evening, YYYY-MM-DD")
    command.add_argument("--category", action="append", choices=CATEGORIES, help="kinds of cards (several times)")
    command.add_argument(
        "--sheet", action="append", choices=tuple(SHEETS), help="paper size of the map (several times)"
    )
    command.add_argument(
        "--story", type=Path, metavar="FILE", help="storyline (JSON) for the page; default: about the area"
    )
    command.add_argument("--pages", type=int, default=KitChoice().pages, help="pages of eight cards for each kind")
    command.add_argument(
        "--first", type=int, default=KitChoice().first, help="first number in the hundred of each kind"
    )
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    started = time.monotonic()
    package = open_package(options.data)
    load = load_of(package)
    with ExitStack() as stack:
        needed = options.session is not None or (options.area or "").startswith(("quartier:", "quarter:"))
        store = stack.enter_context(store_of(package)) if needed else None
        session = None if options.session is None or store is None else session_of(store, options.session)
        area = area_for(load, options.area, session, store)
    occasion = Occasion() if session is None else occasion_of(session, base=options.address)
    said = {"title": options.title, "question": options.question, "date": options.date}
    said |= {"categories": tuple(options.category) if options.category else None}
    occasion = replace(occasion, **{name: value for name, value in said.items() if value is not None})
    material = material_for(package, load, area, options.language, occasion)
    stage = replace(material_of(package, options.language), load=load, words=material.words)
    storyline = None if options.story is None else _storyline(options.story, stage)
    choice = KitChoice(tuple(options.sheet or SHEETS), options.pages, options.first)
    parts = kit_parts(material, choice, page=lambda: kit_page(material, stage, storyline))
    for at, path in enumerate(write_kit(parts, options.out), start=1):
        sys.stdout.write(f"{at}/{len(parts)} {path} ({path.stat().st_size:,} bytes)\n")
    sys.stdout.write(f"{time.monotonic() - started:.1f} s\n")
    return 0


def _storyline(path: Path, stage: Material) -> Storyline:
    """Return the storyline of a file; its first problem is the error."""
    with path.open("rb") as file:
        reading = read_storyline(file.read(MAX_BYTES + 1), stage.known, name=path.name)
    for problem in reading.problems[1:]:
        sys.stderr.write(f"{problem.message} {problem.remedy}\n")
    if reading.storyline is None:
        raise reading.problems[0].as_error()
    return reading.storyline
