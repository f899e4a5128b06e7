"""What can be wrong with references: a value that is not in the table it refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.observations import SUBJECTS
from geo.problems import Problem
from geo.schema import LIST_DELIMITER, Reference
from geo.validation_cells import known_cells

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.schema import Column, TableSchema
    from geo.sources import Loaded

_AREAS: Final = {
    "district": Reference("districts", "district_id"),
    "borough": Reference("boroughs", "borough_id"),
}
_AREA_COLUMNS: Final = ("area_id", "area_ids")
_LINKED: Final = {**dict.fromkeys(_AREA_COLUMNS, ("area_level", _AREAS)), "subject_value": ("subject", SUBJECTS)}
"""Column → the column that says which table its values are from, and these tables."""


def link_problems(own: Loaded, schema: TableSchema, loaded: Mapping[str, Loaded]) -> list[Problem]:
    """Return every value without a target. A target table that cannot be read says nothing."""
    found = []
    for column in schema.table_columns:
        if column.reference is not None:
            found += _without_target(own, column, column.reference, loaded)
        named_by, tables = _LINKED.get(column.name, ("", {}))
        for name, reference in tables.items():
            found += _without_target(own, column, reference, loaded, where=(named_by, name))
    return found


def _without_target(
    own: Loaded,
    column: Column,
    reference: Reference,
    loaded: Mapping[str, Loaded],
    *,
    where: tuple[str, str] | None = None,
) -> list[Problem]:
    targets = _targets(reference, loaded)
    frame, rows = own.frame, own.rows
    if frame is None or targets is None or column.name not in frame.columns:
        return []
    if where is not None:
        if where[0] not in frame.columns:
            return []
        named = (frame[where[0]] == where[1]).to_numpy(dtype=bool)
        frame, rows = frame[named], rows[named]
    details = {"target": f"{reference.resource}.{reference.column}"}
    return [
        Problem("cell.no_target", own.file, row, column.name, item, details)
        for row, value in known_cells(frame[column.name], rows)
        for item in (str(value).split(LIST_DELIMITER) if column.is_list else [str(value)])
        if item and item not in targets
    ]


def _targets(reference: Reference, loaded: Mapping[str, Loaded]) -> frozenset[str] | None:
    """Return all values of the column referred to, as text; None = it cannot be read."""
    target = loaded.get(reference.resource)
    if target is None or target.frame is None or reference.column not in target.frame.columns:
        return None
    values: pd.Series[Any] = target.frame[reference.column].dropna()
    return frozenset(map(str, values.tolist()))
