"""What a text says about its own origin is kept as a remark, apart from what people read about a place."""

import csv

import pytest

from scripts.datapackage.names import web_address
from scripts.datapackage.provenance import divide, german, plain_name
from scripts.datapackage.tables import HERE


@pytest.mark.parametrize(
    ("text", "said", "origin"),
    [
        ("Billard, Nachhilfe (keine Straße in der Quelle)", "Billard, Nachhilfe", "keine Straße in der Quelle"),
        ("Krankenhausstandort laut Eurostat/GISCO (Standort-ID 26_1)", "", "Standort laut Eurostat/GISCO (Standort-ID 26_1)"),
        ("Veranstaltungsort; in OSM als community_centre", "Veranstaltungsort", "in OpenStreetMap als Gemeinschaftszentrum"),
        (
            "OSM amenity=community_centre (Abzug 2022-05-12), OSM-ID 12 (Objekttyp unbekannt); im Roderbruch",
            "im Roderbruch",
            "in OpenStreetMap als Gemeinschaftszentrum (Abzug 2022-05-12, Nummer 12, Objekttyp unbekannt)",
        ),
        ("Grundschule; Ganztag", "Grundschule; Ganztag", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_a_description_is_divided_into_what_is_said_and_where_it_is_from(text, said, origin):
    assert divide(text) == (said, origin)


def test_a_name_loses_its_bracket_on_the_origin_only():
    assert plain_name("Zentrum Allerweg 7 (OSM community_centre, Name nicht in der Quelle)") == (
        "Zentrum Allerweg 7",
        "Name nicht in der Quelle",
    )
    assert plain_name("Notschlafstelle (Männer)") == ("Notschlafstelle (Männer)", "")


def test_english_words_of_a_source_become_german():
    assert german("noz.de (more than 14000 persons)") == "noz.de (mehr als 14000 Personen)"
    assert german("derived: Bezirk 827 ha minus Vahrenwald 327").startswith("abgeleitet: ")
    assert german("derived") == "derived"  # a code: the pages say it in their language


@pytest.mark.parametrize("path", sorted(HERE.glob("*.csv")), ids=lambda path: path.stem)
def test_every_row_of_a_reviewed_table_has_as_many_cells_as_its_header(path):
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert [row for row in rows if len(row) != len(header)] == []


def test_addresses_of_websites_have_a_scheme():
    assert [web_address(text) for text in ("", "kargah.de", "http://a.de")] == ["", "https://kargah.de", "http://a.de"]
