"""Search as you type over everything that has a name: the package's rows and local work.

Words are folded the same way on both sides (case, accents, ß, ae/oe/ue, Straße/Str.), every typed
word must begin a word of the entry. Added and changed entries are found through an index of the
database, rows of the package in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, select, text

from store.models import EntryState, Revision
from store.overlay import GROUND, entries_by_id
from store.resources import resource, resources
from store.search_index import fold, row_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from store.database import Store
    from store.ground import Ground

MAX_WORDS: Final = 8


@dataclass(frozen=True)
class Hit:
    """One entry found."""

    resource: str
    id: str
    title: str
    kind: str | None
    district_id: int | None


def search(
    store: Store,
    query: str,
    *,
    names: Iterable[str] | None = None,
    district_id: int | None = None,
    limit: int = 20,
) -> list[Hit]:
    """Return entries in use that hold every typed word, names that begin with the query first.

    Parameters
    ----------
    query
        What was typed; an empty one finds nothing.
    names
        Resources to search; default: all that can be searched.
    district_id
        Only entries of this district.
    limit
        Most hits returned.
    """
    wanted = frozenset(names) if names is not None else _searchable()
    folded = fold(query)
    words = folded.split()[:MAX_WORDS]
    if not words or limit < 1:
        return []
    with store.read() as connection:
        revision = connection.execute(select(Revision.number)).scalar_one()
        found = _indexed(connection, folded, words, wanted, district_id, limit, store=store)
    for name in sorted(wanted):
        found += [row for row in _ground_rows(store, name, revision) if _fits(row, words, district_id)]
    found.sort(key=lambda row: (not row["folded_title"].startswith(folded), row["folded_title"], row["id"]))
    return [Hit(r["resource"], r["id"], r["title"], r["kind"], r["district_id"]) for r in found[:limit]]


_COLUMNS: Final = "SELECT e.resource, e.id, e.title, e.folded_title, e.kind, e.district_id"
_SQLITE: Final = f"""{_COLUMNS} FROM search_fts f JOIN search_entries e ON e.number = f.rowid
    WHERE f.search_fts MATCH :words AND e.resource IN :names {{place}}
    ORDER BY (substr(e.folded_title, 1, :length) = :folded) DESC, e.folded_title, e.id LIMIT :most"""
_POSTGRES: Final = f"""{_COLUMNS} FROM search_entries e
    WHERE e.words @@ CAST(:words AS tsquery) AND e.resource IN :names {{place}}
    ORDER BY starts_with(e.folded_title, :folded) DESC, e.folded_title COLLATE "C", e.id LIMIT :most"""


def _indexed(
    connection: Connection,
    folded: str,
    words: Sequence[str],
    wanted: frozenset[str],
    district_id: int | None,
    limit: int,
    *,
    store: Store,
) -> list[dict[str, Any]]:
    given: dict[str, Any] = {"names": sorted(wanted), "folded": folded, "most": limit}
    if store.is_sqlite:
        statement = _SQLITE
        given |= {"words": " ".join(f'"{word}"*' for word in words), "length": len(folded)}
    else:
        statement = _POSTGRES
        given["words"] = " & ".join(f"'{word}':*" for word in words)
    place = ""
    if district_id is not None:
        place = "AND e.district_id = :district"
        given["district"] = district_id
    asked = text(statement.format(place=place)).bindparams(bindparam("names", expanding=True))
    return [dict(row) for row in connection.execute(asked, given).mappings()]


def _fits(row: Mapping[str, Any], words: Sequence[str], district_id: int | None) -> bool:
    if district_id is not None and row["district_id"] != district_id:
        return False
    spaced = f" {row['text']}"
    return all(f" {word}" in spaced for word in words)


@lru_cache(maxsize=1)
def _searchable() -> frozenset[str]:
    return frozenset(kind.name for kind in resources().values() if kind.search)


@lru_cache(maxsize=64)
def _ground_rows(store: Store, name: str, revision: int) -> tuple[dict[str, Any], ...]:  # noqa: ARG001
    """Return index rows of the package's entries in use, as they are since `revision`."""
    kind = resource(name)
    rows = dict(_package_rows(store.ground, name))
    with store.read() as connection:
        asked = select(EntryState.id).where(
            EntryState.resource == name, EntryState.origin == GROUND, EntryState.version > 0
        )
        worked_on = connection.execute(asked).scalars()
        for one in entries_by_id(connection, store.ground, kind, worked_on).values():
            rows.pop(one.id, None)
            if not one.is_retired and one.values.get("is_public") is not False:
                rows[one.id] = row_of(kind, one.id, one.values)
    return tuple(rows.values())


@lru_cache(maxsize=64)
def _package_rows(ground: Ground, name: str) -> Mapping[str, dict[str, Any]]:
    kind = resource(name)
    return {key: row_of(kind, key, values) for key, values in ground.rows(name).items()}
