"""A presentation that grows slide by slide: a title each, footer and number, the language of every run."""

from __future__ import annotations

import io
import unicodedata
from datetime import UTC, datetime
from typing import Any, Final

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.util import Pt

from exchange.dossier.pptx_look import (
    ACCENT,
    DRAWING,
    FONT,
    GREY,
    INK,
    MARGIN,
    WIDTH,
    add_footer,
    dress,
)
from exchange.dossier.text_width import LINE, lines_of
from exchange.dossier.words import printable

_LANGUAGES: Final = {"de": "de-DE", "en": "en-GB"}
_COVER_SIZES, _TITLE_SIZES = (40, 32, 26, 20, 16), (26, 22, 18, 14)
_MOST_TITLE: Final = 255  # signs: more than that the format does not take
_FIRST_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC)  # the same content gives the same file


class Deck:
    """A presentation that grows slide by slide; every place and size is in points."""

    def __init__(self, title: str, language: str, footer: str) -> None:
        self.prs = Presentation()
        self.language = _LANGUAGES.get(language, language)
        self.footer = footer
        about = self.prs.core_properties
        about.title, about.language, about.author = printable(title)[:_MOST_TITLE], self.language, ""
        about.created = about.modified = _FIRST_DAY
        dress(self.prs)

    def cover(self, title: str, subtitle: str) -> Any:
        """Add the first slide; long texts become smaller, and end with an ellipsis where nothing else helps."""
        slide = self.prs.slides.add_slide(self.prs.slide_layouts[0])
        size, text = fitting(printable(title), WIDTH - 2 * MARGIN, 160, _COVER_SIZES)
        self.write(slide.shapes.title.text_frame.paragraphs[0], text, size=size, bold=True, colour=ACCENT)
        size, text = fitting(printable(subtitle), WIDTH - 2 * MARGIN, 130, (18, 14, 12))
        self.write(slide.placeholders[1].text_frame.paragraphs[0], text, size=size)
        return slide

    def slide(self, title: str) -> Any:
        """Add a slide with a title."""
        slide = self.prs.slides.add_slide(self.prs.slide_layouts[1])
        size, text = fitting(printable(title), WIDTH - 2 * MARGIN, 52, _TITLE_SIZES)
        self.write(slide.shapes.title.text_frame.paragraphs[0], text, size=size, bold=True, colour=ACCENT)
        return slide

    def text_box(self, slide: Any, name: str, place: tuple[float, float, float, float]) -> Any:
        """Add a text box (left, top, width, height) without inner margins; return its frame, empty."""
        box = slide.shapes.add_textbox(*map(Pt, place))
        box.name = printable(name)[:60]
        frame = box.text_frame
        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        return frame

    def write(
        self, paragraph: Any, text: str, *, size: float, bold: bool = False, colour: str = INK, bullet: bool = False
    ) -> None:
        """Write one run into a paragraph, with its language and direction."""
        run = paragraph.add_run()
        run.text = printable(text)
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
        run.font.color.rgb = RGBColor.from_string(colour)
        run.font._element.set("lang", self.language)  # noqa: SLF001 -- python-pptx knows the tag only by number
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 -- nor direction and bullets
        if _is_right_to_left(text):
            properties.set("rtl", "1")
            properties.set("algn", "r")
        if bullet:
            indent = str(int(Pt(14)))
            properties.set("marL", indent)
            properties.set("indent", f"-{indent}")
            sign = properties.makeelement(f"{{{DRAWING}}}buChar", {"char": "•"})
            properties.append(sign)

    def saved(self) -> bytes:
        """Return the file, with footer and number on every slide but the first."""
        _, text = fitting(printable(self.footer), WIDTH - 2 * MARGIN - 80, 14, (10,))
        for slide in list(self.prs.slides)[1:]:
            footer = add_footer(slide, self.language)
            self.write(footer.text_frame.paragraphs[0], text, size=10, colour=GREY)
        made = io.BytesIO()
        self.prs.save(made)
        return made.getvalue()


def fitting(text: str, width: float, height: float, sizes: tuple[int, ...]) -> tuple[int, str]:
    """Return the largest size at which a bold text fits, and the text, cut where not even the smallest does."""
    for size in sizes:
        if len(lines_of(text, width, size, bold=True)) * size * LINE <= height:
            return size, text
    return sizes[-1], "".join(cut(lines_of(text, width, sizes[-1], bold=True), int(height // (sizes[-1] * LINE))))


def cut(lines: list[str], most: int) -> list[str]:
    """Return at most `most` lines; an ellipsis at the end says that there were more."""
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1].rstrip()[:-4].rstrip() + "…"]


def describe(shape: Any, name: str, text: str) -> None:
    """Give a picture, chart or table its name and alternative text."""
    shape.name = printable(name)[:100]
    shape._element.xpath(".//p:cNvPr")[0].set("descr", printable(text))  # noqa: SLF001


def _is_right_to_left(text: str) -> bool:
    first = next((kind for kind in map(unicodedata.bidirectional, text) if kind in {"L", "R", "AL"}), "L")
    return first != "L"
