"""Reading a storyline from outside: all problems at once, nothing half taken.

A problem's ``row`` is the number of the step (from 1), its ``column`` the way to the entry, e.g. ``steps/3/view/lat``.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from geo.errors import ParameterError
from geo.gap_settings import settings_from_dict
from geo.problems import Problem
from geo.storyline import (
    CLASSES,
    FILTERS,
    FORMAT,
    LANGUAGES,
    MAX_BYTES,
    MAX_DRAWS,
    MAX_ID,
    MAX_SENTENCE,
    MAX_STEPS,
    MAX_TITLE,
    MAX_VALUES,
    MEASURES,
    SCHEMES,
    SHOWN,
    VERSION,
    ZOOMS,
    Filters,
    GapFill,
    IndicatorFill,
    Known,
    Step,
    Storyline,
    View,
    changed_settings,
    one_line,
)

_HEAD: Final = ("format", "version", "title", "language", "steps")
_STEP: Final = ("sentence", "kinds", "show", "fill", "filters", "district", "second", "view")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_MOST_PROBLEMS: Final = 200
_WALK: Final = {"detour": (1.0, 5.0), "snap_limit_m": (0.0, 10_000.0)}


@dataclass(frozen=True)
class Reading:
    """What came out of a file: a storyline, or None and at least one problem."""

    storyline: Storyline | None
    problems: tuple[Problem, ...] = ()


def read_storyline(data: bytes, known: Known | None = None, *, name: str = "storyline.json") -> Reading:
    """Return the storyline in `data`, or everything that is wrong with it.

    Parameters
    ----------
    data
        The file, UTF-8, at most `geo.storyline.MAX_BYTES` bytes.
    known
        What the steps may name; None = only the form is checked.
    name
        The file's name, for the problems.
    """
    if len(data) > MAX_BYTES:
        return Reading(None, (_problem(name, "too_large", bytes=len(data), limit=MAX_BYTES),))
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=int)
    except UnicodeDecodeError as error:
        return Reading(None, (_problem(name, "not_utf8", position=error.start + 1),))
    except json.JSONDecodeError as error:
        return Reading(None, (_problem(name, "not_json", line=error.lineno, sign=error.colno),))
    except (ValueError, RecursionError):
        return Reading(None, (_problem(name, "beyond_json"),))
    reader = _Reader(name, known)
    storyline = reader.storyline(found)
    problems = tuple(reader.problems)
    return Reading(None if problems else storyline, problems[:_MOST_PROBLEMS])


def _problem(
    name: str, key: str, *, row: int | None = None, column: str = "", value: Any = None, **more: Any
) -> Problem:
    return Problem(f"storyline.{key}", name, row, column, _short(value), more)


def _is_plain_walk(walk: Mapping[str, Any]) -> bool:
    """Tell whether the numbers of a walk are numbers within reason."""
    numbers = [(walk.get(name, low), low, high) for name, (low, high) in _WALK.items()]
    return all(_is_number(value) and low <= value <= high for value, low, high in numbers)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _short(value: Any) -> Any:
    """Return a value as a short text that can be shown, whatever was in the file."""
    if value is None or isinstance(value, bool | int | float):
        return value if not isinstance(value, int) or abs(value) < 10**15 else str(value)[:20] + "…"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _SURROGATE.sub("\ufffd", text[:120])


@dataclass
class _Reader:
    """Walks through a file and collects problems; a value that cannot be used is replaced by nothing."""

    name: str
    known: Known | None
    problems: list[Problem] = field(default_factory=list)
    row: int | None = None

    def say(self, key: str, column: str, value: Any = None, **more: Any) -> None:
        place = f"steps/{self.row}/{column}".rstrip("/") if self.row else column
        self.problems.append(_problem(self.name, key, row=self.row, column=place, value=value, **more))

    def allowed(self, name: str) -> Collection[str] | None:
        return None if self.known is None else getattr(self.known, name)

    def storyline(self, found: Any) -> Storyline:
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            self.say(
                "other_format", "format", found.get("format") if isinstance(found, dict) else found, expected=FORMAT
            )
            return Storyline("")
        version = found.get("version")
        if version != VERSION or isinstance(version, bool):
            self.say("other_version", "version", version, expected=VERSION)
            return Storyline("")
        self.entries(found, _HEAD, "")
        title = self.text(found, "title", MAX_TITLE)
        language = self.word(found.get("language", LANGUAGES[0]), "language", LANGUAGES) or LANGUAGES[0]
        return Storyline(title, language, self.steps(found))

    def steps(self, found: Mapping[str, Any]) -> tuple[Step, ...]:
        rows = found.get("steps")
        if not isinstance(rows, list):
            self.say("missing" if rows is None else "not_list", "steps", rows)
            return ()
        if len(rows) > MAX_STEPS:
            self.say("too_many", "steps", None, length=len(rows), limit=MAX_STEPS)
            return ()
        steps = []
        for number, row in enumerate(rows, start=1):
            self.row = number
            steps.append(self.step(row))
        self.row = None
        return tuple(steps)

    def step(self, row: Any) -> Step:
        if not isinstance(row, dict):
            self.say("not_object", "", row)
            return Step("")
        self.entries(row, _STEP, "")
        district, second = (self.district(row.get(name), name) for name in ("district", "second"))
        if row.get("second") is not None and row.get("district") is None:
            self.say("second_alone", "second", row["second"])
        elif second is not None and second == district:
            self.say("same_district", "second", second)
        return Step(
            sentence=self.text(row, "sentence", MAX_SENTENCE),
            kinds=self.words(row.get("kinds"), "kinds", self.allowed("kinds")),
            show=self.words(row.get("show"), "show", SHOWN),
            fill=self.fill(row.get("fill")),
            filters=self.filters(row.get("filters")),
            district=district,
            second=second,
            view=self.view(row.get("view")),
        )

    def entries(self, found: Mapping[str, Any], allowed: Sequence[str], place: str) -> None:
        for name in found:
            if name not in allowed:
                self.say("unknown_entry", place + str(_short(name)), None, allowed=", ".join(allowed))

    def text(self, found: Mapping[str, Any], name: str, limit: int) -> str:
        value = found.get(name)
        if not isinstance(value, str):
            self.say("missing" if value is None else "not_text", name, value)
            return ""
        text = one_line(value)
        if _SURROGATE.search(text):
            self.say("broken_text", name, text)
        elif not 1 <= len(text) <= limit:
            self.say("text_length", name, None, length=len(text), limit=limit)
        return text

    def word(self, value: Any, name: str, allowed: Collection[str] | None) -> str | None:
        """Return an id; None after a problem."""
        if not isinstance(value, str) or not value:
            self.say("not_text", name, value)
        elif len(value) > MAX_ID or _SURROGATE.search(value) or (allowed is not None and value not in allowed):
            self.say("unknown_value", name, value, allowed=", ".join(sorted(allowed or ())) or "-")
        else:
            return value
        return None

    def words(self, values: Any, name: str, allowed: Collection[str] | None) -> tuple[str, ...]:
        if values is None:
            return ()
        if not isinstance(values, list):
            self.say("not_list", name, values)
            return ()
        if len(values) > MAX_VALUES:
            self.say("too_many", name, None, length=len(values), limit=MAX_VALUES)
            return ()
        found = (self.word(value, name, allowed) for value in values)
        return tuple(dict.fromkeys(value for value in found if value is not None))

    def district(self, value: Any, name: str) -> int | None:
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            self.say("not_whole_number", name, value)
        elif self.known is not None and value not in self.known.districts:
            self.say("unknown_value", name, value, allowed=", ".join(map(str, sorted(self.known.districts))))
        else:
            return value
        return None

    def filters(self, found: Any) -> Filters:
        if found is None:
            return Filters()
        if not isinstance(found, dict):
            self.say("not_object", "filters", found)
            return Filters()
        self.entries(found, FILTERS, "filters/")
        lists = {name: self.words(found.get(name), f"filters/{name}", self.allowed(name)) for name in FILTERS}
        return Filters(**lists)

    def fill(self, found: Any) -> IndicatorFill | GapFill | None:
        if found is None:
            return None
        if not isinstance(found, dict) or ("indicator" in found) == ("gap" in found):
            self.say("not_fill", "fill", found)
            return None
        if "gap" in found:
            return self.gap(found)
        self.entries(found, ("indicator", "scheme"), "fill/")
        code = self.word(found["indicator"], "fill/indicator", self.allowed("indicators"))
        scheme = self.word(found.get("scheme", SCHEMES[0]), "fill/scheme", SCHEMES)
        return IndicatorFill(code, scheme) if code and scheme else None

    def gap(self, found: Mapping[str, Any]) -> GapFill | None:
        self.entries(found, ("gap", "measure", "classes", "settings"), "fill/")
        kind = self.word(found["gap"], "fill/gap", self.allowed("kinds"))
        measure = self.word(found.get("measure", MEASURES[0]), "fill/measure", MEASURES)
        classes = self.word(found.get("classes", CLASSES[0]), "fill/classes", CLASSES)
        settings = found.get("settings", {})
        try:
            kept = changed_settings(settings_from_dict(settings))
            json.dumps(kept, allow_nan=False)
        except (ParameterError, ValueError, OverflowError) as error:
            value = (
                error.params.get("value", error.params.get("found")) if isinstance(error, ParameterError) else settings
            )
            self.say("gap_settings", "fill/settings", value)
            return None
        if kept.get("draws", 0) > MAX_DRAWS or not _is_plain_walk(kept.get("walk", {})):
            self.say("gap_settings", "fill/settings", settings)
            return None
        return GapFill(kind, measure, kept, classes) if kind and measure and classes else None

    def view(self, found: Any) -> View | None:
        if found is None:
            return None
        if not isinstance(found, dict):
            self.say("not_object", "view", found)
            return None
        self.entries(found, ("lat", "lon", "zoom"), "view/")
        limits = {"lat": (-90.0, 90.0), "lon": (-180.0, 180.0), "zoom": ZOOMS}
        numbers = {name: self.number(found.get(name), f"view/{name}", *limits[name]) for name in limits}
        given = {name: value for name, value in numbers.items() if value is not None}
        return View(**given) if len(given) == len(limits) else None

    def number(self, value: Any, name: str, low: float, high: float) -> float | None:
        if not _is_number(value):
            self.say("missing" if value is None else "not_number", name, value)
        elif not math.isfinite(value) or not low <= value <= high:
            self.say("out_of_range", name, str(value)[:20], minimum=low, maximum=high)
        else:
            return float(value)
        return None
