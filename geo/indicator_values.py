"""Reported values of the resource ``indicators``, looked up by code: read once, asked many times."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from geo.dates import age_key

if TYPE_CHECKING:
    import pandas as pd

    from geo.catalogue import Load


class Indicators:
    """The rows of ``indicators``; what is looked up is remembered and shared: never change it."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self._rows = rows
        self._known: dict[str, list[dict[str, Any]]] = {}

    @cached_property
    def _of_code(self) -> dict[str, list[int]]:
        """Places of the rows of each code."""
        found: dict[str, list[int]] = {}
        for at, code in enumerate(self._rows["indicator"]):
            found.setdefault(str(code), []).append(at)
        return found

    def rows(self, code: str) -> list[dict[str, Any]]:
        """Return all rows of an indicator in their order; None = unknown, NaN = unknown number."""
        if code not in self._known:
            mine = self._rows.iloc[self._of_code.get(code, [])]
            self._known[code] = [{str(name): row[name] for name in row} for row in mine.to_dict("records")]
        return self._known[code]

    def values(self, code: str) -> list[dict[str, Any]]:
        """Return the rows of an indicator with a value."""
        return [row for row in self.rows(code) if row["value"] == row["value"] and row["value"] is not None]

    def dated(self, code: str) -> tuple[str | None, str | None]:
        """Return date and source of the first row of an indicator; None = there is no row."""
        rows = self.rows(code)
        return (str(rows[0]["reference_date"]), str(rows[0]["source"])) if rows else (None, None)

    @cached_property
    def population_date(self) -> str | None:
        """The newest date of reported population: the estimate of the cells is made for it."""
        dates = [row["reference_date"] for row in self.rows("population") if isinstance(row["reference_date"], str)]
        return min(dates, key=age_key, default=None)


def indicators_of(load: Load) -> Indicators:
    """Return the indicators of a package or store."""
    return Indicators(load("indicators"))
