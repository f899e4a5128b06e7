"""What columns mean: proposed by name and content, edited, kept as a template."""

from __future__ import annotations

import json

import pytest

from exchange.errors import MappingError
from exchange.fields import place_fields
from exchange.grid import Grid
from exchange.mapping import ColumnMapping, check, from_template, to_template
from exchange.propose import name_score, propose
from exchange.table import as_table


def table(header, *rows):
    return as_table(Grid("t", [list(header), *map(list, rows)], list(range(1, len(rows) + 2))), header_row=1)


OFFICE = {
    "Lfd. Nr.": (None, ["1", "2", "3"]),
    "Bezeichnung der Einrichtung": ("name", ["Treff A", "Schule B", "Bücherei C"]),
    "Art der Einrichtung": ("kind", ["Seniorentreff", "Grundschule", "Bibliothek"]),
    "Träger": ("operator", ["Stadt", "Verein", "Stadt"]),
    "Straße / Hausnummer": ("street", ["Weg 1", "Lange Str. 2", "Platz 3"]),
    "PLZ": ("postal_code", ["30159", "30161", "30165"]),
    "Ort": ("city", ["Hannover", "Hannover", "Hannover"]),
    "Telefonnr.": ("phone", ["0511 1", "0511 168-0", "0511 22334"]),
    "E-Mail-Adresse": ("email", ["a@b.de", "c@d.de", None]),
    "Internet": ("website", ["www.a.de", None, "https://b.de"]),
    "Öffnungszeiten": ("opening_hours", ["Mo-Fr 10-18", "Di 9-12", None]),
    "Rechtswert": ("lon", ["550.000,5", "550.100,5", "550.200,5"]),
    "Hochwert": ("lat", ["5.802.000,5", "5.802.100,5", "5.802.200,5"]),
    "Zielgruppe": ("target_groups", ["Kinder", "Alle", "Ältere"]),
    "Barrierefrei?": ("wheelchair", ["ja", "nein", "ja"]),
    "Bemerkungen": ("note", ["x", None, "y"]),
}


def test_an_office_spreadsheet_is_understood(words):
    rows = zip(*(cells for _, cells in OFFICE.values()), strict=True)
    found = propose(table(OFFICE, *rows), words)
    assert found.mapping.columns == {column: target for column, (target, _) in OFFICE.items() if target}
    assert all(0.5 <= score <= 1 for score in found.confidence.values())


def test_english_headings(words):
    header = ["Facility name", "Category", "Provider", "Street", "ZIP", "City", "Longitude", "Latitude", "Website"]
    found = propose(
        table(header, ["A", "Library", "City", "Way", "30159", "Hannover", "9.73", "52.37", "x.org"]), words
    )
    assert list(found.mapping.columns.values()) == [
        "name", "kind", "operator", "street", "postal_code", "city", "lon", "lat", "website",
    ]  # fmt: skip


def test_contents_tell_columns_without_a_telling_name(words):
    found = propose(
        table(
            ["Spalte A", "Spalte B", "Spalte C", "Spalte D", "Spalte E"],
            ["Grundschule", "0511 168-0", "a@b.de", "30159", "https://a.de"],
            ["Bibliothek", "+49 511 1234", "c@d.de", "30161", "https://b.de"],
        ),
        words,
    )
    assert found.mapping.columns == {
        "Spalte A": "kind",
        "Spalte B": "phone",
        "Spalte C": "email",
        "Spalte D": "postal_code",
        "Spalte E": "website",
    }


def test_a_running_number_is_no_house_number(words):
    found = propose(table(["Nr.", "Name"], ["1", "a"], ["2", "b"], ["3", "c"]), words)
    assert "house_number" not in found.mapping.columns.values()
    found = propose(table(["Straße", "Nr."], ["Weg", "12 a"], ["Platz", "3-5"], ["Allee", "7"]), words)
    assert found.mapping.columns["Nr."] == "house_number"


def test_each_target_is_given_once_to_the_surest_column(words):
    found = propose(table(["Tel.", "Telefon", "Fax"], ["0511 1234", "0511 5678", "0511 9"]), words)
    assert list(found.mapping.columns.values()).count("phone") == 1


def test_every_own_heading_means_its_own_field():
    for target in place_fields().values():
        for heading in (target.name, target.title_de, target.title_en):
            assert name_score(heading, target) == 1.0, heading


def test_no_heading_means_two_fields():
    seen = {}
    for target in place_fields().values():
        for heading in target.headings:
            assert seen.setdefault(heading, target.name) == target.name, heading


def test_a_template_fits_the_next_file_of_the_same_form():
    first = table(["Name", "Straße", "Typ"], ["a", "b", "c"])
    mapping = ColumnMapping(
        {"Name": "name", "Straße": "street", "Typ": "kind"},
        constants={"city": "Hannover"},
        kinds={"Typ 1": "library"},
        crs="EPSG:25832",
        swapped=True,
        number_style="comma",
    )
    text = to_template(mapping, "Bezirk")
    assert json.loads(text)["name"] == "Bezirk"
    assert from_template(text, first) == mapping
    later = table(["STRASSE", "name", "Neu"], ["a", "b", "c"])
    assert from_template(text, later).columns == {"STRASSE": "street", "name": "name"}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"quartierskarte_mapping": 99}, "mapping.bad_template"),
        ({"columns": {"Name": "shoe_size"}}, "mapping.unknown_target"),
        ({"columns": {"Name": 7}}, "mapping.bad_template"),
        ({"columns": []}, "mapping.bad_template"),
        ({"crs": "EPSG:1"}, "mapping.bad_template"),
        ({"swapped": "yes"}, "mapping.bad_template"),
        ({"number_style": "x"}, "mapping.bad_template"),
        ({"constants": {"x": "y"}}, "mapping.unknown_target"),
        ({"columns": {"Name": "name", "Typ": "name"}}, "mapping.double_target"),
    ],
)
def test_broken_templates_are_refused(change, key):
    content = json.loads(to_template(ColumnMapping({"Name": "name"}), "x")) | change
    with pytest.raises(MappingError) as caught:
        from_template(json.dumps(content), table(["Name", "Typ"], ["a", "b"]))
    assert caught.value.key == key


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 100_000])
def test_no_template_at_all(text):
    with pytest.raises(MappingError):
        from_template(text, table(["Name"], ["a"]))


def test_editing_moves_a_target():
    mapping = ColumnMapping({"A": "name", "B": "kind"})
    assert mapping.assigned("B", "name").columns == {"B": "name"}
    assert mapping.assigned("A", None).columns == {"B": "kind"}
    with pytest.raises(MappingError):
        check(ColumnMapping({"C": "name"}), table(["A"], ["x"]))
