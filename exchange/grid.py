"""A table as it stands in a file: every cell as text, every row with its number in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from exchange.errors import UploadError

if TYPE_CHECKING:
    from exchange.limits import Limits

Cell = str | None
Row = list[Cell]


@dataclass
class Grid:
    """Rows of cells; ``None`` is an empty cell.

    Attributes
    ----------
    name
        Name of the sheet, layer or file.
    rows, numbers
        Cells, and for each row its number in the file (text line, sheet row or feature), from 1.
    header
        Column names if the format has them apart from the rows (GeoJSON, GeoPackage).
    crs
        Coordinate system that the file itself names (``EPSG:25832``), None if it names none.
    """

    name: str
    rows: list[Row] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    header: list[str] | None = None
    crs: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for the way out of the child process."""
        return {
            "name": self.name,
            "rows": self.rows,
            "numbers": self.numbers,
            "header": self.header,
            "crs": self.crs,
        }


class Budget:
    """Counts rows, columns, cells and characters of one upload against its limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._cells = 0
        self._chars = 0

    def row(self, table: str, number: int, cells: Row) -> None:
        """Count one row; UploadError as soon as a limit is passed."""
        limits = self.limits
        self.position(table, number, len(cells))
        filled = [cell for cell in cells if cell]
        self._cells += len(filled)
        self._chars += sum(map(len, filled))
        if self._cells > limits.cells or self._chars > limits.total_chars:
            raise UploadError("upload.too_many_cells", limit=limits.cells)
        if filled and max(map(len, filled)) > limits.cell_chars:
            column = next(i for i, cell in enumerate(cells, 1) if cell and len(cell) > limits.cell_chars)
            raise UploadError("upload.cell_too_long", row=number, column=column, limit=limits.cell_chars)

    def position(self, table: str, number: int, columns: int) -> None:
        """Check a row's number and width; UploadError if one is beyond the limits."""
        if number > self.limits.rows:
            raise UploadError("upload.too_many_rows", table=table, row=number, limit=self.limits.rows)
        if columns > self.limits.columns:
            raise UploadError(
                "upload.too_many_columns",
                table=table,
                row=number,
                count=columns,
                limit=self.limits.columns,
            )
