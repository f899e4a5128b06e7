"""Blocks one below the other on slides: what does not fit goes on to a next slide of the same title; nothing runs over."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any, Final

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Pt

from exchange.dossier.pptx_deck import cut, describe
from exchange.dossier.pptx_look import ACCENT, BOTTOM, GREY, INK, MARGIN, SOFT, TOP, WARN, WIDTH
from exchange.dossier.text_width import LINE, lines_of
from exchange.dossier.words import printable
from exchange.map_picture import png
from exchange.text_cells import prefixed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exchange.dossier.model import Bars, Picture
    from exchange.dossier.pptx_deck import Deck

WIDE: Final = WIDTH - 2 * MARGIN
GAP: Final = 12.0
SIZE, HEAD = 13.0, 14.0
_INDENT: Final = 14.0
_FACTS: Final = 4
_MOST_LINES, _CARD_LINES = 3, 6
_BAR: Final = 22.0
_MOST_BARS: Final = 16
_ENOUGH: Final = 0.55  # of the free height: less is no place for a picture
_NOTE: Final = 2 * SIZE * LINE + GAP  # below a picture: room for a sentence
_PIECE: Final = 0.6  # a picture that would be smaller than that of the slide's width is shown in pieces


class Flow:
    """Fills slides of one title from top to bottom."""

    def __init__(self, deck: Deck, title: str) -> None:
        self.deck, self.title = deck, title
        self.count = 0
        self.slide: Any = None
        self.y = BOTTOM

    @property
    def room(self) -> float:
        """Free height of the slide."""
        return BOTTOM - self.y

    def next_slide(self) -> None:
        """Begin a slide; later ones of a title are numbered."""
        self.count += 1
        self.slide = self.deck.slide(self.title if self.count == 1 else f"{self.title} ({self.count})")
        self.y = TOP

    def need(self, height: float) -> None:
        """Begin a slide unless `height` is free."""
        if self.room < height:
            self.next_slide()

    def heading(self, text: str, *, with_next: float) -> None:
        """Write a heading that stays together with what follows."""
        lines = cut(lines_of(printable(text), WIDE, HEAD, bold=True), _MOST_LINES)
        height = len(lines) * HEAD * LINE + 4
        self.need(height + with_next)
        frame = self.deck.text_box(self.slide, text, (MARGIN, self.y, WIDE, height))
        self.deck.write(frame.paragraphs[0], "".join(lines), size=HEAD, bold=True, colour=ACCENT)
        self.y += height

    def lines(self, texts: Sequence[str], *, bullet: bool = False, size: float = SIZE, colour: str = INK) -> None:
        """Write texts one below the other, over as many slides as they need."""
        width = WIDE - (_INDENT if bullet else 0.0)
        waiting = [lines_of(printable(text), width, size) for text in texts]
        line = size * LINE
        while waiting:
            self.need(line * min(2, len(waiting[0])))
            shown: list[str] = []
            left = int(self.room // line)
            while waiting and left > 0:
                now, rest = waiting[0][:left], waiting[0][left:]
                shown.append("".join(now))
                left -= len(now)
                waiting = [rest, *waiting[1:]] if rest else waiting[1:]
            self._text(shown, bullet=bullet, size=size, colour=colour, height=min(self.room, self.room - left * line))

    def _text(self, shown: list[str], *, bullet: bool, size: float, colour: str, height: float) -> None:
        frame = self.deck.text_box(self.slide, shown[0], (MARGIN, self.y, WIDE, height))
        for at, text in enumerate(shown):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            self.deck.write(paragraph, text, size=size, bullet=bullet, colour=colour)
        self.y += height + GAP

    def missing(self, text: str, how: str) -> None:
        """Write what is not known, with the line that says where to add it."""
        width = WIDE - 24
        lines = lines_of(printable(text), width, SIZE)
        below = cut(lines_of(printable(how), width, SIZE - 1), _MOST_LINES) if how else []
        most = int((BOTTOM - TOP) // (SIZE * LINE)) - _MOST_LINES - 1
        height = (min(len(lines), most) + len(below)) * SIZE * LINE + 12
        self.need(height)
        frame = self.deck.text_box(self.slide, text, (MARGIN, self.y, WIDE, height))
        frame.margin_left, frame.margin_top = Pt(12), Pt(5)
        _outline(self.slide.shapes[-1], WARN)
        self.deck.write(frame.paragraphs[0], "".join(lines[:most]), size=SIZE)
        if below:
            self.deck.write(frame.add_paragraph(), "".join(below), size=SIZE - 1, colour=WARN)
        self.y += height + GAP
        if lines[most:]:
            self.lines(["".join(lines[most:])])

    def facts(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Write single figures side by side, at most four in a row."""
        for start in range(0, len(rows), _FACTS):
            part = rows[start : start + _FACTS]
            width = (WIDE - GAP * (_FACTS - 1)) / _FACTS
            cells = [_fact_lines(row, width - 20) for row in part]
            height = max(sum(len(lines) * size * LINE for lines, size in cell) for cell in cells) + 14
            self.need(height)
            for at, cell in enumerate(cells):
                place = (MARGIN + at * (width + GAP), self.y, width, height)
                frame = self.deck.text_box(self.slide, part[at][0], place)
                frame.margin_left, frame.margin_top = Pt(10), Pt(6)
                _fill(self.slide.shapes[-1], SOFT)
                for number, ((lines, size), colour) in enumerate(zip(cell, (INK, ACCENT, GREY), strict=False)):
                    paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
                    self.deck.write(paragraph, "".join(lines), size=size, bold=number == 1, colour=colour)
            self.y += height + GAP

    def bars(self, block: Bars) -> None:
        """Add a native bar chart; its categories carry the numbers in words, unknown included."""
        for start in range(0, len(block.rows), _MOST_BARS):
            rows = block.rows[start : start + _MOST_BARS]
            height = len(rows) * _BAR + 16
            self.heading(block.title, with_next=height)
            data = CategoryChartData()
            data.categories = [prefixed(printable(f"{name}: {text}")) for name, _, text in rows]
            data.add_series(
                printable(block.value), [None if math.isnan(number) else max(0.0, number) for _, number, _ in rows]
            )
            place = map(Pt, (MARGIN, self.y, WIDE * 0.8, height))
            frame = self.slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
            describe(frame, block.title, f"{block.title}. {'; '.join(f'{name}: {text}' for name, _, text in rows)}")
            _plain_chart(frame.chart)
            self.y += height + GAP

    def picture(self, block: Picture) -> None:
        """Add a picture; a tall one whose words would become too small is shown in pieces, one per slide."""
        head = HEAD * LINE + 8
        if self.room - head < (BOTTOM - TOP) * _ENOUGH:
            self.next_slide()
        room = self.room - head - _NOTE
        image = png(block.svg, width=block.width)
        if room * block.width / block.height >= WIDE * _PIECE or block.height <= block.width:
            self._piece(block, image, (0.0, 1.0), block.alt, spare=_NOTE)
            return
        full = BOTTOM - TOP - head
        share = min(1.0, full / (WIDE * 0.85 * block.height / block.width))
        pieces = math.ceil(1 / share)
        for at in range(pieces):
            if at or room < full:
                self.need(full + head)
            self._piece(block, image, (at / pieces, (at + 1) / pieces), f"{block.alt} ({at + 1}/{pieces})")

    def _piece(self, block: Picture, image: bytes, part: tuple[float, float], alt: str, *, spare: float = 0.0) -> None:
        top, bottom = part
        self.heading(block.caption, with_next=100)
        width, height = block.width, block.height * (bottom - top)
        scale = min(WIDE / width, (self.room - spare) / height)
        size = Pt(width * scale), Pt(height * scale)
        shape = self.slide.shapes.add_picture(io.BytesIO(image), Pt(MARGIN), Pt(self.y), *size)
        shape.crop_top, shape.crop_bottom = top, 1 - bottom
        describe(shape, block.caption, alt)
        self.y += height * scale + GAP


def _fact_lines(row: tuple[str, str, str], width: float) -> list[tuple[list[str], float]]:
    """Return the lines of label, value and note with their sizes; an empty note has none. Each ends after a few lines."""
    found = []
    for text, size, bold in zip(row, (12.0, 20.0, 10.0), (False, True, False), strict=True):
        if text:
            lines = lines_of(printable(text), width, size, bold=bold)
            found.append((cut(lines, _CARD_LINES), size))
    return found


def _fill(shape: Any, colour: str) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(colour)


def _outline(shape: Any, colour: str) -> None:
    shape.line.color.rgb = RGBColor.from_string(colour)
    shape.line.width = Pt(1.25)


def _plain_chart(chart: Any) -> None:
    """Take everything from a chart that does not speak: grid, legend, axis of values; the first bar on top."""
    chart.has_legend, chart.has_title = False, False
    chart.font.size, chart.font.color.rgb = Pt(11), RGBColor.from_string(INK)
    values, names = chart.value_axis, chart.category_axis
    values.has_major_gridlines, values.visible, values.minimum_scale = False, False, 0
    names.reverse_order, names.has_major_gridlines = True, False
    names.format.line.fill.background()
    plot = chart.plots[0]
    plot.gap_width = 45
    series = plot.series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = RGBColor.from_string(ACCENT)
