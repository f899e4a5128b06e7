"""Figures of the districts in one form: rates made from the cells and reported values, each with its origin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from views import data, indicators

if TYPE_CHECKING:
    import pandas as pd

    from views.texts import Texts

GROUPS = {
    "age": ("rate_under_18", "rate_age_65_plus", "rate_under_10", "rate_age_80_plus"),
    "household": ("rate_single_parent", "rate_seniors_only", "rate_widowed", "rate_foreigners"),
    "housing": ("rate_floor_area", "rate_municipal"),
}
ESTIMATE = "population_cells"
_NO_WORD = re.compile(r"[^0-9a-zäöüß]+")


@dataclass(frozen=True, eq=False)
class Fact:
    """One figure for every district.

    ``by_district`` has one row per district id: ``value``, ``low`` and ``high`` (bounds, NaN = none given),
    ``reference_date``, ``value_level``, ``source``; NaN = no value of the district's own.
    """

    code: str
    unit: str
    digits: int
    need_sign: int
    by_district: pd.DataFrame

    @property
    def known(self) -> int:
        """How many districts have a value."""
        return int(self.by_district["value"].notna().sum())


def fact(code: str) -> Fact:
    """Return a rate of `geo.district_rates` or a reported indicator by its code."""
    from geo.district_rates import RATES

    return data.kept("fact", code, make=lambda: _rate(code) if code in RATES else _reported(code))


def _rate(code: str) -> Fact:
    from geo.district_rates import RATES, district_rate

    rate = RATES[code]
    values = district_rate(data.gap_inputs(), code)
    if rate.dated_by is None:
        date, source = _resource_date(ESTIMATE), ESTIMATE
    else:
        rows = data.frame("indicators")
        rows = rows[rows["indicator"] == rate.dated_by]
        date, source = (None, None) if rows.empty else rows.iloc[0][["reference_date", "source"]]
    values = values.assign(reference_date=date, value_level="estimate", source=source)
    return Fact(code, rate.unit, 1, rate.need_sign, values)


def _reported(code: str) -> Fact:
    entry = data.catalogue().indicators[code]
    ids = list(data.district_names())
    columns = ["value", "reference_date", "value_level", "source"]
    values = indicators.indicator_values(code)[columns].reindex(ids).assign(low=float("nan"), high=float("nan"))
    return Fact(code, entry.unit, 0 if entry.measure == "count" else 1, entry.need_sign, values)


def _resource_date(name: str) -> str | None:
    entries = [entry for entry in data.package().descriptor["resources"] if entry["name"] == name]
    return str(entries[0].get("referenceDate") or "") or None if entries else None


def need_codes() -> dict[str, tuple[str, ...]]:
    """Return the figures that can be read as need, by group; reported ones come last."""
    return data.kept("need_codes", make=_need_codes)


def _need_codes() -> dict[str, tuple[str, ...]]:
    entries = data.catalogue().indicators
    reported = [
        code for code in indicators.indicator_codes() if entries[code].need_sign and entries[code].measure != "count"
    ]
    groups = {group: tuple(code for code in codes if fact(code).known) for group, codes in GROUPS.items()}
    return groups | {"reported": tuple(sorted(reported, key=lambda code: -fact(code).known))}


def comparable_codes() -> tuple[str, ...]:
    """Return everything that districts can be compared by: rates from the cells, then reported rates and means."""
    rates = tuple(code for codes in GROUPS.values() for code in codes)
    entries = data.catalogue().indicators
    return rates + tuple(code for code in indicators.indicator_codes() if entries[code].measure != "count")


def name(t: Texts, code: str) -> str:
    """Return a figure's name in the page's language."""
    entries = data.catalogue().indicators
    return entries[code].label.of(t.language) if code in entries else t(f"fact.{code}")


def unit(t: Texts, code: str) -> str:
    """Return a figure's unit as people write it."""
    own = fact(code).unit
    key = "unit." + own.replace(" ", "_").replace("/", "_per_")
    return t(key) if t.has(key) else own


def written(t: Texts, code: str, value: float) -> str:
    """Return a value with its unit; unknown is the word alone."""
    number = t.number(value, digits=fact(code).digits)
    return number if value != value else f"{number}\u00a0{unit(t, code)}"  # noqa: PLR0124 -- NaN


def origin(t: Texts, row: pd.Series) -> str:
    """Return date, level and source of one row of `Fact.by_district` as one line."""
    return ", ".join((t.date(row["reference_date"]), t(f"fact.level.{row['value_level']}"), source(t, row["source"])))


def source(t: Texts, text: object) -> str:
    """Return a source's name in the page's language, where the catalogue has one."""
    if not isinstance(text, str):
        return t("common.unknown")
    key = "fact.source." + _NO_WORD.sub("_", text.casefold()).strip("_")
    return t(key) if t.has(key) else text
