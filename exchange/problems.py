"""Problems of an import by row and column: `geo.problems.Problem` with the texts of this room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from exchange.errors import MESSAGE_KEYS, ExchangeError
from geo.errors import shortened
from geo.problems import Problem
from store.messages import MESSAGE_KEYS as STORE_KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class RowProblem(Problem):
    """One thing wrong in one cell of an uploaded table; see `geo.problems.Problem`.

    `key` is in `exchange.errors.MESSAGE_KEYS`, or in the store's for a field rule; `row` is the row
    as the file counts it. Severity ``error`` keeps the row out of the import until it is solved, ``warning`` does not.
    """

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return _text(self.key, self.params)

    @property
    def remedy(self) -> str:
        """What to do, in English."""
        return _text(f"{self.key}.remedy", self.params)

    def as_error(self) -> ExchangeError:
        """Return the problem as an error."""
        return ExchangeError(self.key, **self.params)


def _text(key: str, params: Mapping[str, object]) -> str:
    template = MESSAGE_KEYS[key] if key in MESSAGE_KEYS else STORE_KEYS[key]
    return template.format(**{name: shortened(value) for name, value in params.items()})
