"""Boundaries, cells and indicators: the numbers the sources give for checking."""

import json
import math

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import shape

from geo.assign import assign_district
from geo.crs import points_from_xy
from geo.sources import open_package, read

CENSUS_SUMS = {
    "under_10": 43_772,
    "age_80_plus": 27_939,
    "foreigners": 66_367,
    "households_single_parent": 18_756,
    "dwellings_municipal": 14_189,
}


@pytest.fixture(scope="module")
def districts(data):
    return read(open_package(data), "districts")


@pytest.fixture(scope="module")
def cells(data):
    return read(open_package(data), "population_cells")


def _features(data, name):
    return json.loads((data / "stadtteile" / name).read_text(encoding="utf-8"))["features"]


def test_51_stadtteile_and_13_stadtbezirke(data):
    areas, boroughs = _features(data, "stadtteile.geojson"), _features(data, "stadtbezirke.geojson")
    numbers = [feature["properties"]["district_id"] for feature in areas]
    assert numbers == [number for number in range(1, 54) if number not in (23, 46)]
    assert [feature["properties"]["borough_id"] for feature in boroughs] == list(range(1, 14))
    area = sum(feature["properties"]["area_m2"] for feature in areas)
    assert area / 1e6 == pytest.approx(204.30, abs=0.005)


def test_the_files_are_small(data):
    size = sum((data / "stadtteile" / name).stat().st_size for name in ("stadtteile.geojson", "stadtbezirke.geojson"))
    assert size <= 200_000


def test_the_stadtteile_tile_the_city(data, districts):
    for shapes in ([shape(f["geometry"]) for f in _features(data, "stadtteile.geojson")], districts.geometry):
        assert shapely.coverage_is_valid(list(shapes))
    city = shapely.coverage_union_all(districts.geometry.to_numpy())
    assert sum(len(part.interiors) for part in shapely.get_parts(city)) == 2
    measured = districts.geometry.area / districts["area_m2"] - 1
    assert measured.abs().max() < 0.001


def test_stadtbezirke_have_the_borders_of_their_stadtteile(data, districts):
    boroughs = read(open_package(data), "boroughs").set_index("borough_id")
    for number, members in districts.groupby("borough_id"):
        union = shapely.coverage_union_all(members.geometry.to_numpy())
        assert union.symmetric_difference(boroughs.geometry[number]).area < 1.0
        assert members["area_m2"].sum() == pytest.approx(boroughs["area_m2"][number], abs=members.shape[0])


def test_people_sum_to_the_city_and_its_stadtteile(tables, cells):
    assert round(cells["population"].sum()) == 558_051
    modelled = cells.groupby("district_id")["population"].sum()
    stated = {
        int(row["area_id"]): float(row["value"])
        for row in tables["indicators"]
        if (row["area_level"], row["indicator"], row["reference_date"]) == ("district", "population", "2024-12-31")
    }
    assert set(stated) == set(modelled.index)
    assert all(abs(modelled[number] - value) <= 1.5 for number, value in stated.items())


def test_population_of_2022_sums_to_the_published_total(tables):
    values = [
        float(row["value"])
        for row in tables["indicators"]
        if (row["area_level"], row["indicator"], row["reference_date"]) == ("district", "population", "2022-12-31")
    ]
    assert (len(values), sum(values)) == (51, 552_660)


def test_the_forecast_sums_to_the_city(tables):
    rows = [row for row in tables["indicators"] if row["area_level"] == "forecast_unit"]
    sums = {date: sum(float(r["value"]) for r in rows if r["reference_date"] == date) for date in
            ("2024-12-31", "2034-12-31")}  # fmt: skip
    assert sums == {"2024-12-31": 558_051, "2034-12-31": 566_836}


@pytest.mark.parametrize(("column", "total"), CENSUS_SUMS.items())
def test_census_groups_are_the_published_ones(cells, tables, column, total):
    assert cells[column].sum() == total
    rows = [row for row in tables["indicators"] if row["indicator"] == f"census_2011_{column}"]
    assert sum(float(row["value"]) for row in rows) == total
    assert {row["value_level"] for row in rows} == {"estimate"}


def test_secret_census_values_are_empty_never_zero(tables):
    counts = [name for name in tables["population_cells"][0] if name in CENSUS_SUMS or name.startswith("citizenship")]
    for row in tables["population_cells"]:
        assert all(row[name] == "" or int(row[name]) >= 3 for name in counts)
    assert all(any(row[name] == "" for row in tables["population_cells"]) for name in counts)


def test_a_cell_lies_in_its_district(cells, districts):
    found = assign_district(gpd.GeoDataFrame(geometry=cells.geometry), districts)
    assert (found == cells["district_id"]).all()


def test_cell_names_are_their_corners(tables):
    for row in tables["population_cells"][::500]:
        north, east = (int(part) for part in row["cell_id"].removeprefix("CRS3035RES100mN").split("E"))
        centre = gpd.GeoSeries(points_from_xy([float(row["x"])], [float(row["y"])])).to_crs(3035)
        assert math.hypot(centre.x[0] - east - 50, centre.y[0] - north - 50) < 0.2


def test_estimates_of_age_groups_hold_together(cells):
    assert cells["under_18"].sum() / cells["population"].sum() == pytest.approx(0.155, abs=0.0005)
    assert cells["age_65_plus"].sum() / cells["population"].sum() == pytest.approx(0.194, abs=0.005)
    for column in ("under_18", "age_65_plus"):
        assert (cells[column] <= cells["population"] + 0.01).all()
        assert set(cells[f"{column}_quality"].unique()) <= {"square", "neighbours", "none"}
        assert (cells[column].isna() == (cells[f"{column}_quality"] == "none")).all()


def test_only_true_values_of_a_stadtteil_have_its_level(tables):
    rows = [row for row in tables["indicators"] if row["area_level"] == "district"]
    own = {(row["area_id"], row["indicator"]) for row in rows if row["value_level"] == "district"}
    assert ("1", "under_18_share") in own
    assert ("4", "under_18_share") not in own  # Südstadt: the source has the city's value only
    assert ("17", "population") not in own  # Ledeburg: counted together with Nordhafen
    for row in rows:
        if "split" in row["quality"] or "interpolated" in row["quality"]:
            assert row["value_level"] == "estimate"


def test_merged_units_are_rows_of_their_own(tables):
    units = {row["area_id"] for row in tables["indicators"] if row["area_level"] == "stat_unit"}
    assert units == {"17/20", "45/49"}


def test_a_date_that_is_not_stated_is_shown_as_it_is(tables):
    dates = {row["reference_date"] for row in tables["indicators"]}
    assert "2018-12-31 or 2019-12-31" in dates
    assert not any(date.startswith("label") for date in dates)
    assert "" not in dates


def test_indicators_are_defined_and_have_their_unit(tables):
    units = {row["indicator"]: row["unit"] for row in tables["indicator_definitions"]}
    for row in tables["indicators"]:
        assert row["unit"] == units[row["indicator"]]
    assert all(row["denominator_de"] for row in tables["indicator_definitions"] if row["measure"] != "count")


def test_no_value_points_to_the_row_above_for_its_source(tables):
    assert "idem" not in {row["source"] for row in tables["indicators"]}
