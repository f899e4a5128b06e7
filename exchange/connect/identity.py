"""Which entry here belongs to which object of a source: identifiers made from the source's own.

The same object always gets the same identifier, so that the next run recognises it, whatever its name
or place has become. An entry whose batch was undone does not come back: the object gets the next
identifier in its line. An entry that a person retired stays retired, and the object with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.batches import UNDONE
from store.overlay import entries_by_id
from store.resources import resource
from store.values import id_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from exchange.content import Row
    from store.database import Store

Tables = dict[str, dict[str, dict[str, Any]]]


@dataclass(frozen=True)
class Identified:
    """Identifier of each object by the source's name of it, and those that people retired here."""

    ids: Mapping[str, str]
    retired: frozenset[str]


def identify(store: Store, source: str, refs: Iterable[str], *, name: str = "locations") -> Identified:
    """Return the identifiers of objects; refs that are empty are left out."""
    return _lines(store, name, list(dict.fromkeys(filter(None, refs))), lambda ref, turn: _made(source, ref, turn))


def _made(source: str, ref: str, turn: int) -> str:
    return id_from("connect", source, ref, str(turn))


def _lines(store: Store, name: str, refs: list[str], made: Callable[[str, int], str]) -> Identified:
    """Return for each ref the first identifier of its line that was not undone."""
    found: dict[str, str] = {}
    retired: set[str] = set()
    waiting, turn = refs, 0
    while waiting:
        keys = {ref: made(ref, turn) for ref in waiting}
        with store.read() as connection:
            known = entries_by_id(connection, store.ground, resource(name), keys.values())
        later = []
        for ref, key in keys.items():
            entry = known.get(key)
            if entry is not None and entry.is_retired and entry.retired_reason == UNDONE:
                later.append(ref)
                continue
            found[ref] = key
            if entry is not None and entry.is_retired:
                retired.add(ref)
        waiting, turn = later, turn + 1
    return Identified(found, frozenset(retired))


def renewed(store: Store, tables: Mapping[str, Mapping[str, Row]]) -> tuple[Tables, frozenset[str]]:
    """Return HSDS entries with new identifiers for those undone here, and the retired places among them.

    Entries of other kinds that people retired here are left out.
    """
    names: dict[str, str] = {}
    gone: set[str] = set()
    places: frozenset[str] = frozenset()
    for name, rows in tables.items():
        line = _lines(store, name, list(rows), lambda key, turn: key if turn == 0 else _made("hsds", key, turn))
        names |= {key: new for key, new in line.ids.items() if key != new}
        if name == "locations":
            places = line.retired
        else:
            gone |= line.retired
    made: Tables = {}
    for name, rows in tables.items():
        made[name] = {}
        for key, row in rows.items():
            if key in gone or not gone.isdisjoint(value for value in row.values() if isinstance(value, str)):
                gone.add(key)
                continue
            made[name][names.get(key, key)] = {
                field: names.get(value, value) if isinstance(value, str) else value for field, value in row.items()
            }
    return made, places
