"""A requirement sheet to take away: the table as CSV, a workbook with assumptions and method, the site as GeoJSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import shapely

from exchange.xlsx_write import Sheet, write_xlsx
from geo.crs import METRIC_CRS, to_lonlat
from geo.newbuild_output import table_rows, table_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.newbuild_result import Requirement

_STEPS: Final = 1e-6  # degrees, about 10 cm
_WIDTHS: Final = (22, 34, 10, 12, 12, 12, 12, 24, 30, 14)
_METHOD_WIDTHS: Final = (44, 110)
_ASSUMPTION_WIDTHS: Final = (60, 14, 12, 12, 12, 14, 80, 80)


@dataclass(frozen=True, eq=False)
class NewbuildTexts:
    """Words of the workbook in the reader's language.

    Attributes
    ----------
    sheets
        Names of the three sheets: table, assumptions, method (at most 31 signs each).
    columns
        Column of the table → heading.
    words
        Column → value → words, for columns that hold codes.
    unknown, yes, no
        Words for an unknown value, true and false.
    assumption_head, assumptions
        Headings and rows of the second sheet.
    method_head, method
        Headings and rows of the third sheet.
    """

    sheets: tuple[str, str, str]
    columns: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    unknown: str
    yes: str
    no: str
    assumption_head: Sequence[str]
    assumptions: Sequence[Sequence[str | float]]
    method_head: tuple[str, str]
    method: Sequence[tuple[str, str]]


def newbuild_csv(result: Requirement) -> bytes:
    """Return the table: the bytes that ``python -m geo newbuild`` writes."""
    return table_text(result, "csv").encode()


def newbuild_json(result: Requirement) -> bytes:
    """Return the table as JSON: the bytes that ``python -m geo newbuild --format json`` writes."""
    return table_text(result, "json").encode()


def newbuild_xlsx(result: Requirement, texts: NewbuildTexts) -> bytes:
    """Return a workbook of three sheets: table in words, assumptions, method.

    Numbers are number cells; what is unknown is a word; no cell is a formula.

    Raises
    ------
    ExportError
        A text is longer than a cell may be.
    """
    rows = [[_cell(row[name], name, row, texts) for name in texts.columns] for row in table_rows(result)]
    table, assumed, method = texts.sheets
    return write_xlsx(
        [
            Sheet(table, list(texts.columns.values()), rows, _WIDTHS),
            Sheet(assumed, list(texts.assumption_head), [list(row) for row in texts.assumptions], _ASSUMPTION_WIDTHS),
            Sheet(method, list(texts.method_head), [list(line) for line in texts.method], _METHOD_WIDTHS),
        ]
    )


def site_text(geometry: Any) -> str:
    """Return a point or polygon in EPSG:25832 as GeoJSON in degrees, coordinates rounded to about 10 cm."""
    import geopandas as gpd

    degrees = to_lonlat(gpd.GeoSeries([geometry], crs=METRIC_CRS)).iloc[0]
    text: str = shapely.to_geojson(shapely.orient_polygons(shapely.set_precision(degrees, _STEPS)))
    return text


_SILENT: Final = frozenset({"year", "known", "standard_id", "own_value"})
"""Columns in which an empty cell says that there is nothing to say."""
_NO_YEAR: Final = frozenset({"first_short", "not_before"})
"""Parts in which an empty value is no unknown number: within the years there is none, or nobody knows."""


def _cell(value: Any, column: str, row: Mapping[str, Any], texts: NewbuildTexts) -> str | float | int | None:
    if isinstance(value, bool):
        return texts.yes if value else texts.no
    if value is None:
        if column in _SILENT:
            return None
        sure = row["known"] in {"own", "all", "none"}
        return None if row["part"] in _NO_YEAR and (sure or row["part"] == "not_before") else texts.unknown
    found: str | float | int = texts.words.get(column, {}).get(value, value) if isinstance(value, str) else value
    return found
