"""A complete set of raw tables made in code: 51 square Stadtteile of about 1 km in 13 Stadtbezirke.

One census cell with 100 people in the middle of each Stadtteil, five places, three actors. `write` puts
them into a folder; change `files` before to break something. `strip_tables` empties the reviewed tables
that name rows of the real city.
"""

import csv
import io
import json
import shutil
from pathlib import Path

import geopandas as gpd
import shapely

from scripts.datapackage import census, organizations, tables, targets
from scripts.datapackage.actors import FILE as ACTORS
from scripts.datapackage.indicators_base import _BOROUGH_2019, _LABEL_2019, _LEVELLED, _POPULATION
from scripts.datapackage.places import COLUMNS as PLACE_COLUMNS

NUMBERS = [number for number in range(1, 54) if number not in (23, 46)]
COLUMNS, WIDTH, HEIGHT = 3, 0.015, 0.009
WEST, SOUTH = 9.7, 52.3
EMPTIED = ("actor_places", "actor_merges", "standard_kinds", "place_kinds", "organization_parents")


def name_of(number):
    return f"Teil{number:02d}"


def borough_of(number):
    return NUMBERS.index(number) % 13 + 1


def box_of(number):
    row, column = divmod(NUMBERS.index(number), COLUMNS)
    west, south = round(WEST + column * WIDTH, 5), round(SOUTH + row * HEIGHT, 5)
    return shapely.box(west, south, round(west + WIDTH, 5), round(south + HEIGHT, 5))


def table(columns, rows):
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def files():
    """Return file name → text of every raw table."""
    return {
        "stadtteile.geojson": boundaries(NUMBERS),
        **_census(),
        **_statistics(),
        **_places(),
        **_actors(),
        **_structures(),
        **_transport(),
    }


def boundaries(numbers, shape_of=box_of):
    features = [
        {
            "type": "Feature",
            "properties": {
                "nr": f"{number:02d}",
                "name": name_of(number),
                "bezirk_nr": f"{borough_of(number):02d}",
                "bezirk": f"Bezirk{borough_of(number)}",
            },
            "geometry": json.loads(shapely.to_geojson(shape_of(number))),
        }
        for number in numbers
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def _census():
    centres = gpd.GeoSeries([box_of(number).centroid for number in NUMBERS], crs="EPSG:4326").to_crs("EPSG:3035")
    cells = [(int(p.x // 100) * 100 + 50, int(p.y // 100) * 100 + 50) for p in centres]
    squares = sorted({(x // 1000 * 1000 + 500, y // 1000 * 1000 + 500) for x, y in cells})
    rows = [{"x": x, "y": y, "wohnungen": 40, "wohnflaeche_m2": 3000, "unter_10": 8, "ab_80": 5} for x, y in cells]
    totals = [{"x": x, "y": y, "einwohner": 100, "unter18_pct": 20.0, "ab65_pct": 25.0} for x, y in squares]
    return {
        "zensus2011_100m.csv": table(["x", "y", "wohnflaeche_m2", *census.COUNTS.values()], rows),
        "zensus2011_1km.csv": table(["x", "y", "einwohner", "unter18_pct", "ab65_pct"], totals),
    }


def _statistics():
    base_columns = ["stadtteil_nr", "stadtteil", "stat_unit", "forecast_unit", "area_ha", "area_source"]
    base_columns += ["pop_2022_quality", "pop_2024_quality", *_POPULATION, *_LABEL_2019]
    base_columns += [name + suffix for name in _LEVELLED for suffix in ("", "_level", "_date")]
    base = [
        {
            "stadtteil_nr": number,
            "stadtteil": name_of(number),
            "stat_unit": number,
            "forecast_unit": f"U{number}",
            "pop_2016_01_01": 950,
            "pop_2022_12_31": 1000,
            "pop_2022_quality": "reported",
            "pop_2024_12_31": 1010,
            "pop_2024_quality": "reported_forecast_base",
            "u18_pct": 20.0,
            "u18_pct_level": "stadtteil" if number == 1 else "city",
            "u18_pct_date": "2020-12-31",
        }
        for number in NUMBERS
    ]
    for row in base[:2]:
        row["stat_unit"] = "1/2"
        row["pop_2022_quality"] = "split_of_reported_pair_by_2009_share"
        row["pop_2024_quality"] = "unit_total_split_by_2022_share"
    borough_columns = ["stadtbezirk_nr", "stadtbezirk", "pop_2022_12_31", "pop_2022_quality", "area_ha"]
    borough_columns += ["pop_2024_sum_forecast_units", "pop_2034_forecast", "auslaender_pct", "auslaender_date"]
    borough_columns += ["al_pct_latest", "al_date", "privathaushalte_2022", *_BOROUGH_2019]
    boroughs = [
        {"stadtbezirk_nr": n, "stadtbezirk": f"Bezirk{n}", "pop_2022_12_31": 4000, "pop_2022_quality": "reported",
         "pop_2024_sum_forecast_units": 4040, "pop_2034_forecast": 4100}
        for n in range(1, 14)
    ]  # fmt: skip
    units = [
        {"unit": f"U{n}", "unit_name": name_of(n), "pop_2024": 1010, "pop_2034": 1020, "stadtteile": name_of(n)}
        for n in NUMBERS
    ]
    return {
        "stadtteile_base.csv": table(base_columns, base),
        "stadtbezirke.csv": table(borough_columns, boroughs),
        "prognosebezirke_2024_2034.csv": table(["unit", "unit_name", "pop_2024", "pop_2034", "stadtteile"], units),
        "stadtteil_points.csv": table(
            ["stadtteil_nr", "stadtteil", "indicator", "value", "unit", "ref_date", "source", "note"],
            [{"stadtteil_nr": 1, "stadtteil": name_of(1), "indicator": "65+", "value": 25.5, "unit": "%",
              "ref_date": "2020-12-31", "source": "s"}],
        ),
        "city_totals.csv": table(
            ["indicator", "value", "unit", "ref_date", "source_url"],
            [{"indicator": "under 18", "value": 20.0, "unit": "%", "ref_date": "2020-12-31", "source_url": "s"}],
        ),
    }  # fmt: skip


PLACE = {
    "city": "Hannover", "source": "Quelle", "source_licence": "nur Fakten", "source_date": "2021-07",
}  # fmt: skip


def place_rows():
    inside = box_of(1).centroid
    point = {"lon": round(inside.x, 6), "lat": round(inside.y, 6), "stadtteil_source": "Punkt in Stadtteilpolygon"}
    return [
        PLACE | point | {"id": "P0001", "name": "Schule am Punkt", "category": "Schule", "phone": "0511 168-1234",
                         "description_facts": "Schulformen: Grundschule; Hauptschule; Realschule; Schulnummer 1",
                         "stadtteil": name_of(1), "coordinate_quality": "Kartenpunkt ca. ±30 m"},
        PLACE | {"id": "P0002", "name": "Bücherei", "category": "Stadtbibliothek", "operator": "Träger e.V.",
                 "approx_lon": point["lon"], "approx_lat": point["lat"], "stadtteil": name_of(2),
                 "stadtteil_source": "Quelle nennt Stadtteil", "opening_hours": "Mo+Do 11:00-19:00 (Stand 2021)",
                 "approx_method": f"Haltestelle; Fehler grob 50-400 m [ACHTUNG: liegt in {name_of(1)}, Quelle "
                 f"nennt {name_of(2)}]"},
        PLACE | {"id": "P0003", "name": "Treff", "category": "Nachbarschaftstreff/Gemeinwesenarbeit",
                 "street": "Weg", "target_groups": "Nachbarschaft; Familien", "operator": "Träger"},
        PLACE | {"id": "P0004", "name": "Rat", "category": "Beratungsstelle", "stadtteil": name_of(3),
                 "stadtteil_source": "Quelle nennt Stadtteil"},
        PLACE | {"id": "P0005", "name": "Schutzhaus", "category": "Beratungsstelle", "phone": "0800 7708077"},
    ]  # fmt: skip


def _places():
    return {"places.csv": table(PLACE_COLUMNS, place_rows())}


def _actors():
    columns = ["name", "type", "category", "address", "plz", "stadtteil", "working_area", "phone", "email", "website",
               "target_groups", "topics", "status", "source", "source_date", "note", "origin"]  # fmt: skip
    common = {"status": "aktiv laut Quelle", "source": "Quelle", "source_date": "2021"}
    actors = [
        common | {"name": "Treff", "type": "Verein", "origin": "Übernahme P0003 aus pois/places.csv",
                  "working_area": name_of(1), "note": "prüfen"},
        common | {"name": "Träger e.V. (Geschäftsstelle)", "type": "Verein", "origin": "eigene Recherche",
                  "working_area": f"{name_of(1)}; Bezirk2", "phone": "0511 5555"},
        common | {"name": "Amt", "type": "Stadt", "origin": "eigene Recherche", "working_area": "Gesamtstadt"},
    ]  # fmt: skip
    roles = [
        {"actor": "Treff", "role": "vernetzt", "area": name_of(1), "evidence_url": "u", "date": "2021",
         "basis": "Quelle nennt die Tätigkeit"},
        {"actor": "Amt", "role": "Ansprechstelle", "area": "Gesamtstadt", "evidence_url": "u", "date": "o. D.",
         "basis": "aus der Einrichtungsart abgeleitet"},
    ]  # fmt: skip
    role_columns = ["actor", "role", "target_group", "area", "evidence_url", "date", "basis"]
    return {ACTORS: table(columns, actors), "actor_roles.csv": table(role_columns, roles)}


def _structures():
    committee = [
        "name", "kind", "level", "stadtbezirk", "stadtteile", "tasks", "members_n", "meeting_place",
        "office_address", "office_phone", "office_email", "status", "source", "source_date", "note",
    ]  # fmt: skip
    network = [
        "network", "kind", "area", "member", "member_role", "source", "source_date", "note",
    ]  # fmt: skip
    instrument = [
        "name", "kind", "purpose", "area", "responsible_office", "eligible", "amount", "status", "source",
        "source_date",
    ]  # fmt: skip
    standard = [
        "facility", "target_group", "type", "value", "unit", "distance_kind", "jurisdiction", "year",
        "status", "source_title", "source_url", "verified_in_store",
    ]  # fmt: skip
    return {
        "committees.csv": table(committee, [
            {"name": "Rat 1", "kind": "Beirat", "level": "Stadtbezirk", "stadtbezirk": "Bezirk1",
             "stadtteile": name_of(1), "source": "s", "source_date": "2020 oder später"}]),
        "networks.csv": table(network, [
            {"network": "Netz", "kind": "Netz", "area": name_of(1), "member": member, "source": "s",
             "source_date": "2018/2021"} for member in ("Träger", "Nachbarn")]),
        "instruments.csv": table(instrument, [
            {"name": "Fonds", "kind": "Fonds", "area": "Bezirk1", "status": "laufend", "source": "s",
             "source_date": "2022"}]),
        "planning_standards.csv": table(standard, [
            {"facility": "Spielplatz", "type": "max_distance", "value": "400", "unit": "m", "jurisdiction": "DIN 1 (D)",
             "year": "2020", "status": "Norm", "source_title": "s", "verified_in_store": "yes"}]),
    }  # fmt: skip


def _transport():
    inside = box_of(1).centroid
    stops = [
        {"id": 1, "name": "Halt", "lon": inside.x, "lat": inside.y, "modes": "bus|tram", "in_city": "True"},
        {"id": 2, "name": "Fern", "lon": 9.5, "lat": 52.25, "modes": "suburban|regional", "in_city": "False"},
    ]
    nodes = [{"node": n, "osm_id": n, "x": 550000 + 100 * n, "y": 5800000} for n in range(3)]
    edges = [{"u": 0, "v": 1, "length_m": 110}, {"u": 1, "v": 0, "length_m": 100}, {"u": 1, "v": 2, "length_m": 100}]
    return {
        "oepnv_stops.csv": table(["id", "name", "lon", "lat", "modes", "ifopt", "in_city"], stops),
        "street_nodes.csv": table(["node", "osm_id", "x", "y"], nodes),
        "street_edges.csv": table(["u", "v", "length_m"], edges),
    }


def write(folder, contents):
    """Write raw tables (text) into a folder and return it."""
    folder.mkdir(exist_ok=True)
    for name, text in contents.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def strip_tables(monkeypatch, folder):
    """Let the build use copies of the reviewed tables without the rows about the real city."""
    copy = folder / "tables"
    shutil.copytree(tables.HERE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for name in EMPTIED:
        path = copy / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    path = copy / "facility_kinds.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    path.write_text(table(list(rows[0]), [row | {"standard_id": ""} for row in rows]), encoding="utf-8")
    monkeypatch.setattr(tables, "HERE", Path(copy))
    organizations._operator_table.cache_clear()
    targets._patterns.cache_clear()
