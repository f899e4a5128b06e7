"""Text tables: encodings, separators, and cells that stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.errors import UploadError
from exchange.grid import Budget
from exchange.limits import DEFAULT_LIMITS
from exchange.read_csv import find_encoding, read_csv

TEXT = "Name;Straße;Bemerkung\nBürgerhaus;Lange Straße 1;„gut“ – €\nCafé;Öffnung;ß\n"


def read(data, **options):
    return read_csv(data, budget=Budget(DEFAULT_LIMITS), **options)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_text_comes_back_in_every_encoding(encoding):
    grid, info = read(TEXT.encode(encoding))
    assert grid.rows[1] == ["Bürgerhaus", "Lange Straße 1", "„gut“ – €"]
    assert info["encoding"] == encoding


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_old_office_encodings_are_told_by_their_umlauts(encoding):
    text = "Name;Straße\nBürgerhaus Süd;Größe\nKüche;Mädchen\n"
    grid, info = read(text.encode(encoding))
    assert info["encoding"] == encoding
    assert grid.rows[1] == ["Bürgerhaus Süd", "Größe"]


def test_latin_1_is_taken_where_bytes_have_no_meaning_in_windows():
    assert find_encoding("Straße für Mädchen;".encode("latin-1") + b"\x81\n") == "latin-1"


def test_an_encoding_chosen_by_a_person_counts():
    grid, info = read("ä;b\nc;d\n".encode("cp850"), encoding="cp850")
    assert grid.rows[0] == ["ä", "b"]
    assert info["encoding"] == "cp850"
    with pytest.raises(UploadError) as caught:
        read(b"a;b\nc;d\n", encoding="utf-7")
    assert caught.value.key == "upload.unknown_encoding"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_delimiter_is_found_also_beside_decimal_commas(delimiter):
    rows = [["Name", "Wert", "Text"], ["A", "1.234,5", "x, y; z"], ["B", "2,5", "p"], ["C", "3,0", "q"]]
    text = "\n".join(delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in rows)
    grid, info = read(text.encode())
    assert info["delimiter"] == delimiter
    assert grid.rows == rows


def test_separator_line_of_a_spreadsheet_is_honoured_and_counted():
    grid, info = read(b"sep=|\na|b;c\n1|2;3\n")
    assert info["delimiter"] == "|"
    assert grid.rows == [["a", "b;c"], ["1", "2;3"]]
    assert grid.numbers == [2, 3]


def test_everything_stays_text():
    cells = ["01067", "+49 511 168-0", "NA", "1.234,5", "=SUM(A1)", "TRUE", "1e5", "null", " x ", "0x1F"]
    header = [f"c{i}" for i in range(len(cells))]
    grid, _ = read((";".join(header) + "\n" + ";".join(cells) + "\n").encode())
    assert grid.rows[1] == cells


def test_rows_keep_their_line_numbers_over_empty_lines_and_line_breaks_in_cells():
    grid, _ = read(b'a;b\r\n\r\n"x\ny";1\r\nz;2\r\n')
    assert grid.rows == [["a", "b"], ["x\ny", "1"], ["z", "2"]]
    assert grid.numbers == [1, 3, 5]


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=12)


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=12), min_size=2, max_size=4
        ),
        min_size=2,
        max_size=6,
    )
)
def test_any_table_written_by_a_csv_writer_is_read_as_written(rows):
    import csv
    import io

    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    grid, _ = read(out.getvalue().encode("utf-8-sig"), delimiter=";")
    assert grid.rows == [[cell or None for cell in row] for row in rows if any(row)]
