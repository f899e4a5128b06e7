"""A requirement sheet as JSON file: what the page saves and ``python -m geo newbuild --sheet FILE`` reads."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from geo.errors import DataFileError
from geo.newbuild import ROOMS, Sheet
from geo.version import VERSION

FORMAT: Final = "quartierskarte-newbuild/1"
LONGEST: Final = 1_000_000
"""Characters of the longest file that is read."""

_TEXTS: Final = ("title", "area_level", "area_id")
_YEARS: Final = ("start", "end", "until")

Value = TypeVar("Value")


def sheet_text(sheet: Sheet) -> str:
    """Return a sheet as JSON (UTF-8, LF); the same sheet gives the same text."""
    values = {
        "format": FORMAT,
        "program_version": VERSION,
        "title": sheet.title,
        "area_level": sheet.area_level,
        "area_id": sheet.area_id,
        "site": None if sheet.site is None else json.loads(sheet.site),
        "dwellings": {tenure: [_plain(number) for number in row] for tenure, row in sheet.dwellings.items()},
        "start": sheet.start,
        "end": sheet.end,
        "until": sheet.until,
        "phasing": {str(year): _plain(number) for year, number in sorted(sheet.phasing.items())},
        "own_values": {name: [_plain(value) for value in triple] for name, triple in sheet.own_values.items()},
        "standards": dict(sheet.standards),
        "walk_standards": dict(sheet.walk_standards),
        "own_free": {name: _plain(value) for name, value in sheet.own_free.items()},
    }
    return json.dumps(values, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def read_sheet(text: str, *, name: str) -> Sheet:
    """Return the sheet written by `sheet_text`; missing entries beside area, dwellings and years are empty.

    Parameters
    ----------
    text
        Content of the file.
    name
        What to call it in a message.

    Raises
    ------
    DataFileError
        It is no such JSON, or an entry is missing or of the wrong type. Numbers that make no sense are read:
        `geo.newbuild.problems_of` names them.
    """
    try:
        if len(text) > LONGEST:
            raise ValueError(f"it has more than {LONGEST} characters")  # noqa: TRY301
        values = json.loads(text)
        if not isinstance(values, dict) or values.get("format") != FORMAT:
            raise ValueError(f"it is no {FORMAT}")  # noqa: TRY301
        return _sheet(values)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        reason = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise DataFileError("newbuild.unreadable", name=name, reason=reason) from error


def _sheet(values: Mapping[str, Any]) -> Sheet:
    texts = [_checked(values, name, str) for name in _TEXTS]
    years = [_checked(values, name, int) for name in _YEARS]
    site = values.get("site")
    if site is not None and not isinstance(site, dict):
        raise TypeError("'site' is no GeoJSON geometry")
    return Sheet(
        texts[0],
        texts[1],
        texts[2],
        None if site is None else json.dumps(site, separators=(",", ":")),
        _mapping(values, "dwellings", str, _row),
        years[0],
        years[1],
        years[2],
        _mapping(values, "phasing", int, _number),
        _mapping(values, "own_values", str, _triple, needed=False),
        _mapping(values, "standards", str, _text, needed=False),
        _mapping(values, "walk_standards", str, _text, needed=False),
        _mapping(values, "own_free", str, _number, needed=False),
    )


def _mapping(
    values: Mapping[str, Any],
    name: str,
    key: Callable[[str], Any],
    make: Callable[[Any], Value],
    *,
    needed: bool = True,
) -> dict[Any, Value]:
    found = values[name] if needed else values.get(name, {})
    if not isinstance(found, dict):
        raise TypeError(f"{name!r} is no list of names and values")
    return {key(each): make(value) for each, value in found.items()}


def _checked(values: Mapping[str, Any], name: str, kind: type) -> Any:
    value = values[name]
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(f"{name!r} is {value!r}")
    return value


def _row(value: Any) -> tuple[float, ...]:
    if not isinstance(value, list) or len(value) != len(ROOMS):
        raise TypeError(f"each tenure needs {len(ROOMS)} numbers of dwellings")
    return tuple(_number(each) for each in value)


def _triple(value: Any) -> tuple[float, float, float]:
    if not isinstance(value, list) or len(value) != 3:  # noqa: PLR2004 -- low, middle and high
        raise TypeError("an own value needs a low, a middle and a high number")
    low, mid, high = (_number(each) for each in value)
    return low, mid, high


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _plain(number: float) -> float | int | None:
    if not math.isfinite(number):
        return None
    return int(number) if float(number).is_integer() else number
