"""Notes back from paper: typed rows or a file become notes where they were stuck, every problem named by row.

The same rows give the same identifiers, so that a file read twice stores nothing twice.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from exchange.errors import UploadError
from exchange.problems import RowProblem
from exchange.text_cells import unprefixed
from exchange.workshop.paper_columns import column_of, header_of
from exchange.workshop.paper_model import Comparison, Paper, PaperRead, TypedNote
from exchange.workshop.paper_reader import Reader
from geo.crs import points_from_xy, to_lonlat
from geo.errors import ParameterError
from geo.print_grid import grid_of_key
from geo.workshop import NOTES_PER_SESSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from exchange.sandbox import Upload
    from store.workshop import Note

_DECIMALS: Final = 6


def rows_of(upload: Upload, paper: Paper) -> tuple[list[tuple[int, dict[str, str | None]]], list[RowProblem], Paper]:
    """Return the rows of a file by column name, problems of its head, and the paper with the grid that the file names.

    Raises
    ------
    UploadError
        No table with a column for the text.
    """
    for grid in upload.grids:
        found = header_of(grid)
        if found is not None:
            headings, rows, numbers = found
            names = [column_of(heading) for heading in headings]
            problems = [
                RowProblem("paper.column_unused", upload.filename, value=heading, severity="warning")
                for heading, name in zip(headings, names, strict=True)
                if name is None and heading.strip()
            ]
            read = [
                (number, {name: cell for name, cell in zip(names, row, strict=False) if name is not None})
                for number, row in zip(numbers, rows, strict=True)
            ]
            own, other = _own_grid(upload, paper)
            return read, problems + other, own
    found_columns = ", ".join(str(cell) for grid in upload.grids[:1] for cell in (grid.header or grid.rows[0])[:12])
    raise UploadError("paper.no_columns", found=found_columns)


def _own_grid(upload: Upload, paper: Paper) -> tuple[Paper, list[RowProblem]]:
    """Return the paper with the grid whose key the file carries, and a warning if that is another one."""
    key = upload.info.get("grid")
    if not key or key == paper.grid.key:
        return paper, []
    try:
        own = grid_of_key(key)
    except ParameterError:
        return paper, []
    details = {"expected": paper.grid.key}
    problem = RowProblem("paper.other_grid", upload.filename, value=key, details=details, severity="warning")
    return replace(paper, grid=own), [problem]


def read_file(upload: Upload, paper: Paper) -> PaperRead:
    """Return the notes of a file and every problem, those of its head first; UploadError without a column for texts."""
    rows, problems, own = rows_of(upload, paper)
    read = read_rows(rows, own, file=upload.filename)
    return replace(read, problems=(*problems, *read.problems))


def read_rows(rows: Iterable[tuple[int, Mapping[str, str | None]]], paper: Paper, *, file: str = "") -> PaperRead:
    """Return the notes of typed rows (number and cells by column name), and every problem.

    A row with an error gives no note; a row in which only number or category stand is counted as blank.
    """
    given = [(number, {name: _cell(cell) for name, cell in cells.items()}) for number, cells in rows]
    filled = [(number, cells) for number, cells in given if _is_filled(cells)]
    reader = Reader(paper, file, filled)
    if len(filled) > NOTES_PER_SESSION:
        details = {"count": len(filled), "maximum": NOTES_PER_SESSION}
        return PaperRead((), (RowProblem("paper.too_many", file, details=details),), len(given) - len(filled))
    notes = [note for number, cells in filled if (note := reader.note(number, cells)) is not None]
    _put_on_map(notes, reader.spots)
    return PaperRead(tuple(notes), tuple(reader.problems), len(given) - len(filled))


def compared(notes: Sequence[TypedNote], there: Iterable[Note]) -> Comparison:
    """Tell notes that are new from those that the session has, by identifier or number of the card."""
    present = list(there)
    by_id = {note.id: note for note in present}
    by_sticker = {note.sticker: note for note in present if note.sticker}
    new, same, changed = [], [], []
    for note in notes:
        found = by_id.get(note.values["id"]) or by_sticker.get(note.values["sticker"])
        if found is None:
            new.append(note)
        elif _says_the_same(note.values, found):
            same.append(note)
        else:
            changed.append((note, found))
    return Comparison(tuple(new), tuple(same), tuple(changed))


def differences(found: Comparison, *, file: str = "") -> list[RowProblem]:
    """Return a warning for each note that the session has with another content."""
    return [
        RowProblem("paper.differs", file, note.row, "text", note.values["text"], {"there": there.text}, "warning")
        for note, there in found.changed
    ]


def _says_the_same(values: Mapping[str, Any], found: Note) -> bool:
    """Tell whether a row says what a note of the session says; no dots in the row leave those of the note."""
    marks = all(values[name] == getattr(found, name) for name in ("category", "text", "grid_code"))
    return marks and values["paper_dots"] in (0, found.paper_dots)


def _put_on_map(notes: Sequence[TypedNote], spots: Mapping[int, tuple[float, float]]) -> None:
    """Write longitude and latitude into the notes whose spot is known in metres, by row."""
    placed = [note for note in notes if note.row in spots]
    xy = np.array([spots[note.row] for note in placed]).reshape(-1, 2)
    points = to_lonlat(points_from_xy(xy[:, 0], xy[:, 1]))
    for note, lon, lat in zip(placed, points.x, points.y, strict=True):
        note.values["lon"], note.values["lat"] = round(lon, _DECIMALS), round(lat, _DECIMALS)


def _cell(cell: str | None) -> str:
    return unprefixed(str(cell)).strip() if cell is not None else ""


def _is_filled(cells: Mapping[str, str]) -> bool:
    return any(cells.get(name, "") not in {"", "0"} for name in ("text", "grid_code", "paper_dots", "lon", "lat"))
