"""Values from outside for the workshop's tables: checked and put into one form, all problems at once."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from geo import workshop as rules
from geo.workshop import CATEGORIES
from store.validation import _CONTROL, FieldProblem, raise_if_any
from store.values import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,16})?", re.IGNORECASE)
_LONGEST_ID: Final = 100


class Checks:
    """Collects problems; `row` numbers the one that is looked at where several were given."""

    def __init__(self) -> None:
        self.problems: list[FieldProblem] = []
        self.row: int | None = None

    def done(self) -> None:
        """Raise ValidationError with all problems, if there is one."""
        raise_if_any(self.problems)

    def bad(self, field: str, value: Any, key: str, /, **params: Any) -> None:
        """Note one problem."""
        self.problems.append(FieldProblem(field, value, key, params, self.row))

    def text(self, field: str, value: Any, maximum: int, *, needed: bool = True) -> str:
        """Return a text, trimmed and composed (NFC); empty is empty."""
        if value is not None and not isinstance(value, str):
            self.bad(field, value, "value.wrong_type", value=value, expected="text")
            return ""
        found = plain(value) or ""
        if needed and not found:
            self.bad(field, None, "value.missing", field=field)
        elif _CONTROL.search(found):
            self.bad(field, None, "value.bad_text")
        elif len(found) > maximum:
            self.bad(field, None, "value.too_long", length=len(found), maximum=maximum)
        return found

    def mark(self, field: str, value: Any) -> str | None:
        """Return a short text that may be unknown."""
        return self.text(field, value, rules.MAX_MARK, needed=False) or None

    def one_of(self, field: str, value: Any, allowed: Collection[str]) -> str:
        """Return one of the allowed words."""
        if not isinstance(value, str) or value not in allowed:
            self.bad(field, value, "value.not_allowed", value=value, allowed=", ".join(allowed))
            return ""
        return value

    def maybe_one_of(self, field: str, value: Any, allowed: Collection[str]) -> str | None:
        """Return one of the allowed words, or None for not said."""
        return None if value is None else self.one_of(field, value, allowed)

    def several(self, field: str, value: Any, allowed: Sequence[str]) -> list[str]:
        """Return at least one of the allowed words, in their order."""
        given = list(value) if isinstance(value, list | tuple | set | frozenset) else [value]
        for one in given:
            self.one_of(field, one, allowed)
        if not given:
            self.bad(field, None, "value.missing", field=field)
        return [one for one in allowed if one in given]

    def count(self, field: str, value: Any, maximum: int, *, minimum: int = 0) -> int:
        """Return a whole number in its limits."""
        if isinstance(value, bool) or not isinstance(value, int):
            self.bad(field, value, "value.wrong_type", value=value, expected="whole number")
            return 0
        if value < minimum:
            self.bad(field, value, "value.too_small", value=value, minimum=minimum)
        elif value > maximum:
            self.bad(field, value, "value.too_large", value=value, maximum=maximum)
        return value

    def truth(self, field: str, value: Any) -> bool:
        """Return yes or no."""
        if not isinstance(value, bool):
            self.bad(field, value, "value.wrong_type", value=value, expected="yes or no")
        return bool(value)

    def place(self, lon: Any, lat: Any) -> tuple[float | None, float | None]:
        """Return a longitude and a latitude in degrees, or neither."""
        if lon is None and lat is None:
            return None, None
        if lon is None or lat is None:
            self.bad("lon" if lon is None else "lat", None, "value.half_coordinate")
            return None, None
        return self._degrees("lon", lon, 180), self._degrees("lat", lat, 90)

    def _degrees(self, field: str, value: Any, limit: int) -> float | None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= limit:
            self.bad(field, _shown(value), "value.wrong_type", value=_shown(value), expected="number of degrees")
            return None
        return float(value)

    def identifier(self, field: str, value: Any) -> str:
        """Return a UUID in its usual small form."""
        if not isinstance(value, str) or not UUID.fullmatch(value):
            self.bad(field, value, "value.bad_form", value=value, pattern="UUID")
            return ""
        return value

    def deletion(self, value: Any, today: str) -> str:
        """Return a day after today, within `geo.workshop.MAX_DAYS`."""
        try:
            day = date.fromisoformat(value) if isinstance(value, str) and len(value) == len("YYYY-MM-DD") else None
        except ValueError:
            day = None
        if day is None:
            self.bad("deletion_date", value, "value.bad_date", value=value)
            return ""
        first, last = (date.fromisoformat(today) + timedelta(days=days) for days in (1, rules.MAX_DAYS))
        if day < first:
            self.bad("deletion_date", value, "value.too_small", value=value, minimum=first.isoformat())
        elif day > last:
            self.bad("deletion_date", value, "value.too_large", value=value, maximum=last.isoformat())
        return day.isoformat()

    def language(self, value: Any, field: str = "language") -> str | None:
        """Return the code of a language, or None for not said."""
        if value is None:
            return None
        if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
            self.bad(field, value, "value.bad_form", value=value, pattern="de, de-simple, ar")
            return None
        return value.lower()

    def note(self, given: dict[str, Any], categories: Sequence[str] = CATEGORIES) -> dict[str, Any]:
        """Return what a note says: category, text, place and marks."""
        lon, lat = self.place(given.get("lon"), given.get("lat"))
        return {
            "category": self.one_of("category", given.get("category"), categories),
            "text": self.text("text", given.get("text"), rules.MAX_NOTE),
            "lon": lon,
            "lat": lat,
            "grid_code": self.mark("grid_code", given.get("grid_code")),
            "sticker": self.mark("sticker", given.get("sticker")),
        }


def _shown(value: Any) -> Any:
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value
