"""Target groups: from the words of the sources to the groups of the catalogue."""

from __future__ import annotations

import re
from functools import cache

from scripts.datapackage import tables
from scripts.datapackage.names import join_list, split_text


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = tables.load("target_words")
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["target_group"]) for row in rows)


def target_groups(text: str) -> str:
    """Return the ids of the groups a text names, ";"-joined in the order of the catalogue; "" = none."""
    parts = split_text(text)
    found = [group for pattern, group in _patterns() if any(pattern.fullmatch(part) for part in parts)]
    return join_list(found)


def unknown_words(text: str) -> list[str]:
    """Return the parts of a text that name no group of the catalogue."""
    return [part for part in split_text(text) if not target_groups(part)]
