"""Features of municipal layers: what WFS and OGC API Features have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from exchange.connect.answer import Answer
from exchange.connect.gml import GEOMETRY_X, GEOMETRY_Y, read_gml, records_of
from exchange.errors import ConnectError, UploadError
from exchange.grid import Budget
from exchange.limits import DEFAULT_LIMITS
from exchange.read_json import parse, read_geojson

if TYPE_CHECKING:
    from exchange.connect.answer import Record
    from exchange.connect.definition import Definition

PAGE: Final = 1_000
MOST_PAGES: Final = 100


class Collected:
    """Features of all pages so far.

    Attributes
    ----------
    complete
        False if the service gave the same page twice, or less than it says it has.
    received
        How many features came so far, repeated ones counted.
    """

    def __init__(self, definition: Definition, host: str) -> None:
        self.complete = True
        self._definition, self._host = definition, host
        self._budget = Budget(DEFAULT_LIMITS)
        self._records: list[Record] = []
        self._refs: list[str] = []
        self._crs: str | None = None
        self._seen: set[str] = set()
        self.received = 0

    def __len__(self) -> int:
        return len(self._records)

    def take(self, content: bytes) -> tuple[int, Any]:
        """Add one page; return how many new features it has and its document (None for GML).

        Raises
        ------
        ConnectError
            Neither GeoJSON nor GML, or broken.
        """
        try:
            document, (records, refs, crs) = self._read(content)
        except UploadError as error:
            raise ConnectError("connect.answer", host=self._host, reason=error.message) from None
        self._crs = self._crs or crs
        new = 0
        self.received += len(records)
        for record, ref in zip(records, refs, strict=True):
            key = record.get(self._definition.id_field) or ref or repr(sorted(record.items(), key=str))
            if key in self._seen:
                continue
            self._seen.add(key)
            self._records.append(record)
            self._refs.append(key if key == ref or self._definition.id_field else "")
            new += 1
        if records and not new:  # the service gives the same page again
            self.complete = False
        return new, document

    def _read(self, content: bytes) -> tuple[Any, tuple[list[Record], list[str], str | None]]:
        if content.lstrip()[:1] == b"<":
            return None, read_gml(content, self._budget)
        document = parse(content, self._budget)
        grid = read_geojson(document, budget=self._budget)
        features = document.get("features", [document])
        refs = [str(feature.get("id") or "") for feature in features]
        return document, (records_of(grid), refs, grid.crs)

    def answer(self, query: str) -> Answer:
        """Return everything as the answer to `query`."""
        definition = self._definition
        mapping = None
        if definition.fields:
            mapping = dict(definition.fields) | {GEOMETRY_X: "lon", GEOMETRY_Y: "lat"}
        return Answer(
            query=query,
            complete=self.complete,
            records=self._records,
            refs=self._refs,
            queries=[""] * len(self._records),
            mapping=mapping,
            crs=definition.crs or self._crs,
            kinds=frozenset({definition.kind} if definition.kind else ()),
        )


def total_of(document: Any) -> int | None:
    """Return how many features the service says there are, None if it does not say."""
    if not isinstance(document, dict):
        return None
    for name in ("numberMatched", "totalFeatures"):
        value = document.get(name)
        if isinstance(value, str) and value.isdigit():
            return int(value)
    return None
