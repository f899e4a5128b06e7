"""A dossier as PPTX: editable text, native tables and charts, pictures with alternative text, nothing that runs over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exchange.dossier.model import Bars, Bullets, Facts, Missing, Paragraph, Picture, Table
from exchange.dossier.pptx_deck import Deck
from exchange.dossier.pptx_flow import SIZE, Flow
from exchange.dossier.pptx_table import add_table
from exchange.dossier.text_width import LINE

if TYPE_CHECKING:
    from exchange.dossier.model import Block, Dossier


def dossier_pptx(dossier: Dossier) -> bytes:
    """Return the dossier as a presentation."""
    deck = Deck(dossier.title, dossier.language, f"{dossier.program} · {dossier.title[:80]} · {dossier.date}")
    deck.cover(dossier.title, f"{dossier.subtitle} · {dossier.program} · {dossier.date}")
    for section in dossier.sections:
        flow = Flow(deck, section.title)
        for block in section.blocks:
            _add(flow, dossier, block)
    Flow(deck, dossier.sources_title).lines(dossier.sources, bullet=True, size=SIZE - 1)
    return deck.saved()


def _add(flow: Flow, dossier: Dossier, block: Block) -> None:
    match block:
        case Paragraph(text):
            flow.lines([text])
        case Missing(text):
            flow.missing(text, dossier.how(block))
        case Bullets(title, items):
            if title:
                flow.heading(title, with_next=2 * SIZE * LINE)
            flow.lines(items, bullet=True)
        case Facts(rows):
            flow.facts(rows)
        case Table():
            add_table(flow, block)
        case Bars():
            flow.bars(block)
        case Picture():
            flow.picture(block)
