"""One page A4 about one measure, as PDF: vector map, legend, result, method, sources."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from exchange.glyphs import drawable_content
from exchange.map_picture import FONTS, map_svg
from exchange.map_svg import document_svg, outlines, swatch_svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from exchange.map_picture import Picture

_TEMPLATE: Final = Path(__file__).parent / "gap_sheet.typ"
_MAP_WIDTH: Final = 480.0  # pixels; printed about 120 mm wide, so that 11 pixels become 8 points
_RIM: Final = 2.0


@dataclass(frozen=True, eq=False)
class SheetTexts:
    """Words of the page around the map, in the reader's language.

    Attributes
    ----------
    language
        ``de`` or ``en``: for hyphenation and screen readers.
    program, date
        Line at the top: the program's name, and the date or state of the data.
    map_alt
        What the map shows, for those who cannot see it.
    result_title, result
        Heading, then name and text of each line: for example a class and its districts.
    method_title, method
        Heading, then name and text of each line.
    """

    language: str
    program: str
    date: str
    map_alt: str
    result_title: str
    result: Sequence[tuple[str, str]]
    method_title: str
    method: Sequence[tuple[str, str]]


def gap_pdf(
    picture: Picture,
    texts: SheetTexts,
    areas: gpd.GeoDataFrame,
    *,
    id_column: str,
    heavy: gpd.GeoDataFrame | None = None,
) -> bytes:
    """Return the page as a tagged PDF (PDF/UA-1); the same input gives the same bytes.

    Parameters
    ----------
    picture
        Map, legend, headings and notes, as for a picture.
    texts
        Everything else.
    areas, id_column, heavy
        As in `exchange.map_svg.outlines`.

    Raises
    ------
    CrsError
        Not in EPSG:25832.
    """
    import typst

    shapes = outlines(areas, id_column=id_column, width=_MAP_WIDTH, heavy=heavy)
    moved = f'<g transform="translate({_RIM:g} {_RIM:g})">{map_svg(picture, shapes)}</g>'
    drawn = document_svg(shapes.width + 2 * _RIM, shapes.height + 2 * _RIM, [moved], title=picture.title)
    content = {
        "lang": texts.language,
        "program": texts.program,
        "date": texts.date,
        "title": picture.title,
        "subtitle": picture.subtitle,
        "map": drawn,
        "map_alt": texts.map_alt,
        "legend_title": picture.legend_title,
        "legend": [
            {"svg": document_svg(28, 18, [swatch_svg(fill, 1, 1, prefix="s")], title=words), "words": words}
            for fill, words in picture.legend
        ],
        "result_title": texts.result_title,
        "result": [list(line) for line in texts.result],
        "method_title": texts.method_title,
        "method": [list(line) for line in texts.method],
        "notes": list(picture.notes),
    }
    made = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"doc": json.dumps(drawable_content(content), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return made if isinstance(made, bytes) else made[0]
