"""Raw tables: what is missing or broken is named with file, row and column."""

import pytest

from scripts.datapackage.indicators_points import sourced
from scripts.datapackage.raw import RawDataError, number, read_json, read_table, required_number


def _table(folder, text, name="t.csv"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return folder


def test_cells_are_stripped_texts(tmp_path):
    rows = read_table(_table(tmp_path, "a,b\n 1 ,x\n"), "t.csv", ["a"])
    assert rows == [{"a": "1", "b": "x"}]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path):
    assert read_table(_table(tmp_path, "\ufeffa\n1\n"), "t.csv", ["a"]) == [{"a": "1"}]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,c\n1,2\n", r"'t\.csv' lacks the column\(s\) 'b'"),
        ("a,b\n1\n", r"'t\.csv', row 2: 1 cells for 2 columns"),
        ("a,b\n1,2,3\n", r"'t\.csv', row 2: 3 cells for 2 columns"),
        ("", r"'t\.csv' is empty"),
        ("a,b\n", r"'t\.csv' has a header but no rows"),
        (b"a,b\n\xff,2\n", r"'t\.csv' is not UTF-8"),
    ],
)
def test_broken_tables_are_named(tmp_path, text, message):
    with pytest.raises(RawDataError, match=message):
        read_table(_table(tmp_path, text), "t.csv", ["a", "b"])


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(RawDataError, match=r"'t\.csv' is missing"):
        read_table(tmp_path, "t.csv", ["a"])


@pytest.mark.parametrize(("text", "message"), [("{", "is not JSON"), ("[]", "holds list, not an object")])
def test_broken_json_is_named(tmp_path, text, message):
    with pytest.raises(RawDataError, match=message):
        read_json(_table(tmp_path, text, "t.json"), "t.json")


def test_numbers_are_read_or_named():
    row = {"id": "P1", "x": "1.5", "empty": "", "word": "viel", "nan": "nan", "inf": "inf"}
    assert number(row, "x", name="t.csv") == 1.5
    assert number(row, "empty", name="t.csv") is None
    for column in ("word", "nan", "inf"):
        with pytest.raises(RawDataError, match=rf"'t\.csv', column '{column}'.*id='P1'"):
            number(row, column, name="t.csv")
    with pytest.raises(RawDataError, match="column 'empty' is empty"):
        required_number(row, "empty", name="t.csv")


def test_the_same_source_as_above_is_written_out():
    rows = [
        {"source_url": "a", "value": "1"},
        {"source_url": "idem", "value": "2"},
        {"source_url": "idem", "value": "3"},
    ]
    assert [row["source_url"] for row in sourced(rows)] == ["a", "a", "a"]
    assert [row["value"] for row in sourced(rows)] == ["1", "2", "3"]
    with pytest.raises(RawDataError, match="names no source"):
        sourced([{"source_url": "idem"}])
