"""The measured errors of the estimates: compared with figures that were not used to make them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.assign import assign_district
from geo.crs import METRIC_CRS
from scripts.datapackage.cells import city_share_under_18
from scripts.datapackage.census import CENSUS_CRS
from scripts.datapackage.population import district_targets
from scripts.datapackage.raw import number, read_table

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.datapackage.cells import CellModel
    from scripts.datapackage.districts import Districts

START, END = "<!-- measured: start -->", "<!-- measured: end -->"
MIN_PEOPLE = 100
"""Squares with fewer people say nothing about a method."""
_SUMS = {
    "under_10": "under 10",
    "age_80_plus": "80 and older",
    "foreigners": "foreigners",
    "households_single_parent": "single-parent households",
    "dwellings_municipal": "municipal dwellings",
}


@dataclass(frozen=True)
class Measure:
    """One measured number with what it says."""

    name: str
    value: str
    key: str = ""
    """Name under which the descriptor quotes the value."""


@dataclass(frozen=True)
class Models:
    """What is measured: the areas and the cells."""

    districts: Districts
    cells: CellModel


def measures(districts: Districts, cells: CellModel, raw: Path) -> list[Measure]:
    """Return all measures of a build; `raw` holds the figures to compare with."""
    build = Models(districts, cells)
    return [*_borders(build), *_people(build), *_districts(build, raw), *_ages(build, raw), *_census(build)]


def block(found: list[Measure]) -> str:
    """Return the measures as the table that stands in docs/data-method.md, with its marks."""
    rows = "\n".join(f"| {measure.name} | {measure.value} |" for measure in found)
    return f"{START}\n| measured | value |\n|---|---|\n{rows}\n{END}"


def with_block(text: str, table: str) -> str:
    """Return a document with its measured table replaced; ValueError if the marks are missing."""
    start, end = text.find(START), text.find(END)
    if start < 0 or end < start:
        raise ValueError(f"the document lacks the marks {START!r} and {END!r}")
    return text[:start] + table + text[end + len(END) :]


def _borders(build: Models) -> list[Measure]:
    metric, original = build.districts.metric, build.districts.original
    city = build.cells.city
    change = (metric.geometry.area / original.geometry.area - 1).abs().max()
    shift = shapely.hausdorff_distance(metric.geometry.to_numpy(), original.geometry.to_numpy()).max()
    before = assign_district(build.cells.cells, original)
    differs = int((before.fillna(0) != build.cells.cells["district_id"].fillna(0)).sum())
    crossing = _crossing(city, metric)
    living = city.loc[crossing, "population"].sum() / city["population"].sum()
    return [
        Measure("largest change of a Stadtteil's area by simplification", f"{change:.3%}", "area_change"),
        Measure("largest shift of a border by simplification", f"{shift:.1f} m", "border_shift"),
        Measure("100 m cells with their centre in the city", f"{len(city):,}"),
        Measure("cells in another Stadtteil than with the unsimplified borders", f"{differs}"),
        Measure(
            "cells crossed by a border (counted whole where their centre lies)",
            f"{crossing.sum():,} ({crossing.mean():.1%} of cells, {living:.1%} of people)",
            "crossing",
        ),
    ]


def _crossing(cells: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> pd.Series[bool]:
    centres = cells.geometry.to_crs(CENSUS_CRS)
    boxes = gpd.GeoSeries(
        shapely.box(centres.x - 50, centres.y - 50, centres.x + 50, centres.y + 50),
        crs=CENSUS_CRS,
        index=cells.index,
    )
    borders = districts.geometry.boundary.union_all()
    shapely.prepare(borders)
    return pd.Series(shapely.intersects(borders, boxes.to_crs(METRIC_CRS).to_numpy()), index=cells.index)


def _people(build: Models) -> list[Measure]:
    cells, squares, city = build.cells.cells, build.cells.squares, build.cells.city
    with_cells = set(cells["square"])
    lost = squares[(squares["population"] > 0) & ~squares.index.isin(with_cells)]
    centres = gpd.GeoSeries([_centre(square) for square in lost.index], index=lost.index, crs=CENSUS_CRS)
    inside = assign_district(centres.to_crs(METRIC_CRS), build.districts.metric).notna()
    unplaced = lost.loc[inside, "population"]
    bare = city["floor_area_m2"].isna()
    error, median = _floor_area_error(cells, squares)
    return [
        Measure("people of 2011 in the cells of the city, before scaling", f"{city['people_2011'].sum():,.0f}"),
        Measure(
            "1 km squares with people, centre in the city, but no 100 m cell (their people cannot be placed)",
            f"{len(unplaced)} squares, {unplaced.sum():,.0f} people",
        ),
        Measure(
            "cells without published floor area",
            f"{bare.sum()}, of them {(bare & (city['people_2011'] > 0)).sum()} with people for their published groups",
        ),
        Measure(
            "floor area alone as a guess of a square's people (squares of 100 and more, one ratio for all)",
            f"weighted error {error:.1%}, median {median:.1%}",
        ),
    ]


def _centre(square: str) -> shapely.Point:
    north, east = (int(part) for part in square[1:].split("E"))
    return shapely.Point(east * 1000 + 500, north * 1000 + 500)


def _floor_area_error(cells: gpd.GeoDataFrame, squares: pd.DataFrame) -> tuple[float, float]:
    floor = cells.groupby("square")["floor_area_m2"].sum()
    table = pd.DataFrame({"floor": floor, "people": squares["population"]}).dropna()
    table = table[(table["people"] >= MIN_PEOPLE) & (table["floor"] > 0)]
    guess = table["floor"] * table["people"].sum() / table["floor"].sum()
    error = (guess - table["people"]).abs()
    return float(error.sum() / table["people"].sum()), float((error / table["people"]).median())


def _districts(build: Models, raw: Path) -> list[Measure]:
    city = build.cells.city
    names = {number_: name for name, number_ in build.districts.gazetteer.districts.items()}
    modelled = city.groupby("district_id")["people_2011"].sum()
    reported = _column(raw, "pop_2016_01_01").dropna()
    guess = modelled[reported.index] * reported.sum() / modelled[reported.index].sum()
    error = (guess / reported - 1).abs()
    factor = (district_targets(raw) / modelled).sort_values()
    low, high = int(factor.index[0]), int(factor.index[-1])
    return [
        Measure(
            f"people per Stadtteil, model of 2011 with one factor, against 1 January 2016 ({len(error)} Stadtteile)",
            f"median error {error.median():.1%}, weighted {(error * reported).sum() / reported.sum():.1%}, "
            f"largest {error.max():.1%} ({names[int(error.idxmax())]})",
            "district_people",
        ),
        Measure(
            "factor from the model of 2011 to 31 December 2024",
            f"median {factor.median():.2f}, from {factor.iloc[0]:.2f} ({names[low]}) "
            f"to {factor.iloc[-1]:.2f} ({names[high]}), next {factor.iloc[-2]:.2f}",
        ),
        Measure("people of 31 December 2024 in all cells", f"{city['population'].sum():,.0f}"),
    ]


def _column(raw: Path, column: str) -> pd.Series[float]:
    rows = read_table(raw, "stadtteile_base.csv", ["stadtteil_nr", column])
    values = {int(row["stadtteil_nr"]): number(row, column, name="stadtteile_base.csv") for row in rows}
    return pd.Series(values, dtype="float64")


def _ages(build: Models, raw: Path) -> list[Measure]:
    city, squares = build.cells.city, build.cells.squares
    people = city.groupby("district_id")["population"].sum()
    young = city.groupby("district_id")["under_18"].sum() / people * 100
    old = city.groupby("district_id")["age_65_plus"].sum() / people * 100
    own = {row["stadtteil_nr"] for row in read_table(raw, "stadtteile_base.csv", ["u18_pct_level"])
           if row["u18_pct_level"] == "stadtteil"}  # fmt: skip
    true_young = _column(raw, "u18_pct")[[int(name) for name in sorted(own, key=int)]]
    share = city_share_under_18(raw) * 100
    plain = (city["square"].map(squares["under_18_share"]) * city["population"]).groupby(city["district_id"]).sum()
    true_old = _points(raw, "65+", "2020-12-31")
    before = city["under_18_2011"].sum() / city["people_2011"].sum()
    return [
        Measure(
            "under 18 in the city, census model of 2011 before scaling", f"{before:.1%} (city 2020: {share:.1f} %)"
        ),
        Measure(
            f"under 18 per Stadtteil against the city's own values of 2018/2019 ({len(true_young)} Stadtteile)",
            _points_text(young, true_young, build),
            "district_under_18",
        ),
        Measure(
            "the same with the plain share of the square / with the city's share everywhere",
            f"{(plain / people * 100 - true_young).abs().mean():.1f} / {(share - true_young).abs().mean():.1f} points",
        ),
        Measure("65 and older in the city (no published value to compare with)", f"{old_share(city):.1%}"),
        Measure(
            f"65 and older per Stadtteil against published values of 2020 ({len(true_old)} Stadtteile)",
            _points_text(old, true_old, build),
            "district_65_plus",
        ),
        Measure(
            "difference of the cells' sums from the published shares of their squares (weighted mean)",
            f"under 18: {_square_difference(build, 'under_18'):.2f} points, "
            f"65+: {_square_difference(build, 'age_65_plus'):.2f} points",
        ),
        Measure(
            "people in cells without a published share of their own square",
            f"under 18: {city.loc[city['under_18_quality'] != 'square', 'population'].sum():.0f}, "
            f"65+: {city.loc[city['age_65_plus_quality'] != 'square', 'population'].sum():.0f}",
        ),
    ]


def old_share(city: gpd.GeoDataFrame) -> float:
    """Return the share (0 to 1) of people of 65 and older in the city."""
    return float(city["age_65_plus"].sum() / city["population"].sum())


def _points(raw: Path, indicator: str, date: str) -> pd.Series[float]:
    rows = read_table(raw, "stadtteil_points.csv", ["stadtteil_nr", "indicator", "value", "ref_date"])
    return pd.Series(
        {
            int(r["stadtteil_nr"]): float(r["value"])
            for r in rows
            if (r["indicator"], r["ref_date"]) == (indicator, date)
        }
    )


def _points_text(guess: pd.Series[float], true: pd.Series[float], build: Models) -> str:
    names = {number_: name for name, number_ in build.districts.gazetteer.districts.items()}
    error = guess[true.index] - true
    worst = int(str(error.abs().idxmax()))
    return (
        f"mean error {error.abs().mean():.1f} points, mean difference {_signed(error.mean())}, "
        f"largest {_signed(error[worst])} ({names[worst]})"
    )


def _signed(value: float) -> str:
    text = f"{value:+.1f}"
    return "0.0" if text in {"+0.0", "-0.0"} else text


def _square_difference(build: Models, group: str) -> float:
    cells, squares = build.cells.cells, build.cells.squares
    own = cells[cells[f"{group}_quality"] == "square"].groupby("square")[[f"{group}_2011", "people_2011"]].sum()
    own = own[own["people_2011"] > 0]
    share = own[f"{group}_2011"] / own["people_2011"]
    difference = (share - squares[f"{group}_share"].reindex(own.index)).abs() * 100
    return float(np.average(difference, weights=own["people_2011"]))


def _census(build: Models) -> list[Measure]:
    city = build.cells.city
    return [
        Measure(
            f"census: {label}, sum of published cells (cells left secret)",
            f"{city[column].sum():,.0f} ({city[column].isna().sum():,})",
        )
        for column, label in _SUMS.items()
    ]
