"""Native tables on slides, split over slides between rows, and inside a row that is higher than a slide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.util import Pt

from exchange.dossier.column_widths import column_widths
from exchange.dossier.pptx_deck import cut, describe
from exchange.dossier.pptx_flow import GAP, HEAD, WIDE
from exchange.dossier.pptx_look import ACCENT, BOTTOM, DRAWING, GREY, INK, MARGIN, SOFT, TOP
from exchange.dossier.text_width import LINE, lines_of
from exchange.dossier.words import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exchange.dossier.model import Table
    from exchange.dossier.pptx_flow import Flow

_SIZE, _SMALL, _MANY = 11.0, 9.5, 6
_SIDE, _EDGE = 4.0, 2.5  # inner margins of a cell
_NOTE: Final = 0.82  # size of a note as part of the cell's
_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's "No Style, No Grid"
_RULE: Final = "B9C2C4"
_HEAD_LINES: Final = 6
_LEAST_LINES: Final = 3
_TOGETHER: Final = 3  # rows below a heading


@dataclass(frozen=True)
class _Cell:
    """Lines of a cell and of its note."""

    text: list[str]
    note: list[str]
    bold: bool = False
    quiet: bool = False

    def height(self, size: float) -> float:
        return (len(self.text) + len(self.note) * _NOTE) * size * LINE + 2 * _EDGE


def add_table(flow: Flow, block: Table) -> None:
    """Add a table with its caption; every slide repeats caption and heading."""
    size = _SMALL if len(block.head) > _MANY else _SIZE
    shares = column_widths(block)
    widths = [WIDE * share / sum(shares) for share in shares]
    head = [
        _Cell(cut(lines_of(printable(text), width - 2 * _SIDE, size, bold=True), _HEAD_LINES), [], bold=True)
        for text, width in zip(block.head, widths, strict=True)
    ]
    head_height = max(cell.height(size) for cell in head)
    most = BOTTOM - TOP - HEAD * LINE * 3 - head_height - 10
    rows = [part for row in _rows(block, widths, size) for part in _parts(row, widths, size, most)]
    heights = [max(cell.height(size) for cell in row) for row in rows]
    while rows:
        flow.heading(block.caption, with_next=head_height + min(sum(heights[:_TOGETHER]), most))
        left, count = flow.room - head_height, 0
        while count < len(rows) and heights[count] <= left:
            left -= heights[count]
            count += 1
        count = max(count, 1)
        _native(flow, block, [head, *rows[:count]], widths, [head_height, *heights[:count]], size)
        rows, heights = rows[count:], heights[count:]


def _rows(block: Table, widths: Sequence[float], size: float) -> list[list[_Cell]]:
    return [
        [
            _cell(
                text, block.notes.get((at, column), ""), widths[column], size,
                bold=column == 0 or (at, column) in block.strong, quiet=bool(block.quiet) and text == block.quiet,
            )
            for column, text in enumerate(row)
        ]
        for at, row in enumerate(block.rows)
    ]  # fmt: skip


def _cell(text: str, note: str, width: float, size: float, *, bold: bool = False, quiet: bool = False) -> _Cell:
    inside = width - 2 * _SIDE
    small = lines_of(printable(note), inside, size * _NOTE) if note else []
    return _Cell(lines_of(printable(text), inside, size, bold=bold), small, bold, quiet)


def _parts(row: list[_Cell], widths: Sequence[float], size: float, most: float) -> list[list[_Cell]]:
    """Return a row in parts that are each no higher than `most`; only one with very long cells has several."""
    if max(cell.height(size) for cell in row) <= most:
        return [row]
    count = max(_LEAST_LINES, int((most - 2 * _EDGE) / (size * LINE)))
    whole = [
        [*cell.text, *(lines_of("".join(cell.note), width - 2 * _SIDE, size, bold=cell.bold) if cell.note else [])]
        for cell, width in zip(row, widths, strict=True)
    ]
    longest = max(map(len, whole))
    return [
        [_Cell(lines[at : at + count] or [""], [], cell.bold) for lines, cell in zip(whole, row, strict=True)]
        for at in range(0, longest, count)
    ]


def _native(
    flow: Flow, block: Table, rows: list[list[_Cell]], widths: list[float], heights: list[float], size: float
) -> None:
    place = (MARGIN, flow.y, WIDE, sum(heights))
    frame = flow.slide.shapes.add_table(len(rows), len(widths), *map(Pt, place))
    table = frame.table
    table._tbl.tblPr.find(f"{{{DRAWING}}}tableStyleId").text = _STYLE  # noqa: SLF001 -- python-pptx has no call for it
    table.first_row, table.first_col, table.horz_banding = True, True, False
    describe(frame, block.caption, block.caption)
    for column, width in enumerate(widths):
        table.columns[column].width = Pt(width)
    for at, (row, height) in enumerate(zip(rows, heights, strict=True)):
        table.rows[at].height = Pt(height)
        for column, cell in enumerate(row):
            _fill(flow, table.cell(at, column), cell, size, head=at == 0)
    flow.y += sum(heights) + GAP


def _underline(native: Any) -> None:
    """Draw the lower border of a cell: the table style has no lines."""
    properties = native._tc.get_or_add_tcPr()  # noqa: SLF001 -- python-pptx has no borders
    properties.insert(
        0,
        parse_xml(f'<a:lnB xmlns:a="{DRAWING}" w="6350"><a:solidFill><a:srgbClr val="{_RULE}"/></a:solidFill></a:lnB>'),
    )


def _fill(flow: Flow, native: Any, cell: _Cell, size: float, *, head: bool) -> None:
    native.margin_left = native.margin_right = Pt(_SIDE)
    native.margin_top = native.margin_bottom = Pt(_EDGE)
    native.vertical_anchor = MSO_ANCHOR.TOP
    _underline(native)
    if head:
        native.fill.solid()
        native.fill.fore_color.rgb = RGBColor.from_string(SOFT)
    frame = native.text_frame
    colour = ACCENT if head else GREY if cell.quiet else INK
    flow.deck.write(frame.paragraphs[0], "".join(cell.text), size=size, bold=cell.bold, colour=colour)
    if cell.note:
        flow.deck.write(frame.add_paragraph(), "".join(cell.note), size=size * _NOTE, colour=GREY)
