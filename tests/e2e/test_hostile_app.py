"""The whole app on a data package whose every free text is hostile: the same text appears, nothing runs."""

from __future__ import annotations

import csv
from itertools import cycle

import pytest

from geo.schema import load_schema
from scripts.serve import ROOT, serve
from tests.e2e.hostile import HOSTILE
from tests.e2e.mapframe import map_frame
from tests.factories import FILES, base_tables, write_package

LEFT_OUT = {"null", "long"}  # no text of a CSV; tried once below
# Texts with a form or a meaning of their own beside those the schema says.
CODES = {"id", "kind", "letter", "colour", "shape", "group", "target_group", "role", "topic", "indicator", "area_id",
         "cell_id", "source_id", "opening_hours", "number", "ifopt", "population_column", "standard_id", "unit",
         "type", "modes"}  # fmt: skip
PAGES = (
    "", "karte?district=1&show=actors,offers,stops&kinds={kinds}", "luecken?district=1", "ansprechstellen", "vergleich",
    "bedarf", "daten", "finden?district=1&need=caring", "profil?area=stadtteil:1", "profil?area=stadtteil:1&part=places",
    "profil?area=stadtteil:1&part=who", "ziele?area=stadtteil:1", "ziele?area=stadtteil:1&plan=library",
    "neubau?area=stadtteil:1",
)  # fmt: skip


def free_columns(resource):
    """Return the columns of a resource that hold any text."""
    columns = load_schema(resource).table_columns
    return {
        column.name
        for column in columns
        if column.type == "string" and not (column.enum or column.pattern or column.reference or column.is_list)
        and column.name not in CODES and not column.name.endswith("date")
    }  # fmt: skip


def real_assumptions():
    """Return the rows of the real package, without which the page of new-build areas has nothing to say."""
    with (ROOT / "data" / "katalog" / "newbuild_assumptions.csv").open(encoding="utf-8") as file:
        return [row | {"standard_id": ""} for row in csv.DictReader(file)]


def hostile_tables():
    """Return the tiny city with a hostile text behind every free text."""
    tables = base_tables() | {"newbuild_assumptions": real_assumptions()}
    texts = cycle(text for name, text in HOSTILE.items() if name not in LEFT_OUT)
    for resource, rows in tables.items():
        for row in rows:
            for column in sorted(free_columns(resource) & set(row)):
                if isinstance(row[column], str) and row[column]:
                    row[column] = f"{row[column]} {next(texts)}"
    tables["locations"][0]["description"] = HOSTILE["long"]
    return tables


def add_hostile_columns(path):
    """Add a column for every hostile text, named by it; the data page names columns that it does not know."""
    names = [text for name, text in HOSTILE.items() if name not in LEFT_OUT]
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header + names, *(row + [""] * len(names) for row in rows)])


@pytest.fixture(scope="module")
def hostile_url(browser, tmp_path_factory):
    folder = write_package(tmp_path_factory.mktemp("hostile"), hostile_tables())
    add_hostile_columns(folder / FILES["stops"])
    with serve(ROOT / "server.py", env={"QK_DATA": str(folder)}) as url:
        yield url


@pytest.mark.parametrize("path", PAGES)
def test_hostile_texts_stay_texts_on_every_page(page, hostile_url, path):
    kinds = ",".join(row["kind"] for row in base_tables()["facility_kinds"])
    page.goto(f"{hostile_url}/{path.format(kinds=kinds)}")
    page.wait_for_selector("h1")
    page.wait_for_selector("[data-test-script-state='notRunning']", state="attached")
    if path.startswith(("karte", "luecken")):
        frame = map_frame(page)
        if path.startswith("karte"):
            frame.wait_for_selector(".qk-symbol", state="attached")
    words = page.locator("body").inner_text()
    assert "ist ein Fehler aufgetreten" not in words
    assert "{{ 49" not in words
    for each in page.frames:
        assert each.evaluate("window.hacked") is None
        assert each.locator("img[src*='example.org'], script[src*='example.org'], a[href^='javascript:']").count() == 0


def test_hostile_names_of_columns_are_named_as_they_are(page, hostile_url):
    page.goto(f"{hostile_url}/daten")
    warnings = page.locator("details", has_text="Hinweis").first
    warnings.wait_for()
    warnings.locator("summary").click()
    page.get_by_text("stops.csv").first.wait_for()
    words = page.locator("body").inner_text()
    assert "alert(" in words
    assert page.evaluate("window.hacked") is None


def test_every_kind_of_text_is_tried_in_the_names_that_maps_show():
    tables = hostile_tables()
    shown = " ".join(
        row["name"] for name in ("districts", "locations", "organizations", "stops") for row in tables[name]
    )
    everything = "\n".join(str(value) for rows in tables.values() for row in rows for value in row.values())
    assert [name for name, text in HOSTILE.items() if name not in LEFT_OUT and text not in everything] == []
    assert "{{" in shown or "<script>" in shown
