"""Command line of the domain: ``python -m geo gaps`` and ``python -m geo newbuild`` write the tables of the pages."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from geo.access import Decay
from geo.errors import DataFileError, ParameterError, QuartierError
from geo.gap_output import TableFormat, TableLevel
from geo.gap_settings import GapSettings
from geo.gaps import measure_reach
from geo.inputs import GapInputs, load_inputs
from geo.newbuild import problems_of
from geo.newbuild_assumptions import assumptions_of
from geo.newbuild_file import read_sheet
from geo.newbuild_output import table_text as newbuild_text
from geo.newbuild_result import requirement
from geo.passport import build_table, make_passport, passport_text, read_passport, rebuild
from geo.reach import Method, Walk
from geo.sources import open_package, read
from geo.speeds import Pace
from geo.standards import OwnValue, Unit

if TYPE_CHECKING:
    import pandas as pd

DEFAULT_DATA: Final = Path(__file__).resolve().parent.parent / "data"
FAILED: Final = 2

_BESIDE_PASSPORT: Final = {"command", "data", "out", "passport"}
"""Options that may stand beside ``--passport``; it says everything else itself."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 0, or 2 after a message on standard error."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command == "gaps" and options.passport is not None:
        given = [name for name, value in vars(options).items() if value is not None and name not in _BESIDE_PASSPORT]
        if given:
            parser.error(f"--passport says everything already: leave out --{given[0].replace('_', '-')}")
    try:
        if options.command == "newbuild":
            return _newbuild(options)
        _run(options)
    except QuartierError as error:
        sys.stderr.write(f"{error.message} {error.remedy}\n")
        return FAILED
    return 0


def _run(options: argparse.Namespace) -> None:
    inputs = load_inputs(open_package(options.data))
    if options.passport is not None:
        passport = read_passport(_content(options.passport, "passport.unreadable"), name=str(options.passport))
        _write(options.out, rebuild(passport, inputs))
        return
    kinds = tuple(options.kind or inputs.kind_names)
    level: TableLevel = options.level or "district"
    table_format: TableFormat = options.format or "csv"
    settings = _settings(options, inputs)
    table = build_table(inputs, kinds, level, table_format, settings)
    _write(options.out, table)
    if options.save_passport is not None:
        made = make_passport(inputs, kinds, level, table_format, settings, table)
        _write(options.save_passport, passport_text(made))


def _newbuild(options: argparse.Namespace) -> int:
    """Write the table of a requirement sheet; name all its problems at once if it has some."""
    package = open_package(options.data)
    sheet = read_sheet(_content(options.sheet, "newbuild.unreadable"), name=str(options.sheet))

    def load(name: str) -> pd.DataFrame:
        return read(package, name)

    assumptions = assumptions_of(load("newbuild_assumptions"))
    problems = problems_of(sheet, assumptions)
    if problems:
        sys.stderr.write("".join(f"{each.message} {each.remedy}\n" for each in problems))
        return FAILED
    inputs = load_inputs(package)
    walk = Walk(method=Method.LINE if inputs.network is None else Method.NETWORK)
    result = requirement(sheet, assumptions, inputs, measure_reach(inputs, walk), load)
    _write(options.out, newbuild_text(result, options.format or "csv"))
    return 0


def _settings(options: argparse.Namespace, inputs: GapInputs) -> GapSettings:
    default = GapSettings()
    graph = Method.LINE if inputs.network is None else Method.NETWORK
    return GapSettings(
        walk=Walk(method=Method(options.method) if options.method else graph),
        pace=Pace(options.pace) if options.pace else default.pace,
        own_kmh=options.kmh,
        standard_id=options.standard,
        own=None if options.threshold is None else _own(options.threshold),
        target_group=options.target_group,
        decay=_decay(options),
        width_m=default.width_m if options.width is None else options.width,
        draws=default.draws if options.draws is None else options.draws,
        seed=default.seed if options.seed is None else options.seed,
        fresh_since=options.fresh_since,
        stale_weight=default.stale_weight if options.stale_weight is None else options.stale_weight,
    )


def _decay(options: argparse.Namespace) -> Decay:
    """Return how the threshold is softened; a width without a form is linear."""
    if options.decay:
        return Decay(options.decay)
    return Decay.LINEAR if options.width else Decay.HARD


def _own(text: str) -> OwnValue:
    """Return the own value of ``500m``, ``10min`` or ``1500persons``."""
    units: dict[str, Unit] = {"m": "m", "min": "min", "persons": "persons_per_unit"}
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(m|min|persons)", text.strip())
    if found is None:
        allowed = "500m, 10min, 1500persons"
        raise ParameterError("parameter.unknown_value", name="threshold", value=text, allowed=allowed)
    return OwnValue(float(found[1]), units[found[2]])


def _content(path: Path, key: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataFileError(key, name=str(path), reason=str(error)) from error


def _write(path: Path | None, text: str) -> None:
    if path is None:
        sys.stdout.buffer.write(text.encode())
        return
    try:
        path.write_bytes(text.encode())
    except OSError as error:
        raise DataFileError("data.file_unwritable", file=str(path), reason=error.strerror) from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m geo", description="Analyses of Quartierskarte Hannover.")
    commands = parser.add_subparsers(dest="command", required=True)
    gaps = commands.add_parser("gaps", help="gap table: who is too far from what, per area and kind")
    add = gaps.add_argument
    add("--data", type=Path, default=DEFAULT_DATA, metavar="DIR", help="data package (default: data/)")
    add("--kind", action="append", help="kind of facility, may be repeated (default: all)")
    add("--level", choices=get_args(TableLevel), help="areas, or the population cells (default: district)")
    add("--format", choices=("csv", "json"), help="default: csv")
    add("--out", type=Path, metavar="FILE", help="default: standard output")
    add("--method", choices=[str(name) for name in Method], help="streets, or straight line × 1.3")
    add("--threshold", help="own value: 500m, 10min or 1500persons (people per place)")
    add("--decay", choices=[str(name) for name in Decay], help="how people near the threshold count (default: hard)")
    add("--width", type=float, metavar="M", help="half width of a soft threshold in metres (default: 0)")
    add("--pace", choices=[str(name) for name in Pace], help="walking speed (default: standard, 4.8 km/h)")
    add("--kmh", type=float, help="own walking speed in km/h")
    add("--target-group", help="target group of the catalogue (default: that of the kind)")
    add("--standard", metavar="ID", help="standard of the catalogue (default: that of the kind)")
    add("--draws", type=int, help="random draws for places without a location (default: 100)")
    add("--seed", type=int, help="seed of the draws (default: 0)")
    add("--fresh-since", metavar="DATE", help="places not confirmed since this day count less (default: all the same)")
    add("--stale-weight", type=float, metavar="W", help="how much such places count, 0 to 1 (default: 0.5)")
    add("--save-passport", type=Path, metavar="FILE", help="also write the gap passport")
    add("--passport", type=Path, metavar="FILE", help="rebuild the table of a gap passport")
    newbuild = commands.add_parser("newbuild", help="requirement sheet of a new-build area: people, places, shortfall")
    add = newbuild.add_argument
    add("--data", type=Path, default=DEFAULT_DATA, metavar="DIR", help="data package (default: data/)")
    add("--sheet", type=Path, required=True, metavar="FILE", help="sheet as saved on the page of new-build areas")
    add("--format", choices=("csv", "json"), help="default: csv")
    add("--out", type=Path, metavar="FILE", help="default: standard output")
    return parser


if __name__ == "__main__":
    sys.exit(main())
