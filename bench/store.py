"""The store on SQLite: save one entry, add 50,000 at once, search while typing, read all; against fixed times."""

import itertools
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from bench.compare import Comparison, compare, compare_measured, within_budget
from store import LOCAL, Store, create, create_many, open_store, search, update, view, work_list
from store.search_index import fold

ROWS = 50_000
SAVES = 60
KEYSTROKES = ("t", "tr", "treff", "treff a", "treff am 12", "lind", "strasse 77")
_KINDS = ("Treff", "Beratung", "Kita", "Bibliothek", "Sprachcafé", "Seniorenkreis", "Werkstatt")
_PLACES = ("am Markt", "Linden", "Südstadt", "List", "Mühlenberg", "an der Straße", "Hainholz", "Döhren")


def run() -> list[Comparison]:
    """Fill a database of 50,000 places in a temporary folder and measure on it."""
    folder = Path(tempfile.mkdtemp(prefix="bench-store-"))
    store = open_store(f"sqlite:///{folder}/store.sqlite")
    try:
        return [_import(store), *_saves(store), *_typing(store), *_reading(store)]
    finally:
        store.close()
        shutil.rmtree(folder)


def places(count: int) -> list[dict[str, object]]:
    """Return rows of places with names as they are given in a city."""
    named = itertools.cycle(itertools.product(_KINDS, _PLACES))
    return [
        {
            "name": f"{kind} {place} {number}",
            "kind": "senior_meeting",
            "street": f"Teststraße {number % 900}",
            "postal_code": f"{30159 + number % 400}",
            "city": "Hannover",
            "lon": 9.65 + number % 300 / 2000,
            "lat": 52.32 + number % 200 / 2000,
            "source": "Messung",
        }
        for number, (kind, place) in zip(range(count), named, strict=False)
    ]


def _import(store: Store) -> Comparison:
    rows = places(ROWS)

    def add() -> tuple[float, int]:
        before = time.perf_counter()
        made = create_many(store, LOCAL, "locations", rows)
        return time.perf_counter() - before, len(set(made))

    return compare_measured(
        f"add {ROWS:,} checked rows in one transaction",
        add,
        lambda: (20.0, ROWS),
        against="budget",
        limit=1.0,
        same=lambda ours, theirs: ours == theirs,
        rounds=1,
    )


def _saves(store: Store) -> list[Comparison]:
    (row,) = places(1)
    changed = create(store, LOCAL, "locations", row)
    numbers = itertools.count()

    def save() -> int:
        return create(store, LOCAL, "locations", row).version

    def change() -> str:
        nonlocal changed
        values = {"note": f"Änderung {next(numbers)}"}
        changed = update(store, LOCAL, "locations", changed.id, values, version=changed.version)
        return changed.id

    return [
        within_budget("save a new entry", save, 0.05, rounds=SAVES),
        within_budget("save a change", change, 0.05, rounds=SAVES),
    ]


def _typing(store: Store) -> list[Comparison]:
    """Type letter by letter: each answer within 0.1 s, and the same as a look at every row gives."""

    def keystroke(query: str) -> Callable[[], list[str]]:
        return lambda: [hit.title for hit in search(store, query, limit=20)]

    within = [within_budget(f"search {query!r}", keystroke(query), 0.1, rounds=5) for query in KEYSTROKES]
    table = view(store, "locations")[["name", "street", "postal_code", "city"]]
    compared = compare(
        "search 'treff am 12'",
        keystroke("treff am 12"),
        lambda: _looked_at(table, "treff am 12")[:20],
        against="a look at every row",
        limit=0.1,
        same=lambda ours, theirs: ours == theirs,
        rounds=1,
    )
    return [*within, compared]


def _looked_at(table: pd.DataFrame, query: str) -> list[str]:
    words = [f" {word}" for word in fold(query).split()]
    found = []
    for row in table.itertuples(index=False):
        text = f" {fold(' '.join(row))}"
        if all(word in text for word in words):
            found.append(str(row.name))
    return sorted(found, key=lambda name: (not fold(name).startswith(fold(query)), fold(name)))


def _reading(store: Store) -> list[Comparison]:
    return [
        within_budget(f"view of {ROWS:,} entries", lambda: len(view(store, "locations")), 3.0),
        within_budget(f"work list over {ROWS:,} entries", lambda: len(work_list(store, LOCAL)), 6.0),
    ]
