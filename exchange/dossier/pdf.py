"""A dossier as PDF: A4, tagged (PDF/UA-1), vector map; the same dossier gives the same bytes."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from exchange.dossier.column_widths import column_widths
from exchange.dossier.model import Bars, Bullets, Facts, Missing, Paragraph, Picture, Table
from exchange.glyphs import breakable, drawable, drawable_svg
from exchange.map_picture import FONTS

if TYPE_CHECKING:
    from exchange.dossier.model import Block, Dossier

_TEMPLATE: Final = Path(__file__).parent / "dossier.typ"
_FONT_NAMES: Final = ("Atkinson Hyperlegible Next", "Noto Sans", "DejaVu Sans")
_TITLE_SIGNS: Final = 80
_PICTURE_PIXELS: Final = 640.0  # a picture of that width fills the line
_TALLEST: Final = 1.25  # of the line's width: a higher picture leaves no room on its page


def dossier_pdf(dossier: Dossier) -> bytes:
    """Return the dossier as a tagged PDF. A sign that our fonts do not have (a picture in a name) is shown as a box."""
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
    title = drawable(dossier.title)
    return {
        "lang": dossier.language,
        "fonts": list(_FONT_NAMES),
        "program": dossier.program,
        "date": dossier.date,
        "title": title,
        "heading": breakable(dossier.title),
        "title_cut": len(title[:_TITLE_SIGNS].encode()),
        "subtitle": breakable(dossier.subtitle),
        "sections": [
            {"title": breakable(section.title), "blocks": [_plain(dossier, block) for block in section.blocks]}
            for section in dossier.sections
        ],
        "sources_title": dossier.sources_title,
        "sources": [breakable(text) for text in dossier.sources],
    }


def _plain(dossier: Dossier, block: Block) -> dict[str, Any]:
    """Return a block as data for the template; `type` says which one."""
    found: dict[str, Any]
    match block:
        case Paragraph(text):
            found = {"type": "paragraph", "text": breakable(text)}
        case Missing(text):
            found = {"type": "missing", "text": breakable(text), "how": breakable(dossier.how(block))}
        case Bullets(title, items):
            found = {"type": "bullets", "title": breakable(title), "items": [breakable(text) for text in items]}
        case Facts(rows):
            found = {"type": "facts", "rows": [[breakable(text) for text in row] for row in rows]}
        case Table():
            found = _table(block)
        case Bars():
            found = _bars(block)
        case Picture(svg, alt, caption, width, height):
            share = min(1.0, width / _PICTURE_PIXELS, _TALLEST * width / height)
            words = {"alt": drawable(alt), "caption": breakable(caption)}
            found = {"type": "picture", "svg": drawable_svg(svg), "share": share} | words
    return found


def _table(block: Table) -> dict[str, Any]:
    return {
        "type": "table",
        "caption": breakable(block.caption),
        "head": [breakable(text) for text in block.head],
        "rows": [[breakable(text) for text in row] for row in block.rows],
        "quiet": breakable(block.quiet) or None,
        "widths": column_widths(block),
        "notes": {f"{row},{column}": breakable(text) for (row, column), text in block.notes.items() if text},
        "strong": [f"{row},{column}" for row, column in sorted(block.strong)],
    }


def _bars(block: Bars) -> dict[str, Any]:
    most = max((number for _, number, _ in block.rows if not math.isnan(number)), default=0.0) or 1.0
    rows = [
        [breakable(name), 0.0 if math.isnan(number) else max(0.0, number / most), breakable(text)]
        for name, number, text in block.rows
    ]
    return {"type": "bars", "title": breakable(block.title), "rows": rows}
