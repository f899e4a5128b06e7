"""Areas named in one word, as in the pages' address line: stadtteil:12, stadtbezirk:3, stadt, quartier:IDENTIFIER."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.area import named_area
from geo.errors import ParameterError, QuartierError
from geo.quarter import quarter_of
from store.view import view

if TYPE_CHECKING:
    from geo.area import Area, AreaLevel
    from geo.catalogue import Load
    from store.database import Store

LEVELS: Final[dict[str, AreaLevel]] = {
    "stadtteil": "district", "district": "district", "stadtbezirk": "borough", "borough": "borough",
    "stadt": "city", "city": "city", "quartier": "quarter", "quarter": "quarter",
}  # fmt: skip
"""First word → level."""

_FORMS: Final = "stadtteil:12, stadtbezirk:3, stadt, quartier:IDENTIFIER"
_MOST_DIGITS: Final = 9


def area_named(load: Load, text: str, store: Store | None = None) -> Area:
    """Return the area that `text` names; own Quartiere come from `store`.

    Raises
    ------
    ParameterError
        No such area, or not one of the forms.
    """
    word, _, number = text.strip().partition(":")
    level = LEVELS.get(word.casefold())
    if level == "city":
        return named_area(load, "city", 0)
    if level == "quarter" and store is not None:
        return _quarter(load, store, number)
    plain = number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS
    if level is None or level == "quarter" or not plain:
        raise ParameterError("parameter.unknown_value", name="area", value=text, allowed=_FORMS)
    return named_area(load, level, int(number))


def area_of_session(load: Load, level: str, area_id: str, store: Store | None = None) -> Area | None:
    """Return the area of a session; None if it is not known any more."""
    try:
        return area_named(load, f"{level}:{area_id}", store)
    except QuartierError:
        return None


def _quarter(load: Load, store: Store, key: str) -> Area:
    frame = view(store, "quarters")
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    found = next((row for row in rows if row["id"] == key), None)
    if found is None:
        names = ", ".join(f"quartier:{row['id']}" for row in rows) or _FORMS
        raise ParameterError("parameter.unknown_value", name="area", value=f"quartier:{key}", allowed=names)
    return quarter_of(load, load("population_cells"), {str(name): value for name, value in found.items()})
