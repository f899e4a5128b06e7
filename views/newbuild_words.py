"""How the requirement sheet speaks: problems with readable names, numbers, what exists, the first year that is short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.newbuild_assumptions import VARIANTS
from geo.newbuild_demand import whole
from geo.newbuild_supply import Known
from views import data, ui
from views.texts import is_unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.errors import QuartierError
    from geo.newbuild_assumptions import Assumption
    from geo.newbuild_result import Line, Requirement
    from geo.standards import Standard
    from views.texts import Texts

_YEARS = ("start", "end", "until", "year", "first", "last")
_SMALL = 10.0
_WRITABLE = 10**12


def problem(t: Texts, found: QuartierError, assumptions: Mapping[str, Assumption]) -> str:
    """Return what is wrong and what to do, with the names of the form in place of codes."""
    return ui.message(t, found.key, {name: _named(t, name, value, assumptions) for name, value in found.params.items()})


def _named(t: Texts, name: str, value: object, assumptions: Mapping[str, Assumption]) -> object:
    if isinstance(value, int | float) and not -_WRITABLE < value < _WRITABLE and value == value:  # noqa: PLR0124 -- NaN
        return t("newbuild.huge")
    if name in _YEARS:
        return str(value)
    if isinstance(value, str) and value in assumptions and name in {"name", "demand"}:
        return label(t, assumptions[value])
    prefix = {"tenure": "tenure", "household": "household", "variant": "variant", "name": "year"}.get(name, "")
    key = f"newbuild.{prefix}.{value}"
    return t(key) if prefix and t.has(key) else value


def label(t: Texts, rule: Assumption) -> str:
    """Return the name of an assumption or a demand."""
    return rule.labels[t.language]


def amount(t: Texts, value: float, line: Line) -> str:
    """Return places rounded up; facilities with a decimal, because a part of one is a share and no order."""
    if line.demand.whole:
        return t.number(value, digits=1 if value < _SMALL else 0)
    return t.number(whole(value))


def spread(t: Texts, values: Any, line: Line) -> str:
    """Return low and high of three values."""
    low, _, high = (float(value) for value in values)
    return t("newbuild.spread", low=amount(t, low, line), high=amount(t, high, line))


def peak(t: Texts, result: Requirement, line: Line) -> tuple[str, str]:
    """Return the greatest need of the middle variant, and a note with year and spread."""
    at = int(line.required[1].argmax())
    year = str(result.sheet.years[at])
    return (
        amount(t, line.required[1, at], line),
        t("newbuild.peak.note", year=year, spread=spread(t, line.required.max(axis=1), line)),
    )


def existing(t: Texts, line: Line) -> tuple[str, str]:
    """Return what existing places can absorb, and a note on what is known of them."""
    supply = line.supply
    middle = supply.free[1]
    metres = t.distance(line.demand.walk_m[1])
    notes = []
    if supply.known is not Known.OWN:
        count = len(supply.location_ids)
        notes.append(
            t.plural("newbuild.places", count, metres=metres) if count else t("newbuild.no_place", metres=metres)
        )
        if supply.unlocated:
            notes.append(t.plural("newbuild.unlocated", supply.unlocated))
        if supply.partly:
            notes.append(t.plural("newbuild.partly", supply.partly))
        notes.append(t(f"newbuild.inventory.{supply.inventory.state}"))
    if supply.known is Known.UNKNOWN or middle != middle:  # noqa: PLR0124 -- NaN is not itself
        return t("common.unknown"), "; ".join(notes)
    number = t.number(middle, digits=1 if line.demand.whole else 0)
    return t(f"newbuild.known.{supply.known}", number=number), "; ".join(notes)


def first_short(t: Texts, result: Requirement, line: Line) -> tuple[str, str]:
    """Return the first year in which something is short, and a note on the other variants or on what is sure."""
    until = str(result.sheet.until)
    never = t("newbuild.never", until=until)
    if line.certain:
        low, middle, high = (never if year is None else str(year) for year in line.first_short)
        words = middle if line.first_short[1] is None else t("newbuild.from", year=middle)
        note = "" if low == middle == high else t("newbuild.spread.years", low=low, high=high)
        return words, note
    if all(year is None for year in line.not_before):
        return never, t("newbuild.enough")
    earliest = min(year for year in line.not_before if year is not None)
    most = amount(t, float(line.at_most[1].max()), line)
    return t("common.unknown"), t("newbuild.not_before", year=str(earliest), most=most)


def standard(t: Texts, line: Line, rule: Assumption) -> tuple[str, str]:
    """Return the value a demand is worked out by, and where it comes from."""
    low, middle, high = (plain(t, value) for value in line.demand.values)
    unit = t(f"newbuild.unit.{rule.unit}")
    words = f"{middle} {unit}"
    notes = [] if low == middle == high else [t("newbuild.spread", low=low, high=high)]
    if line.demand.own:
        return words, "; ".join([t("newbuild.own"), *notes])
    found = line.demand.standard
    if found is None:
        return words, "; ".join([t(f"newbuild.basis.{rule.basis}"), *notes])
    return words, "; ".join([_origin(found), *notes])


def _origin(found: Standard) -> str:
    """Return jurisdiction, year and status of a planning standard."""
    parts = [found.jurisdiction, None if found.year is None else str(found.year), found.status]
    return ", ".join(part for part in parts if part)


def plain(t: Texts, value: float) -> str:
    """Return a value of an assumption or standard with as many decimals as it has, two at most."""
    digits = next((count for count in (0, 1) if round(value, count) == round(value, 2)), 2)
    return t.number(value, digits=digits)


def variants(t: Texts) -> list[str]:
    """Return the names of the three variants."""
    return [t(f"newbuild.variant.{name}") for name in VARIANTS]


def standard_option(t: Texts, standard_id: str) -> str:
    """Return a planning standard as an option: value, unit, what it is about, jurisdiction, year, status."""
    row = data.gap_inputs().standard_rows[standard_id]
    return f"{plain(t, float(row['value']))} {row['unit']} · {standard_name(row)}"


def standard_name(row: Mapping[str, Any]) -> str:
    """Return what a planning standard is about, with jurisdiction, year and status."""
    parts = [row["jurisdiction"], "" if is_unknown(row["year"]) else str(int(row["year"])), row["status"]]
    said = ", ".join(part for part in parts if isinstance(part, str) and part)
    return f"{row['facility']} ({said})"
