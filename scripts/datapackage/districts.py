"""Stadtteile and Stadtbezirke: simplified as one coverage, so that borders stay common."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import LONLAT_CRS, METRIC_CRS
from scripts.datapackage.areas import Gazetteer
from scripts.datapackage.raw import RawDataError, read_json
from scripts.datapackage.writing import number_text

if TYPE_CHECKING:
    from pathlib import Path

RAW_FILE = "stadtteile.geojson"
TOLERANCE_M = 7.0
"""Tolerance of the simplification (square root of the triangle area that may vanish), metres."""
DECIMALS = 5
"""Decimals of a degree in the files: about 1.1 m in latitude, 0.7 m in longitude."""
MAX_AREA_CHANGE = 0.001
EXPECTED_DISTRICTS, EXPECTED_BOROUGHS = 51, 13


@dataclass(frozen=True)
class Districts:
    """The areas of the city.

    original: polygons as surveyed, EPSG:25832, columns district_id, name, borough_id, borough, area_m2.
    simplified: the same rows in EPSG:4326 as they are shipped. boroughs: borough_id, name, area_m2 and
    the union of the simplified polygons. gazetteer: their names.
    """

    original: gpd.GeoDataFrame
    simplified: gpd.GeoDataFrame
    boroughs: gpd.GeoDataFrame
    gazetteer: Gazetteer

    @property
    def metric(self) -> gpd.GeoDataFrame:
        """The shipped polygons in EPSG:25832: what points are assigned with."""
        return self.simplified.to_crs(METRIC_CRS)


def build_districts(raw: Path) -> Districts:
    """Return the areas of the city; RawDataError if the polygons are no valid coverage."""
    original = _original(raw)
    simplified = _simplified(original)
    boroughs = _boroughs(simplified)
    return Districts(original, simplified, boroughs, _gazetteer(original))


def _original(raw: Path) -> gpd.GeoDataFrame:
    rows, shapes = [], []
    for position, feature in enumerate(_features(raw), start=1):
        properties = feature.get("properties") or {}
        missing = {"nr", "name", "bezirk_nr", "bezirk"} - set(properties)
        if missing:
            raise RawDataError(f"Raw file {RAW_FILE!r}, feature {position}: lacks {sorted(missing)}.")
        rows.append(_row(properties))
        shapes.append(shapely.from_geojson(json.dumps(feature.get("geometry"))))
    frame = gpd.GeoDataFrame(rows, geometry=shapes, crs=LONLAT_CRS).sort_values("district_id")
    _require_coverage(frame)
    frame = frame.to_crs(METRIC_CRS).reset_index(drop=True)
    frame["area_m2"] = frame.geometry.area
    return frame


def _features(raw: Path) -> list[dict[str, Any]]:
    features = read_json(raw, RAW_FILE).get("features")
    if not isinstance(features, list) or not features:
        raise RawDataError(f"Raw file {RAW_FILE!r} has no features. Restore it.")
    return features


def _row(properties: dict[str, Any]) -> dict[str, object]:
    try:
        numbers = {"district_id": int(properties["nr"]), "borough_id": int(properties["bezirk_nr"])}
    except ValueError as error:
        raise RawDataError(f"Raw file {RAW_FILE!r}: {error} ({properties['name']!r}).") from error
    return numbers | {"name": properties["name"], "borough": properties["bezirk"]}


def _require_coverage(frame: gpd.GeoDataFrame) -> None:
    counts = (len(frame), frame["district_id"].nunique(), frame["name"].nunique())
    if counts != (EXPECTED_DISTRICTS,) * 3 or frame["borough_id"].nunique() != EXPECTED_BOROUGHS:
        raise RawDataError(
            f"Raw file {RAW_FILE!r}: {counts[0]} areas with {counts[1]} numbers and {counts[2]} names in "
            f"{frame['borough_id'].nunique()} Stadtbezirke; 51 in 13 are needed. Restore the file."
        )
    broken = frame.loc[~frame.geometry.is_valid, "name"].tolist()
    if broken or not shapely.coverage_is_valid(frame.geometry.to_numpy()):
        raise RawDataError(
            f"Raw file {RAW_FILE!r}: polygons overlap, leave gaps or cross themselves {broken}. Restore it."
        )


def _simplified(original: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    shapes = shapely.coverage_simplify(original.geometry.to_numpy(), tolerance=TOLERANCE_M)
    lonlat = gpd.GeoSeries(shapes, crs=METRIC_CRS).to_crs(LONLAT_CRS).to_numpy()
    # All vertices go to one grid: common vertices of neighbours stay common.
    rounded = shapely.transform(lonlat, lambda xy: np.round(xy, DECIMALS))
    rounded = shapely.orient_polygons(shapely.normalize(shapely.remove_repeated_points(rounded)))
    frame = original.set_geometry(gpd.GeoSeries(rounded, crs=LONLAT_CRS), crs=LONLAT_CRS)
    _require_true_to_original(original, frame)
    return frame


def _require_true_to_original(original: gpd.GeoDataFrame, frame: gpd.GeoDataFrame) -> None:
    metric = frame.to_crs(METRIC_CRS)
    change = (metric.geometry.area / original.geometry.area - 1).abs()
    holes = [int(shapely.get_num_interior_rings(shape)) for shape in _parts(_union(metric))]
    valid = shapely.coverage_is_valid(frame.geometry.to_numpy()) and bool(frame.geometry.is_valid.all())
    if not valid or change.max() > MAX_AREA_CHANGE or sum(holes) != _hole_count(original):
        raise RawDataError(
            f"Simplified polygons are not true to {RAW_FILE!r}: coverage valid {valid}, largest change of "
            f"an area {change.max():.4%}, enclaves {sum(holes)}. Lower TOLERANCE_M."
        )


def _union(frame: gpd.GeoDataFrame) -> Any:
    return shapely.coverage_union_all(frame.geometry.to_numpy())


def _parts(shape: Any) -> Any:
    return shapely.get_parts(shape)


def _hole_count(frame: gpd.GeoDataFrame) -> int:
    return int(sum(shapely.get_num_interior_rings(part) for part in _parts(_union(frame))))


def _boroughs(simplified: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    rows, shapes = [], []
    for (number, name), group in simplified.groupby(["borough_id", "borough"], sort=True):
        rows.append({"borough_id": number, "name": name, "area_m2": float(group["area_m2"].sum())})
        union = shapely.coverage_union_all(group.geometry.to_numpy())
        shapes.append(shapely.orient_polygons(shapely.normalize(union)))
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=LONLAT_CRS)


def _gazetteer(frame: gpd.GeoDataFrame) -> Gazetteer:
    ids = [int(number) for number in frame["district_id"]]
    boroughs = [int(number) for number in frame["borough_id"]]
    return Gazetteer(
        districts=dict(zip(frame["name"], ids, strict=True)),
        boroughs=dict(zip(frame["borough"], boroughs, strict=True)),
        borough_of=dict(zip(ids, boroughs, strict=True)),
    )


def geojson_bytes(frame: gpd.GeoDataFrame, columns: list[str]) -> bytes:
    """Return a frame in EPSG:4326 as GeoJSON (RFC 7946): one line per feature, LF, no crs member."""
    lines = []
    for _, row in frame.iterrows():
        properties = {column: _plain(row[column]) for column in columns}
        feature = {"type": "Feature", "properties": properties, "geometry": _geometry(row["geometry"])}
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    head = '{"type":"FeatureCollection","features":[\n'
    return (head + ",\n".join(lines) + "\n]}\n").encode("utf-8")


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return int(number_text(value, 0))
    return value if isinstance(value, str) else int(value)


def _geometry(shape: Any) -> dict[str, Any]:
    mapping: dict[str, Any] = json.loads(shapely.to_geojson(shape))
    return {"type": mapping["type"], "coordinates": _rounded(mapping["coordinates"])}


def _rounded(value: Any) -> Any:
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return round(value, DECIMALS)
