"""Rows typed from paper, one after the other: each gives a note or the problems that keep it from being one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from exchange.normal import fold, is_number
from exchange.numbers_text import find_style, parse_number
from exchange.problems import RowProblem
from exchange.workshop.paper_columns import category_of
from exchange.workshop.paper_model import TypedNote
from geo.crs import lonlat_to_xy
from geo.errors import ParameterError
from geo.name_hint import name_hints
from geo.workshop import MAX_MARK, MAX_NOTE, MAX_PAPER_DOTS
from store.values import id_from, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from exchange.workshop.paper_model import Paper
    from geo.print_grid import Cell

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FAR_M: Final = 15_000.0


class Reader:
    """Reads rows and collects problems; `rows` are all of them, to find out how numbers are written."""

    def __init__(self, paper: Paper, file: str, rows: Sequence[tuple[int, Mapping[str, str]]]) -> None:
        self._paper = paper
        self._file = file
        self._style = find_style(cells.get(name, "") for _, cells in rows for name in ("lon", "lat"))
        self._stickers: dict[str, int] = {}
        self._times: dict[tuple[str, ...], int] = {}
        self._failed = False
        self.problems: list[RowProblem] = []
        self.spots: dict[int, tuple[float, float]] = {}
        """Where notes of which only the cell is known stand, in metres, by row; each number has a spot of its own."""

    def note(self, number: int, cells: Mapping[str, str]) -> TypedNote | None:
        """Return the note of a row; None if something is wrong with it."""
        self._failed = False
        sticker = self._sticker(number, cells.get("sticker", ""))
        text = self._text(number, cells.get("text", ""))
        category = self._category(number, cells.get("category", ""), sticker)
        dots = self._dots(number, cells.get("paper_dots", ""))
        exact = self._exact(number, cells.get("lon", ""), cells.get("lat", ""))
        cell = self._cell(number, cells.get("grid_code", ""), exact)
        if self._failed:
            return None
        code = None if cell is None else cell.code
        if exact is None and cell is None:
            self._say(number, "grid_code", None, "paper.no_place", severity="warning")
        elif exact is None and cell is not None:
            self.spots[number] = cell.spot(int(sticker) if is_number(sticker) else self._next(("spot", cell.code)))
        own, channel = cells.get("id", "").lower(), "paper" if sticker or not cells.get("id") else "host"
        values = {
            "id": own if _UUID.fullmatch(own) else self._identifier(sticker, category, text, code or ""),
            "category": category,
            "text": text,
            "lon": None if exact is None else exact[0],
            "lat": None if exact is None else exact[1],
            "grid_code": code,
            "sticker": sticker or None,
            "paper_dots": dots,
            "channel": channel,
        }
        return TypedNote(number, values, None if cell is None or exact else cell.uncertainty_m)

    def _say(self, row: int, column: str, value: Any, key: str, /, *, severity: str = "error", **details: Any) -> None:
        self._failed = self._failed or severity == "error"
        kind = "error" if severity == "error" else "warning"
        self.problems.append(RowProblem(key, self._file, row, column, value, details, kind))

    def _sticker(self, row: int, text: str) -> str:
        if is_number(text):
            text = str(int(text))
        if len(text) > MAX_MARK or _CONTROL.search(text):
            self._say(row, "sticker", text, "paper.sticker_long", maximum=MAX_MARK)
        elif text and text in self._stickers:
            self._say(row, "sticker", text, "paper.sticker_twice", other=self._stickers[text])
        elif text:
            self._stickers[text] = row
        return text

    def _text(self, row: int, text: str) -> str:
        found = plain(text) or ""
        if not found:
            self._say(row, "text", None, "paper.text_missing")
        elif len(found) > MAX_NOTE:
            self._say(row, "text", found, "paper.text_long", length=len(found), maximum=MAX_NOTE)
        elif _CONTROL.search(found):
            self._say(row, "text", None, "paper.bad_sign")
        elif hints := name_hints(found):
            shown = ", ".join(found[hint.start : hint.end] for hint in hints)
            self._say(row, "text", shown, "paper.name_hint", severity="warning")
        return found

    def _category(self, row: int, word: str, sticker: str) -> str:
        allowed = self._paper.allowed
        if word:
            found = category_of(word)
            if found not in self._paper.categories:
                self._say(row, "category", word, "paper.category_unknown", allowed=allowed)
            return found or ""
        if len(self._paper.categories) == 1:
            return self._paper.categories[0]
        card = int(sticker) if is_number(sticker) else None
        named = next((name for name, mine in self._paper.numbers.items() if card is not None and card in mine), None)
        if named in self._paper.categories:
            self._say(row, "category", named, "paper.category_of_card", severity="warning")
            return named or ""
        self._say(row, "category", None, "paper.category_missing", allowed=allowed)
        return ""

    def _dots(self, row: int, text: str) -> int:
        number = 0 if not text else int(text) if is_number(text) else -1
        if not 0 <= number <= MAX_PAPER_DOTS:
            self._say(row, "paper_dots", text, "paper.bad_dots", maximum=MAX_PAPER_DOTS)
        return number

    def _exact(self, row: int, lon: str, lat: str) -> tuple[float, float] | None:
        """Return a place given in degrees; None without one."""
        if not lon and not lat:
            return None
        found = parse_number(lon, self._style), parse_number(lat, self._style)
        if found[0] is None or found[1] is None:
            self._say(row, "lon", f"{lon} {lat}", "paper.half_place")
            return None
        x, y = self._metres(found[0], found[1])
        west, south, east, north = self._paper.grid.bounds
        if not (west - _FAR_M <= x <= east + _FAR_M and south - _FAR_M <= y <= north + _FAR_M):
            self._say(row, "lon", f"{lon} {lat}", "paper.outside")
        return found[0], found[1]

    def _metres(self, lon: float, lat: float) -> tuple[float, float]:
        x, y = lonlat_to_xy(np.array([lon]), np.array([lat]))
        return float(x[0]), float(y[0])

    def _cell(self, row: int, code: str, exact: tuple[float, float] | None) -> Cell | None:
        """Return the cell of a code, or of an exact place, which counts more."""
        grid = self._paper.grid
        typed = None
        if code:
            try:
                typed = grid.cell(code)
            except ParameterError:
                self._say(row, "grid_code", code, "paper.code_unknown", first="A1", last=grid.last)
        if exact is None:
            return typed
        inside = grid.code_at(*self._metres(*exact))
        if inside is None:
            return None
        if typed is not None and typed.code != inside:
            self._say(row, "grid_code", typed.code, "paper.code_other", severity="warning", found=inside)
        return grid.cell(inside)

    def _identifier(self, sticker: str, category: str, text: str, code: str) -> str:
        """Return the identifier that belongs to a row: its number's, or of what it says for the nth time."""
        session = self._paper.session_id
        if sticker:
            return id_from("workshop paper", session, sticker)
        said = (category, fold(text) or text, code)
        return id_from("workshop paper", session, *said, str(self._next(("id", *said))))

    def _next(self, key: tuple[str, ...]) -> int:
        self._times[key] = self._times.get(key, -1) + 1
        return self._times[key]
