"""How figures are said: names, units, level, date and source in the reader's language."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from exchange.wording import Texts, is_unknown
from geo.district_rates import RATES
from geo.freshness import first_day, is_day, is_stale

if TYPE_CHECKING:
    from geo.catalogue import Catalogue
    from geo.figures import Figure

_NO_WORD = re.compile(r"[^0-9a-zäöüß]+")


@dataclass(frozen=True)
class Words:
    """Texts of a language with the names of the catalogue."""

    t: Texts
    catalogue: Catalogue

    def kind(self, kind: str, *, plural: bool = True) -> str:
        """Return the name of a kind of facility."""
        entry = self.catalogue.kinds.get(kind)
        return kind if entry is None else (entry.plural if plural else entry.label).of(self.t.language)

    def role(self, role: str) -> str:
        """Return the name of a role."""
        entry = self.catalogue.roles.get(role)
        return role if entry is None else entry.label.of(self.t.language)

    def group(self, group: str) -> str:
        """Return the name of a target group."""
        entry = self.catalogue.target_groups.get(group)
        return group if entry is None else entry.label.of(self.t.language)

    def topic(self, topic: str) -> str:
        """Return the name of a topic."""
        entry = self.catalogue.topics.get(topic)
        return topic if entry is None else entry.label.of(self.t.language)

    def figure(self, code: str) -> str:
        """Return the name of a figure."""
        entries = self.catalogue.indicators
        if code in entries:
            return entries[code].label.of(self.t.language)
        census = f"census_2011_{code}"
        if census in entries:
            return entries[census].label.of(self.t.language)
        return self.t(f"fact.{code}")

    def written(self, figure: Figure) -> str:
        """Return the value of a figure with its unit; unknown is the word alone."""
        if is_unknown(figure.value):
            return self.t("common.unknown")
        number = self.t.number(figure.value, digits=self._digits(figure))
        return f"{number}\u00a0{self.unit(figure.unit)}"

    def _digits(self, figure: Figure) -> int:
        """Return the decimals of a figure: none for a count, one for a rate or mean."""
        entry = self.catalogue.indicators.get(figure.code)
        return 1 if figure.code in RATES or (entry is not None and entry.measure != "count") else 0

    def unit(self, unit: str) -> str:
        """Return a unit as people write it."""
        key = "unit." + unit.replace(" ", "_").replace("/", "_per_")
        return self.t(key) if self.t.has(key) else unit

    def span(self, figure: Figure) -> str:
        """Return the range that secrecy leaves open; empty if there is none."""
        digits = self._digits(figure)
        if is_unknown(figure.low) or is_unknown(figure.high):
            return ""
        low, high = (self.t.number(value, digits=digits) for value in (figure.low, figure.high))
        return "" if low == high else self.t("profile.between", low=low, high=high)

    def origin(self, figure: Figure, *, with_source: bool = True) -> str:
        """Return date, level and source of a figure as one line; a value of another area names it."""
        key = f"profile.level.{figure.level}"
        level = self.t(key, name=figure.level_name) if not figure.own or figure.level == "estimate" else ""
        parts = (self.t.date(figure.date), level, self.source(figure.source) if with_source else "")
        return ", ".join(part for part in parts if part)

    def known_day(self, text: object, today: str) -> str:
        """Return the day of an entry in words, marked where it is more than a year before `today` (ISO date)."""
        said = self.t.date(text)
        marked = is_day(text) and is_stale(str(text), first_day(today))
        return self.t("fresh.stale", date=said) if marked else said

    def source(self, text: object) -> str:
        """Return a source's name, in the reader's language where the catalogue has one."""
        if not isinstance(text, str):
            return self.t("common.unknown")
        key = "fact.source." + _NO_WORD.sub("_", text.casefold()).strip("_")
        return self.t(key) if self.t.has(key) else text


def text_or(value: Any, other: str = "") -> str:
    """Return a cell as text; `other` for what is unknown."""
    return value if isinstance(value, str) and value.strip() else other


def web_addresses(text: Any) -> list[str]:
    """Return the addresses of a cell like ``"https://a | https://b"``."""
    return [part.strip() for part in text_or(text).split(" | ") if part.strip().startswith(("http://", "https://"))]


_JOINERS = "\u200c\u200d"  # they shape letters of Arabic and Indic scripts


def printable(text: str) -> str:
    """Return `text` without what no file has a place for: control signs, and marks that turn the direction of what follows."""
    return "".join(_sign(sign) for sign in text)


def _sign(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in {"Cc", "Cs", "Cn", "Co"}:
        return " " if sign in "\t\n\r" else "\ufffd"
    return "" if category == "Cf" and sign not in _JOINERS else sign
