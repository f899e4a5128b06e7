"""A dossier as DOCX: real headings, tables whose head repeats, the language, pictures with alternative text."""

from __future__ import annotations

import io
import math
import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from exchange.dossier.column_widths import column_widths
from exchange.dossier.model import Bars, Bullets, Facts, Missing, Paragraph, Picture, Table
from exchange.dossier.words import printable

if TYPE_CHECKING:
    from exchange.dossier.model import Block, Dossier

_FONT: Final = "Arial"
_STYLES: Final = {
    "Normal": "1D272B", "Title": "1D272B", "Heading 1": "0B5C66", "Heading 2": "0B5C66", "Intense Quote": "7A3500",
}  # fmt: skip
_LANGUAGES: Final = {"de": "de-DE", "en": "en-GB"}
_LINE_CM: Final = 17.0
_MANY_COLUMNS: Final = 5
_TITLE_SIGNS: Final = 200
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
_FIXED: Final = datetime(2020, 1, 1, tzinfo=UTC)


def dossier_docx(dossier: Dossier) -> bytes:
    """Return the dossier as a document of Word 2007 and later; the same dossier gives the same text and structure."""
    import docx

    document = docx.Document()
    writer = _Writer(document, dossier)
    writer.whole()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Writer:
    """Writes blocks one below the other."""

    def __init__(self, document: Any, dossier: Dossier) -> None:
        self._document = document
        self._dossier = dossier

    def whole(self) -> None:
        """Write everything."""
        dossier = self._dossier
        self._set_up()
        self._say(f"{dossier.program} · {dossier.date}", size=9)
        self._heading(dossier.title, 0)
        self._say(dossier.subtitle, size=12)
        for section in dossier.sections:
            self._heading(section.title, 1)
            for block in section.blocks:
                self._block(block)
        self._heading(dossier.sources_title, 1)
        for source in dossier.sources:
            self._say(source, style="List Bullet", size=9)

    def _set_up(self) -> None:
        """Set page, fonts, language and properties."""
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt, RGBColor

        document, dossier = self._document, self._dossier
        page = document.sections[0]
        page.page_width, page.page_height = Cm(21.0), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2.0)
        page.top_margin = page.bottom_margin = Cm(1.8)
        language = _LANGUAGES.get(dossier.language, dossier.language)
        for style in document.styles.element.iter(qn("w:lang")):
            style.set(qn("w:val"), language)
        for name, colour in _STYLES.items():
            font = document.styles[name].font
            font.name, font.color.rgb = _FONT, RGBColor.from_string(colour)
            fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(theme), None)
        document.styles["Normal"].font.size = Pt(10)
        document.styles["Normal"].paragraph_format.space_after = Pt(4)
        document.styles["Intense Quote"].font.italic = False
        document.styles["Title"].font.size = Pt(22)
        properties = document.core_properties
        properties.title, properties.language = printable(dossier.title)[:_TITLE_SIGNS], language
        properties.author = properties.last_modified_by = printable(dossier.program)
        properties.comments = ""
        properties.created = properties.modified = _FIXED

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph(text):
                self._say(text)
            case Missing(text):
                how = self._dossier.how(block)
                self._say(text + (f" {how}" if how else ""), style="Intense Quote")
            case Bullets(title, items):
                if title:
                    self._heading(title, 2)
                for item in items:
                    self._say(item, style="List Bullet")
            case Facts(rows):
                self._table([], [(label, value, note) for label, value, note in rows], [2.0, 2.0, 3.0])
            case Table():
                self._heading(block.caption, 2)
                rows = [
                    tuple(text + _small(block.notes.get((at, column), "")) for column, text in enumerate(row))
                    for at, row in enumerate(block.rows)
                ]
                self._table(block.head, rows, column_widths(block))
            case Bars():
                self._heading(block.title, 2)
                self._table(
                    [], [(name, _bar(block, number), text) for name, number, text in block.rows], [3.0, 3.0, 2.0]
                )
            case Picture():
                self._picture(block)

    def _say(self, text: str, *, style: str | None = None, size: float | None = None) -> None:
        self._write(self._document.add_paragraph(style=style), text, size=size)

    def _heading(self, text: str, level: int) -> None:
        self._write(self._document.add_heading(level=level), text)

    def _write(self, paragraph: Any, text: str, *, size: float | None = None, bold: bool = False) -> None:
        """Write a text into a paragraph; one that runs from right to left is told so."""
        from docx.oxml import OxmlElement
        from docx.shared import Pt

        run = paragraph.add_run(printable(text))
        run.bold = bold or None
        if size is not None:
            run.font.size = Pt(size)
        first = next((unicodedata.bidirectional(sign) for sign in text if sign.isalpha()), "L")
        if first in _RIGHT_TO_LEFT:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 -- python-docx has no name for it
            run.font.rtl = True

    def _table(self, head: tuple[str, ...] | list[str], rows: list[tuple[str, ...]], widths: list[float]) -> None:
        """Write a table; its head repeats on every page, no row is broken between pages."""
        from docx.oxml import OxmlElement
        from docx.shared import Cm, Pt

        if not rows and not head:
            return
        lines = [tuple(head), *rows] if head else rows
        table = self._document.add_table(rows=len(lines), cols=len(widths))
        table.style = "Table Grid"
        table.autofit = False
        size = 8.0 if len(widths) >= _MANY_COLUMNS else 9.0
        columns = [Cm(_LINE_CM * width / sum(widths)) for width in widths]
        for column, width in zip(table.columns, columns, strict=True):
            column.width = width
        for at, (line, row) in enumerate(zip(lines, table.rows, strict=True)):
            is_head = bool(head) and at == 0
            row_properties = row._tr.get_or_add_trPr()  # noqa: SLF001
            row_properties.append(OxmlElement("w:cantSplit"))
            if is_head:
                row_properties.append(OxmlElement("w:tblHeader"))
            for number, (text, cell) in enumerate(zip(line, row.cells, strict=True)):
                cell.width = columns[number]
                cell.paragraphs[0].paragraph_format.space_after = Pt(1)
                self._write(cell.paragraphs[0], text, size=size, bold=is_head or (number == 0 and not head))
        self._document.add_paragraph()

    def _picture(self, block: Picture) -> None:
        from docx.shared import Cm

        from exchange.map_picture import png

        self._heading(block.caption, 2)
        made = self._document.add_picture(io.BytesIO(png(block.svg, width=block.width)), width=Cm(_LINE_CM))
        described = made._inline.docPr  # noqa: SLF001
        described.set("descr", printable(block.alt))
        described.set("name", printable(block.caption))


def _small(note: str) -> str:
    return f" ({note})" if note else ""


def _bar(block: Bars, number: float) -> str:
    """Return a number as a row of signs, so that the table shows it also without colours."""
    most = max((each for _, each, _ in block.rows if not math.isnan(each)), default=0.0) or 1.0
    return "" if math.isnan(number) else "■" * round(12 * max(0.0, number) / most)
