"""Messages about storylines; part of `geo.messages`."""

from __future__ import annotations

from typing import Final

STORYLINE_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "storyline.too_large": (
        "The storyline has {bytes} bytes; at most {limit} are read.",
        "Take the file that this program saved; a storyline holds no pictures.",
    ),
    "storyline.not_utf8": (
        "The file {file!r} is no text in UTF-8: byte {position} does not fit.",
        "Take the file that this program saved, or save the text as UTF-8.",
    ),
    "storyline.not_json": (
        "The file {file!r} is no JSON: line {line}, sign {sign} does not fit.",
        "Take the file that this program saved, or correct the JSON there.",
    ),
    "storyline.beyond_json": (
        "The file {file!r} holds numbers or nesting that no storyline needs.",
        "Take the file that this program saved.",
    ),
    "storyline.other_format": (
        "The file {file!r} says that its format is {value!r}.",
        "Take a storyline: its entry 'format' is {expected!r}.",
    ),
    "storyline.other_version": (
        "The storyline has version {value!r}.",
        "This program reads version {expected}: update the program, or save the storyline again.",
    ),
    "storyline.missing": (
        "The entry {column!r} is missing.",
        "Add it.",
    ),
    "storyline.unknown_entry": (
        "There is no entry {column!r}.",
        "Take it away, or use one of: {allowed}.",
    ),
    "storyline.not_text": (
        "The entry {column!r} is {value!r}.",
        "Write a text in quotes there.",
    ),
    "storyline.not_list": (
        "The entry {column!r} is {value!r}.",
        "Write a list in square brackets there.",
    ),
    "storyline.not_object": (
        "The entry {column!r} is {value!r}.",
        "Write an object in braces there.",
    ),
    "storyline.not_number": (
        "The entry {column!r} is {value!r}.",
        "Write a number there.",
    ),
    "storyline.not_whole_number": (
        "The entry {column!r} is {value!r}.",
        "Write the number of a district, without quotes there.",
    ),
    "storyline.not_fill": (
        "The entry {column!r} is {value!r}.",
        "Write an object with the entry 'indicator' or the entry 'gap' there.",
    ),
    "storyline.text_length": (
        "The text {column!r} has {length} characters.",
        "Write 1 to {limit} characters.",
    ),
    "storyline.broken_text": (
        "The text {column!r} holds half a character: {value!r}.",
        "Write it anew.",
    ),
    "storyline.unknown_value": (
        "The entry {column!r} has the unknown value {value!r}.",
        "Use one of: {allowed}.",
    ),
    "storyline.out_of_range": (
        "The entry {column!r} is {value!r}.",
        "Use a number from {minimum} to {maximum}.",
    ),
    "storyline.too_many": (
        "The list {column!r} has {length} entries.",
        "At most {limit} are allowed.",
    ),
    "storyline.second_alone": (
        "Step {row} names a second district but no first one.",
        "Add the entry 'district', or take 'second' away.",
    ),
    "storyline.same_district": (
        "Step {row} names the district {value!r} twice.",
        "Choose another district as 'second', or take it away.",
    ),
    "storyline.gap_settings": (
        "The settings of the gap analysis in step {row} cannot be used: {value!r}.",
        "Save the step again on the gap page, or take the entry 'settings' away.",
    ),
}
