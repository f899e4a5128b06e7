"""A dossier as PDF: A4, tagged (PDF/UA-1), vector map; the same dossier gives the same bytes."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from exchange.dossier.model import Bars, Bullets, Facts, Missing, Paragraph, Picture, Table
from exchange.dossier.words import printable
from exchange.map_picture import FONTS

if TYPE_CHECKING:
    from exchange.dossier.model import Block, Dossier

_TEMPLATE: Final = Path(__file__).parent / "dossier.typ"
_FONT_NAMES: Final = ("Atkinson Hyperlegible Next", "Noto Sans", "DejaVu Sans")
_TITLE_SIGNS: Final = 80
_NARROWEST, _WIDEST = 6, 34  # signs of a column that count for its width
_PICTURE_PIXELS: Final = 900.0  # a picture of that width fills the line


def dossier_pdf(dossier: Dossier) -> bytes:
    """Return the dossier as a tagged PDF."""
    import typst

    made = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=[str(FONTS)],
        sys_inputs={"doc": json.dumps(_content(dossier), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return made if isinstance(made, bytes) else made[0]


def _content(dossier: Dossier) -> dict[str, Any]:
    title = printable(dossier.title)
    return {
        "lang": dossier.language,
        "fonts": list(_FONT_NAMES),
        "program": dossier.program,
        "date": dossier.date,
        "title": title,
        "title_cut": len(title[:_TITLE_SIGNS].encode()),
        "subtitle": printable(dossier.subtitle),
        "sections": [
            {"title": printable(section.title), "blocks": [_plain(block) for block in section.blocks]}
            for section in dossier.sections
        ],
        "sources_title": dossier.sources_title,
        "sources": [printable(text) for text in dossier.sources],
    }


def _plain(block: Block) -> dict[str, Any]:
    """Return a block as data for the template; `type` says which one."""
    found: dict[str, Any]
    match block:
        case Paragraph(text):
            found = {"type": "paragraph", "text": printable(text)}
        case Missing(text):
            found = {"type": "missing", "text": printable(text)}
        case Bullets(title, items):
            found = {"type": "bullets", "title": printable(title), "items": [printable(text) for text in items]}
        case Facts(rows):
            found = {"type": "facts", "rows": [[printable(text) for text in row] for row in rows]}
        case Table():
            found = _table(block)
        case Bars():
            found = _bars(block)
        case Picture(svg, alt, caption, width):
            share = min(1.0, width / _PICTURE_PIXELS)
            words = {"alt": printable(alt), "caption": printable(caption)}
            found = {"type": "picture", "svg": svg, "share": share} | words
    return found


def _table(block: Table) -> dict[str, Any]:
    return {
        "type": "table",
        "caption": printable(block.caption),
        "head": [printable(text) for text in block.head],
        "rows": [[printable(text) for text in row] for row in block.rows],
        "widths": _widths(block),
        "notes": {f"{row},{column}": printable(text) for (row, column), text in block.notes.items() if text},
        "strong": [f"{row},{column}" for row, column in sorted(block.strong)],
    }


def _bars(block: Bars) -> dict[str, Any]:
    most = max((number for _, number, _ in block.rows if not math.isnan(number)), default=0.0) or 1.0
    rows = [
        [printable(name), 0.0 if math.isnan(number) else max(0.0, number / most), printable(text)]
        for name, number, text in block.rows
    ]
    return {"type": "bars", "title": printable(block.title), "rows": rows}


def _widths(block: Table) -> list[float]:
    """Return the share of each column: by its longest words and its mean length, within bounds."""
    widths = []
    for at, title in enumerate(block.head):
        texts = [row[at] + block.notes.get((number, at), "")[:_WIDEST] for number, row in enumerate(block.rows)]
        longest = max((len(word) for text in (title, *texts) for word in text.split()), default=0)
        mean = sum(len(text) for text in texts) / len(texts) if texts else 0.0
        widths.append(float(min(max(longest, mean, _NARROWEST), _WIDEST)))
    return widths
