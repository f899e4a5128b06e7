"""Pages made by typst from data: every text is only ever text, in signs that the shipped fonts have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from exchange.glyphs import breakable, drawable_svg
from exchange.map_picture import FONTS

_FOLDER: Final = Path(__file__).parent
LONGEST_HEADING: Final = 240
_FONT_NAMES: Final = ("Atkinson Hyperlegible Next", "DejaVu Sans")


def typeset(template: str, content: dict[str, Any], *, language: str) -> bytes:
    """Return the pages of a template of this folder as tagged PDF (PDF/UA-1); the same content gives the same bytes.

    Texts of `content` are made drawable and breakable, except those under keys that end in ``svg``.
    """
    import typst

    made = typst.compile(
        (_FOLDER / template).read_bytes(),
        format="pdf",
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={
            "doc": json.dumps(_drawable(content) | {"lang": language[:2], "fonts": _FONT_NAMES}, ensure_ascii=False)
        },
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return made if isinstance(made, bytes) else made[0]


def heading(text: str) -> str:
    """Return a text of an evening in one line, not longer than a heading may be."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_HEADING else line[: LONGEST_HEADING - 1] + "…"


def _drawable(value: Any, key: str = "") -> Any:
    if isinstance(value, str):
        return drawable_svg(value) if key.endswith("svg") else breakable(value)
    if isinstance(value, dict):
        return {name: _drawable(each, name) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_drawable(each, key) for each in value]
    return value
