"""The census tables of 2011: 100 m cells with groups of people, 1 km squares with totals and shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.assign import assign_district
from geo.crs import METRIC_CRS
from scripts.datapackage.raw import RawDataError, number, read_table, required_number

if TYPE_CHECKING:
    from pathlib import Path

CELLS_FILE, SQUARES_FILE = "zensus2011_100m.csv", "zensus2011_1km.csv"
CENSUS_CRS = "EPSG:3035"

COUNTS = {
    "dwellings": "wohnungen",
    "under_10": "unter_10",
    "age_80_plus": "ab_80",
    "foreigners": "auslaender",
    "multiple_citizenships": "mehrere_staatsang",
    "citizenship_turkey": "sta_tuerkei",
    "citizenship_poland": "sta_polen",
    "citizenship_russia": "sta_russland",
    "citizenship_ukraine": "sta_ukraine",
    "citizenship_romania": "sta_rumaenien",
    "citizenship_italy": "sta_italien",
    "citizenship_greece": "sta_griechenland",
    "citizenship_croatia": "sta_kroatien",
    "citizenship_bosnia_herzegovina": "sta_bosnien_herzegowina",
    "citizenship_kazakhstan": "sta_kasachstan",
    "citizenship_netherlands": "sta_niederlande",
    "citizenship_austria": "sta_oesterreich",
    "citizenship_other": "sta_sonstige",
    "born_eu27": "geb_eu27",
    "born_other_europe": "geb_sonst_europa",
    "born_other_world": "geb_sonst_welt",
    "households_seniors_only": "hh_nur_senioren",
    "households_seniors_and_younger": "hh_senioren_und_juengere",
    "households_single_parent": "hh_alleinerziehend",
    "families_single_parent_under_18": "fam_alleinerziehend_kind_u18",
    "families_couple_under_18": "fam_paar_kind_u18",
    "widowed": "verwitwet",
    "dwellings_municipal": "whg_kommunal",
    "dwellings_cooperative": "whg_genossenschaft",
    "dwellings_vacant": "whg_leer",
}
"""Column of the package → column of the raw table. Empty stays empty: kept secret, 0 to 2."""

_SQUARE_COLUMNS = {"population": "einwohner", "under_18_pct": "unter18_pct", "age_65_plus_pct": "ab65_pct"}


def read_cells(raw: Path, districts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return all 100 m cells of city and surroundings.

    Columns: cell_id, square (key of the 1 km square), district_id (Int64, NA = outside the city),
    floor_area_m2, the columns of `COUNTS` (NaN = kept secret: 0 to 2); geometry = centre, EPSG:25832.
    """
    rows = read_table(raw, CELLS_FILE, ["x", "y", "wohnflaeche_m2", *COUNTS.values()])
    table = pd.DataFrame(
        {
            "easting": [required_number(row, "x", name=CELLS_FILE) for row in rows],
            "northing": [required_number(row, "y", name=CELLS_FILE) for row in rows],
            "floor_area_m2": [_count(row, "wohnflaeche_m2", CELLS_FILE) for row in rows],
        }
        | {new: [_count(row, old, CELLS_FILE) for row in rows] for new, old in COUNTS.items()}
    )
    corner = (table[["easting", "northing"]] - 50).astype(int)
    table["cell_id"] = [f"CRS3035RES100mN{n}E{e}" for e, n in corner.itertuples(index=False)]
    if table["cell_id"].duplicated().any():
        twice = table.loc[table["cell_id"].duplicated(), "cell_id"].iloc[0]
        raise RawDataError(f"Raw file {CELLS_FILE!r}: cell {twice} appears twice. Keep one row.")
    table["square"] = _square_keys(table["easting"], table["northing"])
    points = gpd.GeoSeries(gpd.points_from_xy(table["easting"], table["northing"]), crs=CENSUS_CRS)
    cells = gpd.GeoDataFrame(table, geometry=points.to_crs(METRIC_CRS))
    cells["district_id"] = assign_district(cells, districts)
    return cells


def _count(row: dict[str, str], column: str, name: str) -> float:
    value = number(row, column, name=name)
    if value is not None and value <= 0:
        raise RawDataError(
            f"Raw file {name!r}, column {column!r}: {value:g} in cell x={row['x']}, y={row['y']}. The census "
            "publishes no values below 3: leave what is secret empty."
        )
    return float("nan") if value is None else value


def read_squares(raw: Path) -> pd.DataFrame:
    """Return the 1 km squares, index = square key.

    Columns: population (people, NaN where not published: codes -1 and -9), under_18_share and
    age_65_plus_share (0 to 1, NaN where not published; a share of 0 counts as not published, because
    the source writes 0 for both).
    """
    rows = read_table(raw, SQUARES_FILE, ["x", "y", *_SQUARE_COLUMNS.values()])
    values = {
        new: np.array([required_number(row, old, name=SQUARES_FILE) for row in rows])
        for new, old in _SQUARE_COLUMNS.items()
    }
    known = {name: np.where(column > 0, column, np.nan) for name, column in values.items()}
    x = pd.Series([required_number(row, "x", name=SQUARES_FILE) for row in rows])
    y = pd.Series([required_number(row, "y", name=SQUARES_FILE) for row in rows])
    table = pd.DataFrame(
        {
            "population": known["population"],
            "under_18_share": known["under_18_pct"] / 100,
            "age_65_plus_share": known["age_65_plus_pct"] / 100,
        }
    )
    return table.set_index(_square_keys(x, y).rename("square")).sort_index()


def _square_keys(x: pd.Series[float], y: pd.Series[float]) -> pd.Series[str]:
    east, north = (x // 1000).astype(int), (y // 1000).astype(int)
    return "N" + north.astype(str) + "E" + east.astype(str)


def neighbours(square: str) -> list[str]:
    """Return the keys of the eight squares around a square."""
    north, east = (int(part) for part in square[1:].split("E"))
    steps = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0)]
    return [f"N{north + i}E{east + j}" for i, j in steps]
