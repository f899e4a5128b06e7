"""What the finder reads: prepared once for all visitors; nothing of what a visitor asks is part of a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import QuartierError
from views import data

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

    from geo.finder_places import FinderPlaces
    from geo.situations import Situation

CONTACT_POINT = "contact_point"
PUBLIC_OFFICE = "citizens_office"
"""Kind of facility that answers the phone for everything."""


def places() -> FinderPlaces:
    """Return the prepared places, streets and stops."""
    from geo.finder_places import prepare_places

    return data.kept("finder_places", make=lambda: prepare_places(data.package(), load=data.frame, costs=_costs()))


def _costs() -> pd.DataFrame | None:
    try:
        found = data.entries("cost_options")
    except QuartierError:
        return None
    return found if {"service_id", "amount"} <= set(found.columns) else None


def entries() -> gpd.GeoDataFrame:
    """Return the gazetteer of the finder, with streets and postal codes."""
    from geo.finder_where import where_entries

    return data.kept("finder_where", make=lambda: where_entries(data.package(), load=data.frame))


def situations() -> Mapping[str, Situation]:
    """Return the life situations."""
    from geo.situations import situations as read

    return data.kept("finder_situations", make=lambda: read(data.frame))


def groups() -> tuple[str, ...]:
    """Return the target groups that a life situation names, in the order of the catalogue."""
    from geo.finder_places import FOR_ALL

    named = {group for each in situations().values() for group in each.target_groups} - FOR_ALL
    return tuple(group for group in data.catalogue().target_groups if group in named)


def languages() -> tuple[str, ...]:
    """Return the codes of the languages of advice that can be asked for: those of the finder, then others of the data."""
    from views.texts import FINDER_LANGUAGES

    own = [code for code in FINDER_LANGUAGES if len(code) == 2]  # noqa: PLR2004 -- not plain German
    return tuple(dict.fromkeys([*own, *places().languages]))


def offices(district: int) -> pd.DataFrame:
    """Return whom to ask in a district when nothing else helps, see `geo.finder_card.offices`."""
    return data.kept("finder_offices", district, make=lambda: _offices(district))


def _offices(district: int) -> pd.DataFrame:
    from geo.finder_card import offices as chosen
    from geo.responsibility import TABLES, chain

    tables = {name: data.frame(name) for name in TABLES}
    none = chain(tables, district_id=district, role=next(iter(data.catalogue().roles))).iloc[:0]
    roles, kinds = data.catalogue().roles, data.catalogue().kinds
    found = chain(tables, district_id=district, role=CONTACT_POINT) if CONTACT_POINT in roles else none
    public = chain(tables, district_id=district, kind=PUBLIC_OFFICE) if PUBLIC_OFFICE in kinds else none
    return chosen(found, public)
