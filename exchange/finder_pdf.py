"""The finder's answer on paper: one page A4, and a card for the pocket in large print, each with a QR code."""

from __future__ import annotations

import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import segno

from exchange.glyphs import drawable_content
from exchange.map_picture import FONTS
from exchange.wording import RIGHT_TO_LEFT

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

_FOLDER: Final = Path(__file__).parent
_WIDTH, _HEIGHT, _RIM = 300.0, 170.0, 14.0
_INK, _ACCENT = "#1d272b", "#0b5c66"
_STEPS_M: Final = (50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True)
class Entry:
    """A place on the page: name and phone (German), its kind, and lines of label and text."""

    name: str
    kind: str
    phone: str
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Sheet:
    """The page: headings, places, offices, and the link behind the QR code; in the language `language`."""

    language: str
    title: str
    subtitle: str
    note: str
    entries: Sequence[Entry]
    office_title: str
    offices: Sequence[str]
    emergency: str
    link: str
    scan: str


def sheet_pdf(sheet: Sheet) -> bytes:
    """Return one page A4 as tagged PDF (PDF/UA-1)."""
    return _made("finder_sheet.typ", asdict(sheet) | {"qr": qr_svg(sheet.link)}, sheet.language)


def card_pdf(entry: Entry, *, language: str, link: str, route: npt.NDArray[np.float64], route_alt: str) -> bytes:
    """Return a card of size A6 as tagged PDF (PDF/UA-1).

    Parameters
    ----------
    entry
        The place.
    language
        Of the labels.
    link
        What the QR code opens; never an address of a person.
    route
        The way there in metres, shape (points, 2); empty = no sketch.
    route_alt
        What the sketch shows.
    """
    content = asdict(entry) | {"link": link, "qr": qr_svg(link), "route": route_svg(route), "route_alt": route_alt}
    return _made("finder_card.typ", content, language)


def qr_svg(link: str) -> str:
    """Return the QR code of a link as SVG."""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="svg", border=2, dark=_INK, xmldecl=False, nl=False)
    return out.getvalue().decode("utf-8")


def route_svg(line: npt.NDArray[np.float64]) -> str:
    """Return a sketch of a way: a line from a dot to a star, with a scale; empty without a way. North is up."""
    if len(line) < 2:  # noqa: PLR2004 -- a way has two ends
        return ""
    low, span = line.min(axis=0), np.maximum(np.ptp(line, axis=0), 1.0)
    scale = float(min((_WIDTH - 2 * _RIM) / span[0], (_HEIGHT - 3 * _RIM) / span[1]))
    x = _RIM + (line[:, 0] - low[0]) * scale
    y = _HEIGHT - 2 * _RIM - (line[:, 1] - low[1]) * scale
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
    step = max((each for each in _STEPS_M if each * scale <= _WIDTH / 2), default=_STEPS_M[0])
    bar = f"M{_RIM:g} {_HEIGHT - 8:g}v-4h{step * scale:.1f}v4"
    words = f"{step} m" if step < 1000 else f"{step // 1000} km"  # noqa: PLR2004 -- metres in a kilometre
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}">'
        f'<polyline points="{points}" fill="none" stroke="{_ACCENT}" stroke-width="4" stroke-linejoin="round"/>'
        f'<circle cx="{x[0]:.1f}" cy="{y[0]:.1f}" r="6" fill="#ffffff" stroke="{_INK}" stroke-width="3"/>'
        f'<rect x="{x[-1] - 7:.1f}" y="{y[-1] - 7:.1f}" width="14" height="14" fill="{_INK}"/>'
        f'<path d="{bar}" fill="none" stroke="{_INK}" stroke-width="1.5"/>'
        f'<text x="{_RIM + step * scale + 6:.1f}" y="{_HEIGHT - 5:g}" font-size="12" fill="{_INK}" '
        f'font-family="Atkinson Hyperlegible Next">{words}</text></svg>'
    )


def _made(template: str, content: dict[str, Any], language: str) -> bytes:
    import typst

    made = typst.compile(
        (_FOLDER / template).read_bytes(),
        format="pdf",
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={
            "doc": json.dumps(
                drawable_content(content) | {"lang": language[:2], "rtl": language in RIGHT_TO_LEFT},
                ensure_ascii=False,
            )
        },
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return made if isinstance(made, bytes) else made[0]
