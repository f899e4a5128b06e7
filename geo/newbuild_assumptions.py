"""What a requirement sheet assumes: rows of the resource ``newbuild_assumptions``, and own values in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.errors import ParameterError
from geo.network import FloatArray
from geo.schema import LIST_DELIMITER

if TYPE_CHECKING:
    from collections.abc import Sequence

Triple = tuple[float, float, float]
"""Low, middle and high value."""
VARIANTS: Final = ("low", "mid", "high")
"""The variants of a sheet; each takes the values of its own name from every assumption."""
AGES: Final = 121
"""Single years of age from 0; the last one stands for everybody of that age and older."""
HOUSEHOLDS: Final = ("family", "adult", "older")
"""Kinds of household: with children, adults without children, older people."""
TENURES: Final = ("rent", "subsidised", "owner", "senior")
"""Market rent, subsidised rent, owner-occupied, homes for older people."""

_HUNDRED: Final = 100.0
_CLOSE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption of the catalogue.

    Attributes
    ----------
    name, group, unit
        As in the catalogue.
    values
        Low, middle and high value.
    minimum, maximum
        Range that makes sense.
    ages
        First and last year of age it is about; None = none.
    kinds
        Kinds of facility that meet the demand.
    standard_id
        Standard that the value is taken from; None = none.
    basis, source
        ``stated``, ``derived`` or ``own``, and where the value comes from.
    labels, notes
        Name and explanation by language (``de``, ``en``); a missing note is empty.
    """

    name: str
    group: str
    unit: str
    values: Triple
    minimum: float
    maximum: float
    ages: tuple[int, int] | None
    kinds: tuple[str, ...]
    standard_id: str | None
    basis: str
    source: str
    labels: Mapping[str, str]
    notes: Mapping[str, str]


def assumptions_of(frame: pd.DataFrame) -> dict[str, Assumption]:
    """Return the assumptions of the resource ``newbuild_assumptions`` by name, in its order.

    Raises
    ------
    ParameterError
        One that the model cannot do without is missing.
    """
    found = {str(row["assumption"]): _assumption(row) for row in frame.to_dict("records")}
    for name in _needed():
        if name not in found:
            raise ParameterError("newbuild.missing_assumption", name=name)
    return found


def value_problems(assumptions: Mapping[str, Assumption], own: Mapping[str, Triple]) -> Iterator[ParameterError]:
    """Yield what is wrong with own values: unknown, out of range, ages or households that do not fit together."""
    fine = True
    for name, values in own.items():
        if name not in assumptions:
            yield ParameterError(
                "parameter.unknown_value", name="assumption", value=name, allowed=", ".join(assumptions)
            )
            continue
        rule = assumptions[name]
        for variant, value in zip(VARIANTS, values, strict=True):
            if not rule.minimum <= value <= rule.maximum:
                fine = False
                yield ParameterError("newbuild.bad_value", name=name, variant=variant, value=value,
                                     minimum=rule.minimum, maximum=rule.maximum)  # fmt: skip
    if fine:
        yield from _sum_problems(assumptions, own)


def values_of(assumptions: Mapping[str, Assumption], own: Mapping[str, Triple], variant: int) -> dict[str, float]:
    """Return the value of every assumption in a variant (0 low, 1 middle, 2 high), own values first."""
    return {name: float(own.get(name, rule.values)[variant]) for name, rule in assumptions.items()}


def of_group(assumptions: Mapping[str, Assumption], group: str) -> list[Assumption]:
    """Return the assumptions of a group in the order of the catalogue."""
    return [rule for rule in assumptions.values() if rule.group == group]


def per_age(rules: Sequence[Assumption], values: Mapping[str, float], *, spread: bool = False) -> FloatArray:
    """Return shares (percent / 100) by single year of age, 0 where no rule says anything.

    With `spread` a rule's value is that of the whole group and is spread evenly over its years, else it
    holds for every year of the group. A group that ends with the last year of age is open.
    """
    found = np.zeros(AGES)
    for rule in rules:
        if rule.ages is not None:
            first, last = rule.ages[0], min(rule.ages[1], AGES - 1)
            years = last - first + 1 if spread else 1
            found[first : last + 1] = values[rule.name] / _HUNDRED / years
    return found


def age_profile(assumptions: Mapping[str, Assumption], values: Mapping[str, float], household: str) -> FloatArray:
    """Return the ages at move-in of a kind of household: shares by single year of age that add up to 1."""
    rules = [rule for rule in of_group(assumptions, "profile") if rule.name.startswith(f"profile_{household}_")]
    return per_age(rules, values, spread=True)


def _sum_problems(assumptions: Mapping[str, Assumption], own: Mapping[str, Triple]) -> Iterator[ParameterError]:
    for at, variant in enumerate(VARIANTS):
        values = values_of(assumptions, own, at)
        for household in HOUSEHOLDS:
            total = _HUNDRED * float(age_profile(assumptions, values, household).sum())
            if abs(total - _HUNDRED) > _CLOSE:
                yield ParameterError("newbuild.profile_sum", household=household, variant=variant,
                                     found=round(total, 3))  # fmt: skip
        for tenure in TENURES:
            total = values[f"family_{tenure}"] + values[f"older_{tenure}"]
            if total > _HUNDRED + _CLOSE:
                yield ParameterError("newbuild.household_sum", tenure=tenure, variant=variant, found=round(total, 3))


def _needed() -> list[str]:
    by_tenure = [f"{name}_{tenure}" for name in ("density", "family", "older", "moves") for tenure in TENURES]
    rooms = [f"persons_{number}_rooms" for number in range(1, 6)]
    return [*rooms, "occupied_share", *by_tenure, "births", "walk_m"]


def _assumption(row: Mapping[Any, Any]) -> Assumption:
    ages = None if pd.isna(row["age_from"]) else (int(row["age_from"]), int(row["age_to"]))
    return Assumption(
        str(row["assumption"]),
        str(row["group"]),
        str(row["unit"]),
        (float(row["low"]), float(row["mid"]), float(row["high"])),
        float(row["minimum"]),
        float(row["maximum"]),
        ages,
        tuple(_text(row["facility_kinds"]).split(LIST_DELIMITER)) if _text(row["facility_kinds"]) else (),
        _text(row["standard_id"]) or None,
        str(row["basis"]),
        str(row["source"]),
        {language: str(row[f"label_{language}"]) for language in ("de", "en")},
        {language: _text(row[f"note_{language}"]) for language in ("de", "en")},
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
