"""Messages about notes typed back from paper (see `exchange.messages`)."""

from __future__ import annotations

from typing import Final

PAPER_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "paper.no_columns": (
        "The table has no column for the text of the notes; its columns are {found!r}.",
        "Name the columns sticker, category, text, grid_code, as in the table of the kit.",
    ),
    "paper.text_missing": (
        "The note has no text.",
        "Type what stands on the card, or empty the row.",
    ),
    "paper.text_long": (
        "The text has {length} characters; a note has at most {maximum}.",
        "Shorten it, or make two notes of it.",
    ),
    "paper.bad_sign": (
        "The text has a sign that cannot be kept.",
        "Type the text again without it.",
    ),
    "paper.name_hint": (
        "The text may hold something personal: {value!r}.",
        "Names and numbers of persons are not needed; leave them out, or correct the row.",
    ),
    "paper.category_missing": (
        "The category is missing.",
        "Choose one of: {allowed}.",
    ),
    "paper.category_unknown": (
        "{value!r} is no category of this session.",
        "Choose one of: {allowed}.",
    ),
    "paper.category_of_card": (
        "The category was taken from the number of the card.",
        "Change it if the card was used for something else.",
    ),
    "paper.code_unknown": (
        "{value!r} is no field of this map.",
        "Its fields go from {first} to {last}: letter and number on the edge of the map.",
    ),
    "paper.code_other": (
        "The place lies in field {found}, but the row says {value!r}.",
        "The place counts; correct the row if the field is right.",
    ),
    "paper.no_place": (
        "The note has no field of the map.",
        "It comes in without a place; fill in the field if the card stuck on the map.",
    ),
    "paper.outside": (
        "The place lies far outside the map.",
        "Look at longitude and latitude, or empty both and fill in the field.",
    ),
    "paper.half_place": (
        "Only one of longitude and latitude is filled in, or one is no number.",
        "Fill in both or none.",
    ),
    "paper.sticker_twice": (
        "The number {value!r} stands in row {other} already.",
        "Every number is on one card only; correct one of both rows.",
    ),
    "paper.sticker_long": (
        "The number of the card is longer than {maximum} characters.",
        "Type the number as it stands on the card.",
    ),
    "paper.bad_dots": (
        "{value!r} is no number of dots.",
        "Type a whole number from 0 to {maximum}.",
    ),
    "paper.differs": (
        "This note is in the session already, with another content: {there!r}.",
        "Leave it, or choose to take over what was changed.",
    ),
    "paper.column_unused": (
        "The column {value!r} is not used.",
        "Nothing has to be done.",
    ),
    "paper.other_grid": (
        "The file was made with another grid ({value}) than the map of this session ({expected}).",
        "Its codes are read with its own grid.",
    ),
    "paper.too_many": (
        "The table has {count} notes; a session takes at most {maximum}.",
        "Split the table, or leave out what is not needed.",
    ),
}
