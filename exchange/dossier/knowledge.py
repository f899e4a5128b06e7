"""Section "How good is the knowledge": completeness of the inventory and age of what is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from exchange.dossier.model import Block, Facts, Missing, Paragraph, Section, Table, in_area
from geo.dates import age_key
from geo.inventory import Inventory

if TYPE_CHECKING:
    import pandas as pd

    from exchange.dossier.words import Words
    from geo.profile import Profile

_OLD_YEARS = 5


def knowledge(words: Words, own: Profile, *, today: str, confirmed: Mapping[str, str]) -> Section:
    """Return the section.

    Parameters
    ----------
    words, own
        Language and profile.
    today
        ISO date.
    confirmed
        Day of the last confirmation of places, by their id; only those that somebody confirmed.
    """
    t = words.t
    known = own.places["source_date"]
    old = [text for text in known if -age_key(text) < -age_key(today) - _OLD_YEARS * 10_000]
    undated = sum(not age_key(text) for text in known)
    days = [day for place, day in confirmed.items() if place in set(own.places["id"])]
    facts = (
        (t("profile.knowledge.places"), t.number(len(known)), ""),
        (t("profile.knowledge.old", years=_OLD_YEARS), t.number(len(old) - undated), t("profile.knowledge.old.note")),
        (t("profile.knowledge.undated"), t.number(undated), ""),
        (
            t("profile.knowledge.confirmed"),
            t.number(len(days)),
            t("profile.knowledge.latest", date=t.date(max(days))) if days else "",
        ),
        (t("profile.knowledge.checked"), t.number(_to_check(own.places)), t("profile.knowledge.checked.note")),
    )
    blocks: list[Block] = [Facts(facts), Paragraph(t("profile.knowledge.text")), _inventory(words, own)]
    if len(days) < len(known):
        text = t.plural("profile.knowledge.to_confirm", len(known) - len(days))
        blocks.append(Missing(text, "freshness", t("profile.to.freshness"), in_area(own.area)))
    return Section("knowledge", t("profile.knowledge"), tuple(blocks))


def _to_check(places: pd.DataFrame) -> int:
    return int(places["needs_check"].fillna(value=False).astype(bool).sum())


def _inventory(words: Words, own: Profile) -> Table:
    """Return what the inventory says: complete kinds with their date, then partial ones, then the unknown ones."""
    t = words.t
    rows = []
    for state in (Inventory.COMPLETE, Inventory.PARTIAL, Inventory.UNKNOWN):
        mine = [kind for kind in own.kinds if kind.inventory.state is state]
        if mine:
            names = ", ".join(f"{words.kind(kind.kind)} ({kind.known})" for kind in mine)
            dates = sorted({kind.inventory.date for kind in mine if kind.inventory.date}, key=age_key)
            oldest = t.date(dates[-1]) if dates else t("common.date_unknown")
            rows.append((t(f"inventory.{state}"), t.number(len(mine)), names, oldest))
    head = tuple(t(f"profile.knowledge.inventory.{name}") for name in ("state", "count", "kinds", "date"))
    return Table(t("profile.knowledge.inventory"), head, tuple(rows))
