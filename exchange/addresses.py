"""Addresses in one cell taken apart: ``Lange Straße 12 A, 30159 Hannover``."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_TOWN: Final = re.compile(r"(?:^|[,;\n]\s*|\s+)(?:D-)?(\d{5})\b\s*([^,;\n\d]*)")
_NUMBER: Final = re.compile(
    r"(?P<street>.*?[^\W\d_]\.?)\s*(?P<number>\d{1,4}\s?[a-zA-Z]?(?:\s?[-–/+]\s?\d{1,4}\s?[a-zA-Z]?)*)\Z"
)


class Address(NamedTuple):
    """The parts of an address; None = not in the text."""

    street: str | None
    house_number: str | None
    postal_code: str | None
    city: str | None


def split_address(text: str) -> Address:
    """Return the parts of an address in one cell."""
    town = _TOWN.search(text)
    rest = text[: town.start()] + text[town.end() :] if town else text
    rest = rest.strip(" ,;\n\t")
    street, number = split_street(rest) if rest else (None, None)
    code = town.group(1) if town else None
    city = (town.group(2).strip() or None) if town else None
    return Address(street, number, code, city)


def split_street(text: str) -> tuple[str, str | None]:
    """Return street and house number; the number is None if the text ends without one."""
    found = _NUMBER.match(text.strip())
    if found is None:
        return text.strip(), None
    return found.group("street").strip(" ,"), found.group("number").strip()
