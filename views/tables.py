"""Tables that sort as numbers and read as the language writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from views.texts import Texts

ROW_HEIGHT, MOST_ROWS = 35, 12


def show(
    t: Texts, table: pd.DataFrame, *, alt: str, formats: Mapping[str, Callable[[Any], str]] | None = None, key: str = ""
) -> None:
    """Write a table; ``formats`` says for number columns how a value is written. What is unknown is a word.

    A click on a heading still sorts by the numbers.
    """
    styled = table.style.format({column: _guarded(write) for column, write in (formats or {}).items()})
    height = ROW_HEIGHT * (min(len(table), MOST_ROWS) + 1) + 3
    st.dataframe(
        styled,
        hide_index=True,
        height=height,
        placeholder=t("common.unknown"),
        alt=alt,
        key=key or None,
        row_height=ROW_HEIGHT,
    )


def _guarded(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """Hand over None for whatever pandas calls missing: its NA cannot even be compared with itself."""
    import pandas as pd

    return lambda value: write(None if pd.isna(value) else value)
