"""The rows of the tiny test city (see `tests.factories`): every resource small, valid and easy to reason about."""

from __future__ import annotations

import json
import uuid
from functools import cache
from typing import Any

import shapely

from geo.crs import points_from_xy, to_lonlat

ORIGIN = (549_000.0, 5_802_000.0)
SIDE_M = 1000.0
DISTRICTS = {1: ("Südwest", 0, 0), 2: ("Südost", 1, 0), 3: ("Nordwest", 0, 1), 4: ("Nordost", 1, 1)}
BOROUGHS = {1: "Unten", 2: "Oben"}
SOURCED = {"source": "Testquelle", "source_date": "2024-05"}

Row = dict[str, Any]
Tables = dict[str, list[Row]]


def uid(name: str) -> str:
    """Return the identifier (UUID version 5) of a thing called `name`."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def metres(column: float, row: float) -> tuple[float, float]:
    """Return EPSG:25832 of a spot in kilometres from the south-west corner of the city."""
    return ORIGIN[0] + column * SIDE_M, ORIGIN[1] + row * SIDE_M


def degrees(column: float, row: float) -> tuple[float, float]:
    """Return longitude and latitude of a spot in kilometres from the south-west corner of the city."""
    x, y = metres(column, row)
    point = to_lonlat(points_from_xy([x], [y]))[0]
    return round(point.x, 9), round(point.y, 9)


def square(column: float, row: float, *, width: float = 1, height: float = 1) -> Row:
    """Return a rectangle (kilometres from the south-west corner) as GeoJSON geometry in degrees."""
    corners = [(0, 0), (width, 0), (width, height), (0, height), (0, 0)]
    return {"type": "Polygon", "coordinates": [[degrees(column + x, row + y) for x, y in corners]]}


def place(name: str, kind: str, spot: tuple[float, float] | None, *, district: int | None, **more: Any) -> Row:
    """Return a row of locations; `spot` in kilometres from the south-west corner, None = no coordinate."""
    lon, lat = degrees(*spot) if spot else ("", "")
    quality = "exact" if spot else ("district" if district else "none")
    number = int(uid(name)[:6], 16) % 10_000
    row = {
        "id": uid(name), "name": name, "kind": kind, "lon": lon, "lat": lat, "coordinate_quality": quality,
        "district_id": district, "district_source": "point" if spot else ("stated" if district else ""),
        "needs_check": "false", "source_licence": "facts only", "source_id": f"P{number:04d}",
    }  # fmt: skip
    return row | SOURCED | more


def base_tables() -> Tables:
    """Return fresh rows of every resource of a valid package; empty cells may be left out."""
    return _areas() | _catalogue() | _places() | _actors() | _city() | _network()


@cache
def _squares() -> dict[int, str]:
    return {number: json.dumps(square(column, row)) for number, (_, column, row) in DISTRICTS.items()}


def _areas() -> Tables:
    districts = [
        {
            "district_id": number,
            "name": name,
            "borough_id": row + 1,
            "borough": BOROUGHS[row + 1],
            "area_m2": 1_000_000,
            "geometry": json.loads(_squares()[number]),
        }
        for number, (name, _, row) in DISTRICTS.items()
    ]
    boroughs = [
        {
            "borough_id": number,
            "name": name,
            "area_m2": 2_000_000,
            "geometry": _union([area for area in districts if area["borough_id"] == number]),
        }
        for number, name in BOROUGHS.items()
    ]
    return {"districts": districts, "boroughs": boroughs}


def _union(areas: list[Row]) -> Row:
    joined = shapely.union_all([shapely.from_geojson(json.dumps(area["geometry"])) for area in areas])
    result: Row = json.loads(shapely.to_geojson(joined))
    return result


def _catalogue() -> Tables:
    def kind(slug: str, german: str, english: str, **more: Any) -> Row:
        labels = {"label_de": german, "plural_de": f"{german}n", "label_en": english, "plural_en": f"{english}s"}
        sign = {"group": "meeting", "shape": "hexagon", "letter": german[0], "colour": "#00805d"}
        rest = {"target_group": "everyone", "topics": "ageing", "inventory_state": "partial"}
        return {"kind": slug} | labels | sign | rest | more

    school = {"group": "education", "shape": "square", "colour": "#0072b2", "target_group": "children"}
    return {
        "facility_kinds": [
            kind("primary_school", "Grundschule", "Primary school", inventory_state="complete",
                 standard_id="school_700m", topics="families;ageing", **school),
            kind("senior_meeting", "Seniorentreff", "Senior meeting place", target_group="seniors"),
            kind("library", "Bibliothek", "Library", inventory_state="complete"),
        ],
        "target_groups": [
            {"target_group": "everyone", "label_de": "Alle", "label_en": "Everyone", "population_column": "population"},
            {"target_group": "children", "label_de": "Kinder", "label_en": "Children", "population_column": "under_10"},
            {"target_group": "seniors", "label_de": "Ältere", "label_en": "Older people",
             "population_column": "age_65_plus"},
            {"target_group": "refugees", "label_de": "Geflüchtete", "label_en": "Refugees"},
        ],
        "roles": [
            {"role": "advise", "label_de": "beraten", "label_en": "advise", "is_core": "true"},
            {"role": "network", "label_de": "vernetzen", "label_en": "network", "is_core": "true"},
            {"role": "fund", "label_de": "fördern", "label_en": "fund", "is_core": "false"},
        ],
        "topics": [
            {"topic": "families", "label_de": "Familien", "label_en": "Families", "source": "Testquelle"},
            {"topic": "ageing", "label_de": "Älter werden", "label_en": "Ageing", "source": "Testquelle"},
        ],
        "life_situations": [
            {"situation": "ageing", "label_de": "Ich werde älter", "label_en": "I grow older", "kinds": "senior_meeting",
             "kinds_if_for": "library", "target_groups": "seniors", "topics": "ageing"},
            {"situation": "children", "label_de": "Mein Kind", "label_en": "My child",
             "kinds": "primary_school;library", "target_groups": "children", "topics": "families"},
            {"situation": "advice", "label_de": "Ich brauche Rat", "label_en": "I need advice", "roles": "advise"},
        ],
        "example_steps": [
            {"example_step": "lunch", "topic": "ageing", "title_de": "Mittagstisch", "title_en": "Lunch",
             "text_de": "Essen in Gesellschaft.", "text_en": "A meal in company.", "responsible_role": "network",
             "duration_months": 4, "first_actions_de": "Küche finden|Preis regeln",
             "first_actions_en": "Find a kitchen|Settle the price", "target_groups": "seniors"},
        ],
        "newbuild_assumptions": [
            {"assumption": "walk_m", "group": "reach", "label_de": "Fußweg", "label_en": "Walk", "unit": "m", "low": 800,
             "mid": 800, "high": 800, "minimum": 100, "maximum": 5000, "basis": "own", "source": "Testquelle"},
        ],
        "standards": [
            {"id": "school_700m", "facility": "Grundschule", "facility_kinds": "primary_school", "type": "max_distance",
             "value": 700, "unit": "m", "distance_kind": "walk", "jurisdiction": "Testland", "year": 1996,
             "status": "recommendation", "source_title": "Testrichtwert", "verified": "yes"},
        ],
        "indicator_definitions": [
            {"indicator": "population", "label_de": "Bevölkerung", "label_en": "Population", "unit": "persons",
             "measure": "count", "need_sign": 0},
            {"indicator": "unemployed_share", "label_de": "Arbeitslose", "label_en": "Unemployed", "unit": "%",
             "measure": "rate", "denominator_de": "15 bis 64", "denominator_en": "15 to 64", "need_sign": 1},
        ],
    }  # fmt: skip


def _places() -> Tables:
    locations = [
        place("Schule Süd", "primary_school", (0.5, 0.5), district=1, organization_id=uid("Stadt"), wheelchair="yes",
              street="Südstraße", house_number="1", postal_code="30159", city="Hannover"),
        place("Treff Nord", "senior_meeting", (1.5, 1.5), district=4, organization_id=uid("Verein"),
              coordinate_quality="approximate", coordinate_error_m=100, district_source="approximate_point"),
        place("Bücherei ohne Ort", "library", None, district=2, organization_id=uid("Stadt")),
        place("Verborgene Hilfe", "senior_meeting", None, district=None),
    ]  # fmt: skip
    services = [
        _service("Unterricht", "primary_school", "Stadt", target_groups="children", languages="de;tr"),
        _service("Mittagstisch", "senior_meeting", "Verein", target_groups="seniors;everyone"),
        _service("Lesestunde", "library", "Stadt", target_groups="children"),
        _service("Bücherecke", "library", "Stadt"),
        _service("Krisenhilfe", "senior_meeting", None),
    ]
    pairs = [("Unterricht", "Schule Süd"), ("Bücherecke", "Schule Süd"), ("Mittagstisch", "Treff Nord"),
             ("Lesestunde", "Bücherei ohne Ort"), ("Krisenhilfe", "Verborgene Hilfe")]  # fmt: skip
    return {
        "locations": locations,
        "services": services,
        "services_at_location": [
            {"id": uid(f"{a}@{b}"), "service_id": uid(a), "location_id": uid(b)} for a, b in pairs
        ],
        "schedules": [
            {"id": uid("hours"), "location_id": uid("Treff Nord"), "opening_hours": "Mo 14:00-17:00",
             "text": "montags 14–17 Uhr", "source_date": "2024-05"},
        ],
        "inventory_statements": [
            _statement("primary_school", "complete", 1, 1),
            _statement("library", "complete", 2, 2),
            _statement("senior_meeting", "partial", 2, None),
        ],
    }  # fmt: skip


def _service(name: str, kind: str, operator: str | None, **more: Any) -> Row:
    row = {"id": uid(name), "organization_id": uid(operator) if operator else "", "name": name, "kind": kind}
    return row | SOURCED | more


def _statement(kind: str, state: str, known: int, expected: int | None) -> Row:
    row = {"id": uid(f"inventory {kind}"), "facility_kind": kind, "area_level": "city", "area_id": "stadt"}
    counts = {"state": state, "known_count": known, "expected_count": expected}
    return row | counts | {"reference_date": "2024", "source": "Testquelle"}


def _actors() -> Tables:
    def organization(name: str, kind: str, *, actor: bool, **more: Any) -> Row:
        row = {"id": uid(name), "name": name, "organization_type": kind, "is_actor": str(actor).lower()}
        return row | {"needs_check": "false"} | SOURCED | more

    def at(name: str, location: str, relation: str) -> Row:
        ids = {"organization_id": uid(name), "location_id": uid(location)}
        return {"id": uid(f"{name}/{location}/{relation}"), "relation": relation} | ids

    verein, initiative = {"organization_id": uid("Verein")}, {"organization_id": uid("Initiative")}
    evidence = {"evidence_url": "https://example.org/", "date": "2021", "basis": "stated"}
    return {
        "organizations": [
            organization("Stadt", "city", actor=False),
            organization("Verein", "association", actor=True, target_groups="seniors", website="https://example.org/"),
            organization("Initiative", "initiative", actor=True, needs_check="true"),
        ],
        "organizations_at_location": [
            at("Stadt", "Schule Süd", "operator"),
            at("Verein", "Treff Nord", "operator"),
            at("Verein", "Treff Nord", "actor"),
        ],
        "contacts": [{"id": uid("contact"), "title_de": "Beratung"} | verein],
        "phones": [
            {"id": uid("phone"), "contact_id": uid("contact"), "number": "+49 511 12345",
             "number_text": "(0511) 123 45", "source_date": "2024-05"},
        ],
        "service_areas": [
            {"id": uid("area 1"), "area_level": "borough", "area_id": 2, "area_text": "Oben"} | verein,
            {"id": uid("area 2"), "area_level": "district", "area_id": 1, "area_text": "Südwest"} | initiative,
        ],
        "organization_roles": [
            {"id": uid("role 1"), "role": "advise", "target_groups": "seniors"} | evidence | verein,
            {"id": uid("role 2"), "role": "network"} | evidence | {"date": "2019", "basis": "derived"} | verein,
            {"id": uid("role 3"), "role": "network"} | evidence | initiative,
        ],
        "observations": [
            {"id": uid("observation"), "subject": "role", "subject_value": "advise", "target_group": "seniors",
             "area_level": "district", "area_id": 2, "state": "verified_none", "source": "Testquelle",
             "reference_date": "2024"},
        ],
    }  # fmt: skip


def _city() -> Tables:
    return {
        "committees": [
            {"id": uid("Rat"), "name": "Bezirksrat Unten", "kind": "Bezirksrat", "level": "borough", "borough_ids": "1",
             "district_ids": "1;2", "needs_check": "false"} | SOURCED,
        ],
        "networks": [
            {"id": uid("Netz"), "name": "Netz Nord", "kind": "Arbeitskreis", "district_ids": "3;4"} | SOURCED,
        ],
        "network_members": [
            {"id": uid("member 1"), "network_id": uid("Netz"), "organization_id": uid("Verein"),
             "member_name": "Verein"} | SOURCED,
            {"id": uid("member 2"), "network_id": uid("Netz"), "member_name": "Polizei"} | SOURCED,
        ],
        "instruments": [
            {"id": uid("Fonds"), "name": "Stadtteilfonds", "kind": "fund", "area_level": "district",
             "district_ids": "4", "usable": "yes"} | SOURCED,
        ],
        "indicators": [
            _indicator("district", number, name, "population", value, "persons", "district")
            for (number, (name, _, _)), value in zip(DISTRICTS.items(), (400, 300, 200, 100), strict=True)
        ] + [
            _indicator("borough", 1, "Unten", "unemployed_share", 8.5, "%", "borough"),
            _indicator("city", "stadt", "Stadt", "unemployed_share", 7.0, "%", "city"),
            _indicator("district", 1, "Südwest", "unemployed_share", 8.5, "%", "borough"),
        ],
    }  # fmt: skip


def _indicator(level: str, area: int | str, name: str, code: str, value: float, unit: str, value_level: str) -> Row:
    area_columns = {"area_level": level, "area_id": area, "area_name": name}
    rest = {"reference_date": "2024-12-31", "value_level": value_level, "quality": "official", "source": "Testquelle"}
    return area_columns | {"indicator": code, "value": value, "unit": unit} | rest


def _network() -> Tables:
    """Return stops, and streets on a grid of 500 m; cells in the centre of each quarter square."""
    stops = [("Südstraße", 0.5, 0.4, 1), ("Südstraße", 0.6, 0.4, 1), ("Nordplatz", 1.5, 1.5, 4), ("Umland", 2.5, 1, "")]
    steps = range(5)
    ways = [(x + 5 * y, x + 1 + 5 * y) for x in range(4) for y in steps]
    ways += [(x + 5 * y, x + 5 * (y + 1)) for x in steps for y in range(4)]
    return {
        "population_cells": [_cell(x, y) for y in range(4) for x in range(4)],
        "stops": [
            {"id": 100 + at, "name": name, "modes": "tram;bus", "in_city": "true" if district else "false",
             "district_id": district} | dict(zip(("lon", "lat"), degrees(x, y), strict=True))
            for at, (name, x, y, district) in enumerate(stops)
        ],
        "street_nodes": [
            {"node": x + 5 * y} | dict(zip("xy", metres(x / 2, y / 2), strict=True)) for y in steps for x in steps
        ],
        "street_edges": [{"u": u, "v": v, "length_m": 500} for u, v in ways],
    }  # fmt: skip


def _cell(column: int, row: int) -> Row:
    """Return a cell: 100 people in district 1, 75 in 2, 50 in 3, 25 in 4; children are secret in every second one."""
    x, y = metres(column / 2 + 0.25, row / 2 + 0.25)
    district = 1 + column // 2 + 2 * (row // 2)
    people = 125 - 25 * district
    counts = {"population": people, "under_18": people * 0.2, "age_65_plus": people * 0.2, "dwellings": people // 2}
    quality = {"under_18_quality": "square", "age_65_plus_quality": "square"}
    known = {"under_10": people // 5 if column % 2 else ""}
    cell_id = f"CRS3035RES100mN{3_250_000 + row:07d}E{4_320_000 + column:07d}"
    return {"cell_id": cell_id, "x": x, "y": y, "district_id": district} | counts | quality | known
