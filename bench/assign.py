"""Assigning 50,000 points to the 51 districts, exactly once each, against geopandas.sjoin."""

import geopandas as gpd
import numpy as np
import pandas as pd

from bench.compare import Comparison, compare
from geo.assign import assign_district
from geo.sources import open_package, read
from scripts.serve import ROOT

POINTS = 50_000


def run() -> list[Comparison]:
    """Assign points all over the city and around it."""
    districts = read(open_package(ROOT / "data"), "districts")
    west, south, east, north = districts.total_bounds
    random = np.random.default_rng(0)
    spots = gpd.points_from_xy(random.uniform(west, east, POINTS), random.uniform(south, north, POINTS))
    points = gpd.GeoDataFrame(geometry=spots, crs=districts.crs)
    return [
        compare(
            f"{POINTS:,} points in {len(districts)} districts",
            lambda: assign_district(points, districts),
            lambda: joined(points, districts),
            against="geopandas.sjoin",
            limit=2.0,
            same=lambda ours, theirs: ours.equals(theirs),
        )
    ]


def joined(points: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> "pd.Series[int]":
    """Return the district of each point by a spatial join, in the form of our own answer."""
    found = gpd.sjoin(points, districts[["district_id", "geometry"]], predicate="intersects")
    return found.groupby(level=0)["district_id"].min().reindex(points.index).astype("Int64")
