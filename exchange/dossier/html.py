"""A dossier as one HTML file: landmarks, captions, inline pictures, rules for print; no scripts, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import math
import re
import unicodedata
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from exchange.dossier.model import Bars, Bullets, Facts, Missing, Paragraph, Picture, Table
from exchange.dossier.words import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from exchange.dossier.model import Block, Dossier, Section

_STYLE: Final = Path(__file__).parent / "dossier.css"
_WIDEST_BAR: Final = 180  # pixels
_FEW_COLUMNS: Final = 6
_LONG_WORD: Final = re.compile(r"(\S{30})(?=\S)")
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})


def dossier_html(dossier: Dossier) -> bytes:
    """Return the dossier as an HTML document in UTF-8; all its texts are only ever text."""
    style = _STYLE.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    links = "".join(
        f'<li><a href="#{escape(section.key)}">{_text(section.title)}</a></li>' for section in dossier.sections
    )
    body = "".join(_section(dossier, section) for section in dossier.sections)
    sources = "".join(f"<li{_dir(text)}>{_text(text)}</li>" for text in dossier.sources)
    made = (
        f'<!DOCTYPE html>\n<html lang="{escape(dossier.language)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_value(dossier.title)} – {_value(dossier.program)}</title><style>{style}</style></head><body>"
        f'<a class="skip" href="#main">{_text(dossier.title)}</a>'
        f'<header><p class="program"><strong>{_text(dossier.program)}</strong> <span>{_text(dossier.date)}</span></p>'
        f"<h1{_dir(dossier.title)}>{_text(dossier.title)}</h1><p{_dir(dossier.subtitle)}>{_text(dossier.subtitle)}</p>"
        f'</header><nav aria-labelledby="contents"><h2 id="contents">{_text(dossier.contents_title)}</h2>'
        f'<ul>{links}</ul></nav><main id="main">{body}</main>'
        f'<footer><h2 id="sources">{_text(dossier.sources_title)}</h2><ul>{sources}</ul></footer></body></html>\n'
    )
    return made.encode("utf-8")


def _text(text: str) -> str:
    """Return a text for the inside of an element; a word that is too long for a line may be broken."""
    return "<wbr>".join(escape(part) for part in _LONG_WORD.sub(r"\1\n", printable(text)).split("\n"))


def _value(text: str) -> str:
    """Return a text for an attribute or a title."""
    return escape(printable(text))


def _dir(text: str) -> str:
    """Return an attribute for text that may run from right to left; the browser decides."""
    return ' dir="auto"' if any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in text) else ""


def _section(dossier: Dossier, section: Section) -> str:
    key = escape(section.key)
    blocks = "".join(_block(dossier, block) for block in section.blocks)
    return f'<section id="{key}" aria-labelledby="{key}-title"><h2 id="{key}-title">{_text(section.title)}</h2>{blocks}</section>'


def _block(dossier: Dossier, block: Block) -> str:
    made = ""
    match block:
        case Paragraph(text):
            made = f"<p{_dir(text)}>{_text(text)}</p>"
        case Missing(text):
            how = dossier.how(block)
            more = f'<p class="how">{_text(how)}</p>' if how else ""
            made = f'<div class="missing"><p{_dir(text)}>{_text(text)}</p>{more}</div>'
        case Bullets(title, items):
            head = f"<h3{_dir(title)}>{_text(title)}</h3>" if title else ""
            made = f"{head}<ul>{''.join(f'<li{_dir(item)}>{_text(item)}</li>' for item in items)}</ul>"
        case Facts(rows):
            made = f'<dl class="facts">{"".join(_fact(*row) for row in rows)}</dl>'
        case Table():
            made = _table(block)
        case Bars():
            made = _bars(block)
        case Picture():
            made = _picture(block)
    return made


def _fact(label: str, value: str, note: str) -> str:
    small = f'<dd class="note">{_text(note)}</dd>' if note else ""
    return f"<div><dt>{_text(label)}</dt><dd>{_text(value)}</dd>{small}</div>"


def _table(block: Table) -> str:
    head = "".join(f'<th role="columnheader" scope="col"{_dir(text)}>{_text(text)}</th>' for text in block.head)
    body = "".join(f'<tr role="row">{"".join(_cells(block, at, row))}</tr>' for at, row in enumerate(block.rows))
    return _scrolling(
        block.caption,
        f'<table role="table" class="said{" dense" if len(block.head) > _FEW_COLUMNS else ""}">'
        f"<caption{_dir(block.caption)}>{_text(block.caption)}</caption>"
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table>',
    )


def _cells(block: Table, at: int, row: Iterable[str]) -> Iterable[str]:
    """Return the cells of a row; each says its column for screens that show the row as a card (roles keep it a table)."""
    for column, text in enumerate(row):
        note = block.notes.get((at, column), "")
        inside = f"<strong>{_text(text)}</strong>" if (at, column) in block.strong else _text(text)
        inside += f"<small>{_text(note)}</small>" if note else ""
        if column == 0:
            yield f'<th role="rowheader" scope="row"{_dir(text)}>{inside}</th>'
        else:
            kind = "quiet" if block.quiet and text == block.quiet else "" if text else "empty"
            label = _value(block.head[column])
            yield f'<td role="cell" class="{kind}" data-column="{label}"{_dir(text)}>{inside}</td>'


def _bars(block: Bars) -> str:
    """Return a table whose numbers are drawn as bars beside them; the bars are pictures, so that no style in a tag is needed."""
    most = max((number for _, number, _ in block.rows if not math.isnan(number)), default=0.0) or 1.0
    rows = "".join(
        f'<tr><th scope="row">{_text(name)}</th><td>{_bar(number / most)}{_text(text)}</td></tr>'
        for name, number, text in block.rows
    )
    return _scrolling(
        block.title, f'<table class="bars"><caption>{_text(block.title)}</caption><tbody>{rows}</tbody></table>'
    )


def _bar(share: float) -> str:
    if math.isnan(share) or share <= 0:
        return ""
    width = max(1, round(_WIDEST_BAR * share))
    return (
        f'<svg aria-hidden="true" width="{width}" height="12" viewBox="0 0 {width} 12">'
        f'<rect width="{width}" height="12" fill="#0b5c66"/></svg> '
    )


def _picture(block: Picture) -> str:
    """Return a picture as it stands in a page: its own title is its name for screen readers."""
    return _scrolling(block.caption, f"<figure><figcaption>{_text(block.caption)}</figcaption>{block.svg}</figure>")


def _scrolling(label: str, inside: str) -> str:
    """Return a region of its own that can be moved sideways, by keyboard too."""
    return f'<div class="wide" role="region" tabindex="0" aria-label="{_value(label)}">{inside}</div>'
