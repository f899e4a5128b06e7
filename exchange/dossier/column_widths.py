"""How wide the columns of a table are, from what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exchange.dossier.model import Table

_NARROWEST, _WIDEST = 6, 34  # signs of a column that count for its width


def column_widths(block: Table) -> list[float]:
    """Return the share of each column: by its longest words and its mean length, within bounds."""
    widths = []
    for at, title in enumerate(block.head):
        texts = [row[at] + block.notes.get((number, at), "")[:_WIDEST] for number, row in enumerate(block.rows)]
        longest = max((len(word) for text in (title, *texts) for word in text.split()), default=0)
        mean = sum(len(text) for text in texts) / len(texts) if texts else 0.0
        widths.append(float(min(max(longest, mean, _NARROWEST), _WIDEST)))
    return widths
