"""The words of a legend's lines, the same on the pages and on the stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exchange.wording import Texts
    from layers.legend import LegendItem


def legend_text(t: Texts, item: LegendItem, digits: int, factor: float, *, counted: bool) -> str:
    """Return the words of a legend item."""
    if item.role == "symbol":
        return f"{item.label} ({t.number(item.count)})"
    if item.role == "class":
        low, high = (
            None if limit is None else t.number(limit * factor, digits=digits) for limit in (item.lower, item.upper)
        )
        key = "range" if low and high else "above" if low else "below"
        text = t(f"map.legend.{key}", low=low or "", high=high or "")
    elif item.role == "verdict":
        text = t(f"verdict.{item.label}")
    else:
        text = t(f"map.legend.{item.role}")
    return f"{text} ({t.plural('map.legend.count', item.count)})" if counted else text
