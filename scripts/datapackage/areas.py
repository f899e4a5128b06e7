"""Areas named in German texts: to numbers of Stadtteile and Stadtbezirke, or to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scripts.datapackage.names import split_text

if TYPE_CHECKING:
    from collections.abc import Mapping

CITY_ID = "hannover"
_CITY_TEXTS = {"Gesamtstadt", "alle", "alle Stadtbezirke", "alle 13 Stadtbezirke", "je Stadtbezirk"}


@dataclass(frozen=True)
class Area:
    """What a text names: level ("city", "borough", "district" or "") and the numbers there."""

    level: str = ""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gazetteer:
    """Names of the official areas.

    `districts` and `boroughs` map the name to the number; `borough_of` a Stadtteil to its
    Stadtbezirk. A name that is both ("Mitte") is read as the Stadtteil unless boroughs are wanted.
    """

    districts: Mapping[str, int]
    boroughs: Mapping[str, int]
    borough_of: Mapping[int, int]

    def district_id(self, name: str) -> int | None:
        """Return the number of a Stadtteil, None for "" and for a name that is no Stadtteil."""
        return self.districts.get(name)

    def districts_of(self, borough_id: int) -> tuple[int, ...]:
        """Return the Stadtteile of a Stadtbezirk, ascending."""
        return tuple(sorted(key for key, value in self.borough_of.items() if value == borough_id))

    def parse(self, text: str, *, boroughs_first: bool = False) -> Area:
        """Return the areas a ";"-separated text names by their official names.

        Words that are no official name ("u. a. Stöcken", "Kronsberg") yield no number: a part must not
        pass for the whole. If the text names areas of several levels ("Stöcken; Gesamtstadt"), the
        largest counts. `boroughs_first`: a name that is both ("Ricklingen") means the Stadtbezirk.
        """
        order = ("borough", "district") if boroughs_first else ("district", "borough")
        found = [area for part in split_text(text) if (area := self._one(part, order))]
        for level in ("city", "borough", "district"):
            ids = {number for at, number in found if at == level}
            if ids:
                return Area(level, tuple(sorted(ids, key=lambda number: (len(number), number))))
        return Area()

    def _one(self, part: str, order: tuple[str, str]) -> tuple[str, str] | None:
        if part in _CITY_TEXTS:
            return "city", CITY_ID
        names = {"district": self.districts, "borough": self.boroughs}
        return next(((level, str(names[level][part])) for level in order if part in names[level]), None)

    def district_ids(self, area: Area) -> tuple[int, ...]:
        """Return the Stadtteile an area covers; none for the city as a whole and for no area."""
        if area.level == "district":
            return tuple(int(number) for number in area.ids)
        if area.level == "borough":
            return tuple(sorted(d for b in area.ids for d in self.districts_of(int(b))))
        return ()
