"""A complete tiny data package made in code: a city of 2 × 2 squares of 1 km.

    3 Nordwest │ 4 Nordost      borough 2 "Oben"
    ───────────┼───────────
    1 Südwest  │ 2 Südost       borough 1 "Unten"

The south-west corner is `ORIGIN` in EPSG:25832, which lies inside the real Hannover. Change the rows
before writing to break something::

    tables = base_tables()
    tables["locations"][0]["kind"] = "castle"
    package = open_package(write_package(tmp_path, tables))
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from geo.crs import METRIC_CRS
from tests.factory_rows import (
    DISTRICTS,
    ORIGIN,
    SIDE_M,
    Row,
    Tables,
    base_tables,
    degrees,
    metres,
    place,
    square,
    uid,
)

__all__ = [
    "DISTRICTS",
    "FILES",
    "ORIGIN",
    "SIDE_M",
    "Row",
    "Tables",
    "base_tables",
    "degrees",
    "district_frame",
    "feature_bytes",
    "metres",
    "place",
    "square",
    "table_bytes",
    "uid",
    "write_package",
]

SCHEMAS = Path(__file__).parents[1] / "geo" / "schemas"
FILES = {
    "districts": "stadtteile/stadtteile.geojson",
    "boroughs": "stadtteile/stadtbezirke.geojson",
    "population_cells": "bevoelkerung/zellen.csv",
    "indicators": "indikatoren/indikatoren.csv",
    "indicator_definitions": "katalog/indikatoren.csv",
    "facility_kinds": "katalog/facility_kinds.csv",
    "target_groups": "katalog/target_groups.csv",
    "roles": "katalog/roles.csv",
    "topics": "katalog/topics.csv",
    "life_situations": "katalog/life_situations.csv",
    "example_steps": "katalog/example_steps.csv",
    "newbuild_assumptions": "katalog/newbuild_assumptions.csv",
    "standards": "katalog/standards.csv",
    "organizations": "orte/organizations.csv",
    "locations": "orte/locations.csv",
    "services": "orte/services.csv",
    "services_at_location": "orte/services_at_location.csv",
    "organizations_at_location": "orte/organizations_at_location.csv",
    "contacts": "orte/contacts.csv",
    "phones": "orte/phones.csv",
    "schedules": "orte/schedules.csv",
    "inventory_statements": "orte/inventory_statements.csv",
    "observations": "orte/observations.csv",
    "service_areas": "akteure/service_areas.csv",
    "organization_roles": "akteure/organization_roles.csv",
    "committees": "akteure/committees.csv",
    "networks": "akteure/networks.csv",
    "network_members": "akteure/network_members.csv",
    "instruments": "akteure/instruments.csv",
    "stops": "netz/stops.csv",
    "street_nodes": "netz/street_nodes.csv",
    "street_edges": "netz/street_edges.csv",
}


def district_frame() -> gpd.GeoDataFrame:
    """Return the four districts as `geo.sources.read` gives them, with exact squares in EPSG:25832."""
    corners = [metres(column, row) for _, column, row in DISTRICTS.values()]
    boxes = [shapely.box(x, y, x + SIDE_M, y + SIDE_M) for x, y in corners]
    rows = {"district_id": list(DISTRICTS), "name": [name for name, _, _ in DISTRICTS.values()]}
    return gpd.GeoDataFrame(rows, geometry=boxes, crs=METRIC_CRS)


def write_package(folder: Path, tables: Tables | None = None, **descriptor: Any) -> Path:
    """Write a package into `folder` and return the folder.

    `tables` are the rows of each resource (default: `base_tables`); a resource left out is not
    written. Columns are those of the schema and of the first row.
    """
    tables = base_tables() if tables is None else tables
    resources = []
    for name, rows in tables.items():
        path = folder / FILES[name]
        path.parent.mkdir(parents=True, exist_ok=True)
        content = feature_bytes(rows) if path.suffix == ".geojson" else table_bytes(name, rows)
        path.write_bytes(content)
        resources.append(
            {
                "name": name,
                "path": FILES[name],
                "title": name,
                "format": path.suffix[1:],
                "encoding": "utf-8",
                "sources": [{"title": "Testquelle"}],
                "licenses": [{"name": "CC-BY-4.0"}],
                "referenceDate": "2024-12-31",
                "bytes": len(content),
                "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
            }
        )
    head = {"name": "tiny", "title": "Tiny city", "version": "1.0.0", "created": "2024-12-31", "resources": resources}
    text = json.dumps(head | descriptor, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    return folder


def table_bytes(name: str, rows: list[Row]) -> bytes:
    """Return rows as CSV: the schema's columns, then further ones of the first row; None = empty."""
    columns = [field["name"] for field in json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))["fields"]]
    columns += [column for column in (rows[0] if rows else ()) if column not in columns]
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode("utf-8")


def feature_bytes(rows: list[Row]) -> bytes:
    """Return rows with a ``geometry`` (GeoJSON in degrees) as a feature collection."""
    features = [
        {
            "type": "Feature",
            "properties": {k: v for k, v in row.items() if k != "geometry"},
            "geometry": row["geometry"],
        }
        for row in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode("utf-8")
