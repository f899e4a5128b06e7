"""A requirement sheet as JSON file: what the page saves and ``python -m geo newbuild --sheet FILE`` reads."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any, Final

from geo.errors import DataFileError
from geo.newbuild import ROOMS, Sheet
from geo.newbuild_assumptions import VARIANTS, Triple
from geo.version import VERSION

FORMAT: Final = "quartierskarte-newbuild/1"
LONGEST: Final = 1_000_000
"""Characters of the longest file that is read."""


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
        It is no such JSON, or an entry is missing or of the wrong type; the message names the entry. Numbers that
        make no sense are read: `geo.newbuild.problems_of` names them.
    """
    try:
        values = json.loads(text) if len(text) <= LONGEST else None
    except (ValueError, RecursionError) as error:
        raise DataFileError("newbuild.not_a_sheet", name=name) from error
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise DataFileError("newbuild.not_a_sheet", name=name)
    found: dict[str, Any] = {"site": None}
    for entry, (make, needed) in _ENTRIES.items():
        if entry in values or needed:
            try:
                found[entry] = make(values[entry])
            except (KeyError, ValueError, TypeError, OverflowError) as error:
                raise DataFileError("newbuild.bad_entry", name=name, entry=entry) from error
    return Sheet(**found)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _year(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _site(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise TypeError(value)
    return json.dumps(value, separators=(",", ":"))


def _homes(value: Any) -> tuple[float, ...]:
    return _numbers(value, len(ROOMS))


def _triple(value: Any) -> Triple:
    low, mid, high = _numbers(value, len(VARIANTS))
    return low, mid, high


def _numbers(value: Any, count: int) -> tuple[float, ...]:
    if not isinstance(value, list) or len(value) != count:
        raise TypeError(value)
    return tuple(_number(each) for each in value)


def _mapping(key: Callable[[str], Any], make: Callable[[Any], Any]) -> Callable[[Any], dict[Any, Any]]:
    """Return a reader of JSON objects: `key` reads the names, `make` the values."""

    def read(value: Any) -> dict[Any, Any]:
        if not isinstance(value, dict):
            raise TypeError(value)
        return {key(name): make(each) for name, each in value.items()}

    return read


_ENTRIES: Final[dict[str, tuple[Callable[[Any], Any], bool]]] = {
    "title": (_text, True),
    "area_level": (_text, True),
    "area_id": (_text, True),
    "site": (_site, False),
    "dwellings": (_mapping(str, _homes), True),
    "start": (_year, True),
    "end": (_year, True),
    "until": (_year, True),
    "phasing": (_mapping(int, _number), True),
    "own_values": (_mapping(str, _triple), False),
    "standards": (_mapping(str, _text), False),
    "walk_standards": (_mapping(str, _text), False),
    "own_free": (_mapping(str, _number), False),
}
"""Entry of the file → how it is read, and whether it has to be there."""


def _plain(number: float) -> float | int | None:
    if not math.isfinite(number):
        return None
    return int(number) if float(number).is_integer() else number
