"""The blocks of a dossier on the screen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from exchange.dossier.model import Bars, Bullets, Facts, Missing, Paragraph, Picture, Table
from layers.escape import html_text
from views import charts, navigation, ui
from views.state import Choice, Selection

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from exchange.dossier.model import Block
    from views.texts import Texts

_NUMBERS = {"district"}


def show(t: Texts, blocks: Iterable[Block], *, key: str) -> None:
    """Write blocks one below the other; `key` is unique on the page."""
    for at, block in enumerate(blocks):
        _show(t, block, f"{key}_{at}")


def _show(t: Texts, block: Block, key: str) -> None:
    match block:
        case Paragraph(text):
            st.markdown(ui.literal(text))
        case Bullets(title, items):
            head = f"**{ui.literal(title)}**\n\n" if title else ""
            st.markdown(head + "\n".join(f"- {ui.literal(item)}" for item in items))
        case Facts(rows):
            ui.facts(rows)
        case Table():
            st.html(table_html(block))
        case Bars():
            _bars(t, block, key)
        case Picture(svg, alt, caption):
            st.markdown(f"**{ui.literal(caption)}**")
            st.image(svg, alt=alt)
        case Missing():
            _missing(block, key)


def _bars(t: Texts, block: Bars, key: str) -> None:
    known = [row for row in block.rows if not math.isnan(row[1])]
    rows = pd.DataFrame(known, columns=["name", "value", "text"]).assign(low=float("nan"), high=float("nan"))
    said = "; ".join(f"{name}: {text}" for name, _, text in block.rows)
    st.markdown(f"**{ui.literal(block.title)}**")
    charts.show(t, charts.bars(rows, value=block.value, name=block.title), describe=f"{block.title}. {said}", key=key)


def _missing(block: Missing, key: str) -> None:
    """Say what is not known, with the way to the page where it can be added."""
    with st.container(border=True, key=f"missing_{key}"):
        st.markdown(ui.literal(block.text))
        if block.page in navigation.pages() and st.button(ui.literal(block.label), key=f"to_{key}"):
            go(block.page, block.address)


def go(page: str, address: Mapping[str, str]) -> None:
    """Open another page with some choices made."""
    for name, text in address.items():
        value = int(text) if name in _NUMBERS else text
        Selection([Choice(name, (value,))])[name] = value
    st.switch_page(navigation.pages()[page])


def table_html(block: Table) -> str:
    """Return a table with caption and headings; what it says is only ever text."""
    head = "".join(f'<th scope="col">{html_text(text)}</th>' for text in block.head)
    body = "".join(_row(block, at, row) for at, row in enumerate(block.rows))
    return (
        f'<div class="qk-scroll" tabindex="0" role="region" aria-label="{html_text(block.caption)}">'
        f'<table class="qk-compare qk-profile"><caption>{html_text(block.caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(block: Table, at: int, row: tuple[str, ...]) -> str:
    def note(column: int) -> str:
        text = block.notes.get((at, column), "")
        return f"<small>{html_text(text)}</small>" if text else ""

    def said(column: int, text: str) -> str:
        literal = html_text(text)
        return f"<strong>{literal}</strong>" if (at, column) in block.strong else literal

    cells = "".join(f"<td>{said(column, text)}{note(column)}</td>" for column, text in enumerate(row[1:], start=1))
    return f'<tr><th scope="row">{html_text(row[0])}{note(0)}</th>{cells}</tr>'
