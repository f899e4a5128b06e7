"""What can be wrong with the data: one problem = one place in a file, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from geo.errors import (
    CrsError,
    DataFileError,
    GeometryError,
    QuartierError,
    SchemaError,
    message_text,
    remedy_text,
    shortened,
)

Severity = Literal["error", "warning"]

_ERRORS: Final[dict[str, type[QuartierError]]] = {
    "data": DataFileError,
    "table": SchemaError,
    "cell": SchemaError,
    "crs": CrsError,
    "geometry": GeometryError,
    "coordinate": GeometryError,
    "storyline": DataFileError,
}


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one place of the data package.

    Attributes
    ----------
    key
        Message key in `geo.errors.MESSAGE_KEYS`.
    file
        Path inside the package, for example ``orte/locations.csv``.
    row
        Row as a spreadsheet counts it (the header is row 1); the number of the feature (from 1) in
        a GeoJSON file, of the step in a storyline; None = the whole file.
    column
        Column, None = the whole row.
    value
        The value as it stands in the file, long texts cut; None = there is none.
    details
        Further fields of the message.
    severity
        ``error`` = cannot be used as it is; ``warning`` = look at it.
    """

    key: str
    file: str
    row: int | None = None
    column: str | None = None
    value: object = None
    details: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"

    @property
    def params(self) -> dict[str, Any]:
        """All fields of the message: file, row, column, value and the details."""
        place = {"file": self.file, "row": self.row, "column": self.column, "value": shortened(self.value)}
        return place | dict(self.details)

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return message_text(self.key, self.params)

    @property
    def remedy(self) -> str:
        """What to do, in English."""
        return remedy_text(self.key, self.params)

    def as_error(self) -> QuartierError:
        """Return the error that `geo.sources.read` raises for this problem."""
        kind = _ERRORS[self.key.partition(".")[0]]
        return kind(self.key, **self.params)
