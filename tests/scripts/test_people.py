"""People per cell: reasoned numbers on a few cells of one census square."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from scripts.datapackage.ages import UNDER_18, age_group_2011, scaled_to_share
from scripts.datapackage.census import COUNTS, neighbours
from scripts.datapackage.population import district_targets, population_2011, population_2024
from scripts.datapackage.raw import RawDataError
from tests.scripts import raw_city

SQUARE, OTHER, FAR = "N3250E4320", "N3251E4320", "N3299E4399"


def cells(rows):
    """Return cells with only the given counts known."""
    table = pd.DataFrame(rows)
    for column in [*COUNTS, "floor_area_m2"]:
        if column not in table:
            table[column] = np.nan
    table["square"] = table.get("square", pd.Series(SQUARE, index=table.index)).fillna(SQUARE)
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(range(len(table)), range(len(table))), crs=25832)


def squares(people, under_18=None, *, around=None):
    rows = {SQUARE: (people, under_18), OTHER: around or (np.nan, np.nan), FAR: (500, 0.5)}
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=["population", "under_18_share"], dtype="float64"
    ).rename_axis("square")


def test_people_follow_floor_area():
    people = population_2011(cells([{"floor_area_m2": 1000}, {"floor_area_m2": 3000}]), squares(100))
    assert people.tolist() == pytest.approx([25, 75])


def test_published_groups_need_people_where_no_dwelling_is_published():
    found = population_2011(cells([{"floor_area_m2": 4000}, {"age_80_plus": 30, "under_10": 10}]), squares(100))
    assert found.tolist() == pytest.approx([60, 40])


def test_households_need_people():
    found = population_2011(cells([{"floor_area_m2": 4000}, {"families_couple_under_18": 5}]), squares(100))
    assert found.tolist() == pytest.approx([85, 15])


def test_a_square_without_published_people_gives_none():
    assert population_2011(cells([{"floor_area_m2": 1000}]), squares(np.nan)).tolist() == [0]


def test_each_district_is_scaled_to_its_figure(tmp_path):
    raw = raw_city.write(tmp_path / "raw", raw_city.files())
    district = pd.Series([*raw_city.NUMBERS, pd.NA], dtype="Int64")
    found = population_2024(pd.Series([50.0] * 52), district, raw)
    assert found.iloc[:51].tolist() == pytest.approx([1010] * 51)
    assert np.isnan(found.iloc[51])


def test_districts_of_a_unit_sum_to_the_unit(tmp_path):
    files = raw_city.files()
    units = files["prognosebezirke_2024_2034.csv"].splitlines()
    units[1:3] = ["U1,Eins,2021,2030,Teil01|Teil02"]
    files["prognosebezirke_2024_2034.csv"] = "\n".join(units) + "\n"
    files["stadtteile_base.csv"] = files["stadtteile_base.csv"].replace(",U2,", ",U1,")
    targets = district_targets(raw_city.write(tmp_path / "raw", files))
    assert targets[1] == targets[2] == pytest.approx(1010.5)
    assert targets[3] == pytest.approx(1010)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Teil01\n", "Dorf\n", r"unit U1: \['Dorf'\] are not Stadtteile of one unit"),
        ("Teil01\n", "Teil01|Teil02\n", "unit U1"),
        ("U3,Teil03,1010,1020,Teil03\n", "", r"no people for \['Teil03'\]"),
    ],
)
def test_units_must_cover_the_city(tmp_path, old, new, message):
    files = raw_city.files()
    files["prognosebezirke_2024_2034.csv"] = files["prognosebezirke_2024_2034.csv"].replace(old, new)
    with pytest.raises(RawDataError, match=message):
        district_targets(raw_city.write(tmp_path / "raw", files))


def test_a_district_without_people_cannot_be_scaled(tmp_path):
    raw = raw_city.write(tmp_path / "raw", raw_city.files())
    with pytest.raises(RawDataError, match=r"\[53\]"):
        population_2024(pd.Series([50.0] * 50), pd.Series(raw_city.NUMBERS[:-1], dtype="Int64"), raw)


def test_an_age_group_follows_people_and_the_published_group_half_and_half():
    people = pd.Series([60.0, 40.0])
    found, quality = age_group_2011(cells([{"under_10": 9}, {"under_10": 3}]), people, squares(100, 0.2), UNDER_18)
    # weights: 60/100 + 9/12 = 1.35 and 40/100 + 3/12 = 0.65
    assert found.tolist() == pytest.approx([13.5, 6.5])
    assert quality.tolist() == ["square", "square"]


def test_a_secret_group_counts_as_one_never_as_none():
    people = pd.Series([50.0, 50.0])
    found, _ = age_group_2011(cells([{"under_10": 3}, {}]), people, squares(100, 0.2), UNDER_18)
    assert found.tolist() == pytest.approx([20 * (0.5 + 0.75) / 2, 20 * (0.5 + 0.25) / 2])


def test_an_age_group_has_at_least_its_published_part_and_at_most_all_people():
    people = pd.Series([10.0, 90.0])
    found, _ = age_group_2011(cells([{"under_10": 8}, {}]), people, squares(100, 0.1), UNDER_18)
    assert found[0] >= 8
    many, _ = age_group_2011(cells([{"under_10": 8}, {}]), people, squares(100, 0.9), UNDER_18)
    assert many[0] <= 10
    assert many.sum() == pytest.approx(90)


def test_an_unpublished_share_comes_from_the_squares_around():
    people = pd.Series([100.0])
    found, quality = age_group_2011(cells([{}]), people, squares(100, around=(200, 0.3)), UNDER_18)
    assert found.tolist() == pytest.approx([30])
    assert quality.tolist() == ["neighbours"]


def test_without_any_share_nothing_is_estimated():
    found, quality = age_group_2011(cells([{}]), pd.Series([100.0]), squares(100), UNDER_18)
    assert found.isna().all()
    assert quality.tolist() == ["none"]


def test_scaling_to_the_citys_share_leaves_unknown_cells_out():
    found = scaled_to_share(pd.Series([10.0, np.nan, 30.0]), pd.Series([100.0, 500.0, 100.0]), 0.25)
    assert found.tolist()[::2] == pytest.approx([12.5, 37.5])
    assert np.isnan(found[1])


def test_the_eight_squares_around():
    around = neighbours("N10E20")
    assert len(set(around)) == 8
    assert {"N9E19", "N11E21", "N10E21"} <= set(around)
    assert "N10E20" not in around
