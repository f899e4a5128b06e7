"""Files in and out: workbooks beside openpyxl, doubles beside comparing all pairs, 50,000 rows beside their budget."""

import io
import os
import random
from typing import Any

import openpyxl
from rapidfuzz import fuzz, process

from bench.compare import Comparison, compare, compare_measured
from exchange.content import Content, content_of_package
from exchange.duplicates import find_matches
from exchange.export import export
from exchange.grid import Budget
from exchange.limits import DEFAULT_LIMITS
from exchange.normal import name_key
from exchange.packed import Packed
from exchange.place_rows import PlaceRow
from exchange.read_xlsx import read_xlsx
from exchange.session import ImportSession
from exchange.vocabulary import Vocabulary, vocabulary_of
from exchange.xlsx_write import Sheet, write_xlsx
from geo.sources import open_package

ROWS = 50_000
SHEET_ROWS = 8_000
PAIR_ROWS = 3_000
IMPORT_BUDGET_S = 30.0
EXPORT_BUDGET_S = 15.0


def run() -> list[Comparison]:
    """Return all comparisons; the first two sides work on the same workbook."""
    package = open_package("data")
    words, content = vocabulary_of(package), content_of_package(package)
    table = [[f"Text {row} {column}" if column else f"{row:05d}" for column in range(24)] for row in range(SHEET_ROWS)]
    workbook = write_xlsx([Sheet("Orte", [f"Spalte {column}" for column in range(24)], table)])
    return [
        compare(
            f"read {SHEET_ROWS} × 24 cells",
            lambda: _read(workbook),
            lambda: _read_openpyxl(workbook),
            against="openpyxl, read-only",
            limit=1.0,
            same=lambda ours, theirs: ours == theirs,
            rounds=3,
        ),
        compare(
            f"write {SHEET_ROWS} × 24 cells",
            lambda: write_xlsx([Sheet("Orte", (), table)]),
            lambda: _write_openpyxl(table),
            against="openpyxl, write-only",
            limit=1.0,
            same=lambda ours, theirs: _read(ours) == _read(theirs),
            rounds=3,
        ),
        _doubles(),
        _import(words, content),
        _export(words, content),
    ]


def _busy() -> float:
    """Return the processor time of this process and its children so far: what an idle machine would take."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _read(data: bytes) -> list[list[str | None]]:
    packed = Packed(io.BytesIO(data), DEFAULT_LIMITS)
    return read_xlsx(packed, budget=Budget(DEFAULT_LIMITS))[0].rows


def _read_openpyxl(data: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def _write_openpyxl(table: list[list[str]]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Orte")
    for row in table:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _doubles() -> Comparison:
    """Every second row repeats an existing place under a slightly other name."""
    chance = random.Random(5)  # noqa: S311 - test data
    streets = [f"{chance.choice('ABCDEFGH')}straße {number}" for number in range(400)]
    places = {
        str(number): {
            "name": f"Einrichtung {chance.randrange(10**6)} am Markt",
            "street": chance.choice(streets),
            "house_number": str(number),
        }
        for number in range(PAIR_ROWS)
    }
    known = list(places.values())
    rows = [
        PlaceRow(number, dict(known[number], name=known[number]["name"] + " e. V."))
        if number % 2
        else PlaceRow(number, {"name": f"Neu {chance.randrange(10**9)}"})
        for number in range(PAIR_ROWS)
    ]

    def all_pairs() -> set[int]:
        ours, theirs = [[name_key(str(r["name"])) for r in side] for side in ([r.values for r in rows], known)]
        scores = process.cdist(ours, theirs, scorer=fuzz.token_sort_ratio, score_cutoff=99)
        return set((scores.max(axis=1) > 0).nonzero()[0].tolist())

    return compare(
        f"doubles among {PAIR_ROWS} × {PAIR_ROWS} places",
        lambda: {number for number, found in find_matches(rows, places).items() if found[0].proposal != "different"},
        all_pairs,
        against="rapidfuzz, names of all pairs",
        limit=1.0,
        same=lambda ours, theirs: ours == theirs,
        rounds=3,
    )


def _import(words: Vocabulary, content: Content) -> Comparison:
    data = _office_table(words, content)

    def ours() -> tuple[float, int]:
        before = _busy()
        session = ImportSession.of_file(data, "Erhebung.csv", words=words)
        plan = session.plan(content)
        placed = sum("lon" in place.values for place in session.places) if any(plan.creates.values()) else 0
        return _busy() - before, placed

    return compare_measured(
        f"import {ROWS} rows: read, map, check, doubles, plan, points for the map",
        ours,
        lambda: (IMPORT_BUDGET_S, ROWS),
        against=f"{IMPORT_BUDGET_S:g} s (processor time)",
        limit=1.0,
        same=lambda placed, expected: placed == expected,
        rounds=1,
    )


def _office_table(words: Vocabulary, content: Content) -> bytes:
    """Return a German spreadsheet's CSV (cp1252, decimal commas) of so many places all over the city."""
    chance = random.Random(3)  # noqa: S311 - test data
    places = list(content.rows("locations").values())
    kinds = [labels[0] for labels in words.kinds.values()]
    streets = [place["street"] for place in places if place["street"]]
    west, south, east, north = words.bounds
    lines = [
        "Einrichtung;Art;Träger;Straße;Hausnr.;PLZ;Ort;Telefon;E-Mail;Öffnungszeiten;Rechtswert;Hochwert;Zielgruppe"
    ]
    for number in range(ROWS):
        x, y = (f"{chance.uniform(*side):.2f}".replace(".", ",") for side in ((west, east), (south, north)))
        name = f"{chance.choice(places)['name']} {number % 700}".replace(";", ",").replace('"', "")
        lines.append(
            f"{name};{chance.choice(kinds)};Träger {number % 900};{chance.choice(streets)};{number % 180};"
            f"30{number % 600:03d};Hannover;0511 {100_000 + number};t{number}@example.org;"
            f"Mo-Fr {8 + number % 4}-{16 + number % 4};{x};{y};Kinder, Familien"
        )
    return "\n".join(lines).encode("cp1252", errors="replace")


def _export(words: Vocabulary, content: Content) -> Comparison:
    places = list(content.rows("locations").items())
    many = {f"{key}-{turn}": row for turn in range(ROWS // len(places) + 1) for key, row in places}
    large = Content(dict(content.tables) | {"locations": dict(list(many.items())[:ROWS])}, {})

    def ours() -> tuple[float, bool]:
        before = _busy()
        made = export(large, "xlsx", words)
        return _busy() - before, made.startswith(b"PK")

    return compare_measured(
        f"export {ROWS} places as XLSX",
        ours,
        lambda: (EXPORT_BUDGET_S, True),
        against=f"{EXPORT_BUDGET_S:g} s (processor time)",
        limit=1.0,
        same=lambda made, expected: made == expected,
        rounds=1,
    )
