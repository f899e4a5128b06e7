"""The command ``python -m exchange connect``: what a source says differently, and taking it over."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from exchange.connect.definition import definition_of, definitions
from exchange.connect.difference import COMPARED, COORDINATE
from exchange.connect.http import Client
from exchange.connect.inward import City
from exchange.connect.online import from_environment
from exchange.connect.run import Prepared, prepare
from geo.sources import open_package
from store.database import open_store
from store.ground import Ground
from store.permissions import LOCAL

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN: Final = 40


def add_command(commands: Any) -> None:
    """Add the command to the parsers of ``python -m exchange``."""
    command = commands.add_parser("connect", help="compare a source of another host with the inventory")
    command.add_argument("name", nargs="?", help="of the connector; without it all are listed")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--dry-run", action="store_true", help="write nothing (the default)")
    what.add_argument("--apply", action="store_true", help="store what the plan says as one batch")
    command.add_argument(
        "--overwrite",
        action="append",
        default=[],
        choices=(*COMPARED, COORDINATE),
        metavar="FIELD",
        help=f"let the source count in this field (several times): {', '.join((*COMPARED, COORDINATE))}",
    )
    command.add_argument("--report", type=Path, help="write the whole difference as JSON")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command; return 0."""
    online = from_environment()
    if options.name is None:
        for definition in definitions(online).values():
            sys.stdout.write(f"{definition.name}: {definition.type}, {definition.source} ({definition.licence})\n")
        return 0
    definition = definition_of(online, options.name)
    package = open_package(options.data)
    store = open_store(ground=Ground.of_package(package))
    try:
        prepared = prepare(definition, Client(online), store, City.of_package(package), actor=LOCAL)
        plan = prepared.plan(overwrite=options.overwrite)
        for line in _lines(prepared):
            sys.stdout.write(f"{line}\n")
        sys.stdout.write(f"plan: {plan.counts}\n")
        if options.report is not None:
            options.report.write_text(report(prepared), encoding="utf-8")
        if options.apply:
            done = prepared.apply(store, LOCAL, plan)
            sys.stdout.write(f"stored: {done.created} added, {done.updated} changed, batch {done.batch_id}\n")
    finally:
        store.close()
    return 0


def report(prepared: Prepared) -> str:
    """Return the whole difference as JSON text, with source, licence, query and day."""
    definition, difference = prepared.definition, prepared.difference
    head = {
        "connector": definition.name,
        "source": definition.source,
        "licence": definition.licence,
        "url": definition.url,
        "query": prepared.answer.query,
        "asked": prepared.day,
        "data_date": prepared.answer.data_date,
        "counts": difference.counts,
    }
    problems = [
        {"row": p.row, "column": p.column, "severity": p.severity, "message": p.message}
        for p in prepared.places.problems
    ]
    return json.dumps(head | asdict(difference) | {"problems": problems}, ensure_ascii=False, indent=1) + "\n"


def _lines(prepared: Prepared) -> Iterator[str]:
    definition, difference = prepared.definition, prepared.difference
    yield f"source: {definition.source} ({definition.licence}), {definition.url}"
    yield f"asked: {prepared.day}, data of {prepared.answer.data_date or 'unknown date'}"
    shown = [finding for finding in difference.findings if finding.state != "same"]
    for finding in shown[:_SHOWN]:
        yield f"{finding.state}: {finding.name!r} ({finding.kind}) {finding.ref}"
        for change in finding.changes:
            yield f"    {change.field}: {change.here!r} → {change.there!r}"
        if finding.state == "unsure":
            yield from (f"    perhaps {m.place_id or f'row {m.other_row}'} ({m.score})" for m in finding.candidates[:3])
    if len(shown) > _SHOWN:
        yield f"… {len(shown) - _SHOWN} more (--report FILE writes all)"
    yield from (f"gone: {gone.name!r} ({gone.kind}) {gone.place_id}" for gone in difference.gone[:_SHOWN])
    for problem in prepared.places.problems[:_SHOWN]:
        yield f"{problem.severity} {problem.row or '-'} {problem.column or '-'}: {problem.message}"
    if not difference.complete:
        yield "The source did not give everything; nothing is said to be gone."
    yield f"difference: {difference.counts}, only here: {len(difference.only_here)}"
