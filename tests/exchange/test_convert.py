"""Typed values, and every problem by row and column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.convert import convert
from exchange.grid import Grid
from exchange.mapping import ColumnMapping
from exchange.table import as_table
from tests.factories import degrees, metres


def table(columns, crs=None):
    rows = [list(row) for row in zip(*columns.values(), strict=True)]
    grid = Grid("t", [list(columns), *rows], [5, *range(6, 6 + len(rows))], crs=crs)
    return as_table(grid, header_row=5)


def run(words, columns, **options):
    mapping = ColumnMapping({name: name for name in columns}, **options)
    return convert(table(columns), mapping, words, file="x.csv")


def problems(converted):
    return [(p.row, p.column, p.key, p.severity) for p in converted.problems]


BASE = {"name": ["A", "B"], "kind": ["Bibliothek", "primary_school"]}


def test_good_rows_have_no_problems(words):
    converted = run(words, BASE | {"postal_code": ["01067", "30159 Hannover"], "wheelchair": ["Ja", "eingeschränkt"]})
    assert converted.problems == []
    assert converted.rows[0].number == 6
    assert converted.rows[0].values == {"name": "A", "kind": "library", "postal_code": "01067", "wheelchair": "yes"}
    assert converted.rows[1].values["city"] == "Hannover"
    assert converted.rows[1].values["wheelchair"] == "limited"


def test_every_problem_is_listed_and_the_text_kept(words):
    converted = run(
        words,
        {
            "name": ["A", None, "C", "D"],
            "kind": ["Bibliothek", "Bibliothek", "Raumstation", None],
            "postal_code": ["1067", None, None, None],
            "phone": ["keins", None, None, None],
            "email": ["a at b", None, None, None],
            "website": ["kein netz", None, None, None],
            "source_date": ["gestern", None, None, None],
            "wheelchair": ["vielleicht", None, None, None],
            "district": ["Atlantis", None, None, None],
            "note": ["alt", "#REF!", None, None],
        },
    )
    assert problems(converted) == [
        (6, "district", "row.unknown_district", "warning"),
        (6, "email", "row.bad_email", "warning"),
        (6, "phone", "row.bad_phone", "warning"),
        (6, "postal_code", "row.bad_postal_code", "warning"),
        (6, "source_date", "row.bad_date", "warning"),
        (6, "website", "row.bad_web", "warning"),
        (6, "wheelchair", "row.unknown_choice", "warning"),
        (7, "name", "row.required", "error"),
        (7, "note", "row.cell_error", "warning"),
        (8, "kind", "row.unknown_kind", "error"),
        (9, "kind", "row.required", "error"),
    ]
    note = converted.rows[0].values["note"]
    assert note.startswith("alt\n")
    for text in ("1067", "keins", "a at b", "kein netz", "gestern", "vielleicht", "Atlantis"):
        assert text in note
    assert converted.faulty == {7, 8, 9}
    for problem in converted.problems:
        assert problem.message.endswith(".")
        assert problem.remedy.endswith(".")


def test_words_for_kinds_can_be_assigned(words):
    converted = run(words, {"name": ["A"], "kind": ["Raumstation"]}, kinds={"RAUMSTATION": "library"})
    assert converted.rows[0].values["kind"] == "library"


def test_constants_fill_empty_cells(words):
    converted = run(words, {"name": ["A", "B"], "kind": [None, "Grundschule"]}, constants={"kind": "Bibliothek"})
    assert [row.values["kind"] for row in converted.rows] == ["library", "primary_school"]


def test_groups_are_found_and_the_words_kept(words):
    converted = run(words, BASE | {"target_groups": ["Kinder, Alle und Marsmenschen", "Ältere"]})
    assert converted.rows[0].values["target_groups"] == "children;everyone"
    assert converted.rows[0].values["target_group_text"] == "Kinder, Alle und Marsmenschen"
    assert converted.rows[1].values["target_groups"] == "seniors"
    assert "target_group_text" not in converted.rows[1].values
    assert problems(converted) == [(6, "target_groups", "row.unknown_group", "warning")]


def test_names_of_persons_are_not_taken_over(words):
    converted = run(words, BASE | {"contact": ["Frau Muster", "Quartiersbüro"]})
    assert "contact" not in converted.rows[0].values
    assert "note" not in converted.rows[0].values
    assert converted.rows[1].values["contact"] == "Quartiersbüro"
    assert problems(converted) == [(6, "contact", "row.person", "warning")]


def test_coordinates_in_metres_with_decimal_commas(words):
    x, y = metres(0.5, 1.5)
    lon, lat = degrees(0.5, 1.5)
    german = [f"{value:,.2f}".translate(str.maketrans(",.", ".,")) for value in (x, y)]
    converted = run(words, BASE | {"lon": [german[0], None], "lat": [german[1], None]})
    assert converted.problems == []
    assert converted.position.crs == "EPSG:25832"
    assert converted.rows[0].values["lon"] == pytest.approx(lon, abs=1e-6)
    assert converted.rows[0].values["lat"] == pytest.approx(lat, abs=1e-6)
    assert "lon" not in converted.rows[1].values


def test_swapped_columns_are_told(words):
    lon, lat = degrees(0.5, 0.5)
    converted = run(words, BASE | {"lon": [str(lat)] * 2, "lat": [str(lon)] * 2})
    assert converted.position.swapped
    assert converted.rows[0].values["lon"] == pytest.approx(lon)


def test_both_coordinates_in_one_cell(words):
    lon, lat = degrees(0.5, 0.5)
    converted = run(words, BASE | {"coordinates": [f"{lat}, {lon}", f"{lat}, {lon}"]})
    assert converted.rows[0].values["lon"] == pytest.approx(lon)
    assert "coordinates" not in converted.rows[0].values


def test_points_elsewhere_and_half_points(words):
    lon, lat = degrees(0.5, 0.5)
    x, y = str(lon), str(lat)
    columns = {"name": list("ABCD"), "kind": ["Bibliothek"] * 4}
    converted = run(words, columns | {"lon": [x, x, "2.35", x], "lat": [y, y, "48.85", None]})
    assert problems(converted) == [
        (8, "lon", "row.outside", "error"),
        (9, None, "row.half_coordinate", "warning"),
    ]
    assert str(lon)[:8] in converted.rows[3].values["note"]


def test_a_chosen_system_counts_even_if_nothing_fits(words):
    lon, lat = degrees(0.5, 0.5)
    converted = run(words, BASE | {"lon": [str(lon)] * 2, "lat": [str(lat)] * 2}, crs="EPSG:25832")
    assert [p.key for p in converted.problems] == ["row.outside", "row.outside"]


def test_addresses_in_one_cell_fill_only_gaps(words):
    converted = run(words, BASE | {"address": ["Weg 1, 30159 Hannover"] * 2, "city": ["Anderswo", None]})
    assert converted.rows[0].values["city"] == "Anderswo"
    assert converted.rows[1].values["city"] == "Hannover"
    assert converted.rows[1].values["house_number"] == "1"


def test_a_rounded_number_is_told_as_such(words):
    converted = run(words, BASE | {"phone": ["4,95112E+12", None]})
    assert [p.key for p in converted.problems] == ["row.number_lost"]


def test_control_characters_are_left_out(words):
    converted = run(words, BASE | {"note": ["a\x07b\x9fc", None]})
    assert converted.rows[0].values["note"] == "abc"
    assert [p.key for p in converted.problems] == ["row.control_characters"]


def test_text_files_protect_texts_by_an_apostrophe_and_workbooks_do_not(words):
    columns = BASE | {"note": ["'=1+1", "it's"]}
    mapping = ColumnMapping({name: name for name in columns})
    as_text = convert(table(columns), mapping, words, text_file=True)
    as_sheet = convert(table(columns), mapping, words)
    assert [row.values["note"] for row in as_text.rows] == ["=1+1", "it's"]
    assert as_sheet.rows[0].values["note"] == "'=1+1"


@given(st.data())
def test_any_text_in_any_column_is_a_value_or_a_problem_never_an_exception(words, data):
    from exchange.fields import place_fields

    targets = data.draw(st.lists(st.sampled_from(sorted(place_fields())), min_size=1, max_size=6, unique=True))
    texts = {target: data.draw(st.lists(st.text(max_size=15), min_size=2, max_size=2)) for target in targets}
    converted = run(words, {target: [cell or None for cell in cells] for target, cells in texts.items()})
    for row in converted.rows:
        if row.number not in converted.faulty:
            assert row.values["name"]
            assert row.values["kind"] in words.kinds
