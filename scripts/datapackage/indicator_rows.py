"""Rows of the resource indicators: one constructor, one place for levels and dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scripts.datapackage.provenance import german

LEVELS: Final = {
    "stadtteil": "district",
    "residual_of_bezirk": "residual_of_borough",
    "bezirk": "borough",
    "city": "city",
}
"""Level in the raw table → level of the value in the package."""

LABEL_2019: Final = "2018-12-31 or 2019-12-31"
"""What the source calls 2019 without saying which New Year's Eve it means."""


@dataclass(frozen=True)
class Place:
    """The area a value is about."""

    level: str
    id: str
    name: str


CITY: Final = Place("city", "hannover", "Hannover")


def indicator_row(
    place: Place,
    indicator: str,
    value: float,
    *,
    date: str,
    source: str,
    quality: str = "reported",
    level: str | None = None,
) -> dict[str, object]:
    """Return a row without its unit; `level` is the value's level if it is not the area's own."""
    return {
        "area_level": place.level,
        "area_id": place.id,
        "area_name": place.name,
        "indicator": indicator,
        "value": value,
        "reference_date": plain_date(date),
        "value_level": level or place.level,
        "quality": quality,
        "source": german(source),
    }


def plain_date(text: str) -> str:
    """Return the date as it will be shown; the undecided label 2019 in the package's words."""
    return LABEL_2019 if text.startswith("label 2019") else text or "not stated"
