"""Sections "Places and offers" and "Means": by topic and target group, instruments, offered resources, structures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exchange.dossier.model import Block, Bullets, Missing, Paragraph, Section, Table, in_area
from exchange.dossier.words import text_or
from geo.inventory import Inventory
from geo.working_areas import items

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from exchange.dossier.words import Words
    from geo.profile import Profile


def offered(words: Words, own: Profile, *, today: str, confirmed: Mapping[str, str]) -> Section:
    """Return places and offers: by topic, by target group, and the list.

    Parameters
    ----------
    words, own
        Language and profile.
    today
        ISO date: in the list a place that nobody confirmed for over a year is marked.
    confirmed
        Day of the last confirmation of places, by their id; only those that somebody confirmed.
    """
    t = words.t
    blocks: list[Block] = [Paragraph(t.plural("profile.places.count", len(own.places)))]
    if own.unplaced:
        blocks.append(Paragraph(t.plural("profile.places.unplaced", own.unplaced)))
    blocks += [
        _by(words, own, "topics"),
        _by(words, own, "target_groups"),
        _list(words, own, today, confirmed),
        *_kinds(words, own),
    ]
    return Section("places", t("profile.places"), tuple(block for block in blocks if block is not None))


def _by(words: Words, own: Profile, column: str) -> Table | None:
    """Return how many places there are for each topic or target group, and which."""
    t = words.t
    entries: Any = words.catalogue.topics if column == "topics" else words.catalogue.target_groups
    name = words.topic if column == "topics" else words.group
    listed = [
        (str(place), set(items(text))) for place, text in zip(own.places["name"], own.places[column], strict=True)
    ]
    rows = []
    for key in entries:
        mine = sorted(place for place, keys in listed if key in keys)
        if mine:
            rows.append((name(key), t.number(len(mine)), "; ".join(mine)))
        elif column == "topics":
            rows.append((name(key), t("profile.places.none_known"), ""))
    head = (t(f"profile.places.{column}.head"), t("profile.places.known"), t("profile.places.which"))
    return Table(t(f"profile.places.{column}"), head, tuple(rows)) if rows else None


def _list(words: Words, own: Profile, today: str, confirmed: Mapping[str, str]) -> Table | None:
    if own.places.empty:
        return None
    t = words.t
    rows = [
        (
            str(row["name"]),
            words.kind(str(row["kind"]), plural=False),
            text_or(row["address"], t("profile.places.no_address")),
            text_or(row["operator"], t("common.unknown")),
            text_or(row["phones"], t("common.unknown")).replace(";", ", "),
            words.known_day(confirmed.get(row["id"]) or row["source_date"], today),
        )
        for row in own.places.sort_values(["kind", "name"]).to_dict("records")
    ]
    head = tuple(t(f"profile.places.list.{name}") for name in ("name", "kind", "address", "operator", "phone", "date"))
    return Table(t("profile.places.list"), head, tuple(rows), quiet=t("common.unknown"))


def _kinds(words: Words, own: Profile) -> list[Block]:
    """Say of which kinds there is none for sure, and of which nobody knows."""
    t = words.t
    absent = [kind for kind in own.kinds if not kind.known]
    none = [words.kind(kind.kind) for kind in absent if kind.inventory.state is Inventory.COMPLETE]
    unknown = [words.kind(kind.kind) for kind in absent if kind.inventory.state is not Inventory.COMPLETE]
    blocks: list[Block] = []
    if none:
        blocks.append(Paragraph(t("profile.places.verified_none", kinds=", ".join(none))))
    if unknown:
        text = t("profile.places.unknown", kinds=", ".join(unknown))
        blocks.append(Missing(text, "inventory", t("profile.to.inventory"), in_area(own.area)))
    return blocks


def means(words: Words, own: Profile) -> Section:
    """Return instruments, resources and competences that are offered, committees and networks."""
    t = words.t
    blocks: list[Block] = [
        _instruments(words, own.instruments_here, t("profile.means.here")),
        _instruments(words, own.instruments_city, t("profile.means.city")),
        _resources(words, own),
        _structures(words, own.committees, t("profile.means.committees")),
        _structures(words, own.networks, t("profile.means.networks")),
    ]
    return Section("means", t("profile.means"), tuple(blocks))


def _instruments(words: Words, rows: pd.DataFrame, title: str) -> Block:
    t = words.t
    if rows.empty:
        return Missing(
            f"{title}: {t('profile.means.no_instrument')}", "entry", t("profile.to.entry"), {"resource": "instruments"}
        )
    ordered = rows.sort_values("name").to_dict("records")
    lines = [
        (
            str(row["name"]),
            text_or(row["purpose"], t("common.unknown")),
            text_or(row["responsible_office"], t("common.unknown")),
            t(f"value.usable.{row['usable']}") if text_or(row["usable"]) else t("common.unknown"),
            t.date(row["source_date"]),
        )
        for row in ordered
    ]
    head = tuple(t(f"profile.means.{name}") for name in ("name", "purpose", "office", "usable", "date"))
    return Table(title, head, tuple(lines), quiet=t("common.unknown"))


def _resources(words: Words, own: Profile) -> Block:
    t = words.t
    if own.resources.empty:
        text = t("profile.means.no_resource")
        return Missing(text, "entry", t("profile.to.entry"), {"resource": "offered_resources"})
    kinds = (
        (row["resource_type"], str(row["name"]), text_or(row["description"]))
        for row in own.resources.to_dict("records")
    )
    items = [
        f"{t(f'value.resource_type.{kind}')}: {name}" + (f" – {more}" if more else "") for kind, name, more in kinds
    ]
    return Bullets(t("profile.means.resources"), tuple(items))


def _structures(words: Words, rows: pd.DataFrame, title: str) -> Block:
    t = words.t
    if rows.empty:
        return Missing(
            f"{title}: {t('profile.means.none_known')}", "entry", t("profile.to.entry"), {"resource": "committees"}
        )
    items = [
        f"{row['name']} ({text_or(row['kind'], t('common.unknown'))}), {t.date(row['source_date'])}"
        for row in rows.to_dict("records")
    ]
    return Bullets(title, tuple(items))
