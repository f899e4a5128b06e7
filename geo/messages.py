"""Every message of the domain: key → English template, and key + ``.remedy`` → what to do.

The catalogue is data: the languages of the pages translate exactly these keys, and a test compares
both. Fields in braces are the ``params`` of the error or problem that carries the key.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from geo.messages_analysis import ANALYSIS_TEXTS
from geo.messages_data import DATA_TEXTS
from geo.messages_newbuild import NEWBUILD_TEXTS
from geo.messages_storyline import STORYLINE_TEXTS

# Each entry is a message and its remedy.
_TEXTS: Final[dict[str, tuple[str, str]]] = {
    # coordinate reference systems
    "crs.missing": (
        "The frame {name!r} has no coordinate reference system.",
        "Set it when the data is read: inside the program everything is {expected}.",
    ),
    "crs.not_metric": (
        "The frame {name!r} is in {found!r}, not in {expected}.",
        "Read it with geo.sources, which converts to {expected}.",
    ),
    # parameters
    "parameter.out_of_range": (
        "The parameter {name!r} is {value!r}.",
        "Use a value from {minimum} to {maximum}.",
    ),
    "parameter.unknown_value": (
        "The parameter {name!r} has the unknown value {value!r}.",
        "Use one of: {allowed}.",
    ),
    "parameter.wrong_type": (
        "The parameter {name!r} is of type {found!r}.",
        "Give it as {expected}.",
    ),
    "parameter.missing_column": (
        "The frame {name!r} has no column {column!r}.",
        "Use one of its columns: {available}.",
    ),
    "parameter.missing_value": (
        "The column {column!r} of the frame {name!r} has {count} empty values.",
        "Fill them: every row needs a value there.",
    ),
    # geometry handed to a function
    "geometry.not_points": (
        "The frame {name!r} holds geometries of type {found!r}.",
        "Use points, for example the centres of the areas.",
    ),
    "geometry.not_polygons": (
        "The area {area!r} of the frame {name!r} is of type {found!r}.",
        "Use polygons or multi-polygons.",
    ),
    "geometry.invalid_area": (
        "The area {area!r} of the frame {name!r} is not a valid polygon: {reason}.",
        "Correct its border so that it neither crosses nor touches itself.",
    ),
    # the grid on printed maps
    "grid.code_unreadable": (
        "{code!r} is no field of the map.",
        "Type the letter and the number of the field, from {first} to {last}.",
    ),
    "grid.code_outside": (
        "The map has no field {code!r}.",
        "Its fields go from {first} to {last}; look again at the letters and numbers on the edge of the map.",
    ),
    "grid.bad_key": (
        "{key!r} is no key of a printed map.",
        "It stands in small print below the map, five numbers with hyphens, such as 548200-5803400-100-22-25.",
    ),
    "grid.no_area": (
        "A grid needs an area, not {found!r}.",
        "Choose a district, a borough, the city or an own Quartier.",
    ),
    "grid.not_metric": (
        "The area for the grid is not in metres.",
        "Give it in EPSG:25832.",
    ),
}

_ALL: Final = _TEXTS | DATA_TEXTS | ANALYSIS_TEXTS | NEWBUILD_TEXTS | STORYLINE_TEXTS

MESSAGE_KEYS: Final = MappingProxyType(
    {key: texts[0] for key, texts in _ALL.items()} | {f"{key}.remedy": texts[1] for key, texts in _ALL.items()}
)
