"""Actors: organizations of neighbourhood work with their roles, working areas and the places they are at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.catalogue import Load, loader
from geo.joins import collected, collected_texts, looked_up, table_or_empty
from geo.places import at_places, phone_lists, places

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.sources import Package

_OF_ORGANIZATION: Final = [
    "name", "organization_type", "category", "website", "email", "target_groups", "target_group_text",
    "topics_text", "status_text", "needs_check", "source", "source_licence", "source_date", "note",
]  # fmt: skip


def actors(package: Package, *, load: Load | None = None) -> gpd.GeoDataFrame:
    """Return every actor at every place it is at; an actor without a known place stays, once.

    Parameters
    ----------
    package
        From `geo.sources.open_package`.
    load
        Gives the frames of resources instead of reading the files again.

    Returns
    -------
    geopandas.GeoDataFrame
        ``id`` (unique: of the organization at the location, or of the organization alone),
        ``organization_id``, the columns of ``organizations``, ``relation`` to the place (``operator``,
        ``actor`` or both), ``roles`` (``;``-joined ids), ``roles_stated`` (those a source states; the
        others are derived from the kind of facility), ``roles_date`` (newest evidence), ``district_ids``
        (working area, boroughs resolved into their districts), ``city_wide``, ``area_text``,
        ``location_id``, ``location`` and the place's address, district, hours,
        ``coordinate_quality`` and point (EPSG:25832, None = unknown). ``city_wide`` False = not stated;
        ``phones`` are those of the organization, else of the place.

    Raises
    ------
    QuartierError
        ``organizations`` or ``locations`` is missing or broken.
    """
    load = load or loader(package)
    organizations = load("organizations")
    of_actors = organizations[organizations["is_actor"].astype(bool)]
    pairs = _pairs(load)
    rows = of_actors.merge(pairs, left_on="id", right_on="organization_id", how="left")
    frame = rows[[*_OF_ORGANIZATION, "relation", "location_id"]].assign(
        id=rows["pair_id"].fillna(rows["id"]),
        organization_id=rows["id"],
        **_roles(load, rows["id"]),
        **_working_areas(load, rows["id"]),
    )
    found = at_places(frame, places(package, load=load))
    return found.assign(phones=looked_up(rows["id"], phone_lists(load, "organization_id")).fillna(found["phones"]))


def _pairs(load: Load) -> pd.DataFrame:
    """Return organizations at locations, each pair once with all its relations."""
    pairs = table_or_empty(load, "organizations_at_location")
    grouped = pairs.groupby(["organization_id", "location_id"], sort=True)
    joined = grouped.agg(pair_id=("id", "min"), relation=("relation", lambda texts: ";".join(sorted(set(texts)))))
    return joined.reset_index()


def _roles(load: Load, ids: pd.Series[Any]) -> dict[str, pd.Series[Any]]:
    roles = table_or_empty(load, "organization_roles")
    stated = roles[roles["basis"] == "stated"]
    newest = roles.dropna(subset=["date"]).groupby("organization_id")["date"].max()
    return {
        "roles": looked_up(ids, collected(roles["organization_id"], roles["role"])),
        "roles_stated": looked_up(ids, collected(stated["organization_id"], stated["role"])),
        "roles_date": looked_up(ids, newest),
    }


def _working_areas(load: Load, ids: pd.Series[Any]) -> dict[str, pd.Series[Any]]:
    areas = table_or_empty(load, "service_areas")
    city = set(areas.loc[areas["area_level"] == "city", "organization_id"])
    return {
        "district_ids": looked_up(ids, collected(areas["organization_id"], _district_lists(load, areas))),
        "city_wide": ids.isin(city),
        "area_text": looked_up(ids, collected_texts(areas["organization_id"], areas["area_text"])),
    }


def _district_lists(load: Load, areas: pd.DataFrame) -> list[str | None]:
    """Return the districts of each area as a list; None for the city and for areas nobody could place."""
    districts = table_or_empty(load, "districts")
    numbers = districts["district_id"].astype(str)
    of_borough = collected(districts["borough_id"].astype(str), numbers)
    known = {("district", number): number for number in numbers}
    known |= {("borough", str(borough)): text for borough, text in of_borough.items()}
    return [known.get(pair) for pair in zip(areas["area_level"], areas["area_id"], strict=True)]
