"""Features of a WFS that speaks GML only: properties as text, one point for each geometry.

GML 2, 3.1 and 3.2 simple features. The document is streamed through expat without document types and
entities (`exchange.xml_stream`); nothing it names is opened.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from exchange.errors import UploadError
from exchange.grid import Grid
from exchange.shapes import label_point
from exchange.xml_stream import stream

if TYPE_CHECKING:
    from exchange.connect.answer import Record
    from exchange.grid import Budget
    from exchange.xml_stream import Attributes

GEOMETRY_X: Final = "geometry:x"
GEOMETRY_Y: Final = "geometry:y"
_MEMBERS: Final = frozenset({"member", "featureMember", "featureMembers"})
_POSITIONS: Final = frozenset({"pos", "posList", "coordinates"})
_SHAPES: Final = frozenset({"Point", "LineString", "Polygon", "Curve", "Surface", "MultiPoint", "MultiPolygon",
                            "MultiSurface", "MultiCurve", "MultiLineString", "Envelope", "Box"})  # fmt: skip
_EPSG: Final = re.compile(r"(?:EPSG|epsg)(?:\.xml#|[:/]+(?:[\d.]*[:/])?)(\d{4,6})$")
_RING: Final = 4


class _Reader:
    """Collects the features of one document."""

    def __init__(self, budget: Budget) -> None:
        self.records: list[Record] = []
        self.refs: list[str] = []
        self.crs: str | None = None
        self.exception: str | None = None
        self._budget = budget
        self._path: list[str] = []
        self._text: list[str] = []
        self._feature_at = 0
        self._record: Record = {}
        self._dimension = 2
        self._interior = False
        self._rings: list[list[list[str]]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """Take an opening tag."""
        self._text = []
        if self._path and self._path[-1] in _MEMBERS and not self._feature_at:
            self._feature_at = len(self._path) + 1
            self._record, self._rings, self._interior = {}, [], False
            self.refs.append(next((v for k, v in attributes.items() if k.rpartition(":")[2] in ("id", "fid")), ""))
        self._path.append(name)
        if not self._feature_at:
            return
        if name in ("interior", "innerBoundaryIs"):
            self._interior = True
        if "srsDimension" in attributes:
            self._dimension = 3 if attributes["srsDimension"] == "3" else 2
        named = (
            _EPSG.search(attributes.get("srsName", "")) if name in _SHAPES and "boundedBy" not in self._path else None
        )
        if named:
            self.crs = self.crs or f"EPSG:{named.group(1)}"

    def text(self, data: str) -> None:
        """Take character data."""
        self._text.append(data)

    def end(self, name: str) -> None:
        """Take a closing tag."""
        depth = len(self._path)
        text = "".join(self._text).strip()
        self._text = []
        self._path.pop()
        if name in ("ExceptionText", "ServiceException"):
            self.exception = text
        if not self._feature_at:
            return
        in_box = "boundedBy" in self._path
        if name in _POSITIONS and not in_box:
            self._take_positions(name, text)
        elif name in ("interior", "innerBoundaryIs"):
            self._interior = False
        elif depth == self._feature_at + 1 and text and not in_box:
            self._record[name] = text
        elif depth == self._feature_at:
            self._finish()

    def _take_positions(self, name: str, text: str) -> None:
        if name == "coordinates":  # GML 2: x,y x,y
            points = [pair.split(",")[:2] for pair in text.split()]
        else:
            numbers = text.split()
            step = len(numbers) if name == "pos" else self._dimension
            points = [numbers[i : i + 2] for i in range(0, len(numbers), max(step, 2))]
        if not self._interior:
            self._rings.append(points)

    def _finish(self) -> None:
        number = len(self.records) + 1
        x, y = label_point(_geometry(self._rings), number)
        self._record |= {GEOMETRY_X: x, GEOMETRY_Y: y}
        self._budget.row("gml", number, list(self._record.values()))
        self.records.append(self._record)
        self._feature_at = 0


def _geometry(rings: list[list[list[str]]]) -> object:
    """Return the positions of a feature as a GeoJSON geometry that a point can be made of."""
    if not rings:
        return None
    if all(len(ring) >= _RING and ring[0] == ring[-1] for ring in rings):
        return {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
    first = rings[0]
    if len(first) == 1:
        return {"type": "Point", "coordinates": first[0]}
    return {"type": "LineString", "coordinates": first}


def read_gml(content: bytes, budget: Budget) -> tuple[list[Record], list[str], str | None]:
    """Return records (texts by property and `GEOMETRY_X`, `GEOMETRY_Y`), identifiers and system of a GML answer.

    Raises
    ------
    UploadError
        No well-formed XML, a document type, a number that is none, or the service's own exception.
    """
    reader = _Reader(budget)
    stream([content], "GML", start=reader.start, end=reader.end, text=reader.text)
    if reader.exception is not None:
        raise UploadError("upload.broken", reason=reader.exception[:200] or "exception")
    return reader.records, reader.refs, reader.crs


def records_of(grid: Grid) -> list[Record]:
    """Return the rows of a table as texts by column."""
    header = grid.header or []
    return [dict(zip(header, row, strict=True)) for row in grid.rows]
