"""The protocol of a session from the command line: python -m workshop protocol CODE --out FOLDER."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from exchange.dossier.words import Words
from exchange.wording import Texts
from exchange.workshop.evening import evening_of
from exchange.workshop.protocol_files import FORMATS, protocol_file
from geo.catalogue import catalogue
from geo.participation_ground import participation
from geo.sources import open_package
from store.permissions import LOCAL
from workshop.area_words import area_of_session
from workshop.command_material import LANGUAGES, load_of, material_for, session_of, store_of

if TYPE_CHECKING:
    import argparse

    from geo.area import Area
    from geo.catalogue import Load
    from geo.participation import Dimension
    from store.workshop import Participation, Session


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command ``protocol``."""
    command = commands.add_parser("protocol", help="write the protocol of a session: PDF, DOCX, HTML, CSV, GeoJSON")
    command.add_argument("code", help="join code of the session")
    command.add_argument("--out", type=Path, required=True, help="folder; made if it is not there")
    command.add_argument("--format", action="append", choices=tuple(FORMATS), help="which files (default: all)")
    command.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    package = open_package(options.data)
    load = load_of(package)
    with store_of(package) as store:
        session = session_of(store, options.code)
        area = area_of_session(load, session.area_level, session.area_id, store)
        material = None if area is None else material_for(package, load, area, options.language)
        people = None if area is None else partial(compared, load, area)
        grid = None if material is None else material.grid
        evening = evening_of(store, LOCAL, session.id, people=people, grid=grid)
    words = Words(Texts(options.language), catalogue(package, load=load)) if material is None else material.words
    options.out.mkdir(parents=True, exist_ok=True)
    for name in options.format or FORMATS:
        made = protocol_file(name, evening, words, material=material)
        path = options.out / made.name
        path.write_bytes(made.content)
        sys.stdout.write(f"{path} ({len(made.content):,} bytes)\n")
    return 0


def compared(load: Load, area: Area, _session: Session, counted: Participation) -> tuple[Dimension, ...]:
    """Return who took part beside the population of an area."""
    return participation(
        load,
        load("population_cells"),
        area,
        by_age=counted.by_age_group,
        by_language=counted.by_language,
        by_district=counted.by_district,
    )
