"""CSV tables: text first, then typed, every cell that does not fit named."""

from __future__ import annotations

import csv
import string

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.problems import Problem
from geo.schema import load_schema
from geo.tables import decode, parse_table, typed_frame

FILE = "netz/stops.csv"
HEADER = "id,name,lon,lat,modes,in_city,district_id,ifopt"


def stops(*lines):
    text = "\n".join([HEADER, *lines]) + "\n"
    table, problems = parse_table(text.encode(), file=FILE)
    frame, more = typed_frame(table, load_schema("stops"), file=FILE)
    return frame, problems + more


def only(problems):
    assert len(problems) == 1
    return problems[0]


def test_a_good_row_has_the_types_of_the_schema():
    frame, problems = stops("7,Südstraße,9.7,52.4,tram;bus,true,12,")
    assert problems == []
    row = frame.iloc[0]
    assert (row["id"], row["name"], row["lon"], row["in_city"], row["district_id"]) == (7, "Südstraße", 9.7, True, 12)
    assert pd.isna(row["ifopt"])
    expected = ["int64", "str", "float64", "float64", "str", "bool", "Int64", "str"]
    assert [str(dtype) for dtype in frame.dtypes] == expected


def test_an_unknown_whole_number_is_na_and_not_zero():
    frame, problems = stops("7,A,9.7,52.4,,true,,", "8,B,9.7,52.4,,true,3,")
    assert problems == []
    assert frame["district_id"].to_list() == [pd.NA, 3]
    assert str(frame["district_id"].dtype) == "Int64"


@pytest.mark.parametrize(
    ("line", "column", "value", "expected"),
    [
        ("x7,A,9.7,52.4,,true,1,", "id", "x7", "whole number"),
        ("1.0,A,9.7,52.4,,true,1,", "id", "1.0", "whole number"),
        ("7,A,9.7,nan,,true,1,", "lat", "nan", "number"),
        ("7,A,inf,52.4,,true,1,", "lon", "inf", "number"),
        ("7,A,1e999,52.4,,true,1,", "lon", "1e999", "number"),
        ('7,A,"9,7",52.4,,true,1,', "lon", "9,7", "number"),
        ("7,A,9_7,52.4,,true,1,", "lon", "9_7", "number"),
        ("7,A, 9.7,52.4,,true,1,", "lon", " 9.7", "number"),
        ("7,A,٩,52.4,,true,1,", "lon", "٩", "number"),
        ("7,A,9.7,52.4,,wahr,1,", "in_city", "wahr", "true or false"),
        ("99999999999999999999,A,9.7,52.4,,true,1,", "id", "99999999999999999999", "whole number"),
    ],
)
def test_a_cell_of_the_wrong_type_is_named_and_empty(line, column, value, expected):
    frame, problems = stops("5,Z,9.7,52.4,,true,1,", line)
    problem = only(problems)
    assert (problem.key, problem.row, problem.column, problem.value) == ("cell.wrong_type", 3, column, value)
    assert problem.details["expected"] == expected
    assert frame[column].isna().to_list() == [False, True]


def test_a_missing_number_that_is_needed_is_named():
    _, problems = stops("7,A,,52.4,,true,1,")
    problem = only(problems)
    assert (problem.key, problem.row, problem.column) == ("cell.required", 2, "lon")


def test_rows_of_the_wrong_length_are_left_out_and_rows_are_counted_as_in_the_file():
    frame, problems = stops("7,A,9.7,52.4,,true,1", "", "8,B,9.7,52.4,,nein,1,")
    assert frame["id"].to_list() == [8]
    assert [(p.key, p.row, p.value) for p in problems] == [("table.row_length", 2, 7), ("cell.wrong_type", 4, "nein")]


def test_columns_that_are_missing_or_not_known():
    table, _ = parse_table(b"id,name,lon,lat,modes,in_city,district_id,colour\n", file=FILE)
    frame, problems = typed_frame(table, load_schema("stops"), file=FILE)
    assert [(p.key, p.column, p.severity) for p in problems] == [
        ("table.missing_column", "ifopt", "error"),
        ("table.extra_column", "colour", "warning"),
    ]
    assert "colour" not in frame.columns


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "data.not_csv"),
        (b"\n\n", "data.not_csv"),
        (b'id,name\n"7,A\n', "data.not_csv"),
        (b"id;name;lon\n7;A;1\n", "table.wrong_delimiter"),
        (b"id,name,id\n", "table.duplicate_column"),
        ("id,name\n1,Süd\n".encode("latin-1"), "data.not_utf8"),
    ],
)
def test_what_is_no_table_is_told(data, key):
    table, problems = parse_table(data, file=FILE)
    assert table is None
    assert only(problems).key == key


def test_a_wrong_encoding_is_told_with_its_row_and_byte():
    problem = decode("a\nb\nSüd".encode("latin-1"), file=FILE)
    assert isinstance(problem, Problem)
    assert (problem.row, problem.value) == (3, "0xfc")


def test_the_byte_order_mark_of_spreadsheets_is_no_part_of_the_first_column():
    table, problems = parse_table("id,name\n1,A\n".encode("utf-8-sig"), file=FILE)
    assert problems == []
    assert list(table.columns) == ["id", "name"]


def test_a_long_text_is_read_even_if_somebody_has_set_a_shorter_limit_for_the_process():
    before = csv.field_size_limit(100)
    try:
        frame, problems = stops(f'7,"{"ä" * 1000}",9.7,52.4,,true,1,')
    finally:
        csv.field_size_limit(before)
    assert problems == []
    assert len(frame["name"].iloc[0]) == 1000


def test_hostile_text_comes_out_as_the_same_text():
    hostile = "{{7*7}} {% x %} `${a}` \\ </script> \u202e " + "ä" * 100_000
    frame, problems = stops(f'7,"{hostile}",9.7,52.4,,true,1,')
    assert problems == []
    assert frame["name"].iloc[0] == hostile


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x00"), max_size=20)


@given(
    rows=st.lists(
        st.tuples(texts, st.floats(allow_nan=False, allow_infinity=False), st.integers(-(10**17), 10**17)), max_size=8
    )
)
def test_whatever_is_written_is_read_again(rows):
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(HEADER.split(","))
    for text, number, whole in rows:
        writer.writerow([whole, text, repr(number), repr(number), "", "false", whole, ""])
    table, problems = parse_table(buffer.getvalue().encode(), file=FILE)
    frame, more = typed_frame(table, load_schema("stops"), file=FILE)
    assert problems + more == []
    assert frame["name"].fillna("").to_list() == [text for text, _, _ in rows]
    np.testing.assert_array_equal(frame["lon"].to_numpy(), [number for _, number, _ in rows])
    assert frame["id"].to_list() == [whole for _, _, whole in rows]


@given(text=st.text(string.digits + "+-.eE", min_size=1, max_size=8))
def test_a_number_is_what_python_reads_as_one(text):
    frame, problems = stops(f"7,A,{text},52.4,,true,1,")
    try:
        value = float(text)
    except ValueError:
        value = np.inf
    assert (problems == []) == np.isfinite(value)
    if not problems:
        assert frame["lon"].iloc[0] == value
