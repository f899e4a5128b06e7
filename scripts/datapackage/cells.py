"""The resource population_cells: census groups and estimates of the cells in the city."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scripts.datapackage.ages import AGE_65_PLUS, UNDER_18, age_group_2011, scaled_to_share
from scripts.datapackage.census import COUNTS, read_cells, read_squares
from scripts.datapackage.population import population_2011, population_2024
from scripts.datapackage.raw import RawDataError, read_table, required_number

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

CITY_FILE = "city_totals.csv"


@dataclass(frozen=True)
class CellModel:
    """Everything the estimate is made of, kept for the report of its error.

    cells: all cells of city and surroundings with people_2011, under_18_2011, age_65_plus_2011 and
    the shipped estimates population, under_18, age_65_plus (NaN outside the city).
    squares: the 1 km squares.
    """

    cells: gpd.GeoDataFrame
    squares: pd.DataFrame

    @property
    def city(self) -> gpd.GeoDataFrame:
        """The cells whose centre lies in the city."""
        return self.cells[self.cells["district_id"].notna()]


def build_cells(raw: Path, districts: gpd.GeoDataFrame) -> CellModel:
    """Return the estimate for every cell; `districts` are the shipped polygons in EPSG:25832."""
    cells, squares = read_cells(raw, districts), read_squares(raw)
    cells["people_2011"] = population_2011(cells, squares)
    cells["population"] = population_2024(cells["people_2011"], cells["district_id"], raw)
    growth = (cells["population"] / cells["people_2011"]).fillna(0.0)
    for name, group in (("under_18", UNDER_18), ("age_65_plus", AGE_65_PLUS)):
        people, quality = age_group_2011(cells, cells["people_2011"], squares, group)
        cells[f"{name}_2011"], cells[f"{name}_quality"] = people, quality
        cells[name] = (people * growth).where(cells["district_id"].notna())
    cells["under_18"] = scaled_to_share(cells["under_18"], cells["population"], city_share_under_18(raw))
    return CellModel(cells, squares)


def city_share_under_18(raw: Path) -> float:
    """Return the city's share of people under 18 (0 to 1)."""
    rows = read_table(raw, CITY_FILE, ["indicator", "value", "unit", "ref_date", "source_url"])
    found = [row for row in rows if row["indicator"] == "under 18" and row["unit"] == "%"]
    if len(found) != 1:
        raise RawDataError(f"Raw file {CITY_FILE!r}: {len(found)} rows 'under 18' in %; one is needed.")
    return required_number(found[0], "value", name=CITY_FILE) / 100


def cell_rows(model: CellModel) -> list[dict[str, object]]:
    """Return the rows of the resource population_cells."""
    columns = ["cell_id", "population", "under_18", "under_18_quality", "age_65_plus",
               "age_65_plus_quality", "floor_area_m2"]  # fmt: skip
    rows = []
    for cell in model.city.to_dict("records"):
        row = {column: cell[column] for column in columns}
        row |= {"x": float(cell["geometry"].x), "y": float(cell["geometry"].y)}
        row |= {"district_id": int(cell["district_id"])}
        row |= {column: _whole(cell[column]) for column in COUNTS}
        rows.append(row)
    return rows


def _whole(value: float) -> int | None:
    return int(value) if value == value else None  # noqa: PLR0124 - NaN is not itself
