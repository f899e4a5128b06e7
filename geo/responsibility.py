"""Who is in charge of something here? The answer falls back from the district to the borough to the city.

What is asked for is a role of actors, a kind of facility or a topic; a language can be asked for too.
Every answer has its evidence and, where known, a way to get in touch: functions and organizations, never people.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final, TypeAlias

import pandas as pd

from geo.claims import Claim, Remembering, Tables, area_asked, offer_claims, records, remembered, role_claims
from geo.contact_ways import ContactWays, contact_ways
from geo.errors import ParameterError
from geo.working_areas import LEVELS, items

Rows: TypeAlias = Mapping[str, dict[str, Any]]

TABLES: Final = (
    "districts", "organizations", "organization_roles", "service_areas", "organizations_at_location", "locations",
    "services", "services_at_location", "contacts", "phones", "facility_kinds", "roles", "topics",
)  # fmt: skip
"""Resources that `chain` reads."""

CHAIN_COLUMNS: Final = (
    "level", "organization_id", "name", "organization_type", "location_id", "place", "address", "district_id",
    "offers", "for_whom", "languages", "speaks", "contact", "phones", "email", "website", "stated", "date",
    "evidence_urls", "needs_check",
)  # fmt: skip


def chain(
    tables: Tables,
    *,
    district_id: int | Collection[int],
    role: str | None = None,
    kind: str | None = None,
    topic: str | None = None,
    target_group: str | None = None,
    language: str | Collection[str] | None = None,
) -> pd.DataFrame:
    """Return who is in charge in a district, the nearest level first; no rows = nobody is known.

    Parameters
    ----------
    tables
        The resources in `TABLES` (more do not matter), as the package or ``store.view`` gives them.
    district_id
        Official number of a district, or of several that are one area (a borough, an own Quartier).
    role
        Role of actors, for example ``advise``.
    kind, topic
        Kind of facility, or topic of kinds: who offers it. With `role`: only who has the role and offers it.
    target_group
        Only what is there for this group or for everyone; None = for anybody.
    language
        Name of a language as the data writes it (``Türkisch``), or several spellings of one. Those who
        state it come first whatever their level, then those whose languages nobody knows.

    Returns
    -------
    pandas.DataFrame
        `CHAIN_COLUMNS`, one row per organization (role) or organization and place (kind, topic):

        * ``level``: ``district``, ``borough`` or ``city``. Of an offer: where its place is (in another borough:
          ``city``), or, if nobody knows that, for which area its organization works;
        * ``place``, ``address``, ``district_id`` (Int64) of its place, unknown where it has none or several;
        * ``offers`` (names, joined with ``"; "``), ``for_whom`` (words of the source), ``languages`` (``;``-joined);
        * ``speaks``: True / False whether the language is among those stated, NA = none asked for or stated;
        * ``contact`` (function), ``phones`` (``;``-joined), ``email``, ``website``: of the place, else of the
          organization;
        * ``stated`` (a source says so; False = derived from its kind), ``date`` (newest), ``evidence_urls``
          (tuple of the sources' texts) and ``needs_check``.

        NaN or None = unknown. Ordered by language, level, whether there is a phone, name.

    Raises
    ------
    ParameterError
        Nothing is asked for, or an unknown district, role, kind or topic.
    """
    _check(tables, role=role, kind=kind, topic=topic)
    here = area_asked(tables, district_id)
    offers = offer_claims(tables, here, kind, topic, target_group) if kind or topic else []
    claims = offers
    if role:
        claims = role_claims(tables, here, role, target_group)
        if kind or topic:
            offering = {claim["organization_id"] for claim in offers}
            claims = [claim for claim in claims if claim["organization_id"] in offering]
    joined, ways = _joined(claims), remembered(tables, "ways", lambda: contact_ways(tables))
    owners = _by_id(tables, "organizations", {claim["organization_id"] for claim in joined})
    places = _by_id(tables, "locations", {claim["location_id"] for claim in joined})
    found = [_answer(claim, owners, places, language) for claim in joined]
    for row in found:
        _add_contact(row, ways)
    return _ordered(pd.DataFrame(found, columns=list(CHAIN_COLUMNS)))


def nearest_level(found: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `chain` at the finest level that has an answer; a stated language goes before the level."""
    if found.empty:
        return found
    speaks = found["speaks"].fillna(value=False).astype("bool")
    same = (found["level"] == found["level"].iloc[0]) & (speaks == speaks.iloc[0])
    nearest: pd.DataFrame = found[same]
    return nearest


def _check(tables: Tables, *, role: str | None, kind: str | None, topic: str | None) -> None:
    asked = {"roles": ("role", role), "facility_kinds": ("kind", kind), "topics": ("topic", topic)}
    if not (role or kind or topic):
        raise ParameterError("parameter.unknown_value", name="role", value=None, allowed="role, kind, topic")
    for resource, (column, value) in asked.items():
        allowed = list(tables[resource][column]) if value else []
        if value and value not in allowed:
            raise ParameterError("parameter.unknown_value", name=column, value=value, allowed=", ".join(allowed))


def _joined(claims: list[Claim]) -> list[Claim]:
    """Put together what is said about one organization at one place: finest level, newest date, all evidence."""
    groups: dict[tuple[str, Any], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim["organization_id"], claim["location_id"]), []).append(claim)
    return [_one(group) for group in groups.values()]


def _one(group: list[Claim]) -> Claim:
    def texts(name: str) -> list[str]:
        return list(dict.fromkeys(claim[name] for claim in group if isinstance(claim.get(name), str)))

    spoken = dict.fromkeys(word for text in texts("languages") for word in items(text))
    return {
        "level": min((claim["level"] for claim in group), key=LEVELS.index),
        "organization_id": group[0]["organization_id"],
        "location_id": group[0]["location_id"],
        "offers": "; ".join(texts("offer")) or None,
        "for_whom": "; ".join(texts("for_whom")) or None,
        "languages": ";".join(spoken) or None,
        "stated": any(claim["stated"] for claim in group),
        "date": max(texts("date"), default=None),
        "evidence_urls": tuple(texts("evidence_url")),
    }


def _by_id(tables: Tables, name: str, ids: set[Any]) -> Rows:
    """Return at least the rows with these ids; of tables that remember all of them, once."""
    frame = tables[name]
    if not isinstance(tables, Remembering):
        return {row["id"]: row for row in records(frame[frame["id"].isin(ids)])}
    return remembered(tables, ("by id", name), lambda: {row["id"]: row for row in records(frame)})


def _answer(claim: Claim, owners: Rows, places: Rows, language: str | Collection[str] | None) -> Claim:
    owner, place = owners.get(claim["organization_id"], {}), places.get(claim["location_id"], {})
    spoken = claim["languages"] or place.get("languages")
    return claim | {
        "name": owner.get("name") or claim["organization_id"],
        "organization_type": owner.get("organization_type"),
        "website": place.get("website") or owner.get("website"),
        "email": owner.get("email"),
        "needs_check": owner.get("needs_check") is True,
        "place": place.get("name"),
        "address": address_line(place),
        "district_id": place.get("district_id"),
        "languages": spoken,
        "speaks": _speaks(spoken, language),
    }


def _speaks(spoken: str | None, language: str | Collection[str] | None) -> bool | None:
    if language is None or spoken is None:
        return None
    wanted = {word.casefold() for word in ([language] if isinstance(language, str) else language)}
    known = {word.strip().casefold() for word in items(spoken)} - _VAGUE
    return bool(wanted & known) if known else None


_VAGUE: Final = {"mehrsprachig"}  # says that there are languages, not which


def address_line(place: Mapping[str, Any]) -> str | None:
    """Return "Street 1, 30159 Hannover" of a row of ``locations`` as far as it is known; None without a street."""
    street, number, code, city = (place.get(name) or "" for name in ("street", "house_number", "postal_code", "city"))
    return ", ".join(filter(None, (f"{street} {number}".strip(), f"{code} {city}".strip()))) if street else None


def _add_contact(row: Claim, ways: ContactWays) -> None:
    way = ways.of(row["location_id"], row["organization_id"])
    row |= {"contact": way.title, "phones": way.phones, "email": way.email or row["email"]}


def _ordered(found: pd.DataFrame) -> pd.DataFrame:
    speaks = [1 if pd.isna(value) else 0 if value else 2 for value in found["speaks"]]
    keys = pd.DataFrame(
        {
            "speaks": speaks,
            "level": [LEVELS.index(level) for level in found["level"]],
            "phone": found["phones"].isna().to_numpy(),
            "name": found["name"].astype(str).str.casefold().to_numpy(),
            "place": found["place"].astype(str).to_numpy(),
        }
    )
    order = keys.sort_values(list(keys.columns), kind="stable").index
    ordered = found.iloc[order].reset_index(drop=True)
    typed: pd.DataFrame = ordered.assign(
        district_id=ordered["district_id"].astype("Int64"), speaks=ordered["speaks"].astype("boolean")
    )
    return typed
