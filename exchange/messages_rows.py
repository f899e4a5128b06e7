"""Messages about single rows and cells of an import (see `exchange.messages`)."""

from __future__ import annotations

from typing import Final

ROW_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "row.required": (
        "{title} is missing.",
        "Fill in the cell, or set one value for all rows.",
    ),
    "row.example": (
        "This is the example row of the template; it is left out.",
        "Nothing has to be done.",
    ),
    "row.unknown_kind": (
        "The kind {value!r} is not in the catalogue.",
        "Assign a kind to this word; similar: {similar}.",
    ),
    "row.unknown_choice": (
        "{value!r} is none of the allowed values of {title}; it is kept in the note.",
        "Use one of: {allowed}.",
    ),
    "row.unknown_group": (
        "Not every word of {value!r} means a known target group; the text is kept beside the known ones.",
        "Nothing has to be done; choose a target group later if one fits.",
    ),
    "row.unknown_district": (
        "{value!r} is no Stadtteil of the city; it is kept in the note.",
        "Correct the name or number; with a coordinate the Stadtteil is found by itself.",
    ),
    "row.not_a_number": (
        "{value!r} is no number ({style}); it is kept in the note.",
        "Correct the cell, or choose another way of writing numbers.",
    ),
    "row.half_coordinate": (
        "Only one of both coordinates is filled in; it is kept in the note.",
        "Fill in both or none.",
    ),
    "row.outside": (
        "The coordinate lies outside the city and its surroundings.",
        "Check the numbers, their order and the coordinate system {crs!r}.",
    ),
    "row.bad_postal_code": (
        "{value!r} is no German postal code; it is kept in the note.",
        "Use five digits; Excel drops a leading zero in number cells.",
    ),
    "row.bad_phone": (
        "The telephone number {value!r} is not understood; it is kept in the note.",
        "Write it with the area code, for example 0511 168-0.",
    ),
    "row.bad_email": (
        "{value!r} is no e-mail address; it is kept in the note.",
        "Write it as name@example.org.",
    ),
    "row.bad_web": (
        "{value!r} is no web address; it is kept in the note.",
        "Write it as https://example.org.",
    ),
    "row.bad_date": (
        "{value!r} is no date; it is kept in the note.",
        "Write it as 2026, 2026-11 or 22.11.2026.",
    ),
    "row.bad_id": (
        "{value!r} is no identifier of this program; the place gets a new one.",
        "Leave the column away unless the file was exported here.",
    ),
    "row.cell_error": (
        "The cell holds the spreadsheet error {value!r}; it is taken as empty.",
        "Correct the formula in the spreadsheet.",
    ),
    "row.control_characters": (
        "The cell holds invisible control characters; they are left out.",
        "Nothing has to be done; check the text.",
    ),
    "row.extra_cells": (
        "The row has {count} cells more than the header.",
        "Check the separators and quotation marks of this row.",
    ),
    "row.number_lost": (
        "The number {value!r} looks cut off or rounded by a spreadsheet.",
        "Format the column as text in the spreadsheet and enter the value again.",
    ),
    "row.person": (
        "{value!r} looks like the name of a person; it is not taken over.",
        "Enter the function, for example Quartiersbüro; names of persons are not stored.",
    ),
    "row.place_differs": (
        "The rows {first} and {row} have the same identifier but different values for {title}.",
        "Make them the same; the first row is used.",
    ),
}
