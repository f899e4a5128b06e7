"""A gap analysis to take away as table: CSV, XLSX with a sheet of method and sources, GeoJSON, GeoPackage."""

from __future__ import annotations

import json
import math
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import shapely

from exchange.xlsx_write import Sheet, write_xlsx
from geo.crs import METRIC_CRS, require_metric, to_lonlat
from geo.errors import ParameterError
from geo.gap_output import table_rows, table_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from geo.gaps import GapResult
    from geo.levels import LevelName

AREA_COLUMNS: Final = {"district": "district_id", "borough": "borough_id"}
LAYER: Final = "gaps"
METHOD_LAYER: Final = "method"
CELL_LAYER: Final = "cells"
_STEPS: Final = 1e-5  # degrees, about 1 m
_WIDTHS: Final = (44, 110)

Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class TableTexts:
    """Words of a table in the reader's language.

    Attributes
    ----------
    table_sheet, method_sheet
        Names of the sheets (at most 31 signs).
    columns
        Column of the gap table → heading; only these columns are written, in this order.
    words
        Column → value → words, for columns that hold codes.
    unknown, no_way
        Words for an unknown value, and for a place that cannot be reached on foot.
    yes, no
        Words for true and false.
    method
        Heading and text of each line of the second sheet: who, which standard, how measured, sources, versions.
    method_heading
        The two headings of the second sheet.
    """

    table_sheet: str
    method_sheet: str
    columns: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    unknown: str
    no_way: str
    yes: str
    no: str
    method: Sequence[tuple[str, str]]
    method_heading: tuple[str, str]


def gap_csv(result: GapResult, level: LevelName) -> bytes:
    """Return the table of `geo.gap_output.table_text`: the bytes that a gap passport rebuilds."""
    return table_text([result], level, "csv").encode()


def gap_xlsx(result: GapResult, level: LevelName, texts: TableTexts) -> bytes:
    """Return a workbook of two sheets: the table in words, and how it was made.

    Numbers are number cells; what is unknown is a word; no cell is a formula.

    Raises
    ------
    ExportError
        A text is longer than a cell may be.
    """
    rows = [[_cell(row[name], name, texts) for name in texts.columns] for row in table_rows(result, level)]
    widths = [max(10, min(30, len(heading) + 3)) for heading in texts.columns.values()]
    return write_xlsx(
        [
            Sheet(texts.table_sheet, list(texts.columns.values()), rows, widths),
            Sheet(texts.method_sheet, list(texts.method_heading), [list(line) for line in texts.method], _WIDTHS),
        ]
    )


def _cell(value: Any, column: str, texts: TableTexts) -> str | float | int:
    if value is None:
        return texts.unknown
    if value == "inf":
        return texts.no_way
    if isinstance(value, bool):
        return texts.yes if value else texts.no
    found: str | float | int = texts.words.get(column, {}).get(value, value) if isinstance(value, str) else value
    return found


def gap_geojson(result: GapResult, level: LevelName, areas: gpd.GeoDataFrame) -> bytes:
    """Return the table as GeoJSON (RFC 7946: degrees, WGS 84), unknown values as null.

    Parameters
    ----------
    result, level
        The analysis; of the city the areas are put together.
    areas
        Polygons of the level in EPSG:25832 with ``district_id`` or ``borough_id``; for the city any of both.

    Raises
    ------
    CrsError
        Not in EPSG:25832.
    ParameterError
        An area of the table has no polygon.
    """
    require_metric(areas, name="areas")
    shapes = _shapes(level, areas)
    degrees = dict(zip(shapes, to_lonlat(_series(list(shapes.values()))), strict=True))
    features = []
    for row in table_rows(result, level):
        rounded = shapely.set_precision(degrees[_known(row["area_id"], degrees)], _STEPS)
        geometry = json.loads(shapely.to_geojson(shapely.orient_polygons(rounded)))
        features.append({"type": "Feature", "id": row["area_id"], "properties": row, "geometry": geometry})
    head = {"type": "FeatureCollection", "data_version": result.data_version, "data_hash": result.data_hash}
    text = json.dumps(head | {"features": features}, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode() + b"\n"


def gap_gpkg(result: GapResult, level: LevelName, areas: gpd.GeoDataFrame, texts: TableTexts) -> bytes:
    """Return the table as GeoPackage in EPSG:25832: layers ``gaps`` and ``cells`` (centres) and a table ``method``.

    Unknown numbers are NULL, a place that cannot be reached is infinitely far. Parameters and errors as
    `gap_geojson`.
    """
    import geopandas as gpd
    import pandas as pd
    import pyogrio

    require_metric(areas, name="areas")
    shapes = _shapes(level, areas)
    rows = table_rows(result, level)
    plain = [{name: math.inf if value == "inf" else value for name, value in row.items()} for row in rows]
    frame = pd.DataFrame(plain)
    nowhere = [name for name in result.areas.select_dtypes("number").columns if frame[name].isna().all()]
    frame = frame.astype(dict.fromkeys(nowhere, "float64"))  # unknown everywhere, and still a number
    geometry = [shapes[_known(row["area_id"], shapes)] for row in rows]
    placed = gpd.GeoDataFrame(frame, geometry=geometry, crs=METRIC_CRS)
    method = pd.DataFrame(list(texts.method), columns=["name", "text"])
    with tempfile.TemporaryDirectory(prefix="qk-gaps-") as folder:
        path = Path(folder) / "gaps.gpkg"
        pyogrio.write_dataframe(placed, path, layer=LAYER, driver="GPKG", promote_to_multi=True)
        pyogrio.write_dataframe(_cells(result), path, layer=CELL_LAYER, driver="GPKG", append=True)
        pyogrio.write_dataframe(method, path, layer=METHOD_LAYER, driver="GPKG", append=True)
        return path.read_bytes()


def _cells(result: GapResult) -> gpd.GeoDataFrame:
    """Return the population cells as points with what each reaches; secret and unknown numbers stay empty."""
    import geopandas as gpd

    cells = result.cells.assign(kind=result.kind)
    points = gpd.points_from_xy(cells["x"], cells["y"], crs=METRIC_CRS)
    return gpd.GeoDataFrame(cells.drop(columns=["x", "y"]), geometry=points)


def _shapes(level: LevelName, areas: gpd.GeoDataFrame) -> dict[int, Any]:
    """Return the polygon of each area id."""
    if level == "city":
        return {0: shapely.union_all(areas.geometry.to_numpy())}
    return dict(zip(areas[AREA_COLUMNS[level]].astype(int), areas.geometry, strict=True))


def _series(geometries: list[Any]) -> gpd.GeoSeries:
    import geopandas as gpd

    return gpd.GeoSeries(geometries, crs=METRIC_CRS)


def _known(area: int, shapes: Mapping[int, Any]) -> int:
    if area not in shapes:
        raise ParameterError(
            "parameter.unknown_value", name="area_id", value=area, allowed=", ".join(map(str, sorted(shapes)))
        )
    return area
