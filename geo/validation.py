"""Checking a data package: every problem at once, with file, row, column, value and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.problems import Problem
from geo.schema import load_schema, schema_names
from geo.sources import DESCRIPTOR, Loaded, Package, load
from geo.validation_areas import area_problems
from geo.validation_cells import cell_problems
from geo.validation_links import link_problems
from geo.validation_package import file_problems
from geo.validation_points import point_problems

if TYPE_CHECKING:
    from collections.abc import Mapping

_COORDINATES: Final = ("lon", "lat", "x", "y")
_SAY_MORE: Final = ("coordinate.swapped", "coordinate.outside_surroundings")

__all__ = ["Problem", "validate"]


def validate(package: Package) -> list[Problem]:
    """Return everything that is wrong with a data package; empty = nothing found.

    Looked at: the descriptor and the files it names, encoding and form of each file, columns,
    types, required and unique values, allowed values, patterns and ranges, references between
    tables, coordinates (missing, swapped, far away, outside the city or the stated district), and
    areas (missing, broken, self-crossing, wrong reference system, overlapping). What cannot be
    looked at because something else is broken is left out.

    Parameters
    ----------
    package
        From `geo.sources.open_package`.

    Returns
    -------
    list of Problem
        Errors and warnings, by file in the order of the descriptor, then by row.
    """
    known = [name for name in package.names if name in schema_names()]
    loaded = {name: load(package, name) for name in known}
    problems = file_problems(package)
    problems += [problem for name in known for problem in loaded[name].problems]
    problems += [problem for name in known for problem in _content_problems(name, loaded)]
    order = {file: at for at, file in enumerate([DESCRIPTOR, *package.files.values()])}
    return sorted(problems, key=lambda problem: (order.get(problem.file, len(order)), problem.row or 0))


def _content_problems(name: str, loaded: Mapping[str, Loaded]) -> list[Problem]:
    own = loaded[name]
    if own.frame is None:
        return []
    schema = load_schema(name)
    if own.frame.empty:
        return [] if schema.optional else [Problem("table.empty", own.file, severity="warning")]
    of_points = point_problems(own, schema, loaded)
    told = {problem.row for problem in of_points if problem.key in _SAY_MORE}
    of_cells = [
        problem
        for problem in cell_problems(own, schema)
        if not (problem.key == "cell.out_of_range" and problem.column in _COORDINATES and problem.row in told)
    ]
    return [*of_cells, *link_problems(own, schema, loaded), *of_points, *area_problems(own, schema)]
