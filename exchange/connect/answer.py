"""What a source answered, before it is compared: rows of a table or entries of HSDS, and where from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from exchange.errors import ConnectError, UploadError
from exchange.grid import Budget
from exchange.limits import DEFAULT_LIMITS
from exchange.read_json import parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from exchange.connect.definition import Definition
    from exchange.connect.http import Client
    from exchange.vocabulary import Vocabulary

Record = dict[str, str | None]


@dataclass(frozen=True)
class Answer:
    """Everything a source said.

    Attributes
    ----------
    query
        What was asked, to be asked again by anybody.
    data_date
        Day the data is of (YYYY-MM-DD); None = the source does not say, the day of asking counts.
    complete
        Whether everything was fetched; only then something missing in it is gone.
    records, refs, queries
        Rows with texts by column; what the source calls each; the part of the query that found each
        (empty = the whole).
    mapping
        Column → target; None = proposed by name and content.
    crs
        Coordinate system the source names.
    tables
        Tables of HSDS instead of records.
    kinds
        Kinds of facility that were asked for; empty = any.
    """

    query: str
    data_date: str | None = None
    complete: bool = True
    records: Sequence[Record] = ()
    refs: Sequence[str] = ()
    queries: Sequence[str] = ()
    mapping: Mapping[str, str] | None = None
    crs: str | None = None
    tables: Mapping[str, Sequence[Mapping[str, Any]]] | None = None
    kinds: frozenset[str] = field(default_factory=frozenset)


class Fetch(Protocol):
    """A connector: asks one kind of source."""

    def __call__(self, definition: Definition, client: Client, words: Vocabulary) -> Answer:
        """Return what the source answers; ConnectError if it does not."""
        ...


def parsed(content: bytes, host: str) -> Any:
    """Return JSON with every number as its text; ConnectError if it is none, too deep or not finite."""
    try:
        return parse(content, Budget(DEFAULT_LIMITS))
    except UploadError as error:
        raise ConnectError("connect.answer", host=host, reason=error.message) from None


def text_of(value: object) -> str | None:
    """Return a value of JSON as text; None for null, empty text and anything nested."""
    return value if isinstance(value, str) and value else None
