"""What is compared: districts by their number and own Quartiere by their id, in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from views import data, quarters_model

if TYPE_CHECKING:
    from views.state import Selection
    from views.texts import Texts

Place: TypeAlias = int | str


def chosen(selection: Selection) -> list[Place]:
    """Return the chosen districts, then the chosen Quartiere that fit the city."""
    return [*selection["districts"], *quarters(selection)]


def quarters(selection: Selection) -> list[str]:
    """Return the chosen Quartiere that fit the city."""
    return [key for key in selection["quarters"] if key in quarters_model.shapes()]


def names() -> dict[Place, str]:
    """Return the name of every district and Quartier."""
    return {**data.district_names(), **quarters_model.names()}


def belongs(t: Texts, place: Place) -> str:
    """Return the small line below a name: in which borough, or that it is an own Quartier."""
    if isinstance(place, str):
        return t("entry.kind.quarters")
    boroughs = data.frame("districts").set_index("district_id")["borough"]
    return t("compare.in_borough", borough=boroughs[place])
