"""Places and offers: locations joined with all that is known about them, one frame for map and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import pandas as pd

from geo.catalogue import Load, loader
from geo.crs import METRIC_CRS
from geo.joins import Texts, collected, collected_texts, looked_up, mapped_lists, table_or_empty

if TYPE_CHECKING:
    from geo.sources import Package

PLACE_COLUMNS: Final = (
    "id", "name", "kind", "kinds", "organization_id", "operator", "operator_type",
    "street", "house_number", "postal_code", "city", "address",
    "district_id", "district", "borough_id", "borough",
    "target_groups", "target_group_text", "topics", "languages", "wheelchair", "wheelchair_note",
    "opening_hours", "opening_hours_text", "phones", "website", "description",
    "coordinate_quality", "coordinate_error_m", "coordinate_method", "district_source",
    "needs_check", "source", "source_licence", "source_date", "source_id", "note", "geometry",
)  # fmt: skip

_FROM_PLACE: Final = (
    "address", "district_id", "district", "borough_id", "borough", "wheelchair", "opening_hours",
    "opening_hours_text", "phones", "coordinate_quality", "coordinate_error_m", "geometry",
)  # fmt: skip


def places(package: Package, *, load: Load | None = None) -> gpd.GeoDataFrame:
    """Return every location of the package with what is known about it, one row each.

    Parameters
    ----------
    package
        From `geo.sources.open_package`.
    load
        Gives the frames of resources instead of reading the files again.

    Returns
    -------
    geopandas.GeoDataFrame
        `PLACE_COLUMNS`; points in EPSG:25832, None = no coordinate (the row stays). Beside the
        columns of ``locations``: ``kinds`` (the main kind first, then those of its services),
        ``operator`` and ``operator_type``, ``address`` (one line), ``district``, ``borough_id``,
        ``borough``, ``target_groups`` and ``target_group_text`` (of its services), ``topics`` (of its
        kinds), ``opening_hours`` (OSM syntax), ``opening_hours_text``, ``phones`` (of the place, else
        of its operator). Lists are ``;``-joined: see `geo.joins.with_item`. NaN or NA = unknown.

    Raises
    ------
    QuartierError
        ``locations`` is missing or broken. Any other table may be: its columns are unknown then.
    """
    load = load or loader(package)
    located = gpd.GeoDataFrame(load("locations"), copy=False)
    added = _services(load, located) | _operators(load, located) | _areas(load, located) | _contacts(load, located)
    frame = located.assign(address=_address(located), **added)
    return frame[list(PLACE_COLUMNS)]


def offers(package: Package, *, load: Load | None = None) -> gpd.GeoDataFrame:
    """Return every service at every location it is offered at; a service without a location stays.

    Returns
    -------
    geopandas.GeoDataFrame
        ``id`` (unique: of the service at the location, or of the service alone), ``service_id``,
        ``name``, ``kind``, ``organization_id``, ``operator``, ``location_id``, ``location`` (name),
        ``target_groups``, ``target_group_text``, ``topics``, ``languages``, ``description``, ``source``,
        ``source_date``, and from the place ``address``, ``district_id``, ``district``, ``borough_id``,
        ``borough``, ``wheelchair``, ``opening_hours``, ``opening_hours_text``, ``phones``,
        ``coordinate_quality``, ``coordinate_error_m`` and its point (EPSG:25832, None = unknown).

    Raises
    ------
    QuartierError
        ``services`` or ``locations`` is missing or broken.
    """
    load = load or loader(package)
    services = load("services")
    pairs = table_or_empty(load, "services_at_location")
    rows = services.merge(pairs.rename(columns={"id": "pair_id"}), left_on="id", right_on="service_id", how="left")
    frame = pd.DataFrame(
        {
            "id": rows["pair_id"].fillna(rows["id"]),
            "service_id": rows["id"],
            "location_id": rows["location_id"],
            "operator": looked_up(rows["organization_id"], _names(load, "organizations")),
            "topics": mapped_lists(rows["kind"], _topics(load)),
        }
    )
    kept = ["name", "kind", "organization_id", "target_groups", "target_group_text", "languages",
            "description", "source", "source_date"]  # fmt: skip
    return at_places(frame.join(rows[kept]), places(package, load=load))


def at_places(rows: pd.DataFrame, located: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return `rows` with name, address, district, hours, phones and point of the place in ``location_id``.

    Rows without a known place stay: ``coordinate_quality`` is ``none``, the rest is unknown.
    """
    by_id = located.drop_duplicates("id").set_index("id")
    found = by_id[["name", *_FROM_PLACE]].reindex(rows["location_id"]).set_index(rows.index)
    found["coordinate_quality"] = found["coordinate_quality"].fillna("none")
    joined = rows.join(found.rename(columns={"name": "location"}))
    return gpd.GeoDataFrame(joined, geometry="geometry", crs=METRIC_CRS)


def _services(load: Load, located: pd.DataFrame) -> dict[str, Texts]:
    pairs = table_or_empty(load, "services_at_location")
    services = table_or_empty(load, "services").drop_duplicates("id").set_index("id")
    rows = pairs.join(services[["kind", "target_groups", "target_group_text"]], on="service_id")
    own = pd.concat([located["id"], rows["location_id"]])
    kinds = looked_up(located["id"], collected(own, pd.concat([located["kind"], rows["kind"]])))
    of_place = rows["location_id"]
    return {
        "kinds": kinds,
        "target_groups": looked_up(located["id"], collected(of_place, rows["target_groups"])),
        "target_group_text": looked_up(located["id"], collected_texts(of_place, rows["target_group_text"])),
        "topics": mapped_lists(kinds, _topics(load)),
    }


def _operators(load: Load, located: pd.DataFrame) -> dict[str, Texts]:
    return {
        "operator": looked_up(located["organization_id"], _names(load, "organizations")),
        "operator_type": looked_up(located["organization_id"], _names(load, "organizations", "organization_type")),
    }


def _areas(load: Load, located: pd.DataFrame) -> dict[str, Texts]:
    districts = table_or_empty(load, "districts").drop_duplicates("district_id").set_index("district_id")
    numbers = located["district_id"]
    boroughs = dict(districts["borough_id"].items())
    of_place = [boroughs.get(number, pd.NA) if pd.notna(number) else pd.NA for number in numbers]
    return {
        "district": looked_up(numbers, districts["name"]),
        "borough_id": pd.Series(of_place, index=located.index, dtype="Int64"),
        "borough": looked_up(numbers, districts["borough"]),
    }


def _contacts(load: Load, located: pd.DataFrame) -> dict[str, Texts]:
    schedules = table_or_empty(load, "schedules")
    of_place = schedules["location_id"]
    ids = located["id"]
    own = looked_up(ids, phone_lists(load, "location_id"))
    return {
        "opening_hours": looked_up(ids, collected_texts(of_place, schedules["opening_hours"])),
        "opening_hours_text": looked_up(ids, collected_texts(of_place, schedules["text"])),
        "phones": own.fillna(looked_up(located["organization_id"], phone_lists(load, "organization_id"))),
    }


def phone_lists(load: Load, of: str) -> Texts:
    """Return the numbers of each place (`of` = ``location_id``) or organization (``organization_id``).

    A number of one place is not one of the whole organization.
    """
    contacts = table_or_empty(load, "contacts").drop_duplicates("id").set_index("id")
    phones = table_or_empty(load, "phones").join(contacts[["location_id", "organization_id"]], on="contact_id")
    if of == "organization_id":
        phones = phones[phones["location_id"].isna()]
    return collected(phones[of], phones["number"])


def _address(located: pd.DataFrame) -> Texts:
    """Return "Street 1, 30159 Hannover" as far as it is known; NaN without a street."""
    known = located[["street", "house_number", "postal_code", "city"]].fillna("")
    lines = [
        ", ".join(filter(None, (f"{street} {number}".strip(), f"{code} {city}".strip()))) if street else None
        for street, number, code, city in known.itertuples(index=False)
    ]
    return pd.Series(lines, index=located.index, dtype="str")


def _names(load: Load, resource: str, column: str = "name") -> dict[Any, Any]:
    table = table_or_empty(load, resource)
    return dict(zip(table["id"], table[column], strict=True))


def _topics(load: Load) -> dict[str, str]:
    kinds = table_or_empty(load, "facility_kinds").dropna(subset=["topics"])
    return dict(zip(kinds["kind"], kinds["topics"], strict=True))
