"""A requirement sheet on one page A4, as PDF: figures, the table of demands, residents by year, method."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from exchange.map_picture import FONTS
from geo.newbuild_output import AGE_GROUPS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.newbuild_result import Requirement

_TEMPLATE: Final = Path(__file__).parent / "newbuild_sheet.typ"
_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 640.0, 170.0, 44.0, 20.0
_INK, _LINE = "#1d272b", "#c9d2d4"
_STEPS: Final = (1, 2, 5, 10)
_MOST_LABELS: Final = 16


@dataclass(frozen=True, eq=False)
class NewbuildSheetTexts:
    """Words of the page, in the reader's language.

    Attributes
    ----------
    language
        ``de`` or ``en``: for hyphenation and screen readers.
    program, date, title, subtitle
        Lines at the top.
    facts
        Label, value and note of single figures.
    table_title, head, rows
        The table of demands: each cell is a text and a small note (may be empty).
    chart_title, groups, shades
        What the chart shows, and name and colour (#rrggbb) of each age group.
    number
        Writes a number in the reader's language.
    method_title, method, notes
        How it was made: name and text of each line; sentences at the end.
    """

    language: str
    program: str
    date: str
    title: str
    subtitle: str
    facts: Sequence[tuple[str, str, str]]
    table_title: str
    head: Sequence[str]
    rows: Sequence[Sequence[tuple[str, str]]]
    chart_title: str
    groups: Sequence[str]
    shades: Sequence[str]
    number: Callable[[float], str]
    method_title: str
    method: Sequence[tuple[str, str]]
    notes: Sequence[str]


def newbuild_pdf(result: Requirement, texts: NewbuildSheetTexts) -> bytes:
    """Return the page as a tagged PDF (PDF/UA-1); the same input gives the same bytes."""
    import typst

    totals = result.people[1].sum(axis=1).tolist()
    said = "; ".join(f"{year}: {texts.number(value)}" for year, value in zip(result.sheet.years, totals, strict=True))
    content = {
        "lang": texts.language,
        "program": texts.program,
        "date": texts.date,
        "title": texts.title,
        "subtitle": texts.subtitle,
        "facts": [list(fact) for fact in texts.facts],
        "table_title": texts.table_title,
        "head": list(texts.head),
        "rows": [[list(cell) for cell in row] for row in texts.rows],
        "chart_title": texts.chart_title,
        "chart": residents_svg(result, texts),
        "chart_alt": f"{texts.chart_title} {said}",
        "legend": [list(pair) for pair in zip(texts.shades, texts.groups, strict=True)],
        "method_title": texts.method_title,
        "method": [list(line) for line in texts.method],
        "notes": list(texts.notes),
    }
    made = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"doc": json.dumps(content, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return made if isinstance(made, bytes) else made[0]


def residents_svg(result: Requirement, texts: NewbuildSheetTexts) -> str:
    """Return residents by year and age group (middle variant) as stacked bars."""
    years = result.sheet.years
    groups = [result.residents(*ages)[1] for ages in AGE_GROUPS]
    top, step = _axis(float(result.people[1].sum(axis=1).max()))
    high = _HEIGHT - _BOTTOM - 8.0
    parts = [_level(texts, value, top, high) for value in range(0, int(top) + 1, max(1, int(step)))]
    room = (_WIDTH - _LEFT) / len(years)
    every = -(-len(years) // _MOST_LABELS)
    for at, year in enumerate(years):
        x, base = _LEFT + at * room + room * 0.1, 8.0 + high
        for values, shade in zip(groups, texts.shades, strict=True):
            height = high * float(values[at]) / top
            base -= height
            parts.append(
                f'<rect x="{x:.2f}" y="{base:.2f}" width="{room * 0.8:.2f}" height="{height:.2f}" fill="{shade}"/>'
            )
        if at % every == 0:
            parts.append(_text(x + room * 0.4, _HEIGHT - 5.0, str(year), anchor="middle"))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}">{"".join(parts)}</svg>'


def _level(texts: NewbuildSheetTexts, value: int, top: float, high: float) -> str:
    y = 8.0 + high * (1.0 - value / top)
    line = f'<path d="M{_LEFT:g} {y:.2f}H{_WIDTH:g}" stroke="{_LINE}" stroke-width="0.8"/>'
    return line + _text(_LEFT - 6.0, y + 3.5, texts.number(value), anchor="end")


def _text(x: float, y: float, words: str, *, anchor: str) -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family="Atkinson Hyperlegible Next" font-size="10" fill="{_INK}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )


def _axis(greatest: float) -> tuple[float, float]:
    """Return the end of an axis from 0 and its step: 1, 2 or 5 times a power of ten, at most five steps."""
    step = 1.0
    while greatest > 5 * step:
        power = 10.0 ** len(str(int(step))) / 10.0
        step = next(each * power for each in (*_STEPS[1:], 20) if each * power > step)
    return max(step, step * -(-greatest // step)), step
