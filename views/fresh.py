"""How fresh the places are that a page shows: each with the day it was last known to be true, stale ones marked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.freshness import is_day, stale
from geo.freshness import is_stale as is_old
from views import data, storage

if TYPE_CHECKING:
    from views.texts import Texts


def today() -> date:
    """Return the day from which ages count."""
    return datetime.now(UTC).date()


def last_known() -> pd.Series[Any]:
    """Return by place the day somebody confirmed it, else the date of its source; empty = unknown."""
    return data.kept("last_known", make=_last_known)


def _last_known() -> pd.Series[Any]:
    if not storage.state():
        rows = data.frame("locations")
        return pd.Series(rows["source_date"].to_numpy(), index=rows["id"], dtype="str")
    rows = data.entries("locations")
    return pd.Series(rows["last_confirmed"].fillna(rows["source_date"]).to_numpy(), index=rows["id"], dtype="str")


def is_stale(ids: pd.Series[Any]) -> pd.Series[Any]:
    """Return for each place of ``ids`` whether it should be confirmed: older than a year or of unknown age."""
    found = data.kept("stale_places", today(), make=lambda: stale(last_known(), today()))
    return ids.map(found).fillna(True).astype(bool)


def texts(t: Texts, ids: pd.Series[Any]) -> list[str]:
    """Return the day of each place in words, with a mark where it should be confirmed."""
    days = ids.map(last_known())
    return [
        t("fresh.stale", date=t.date(day)) if old and isinstance(day, str) else t.date(day)
        for day, old in zip(days, is_stale(ids), strict=True)
    ]


def day(t: Texts, text: object) -> str:
    """Return the day of any other entry in words, marked where it is older than a year; unknown stays that word alone."""
    marked = is_day(text) and is_old(str(text), today())
    return t("fresh.stale", date=t.date(text)) if marked else t.date(text)


def note(t: Texts, ids: pd.Series[Any]) -> str:
    """Return a sentence on how many of some places should be confirmed; empty if none."""
    count = int(is_stale(ids).sum())
    return t.plural("fresh.note", count, total=len(ids)) if count else ""
