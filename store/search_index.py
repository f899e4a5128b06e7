"""The search index of added entries, kept up to date by every write."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, insert

from store.models import SearchRow
from store.overlay import ADDED, chunks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from store.entry import Entry
    from store.resources import Resource

_WORD: Final = re.compile(r"[^\W_]+")
_SPELLED: Final = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})


def fold(value: str) -> str:
    """Return the words of `value` for comparing: folded, in order, separated by one blank."""
    plain = value.casefold().replace("ß", "ss").translate(_SPELLED)
    for long, short in (("ae", "a"), ("oe", "o"), ("ue", "u"), ("strasse", "str")):
        plain = plain.replace(long, short)
    marks = unicodedata.normalize("NFKD", plain)
    bare = "".join(letter for letter in marks if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(bare))


def row_of(kind: Resource, entry_id: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the index row of an entry."""
    title = str(values[kind.search[0]] or "")
    words = " ".join(str(values[name]) for name in kind.search if values[name])
    return {
        "id": entry_id,
        "resource": kind.name,
        "title": title,
        "folded_title": fold(title),
        "kind": values.get("kind"),
        "district_id": values.get("district_id"),
        "text": fold(words),
    }


def add(connection: Connection, kind: Resource, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """Add new entries (identifier and values) to the index; internal ones are never found."""
    if kind.search:
        shown = [row_of(kind, key, v) for key, v in rows if v.get("is_public") is not False]
        if shown:
            connection.execute(insert(SearchRow), shown)


def refresh(connection: Connection, found: Entry) -> None:
    """Bring the index row of an added entry up to date; a retired one is taken out."""
    if found.resource.search and found.origin == ADDED:
        remove(connection, [found.id])
        if not found.is_retired:
            add(connection, found.resource, [(found.id, found.values)])


def remove(connection: Connection, ids: Sequence[str]) -> None:
    """Take entries out of the index."""
    for chunk in chunks(list(ids)):
        connection.execute(delete(SearchRow).where(SearchRow.id.in_(chunk)))
