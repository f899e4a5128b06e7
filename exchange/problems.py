"""Problems of an import by row and column: `geo.problems.Problem` with the texts of this room."""

from __future__ import annotations

from dataclasses import dataclass

from exchange.errors import ExchangeError, message_text, remedy_text
from geo.problems import Problem


@dataclass(frozen=True)
class RowProblem(Problem):
    """One thing wrong in one cell of an uploaded table; see `geo.problems.Problem`.

    `key` is in `exchange.errors.MESSAGE_KEYS`; `row` is the row as the file counts it. Severity
    ``error`` keeps the row out of the import until it is solved, ``warning`` does not.
    """

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return message_text(self.key, self.params)

    @property
    def remedy(self) -> str:
        """What to do, in English."""
        return remedy_text(self.key, self.params)

    def as_error(self) -> ExchangeError:
        """Return the problem as an error."""
        return ExchangeError(self.key, **self.params)
