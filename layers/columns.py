"""Tables for the browser: one JSON list per column instead of one object per row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd


@dataclass(frozen=True)
class Field:
    """One line of a popup or tooltip: `label` as people read it, `column` of the frame.

    With `link` a value that is an http or https address can be followed; any other value stays text.
    """

    label: str
    column: str
    link: bool = False


def require_columns(frame: pd.DataFrame, columns: Sequence[str], *, name: str) -> None:
    """Raise ParameterError unless `frame` has all `columns`."""
    for column in columns:
        if column not in frame.columns:
            raise ParameterError(
                "parameter.missing_column",
                name=name,
                column=column,
                available=", ".join(map(str, frame.columns)),
            )


def texts(values: pd.Series[Any]) -> list[str | None]:
    """Return `values` as text; unknown and empty become None."""
    known = values.notna().tolist()
    return [str(each) or None if here else None for each, here in zip(values.tolist(), known, strict=True)]


def field_table(frame: pd.DataFrame, fields: Sequence[Field], *, name: str) -> dict[str, Any]:
    """Return labels, links and the values column by column; unknown values are None and are not shown."""
    require_columns(frame, [each.column for each in fields], name=name)
    return {
        "labels": [each.label for each in fields],
        "links": [each.link for each in fields],
        "values": [texts(frame[each.column]) for each in fields],
    }
