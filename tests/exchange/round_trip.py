"""Helpers of the round trips: random content, reading without a child process, a plan as content."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import strategies as st

from exchange import child, sandbox
from exchange.cells import PERSON, SHEET_ERROR
from exchange.content import HANDED_ON, Content
from exchange.limits import DEFAULT_LIMITS
from exchange.session import ImportSession
from store.resources import resources
from tests.factories import uid

ENDINGS = {
    "csv": ".csv",
    "xlsx": ".xlsx",
    "geojson": ".geojson",
    "gpkg": ".gpkg",
    "hsds-json": ".json",
    "hsds-package": ".zip",
}
EMPTY = Content({}, {})

_ALPHABET = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zs", "Zl", "Zp", "Mn"])
_WORD = st.text(_ALPHABET | st.sampled_from("=+-@'\"<>&{}%;,|`\\$"), min_size=1, max_size=8)


def _normal(text):
    import unicodedata

    return unicodedata.normalize("NFC", text).strip()


TEXT = (
    st.lists(_WORD, min_size=1, max_size=3)
    .map(" ".join)
    .map(_normal)
    .filter(lambda text: text and not SHEET_ERROR.match(text) and not PERSON.match(text))
)
MAYBE = st.none() | TEXT


def read_in_process(data: bytes, kind: str, words) -> ImportSession:
    """Read a file as the child process does, without one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload.bin"
        path.write_bytes(data)
        job = {"filename": "x" + ENDINGS[kind], "encoding": None, "delimiter": None, "whole": False}
        job["limits"] = DEFAULT_LIMITS.as_dict()
        result = child._read(path, job)
    return ImportSession(sandbox._upload(result | {"protection": {}}, "x" + ENDINGS[kind]), words)


def content_of_plan(plan) -> Content:
    """Return what an empty store would hold after the plan, but for what the store derives."""
    tables = {
        name: {row["id"]: dict.fromkeys(resources()[name].fields) | row for row in plan.creates.get(name, ())}
        for name in HANDED_ON
    }
    return Content(tables, {})


def known(content: Content) -> dict:
    """Return all rows with their known fields only, for comparison."""
    return {
        name: {
            _name(name, key, row): {field: value for field, value in row.items() if value is not None and field != "id"}
            for key, row in content.rows(name).items()
        }
        for name in HANDED_ON
    }


def _name(name, key, row):
    """Return an entry's identifier; of inventory statements what they are about: the store has one for each kind and area."""
    return (row["facility_kind"], row["area_level"], row["area_id"]) if name == "inventory_statements" else key


@st.composite
def contents(draw, words):
    """Draw a few places with operators, offers, public contacts, phones and opening hours."""
    tables = {name: {} for name in HANDED_ON}

    def add(resource, key, **values):
        tables[resource][uid(key)] = dict.fromkeys(resources()[resource].fields) | values
        return uid(key)

    operators = [None]
    for name in draw(st.lists(st.sampled_from(["Stadt", "AWO", "Kirche", "Verein ß"]), unique=True)):
        kind = draw(st.sampled_from(["city", "welfare", "church", "unknown"]))
        facts = {"is_actor": False, "needs_check": False, "source": "s"}
        operators.append(add("organizations", f"o {name}", name=name, organization_type=kind, **facts))
    for number in range(draw(st.integers(1, 4))):
        operator = draw(st.sampled_from(operators))
        place = add("locations", f"l {number}", **draw(_places(words)), organization_id=operator)
        if operator:
            ids = {"organization_id": operator, "location_id": place}
            add("organizations_at_location", f"ol {number}", relation="operator", **ids)
        for offer, name in enumerate(draw(st.lists(TEXT, min_size=1, max_size=2, unique_by=str.casefold))):
            values = draw(_offers(words)) | {"name": name, "organization_id": operator}
            values["source_date"] = tables["locations"][place]["source_date"]
            service = add("services", f"s {number} {offer}", **values)
            add("services_at_location", f"sl {number} {offer}", service_id=service, location_id=place)
        if draw(st.booleans()):
            ids = {"organization_id": operator, "location_id": place, "is_public": True}
            email = draw(st.none() | st.just("a@example.org"))
            contact = add("contacts", f"c {number}", title_de=draw(TEXT), email=email, **ids)
            digits = draw(st.none() | st.integers(1000, 10**8))
            if digits:
                text = {"number": f"+49 511 {digits}", "number_text": f"0511 {digits}", "is_public": True}
                add("phones", f"p {number}", contact_id=contact, **text)
        if draw(st.booleans()):
            add("schedules", f"h {number}", location_id=place, text=draw(TEXT))
    return Content(tables, {})


@st.composite
def _places(draw, words):
    placed = draw(st.booleans())
    spot = {"lon": None, "lat": None, "coordinate_quality": "none"}
    if placed:
        from tests.factories import degrees

        lon, lat = degrees(draw(st.floats(0.1, 1.9)), draw(st.floats(0.1, 1.9)))
        spot = {"lon": lon, "lat": lat, "coordinate_quality": draw(st.sampled_from(["exact", "approximate"]))}
        spot["coordinate_error_m"] = draw(st.none() | st.floats(0, 500).map(lambda x: round(x, 2)))
    return spot | {
        "name": draw(TEXT),
        "kind": draw(st.sampled_from(sorted(words.kinds))),
        "street": draw(MAYBE),
        "house_number": draw(st.none() | st.sampled_from(["1", "12 A", "3-5", "007"])),
        "postal_code": draw(st.none() | st.sampled_from(["01067", "30159"])),
        "city": draw(MAYBE),
        "district_id": draw(st.none() | st.sampled_from(sorted(words.districts))),
        "wheelchair": draw(st.sampled_from([None, "yes", "limited", "no"])),
        "wheelchair_note": draw(MAYBE),
        "languages": draw(st.sampled_from([None, "de", "Deutsch;Türkisch"])),
        "description": draw(MAYBE),
        "website": draw(st.sampled_from([None, "https://example.org/ä?x=1&y=(2)"])),
        "note": draw(MAYBE),
        "needs_check": False,
        "source": draw(TEXT),
        "source_licence": draw(MAYBE),
        "source_date": draw(st.sampled_from([None, "2026", "2026-11", "2026-11-22"])),
    }


@st.composite
def _offers(draw, words):
    groups = draw(st.lists(st.sampled_from(sorted(words.groups)), unique=True, max_size=2))
    return {
        "kind": draw(st.sampled_from(sorted(words.kinds))),
        "target_groups": ";".join(groups) or None,
        "target_group_text": draw(MAYBE),
        "description": draw(MAYBE),
        "source": "s",
    }
