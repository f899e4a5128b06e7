"""Field rules: every value at fault at once, on the spot, before anything is stored.

The rules are those of the schemas (type, required, enum, pattern, minimum, maximum, lengths) and the
profile's (format, order, "at least one of", both coordinates or none). Whether a value refers to
something that exists is asked in `store.references`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from dataclasses import field as default
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from store.errors import ValidationError, message_text
from store.values import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from store.resources import Field, Resource

MAX_TEXT: Final = 20_000
MAX_LABEL: Final = 500
MAX_INTEGER: Final = 2**31 - 1
_EXPECTED: Final = {"integer": "whole number", "number": "number", "boolean": "yes or no"}
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ADDRESS: Final = re.compile(r"https?://[^\s/?#<>\"'`\\]+\.?[^\s<>\"'`\\]*", re.IGNORECASE)
_EMAIL: Final = re.compile(r"[^\s@<>\"'`\\,;:()\[\]]+@[^\s@<>\"'`\\,;:()\[\]]+\.[^\s@.<>\"'`\\,;:]{2,}")
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True)
class FieldProblem:
    """One value that cannot be stored as it is.

    `row` counts from 0 where several rows were given, else it is None.
    """

    field: str
    value: Any
    key: str
    params: Mapping[str, Any] = default(default_factory=dict)
    row: int | None = None

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return message_text(self.key, dict(self.params))

    @property
    def remedy(self) -> str:
        """What to do, in English."""
        return message_text(f"{self.key}.remedy", dict(self.params))


Report = list[FieldProblem]


def raise_if_any(problems: Sequence[FieldProblem]) -> None:
    """Raise ValidationError with all problems, if there is one."""
    if problems:
        raise ValidationError("store.invalid", count=len(problems), problems=tuple(problems))


def clean_new(kind: Resource, given: Mapping[str, Any], *, row: int | None = None) -> tuple[dict[str, Any], Report]:
    """Return all fields of a new entry, defaults filled in, and every problem."""
    return _Checker(kind).new(given, row)


def clean_many(
    kind: Resource, rows: Iterable[Mapping[str, Any]], *, numbered: bool = False
) -> list[tuple[dict[str, Any], Report]]:
    """Return `clean_new` of each row; with `numbered` problems name the row, counted from 0.

    A text that stands in the same field of many rows is checked once.
    """
    checker = _Checker(kind, remember=True)
    return [checker.new(row, number if numbered else None) for number, row in enumerate(rows)]


class _Checker:
    """The rules of one kind of entry, ready for many rows."""

    def __init__(self, kind: Resource, *, remember: bool = False) -> None:
        self._kind = kind
        self._start = dict.fromkeys(kind.fields) | dict(kind.defaults)
        self._required = [name for name, rules in kind.fields.items() if rules.required]
        self._every = set(kind.fields)
        self._known: dict[str, dict[str, Any]] | None = {name: {} for name in kind.fields} if remember else None

    def new(self, given: Mapping[str, Any], row: int | None) -> tuple[dict[str, Any], Report]:
        problems: Report = []
        cleaned = _cleaned(self._kind, given, row, problems, self._known)
        values = self._start | {name: value for name, value in cleaned.items() if value is not None}
        faulty = {problem.field for problem in problems}
        for name in self._required:
            if values[name] is None and name not in faulty:
                problems.append(FieldProblem(name, None, "value.missing", {"field": name}, row))
        problems += _across(self._kind, values, self._every - faulty if faulty else self._every, row)
        return values, problems


def clean_changes(
    kind: Resource, given: Mapping[str, Any], current: Mapping[str, Any]
) -> tuple[dict[str, Any], Report]:
    """Return the changed fields of an entry whose values are `current`, and every problem.

    Fields that stay as they are are not checked: old data may break rules that came later.
    """
    problems: Report = []
    cleaned = _cleaned(kind, given, None, problems)
    changed = {name: value for name, value in cleaned.items() if value != current[name]}
    for name, value in changed.items():
        if value is None and kind.fields[name].required:
            problems.append(FieldProblem(name, None, "value.missing", {"field": name}))
        elif name in kind.single:
            problems.append(FieldProblem(name, value, "value.read_only", {"field": name}))
    problems = [p for p in problems if p.value != current.get(p.field) or p.value is None]
    problems += _across(kind, dict(current) | changed, set(changed), None)
    return changed, problems


def _cleaned(
    kind: Resource,
    given: Mapping[str, Any],
    row: int | None,
    problems: Report,
    known: dict[str, dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """Return the values without a fault in their fields' types; `known` remembers texts by field."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        rules = kind.fields.get(name)
        if rules is None:
            if name != "id":
                problems.append(FieldProblem(name, value, "value.unknown_field", {"field": name}, row))
            continue
        seen = known[name] if known is not None and isinstance(value, str) else None
        if seen is not None and value in seen:
            found[name] = seen[value]
            continue
        normal = _normal(rules, plain(value))
        fault = None if normal is None else _fault(kind, rules, normal)
        if fault:
            problems.append(FieldProblem(name, normal, fault[0], fault[1], row))
            continue
        found[name] = normal
        if seen is not None:
            seen[value] = normal
    return found


def _normal(rules: Field, value: Any) -> Any:
    """Return `value` in the field's type where nothing is lost by that, else unchanged."""
    if rules.is_list and isinstance(value, str):
        parts = (part.strip() for part in value.split(";"))
        return ";".join(dict.fromkeys(part for part in parts if part)) or None
    if isinstance(value, bool):
        return value
    if rules.type == "number" and isinstance(value, int):
        return float(value)
    if rules.type == "integer" and isinstance(value, float) and value.is_integer():
        return int(value)
    return value


Fault = tuple[str, dict[str, Any]]


def _fault(kind: Resource, rules: Field, value: Any) -> Fault | None:
    if rules.type == "string":
        if not isinstance(value, str):
            return "value.wrong_type", {"value": value, "expected": "text"}
        return _text_fault(kind, rules, value)
    if rules.type == "boolean":
        fits = isinstance(value, bool)
    elif rules.type == "integer":
        fits = isinstance(value, int) and not isinstance(value, bool)
    else:
        fits = isinstance(value, float) and math.isfinite(value)
    if not fits:
        return "value.wrong_type", {"value": value, "expected": _EXPECTED[rules.type]}
    return None if rules.type == "boolean" else _range_fault(rules, value)


def _range_fault(rules: Field, value: float) -> Fault | None:
    least = rules.constraints.get("minimum", -MAX_INTEGER if rules.type == "integer" else None)
    most = rules.constraints.get("maximum", MAX_INTEGER if rules.type == "integer" else None)
    if least is not None and value < least:
        return "value.too_small", {"value": value, "minimum": least}
    if most is not None and value > most:
        return "value.too_large", {"value": value, "maximum": most}
    return None


def _text_fault(kind: Resource, rules: Field, value: str) -> Fault | None:
    if _CONTROL.search(value):
        return "value.bad_text", {}
    return _length_fault(kind, rules, value) or _form_fault(rules, value)


def _length_fault(kind: Resource, rules: Field, value: str) -> Fault | None:
    longest = rules.constraints.get("maxLength", MAX_LABEL if rules.name == kind.label else MAX_TEXT)
    shortest = rules.constraints.get("minLength", 0)
    if len(value) > longest:
        return "value.too_long", {"length": len(value), "maximum": longest}
    if len(value) < shortest:
        return "value.too_short", {"length": len(value), "minimum": shortest}
    return None


def _form_fault(rules: Field, value: str) -> Fault | None:
    allowed = rules.constraints.get("enum")
    if allowed and value not in allowed:
        return "value.not_allowed", {"value": value, "allowed": ", ".join(map(str, allowed))}
    if rules.format in _FORMATS:
        key, fits = _FORMATS[rules.format]
        return None if fits(value) else (key, {"value": value})
    pattern = rules.constraints.get("pattern")
    if pattern and not _compiled(pattern).fullmatch(value):
        return "value.bad_form", {"value": value, "pattern": pattern}
    return None


@lru_cache(maxsize=128)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _is_date(text: str) -> bool:
    return len(text) == len("YYYY-MM-DD") and _is_partial_date(text)


def _is_partial_date(text: str) -> bool:
    match = _DATE.fullmatch(text)
    if not match:
        return False
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _is_polygon(text: str) -> bool:
    from geo.errors import GeometryError
    from geo.quarter import polygon_of

    try:
        polygon_of(text)
    except GeometryError:
        return False
    return True


_FORMATS: Final[dict[str | None, tuple[str, Callable[[str], bool]]]] = {
    "uri": ("value.bad_address", lambda text: _ADDRESS.fullmatch(text) is not None),
    "email": ("value.bad_email", lambda text: _EMAIL.fullmatch(text) is not None),
    "date": ("value.bad_date", _is_date),
    "partial_date": ("value.bad_date", _is_partial_date),
    "polygon": ("value.bad_polygon", _is_polygon),
}


def _across(kind: Resource, values: Mapping[str, Any], touched: set[str], row: int | None) -> Iterable[FieldProblem]:
    """Yield problems between fields, at least one of which is in `touched`."""
    for group in kind.any_of:
        if touched.intersection(group) and all(values[name] is None for name in group):
            params = {"fields": ", ".join(group)}
            yield FieldProblem(group[0], None, "value.missing_one_of", params, row)
    for first, last in kind.order:
        low, high = values[first], values[last]
        if touched & {first, last} and low is not None and high is not None and _is_before(high, low):
            params = {"first": low, "last": high, "first_field": first, "last_field": last}
            yield FieldProblem(last, high, "value.wrong_order", params, row)
    if {"lon", "lat"} & touched and (values["lon"] is None) != (values["lat"] is None):
        empty = "lon" if values["lon"] is None else "lat"
        yield FieldProblem(empty, None, "value.half_coordinate", {}, row)


def _is_before(one: Any, other: Any) -> bool:
    """Return whether one value comes before another; dates as far as both are known: 2026 is not before 2026-05."""
    if isinstance(one, str) and isinstance(other, str):
        known = min(len(one), len(other))
        return one[:known] < other[:known]
    return bool(one < other)
