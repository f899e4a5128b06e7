"""The map to work on as PDF, A4, A3 or A0: grid with codes, places and stops, legend, scale, date, sources, list of places."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from exchange.finder_pdf import qr_svg
from exchange.map_svg import INK, document_svg, text_svg
from exchange.workshop.map_drawing import Style, map_drawing
from exchange.workshop.sheets import POINTS_PER_MM, layout, sheet_named
from exchange.workshop.signs import cell_svg, line_svg, sign_svg, stop_svg
from exchange.workshop.typeset import heading, typeset

if TYPE_CHECKING:
    from exchange.wording import Texts
    from exchange.workshop.material import Material
    from exchange.workshop.sheets import Layout

_BAR_M: Final = (50, 100, 200, 400, 500, 1_000, 2_000, 4_000, 5_000, 10_000)
_BAR_MM: Final = 46.0
_LISTED: Final = frozenset({"A4", "A3"})
_KILOMETRE: Final = 1000


def map_pdf(material: Material, sheet_name: str) -> bytes:
    """Return the map sheet; on A4 and A3 the places with their codes follow on a page of their own.

    Raises
    ------
    ParameterError
        There is no such paper size.
    """
    sheet = sheet_named(sheet_name)
    place, t = layout(sheet, material.grid), material.words.t
    style = Style(place.metres_per_point, sheet.type_size, place.rim * POINTS_PER_MM)
    alt = t("paper.map.alt", name=material.area.name, places=len(material.places), first="A1", last=material.grid.last)
    drawn = map_drawing(material, style, title=alt, north=t("gaps.files.north"))
    occasion = material.occasion
    content = {
        "sheet": {
            "width": place.width,
            "height": place.height,
            "margin": sheet.margin,
            "size": sheet.type_size,
            "landscape": place.landscape,
        },
        "map": {"svg": drawn.svg, "alt": alt, "left": place.map_left - place.rim, "top": place.map_top - place.rim,
                "width": drawn.width, "bottom": place.map_top + place.map_height + place.rim},
        "legend_box": [place.legend_left, place.legend_top, place.legend_width, place.legend_height],
        "title": heading(occasion.title) or t("paper.map.title", name=material.area.name),
        "subtitle": heading(occasion.question) or t("paper.map.subtitle"),
        "program": t("home.title"),
        "date": t.day(occasion.date or material.today),
        "scale": t("paper.map.scale", scale=t.number(place.denominator)),
        "scale_note": t("paper.map.scale_note", sheet=sheet.name),
        "bar": scale_bar(place, t),
        "legend_title": t("paper.map.legend"),
        "legend": _legend(material, sheet.type_size),
        "how": t("paper.map.how", side=material.grid.side_m),
        "privacy": t("paper.map.privacy"),
        "qr": {"svg": qr_svg(occasion.link), "alt": t("paper.map.join", link=occasion.link)} if occasion.link else None,
        "code": t("paper.map.code", code=occasion.code) if occasion.code else "",
        "sources": f"{t('common.sources')}: {' · '.join(material.sources)}",
        "key": t("paper.map.key", grid=material.grid.key, date=t.day(material.today)),
        "list_title": t("paper.map.list", name=material.area.name),
        "list": _places(material) if sheet.name in _LISTED else [],
    }  # fmt: skip
    return typeset("map_sheet.typ", content, language=t.language)


def scale_bar(place: Layout, t: Texts) -> dict[str, Any]:
    """Return the scale bar as SVG with its width in points: four fields in black and white, with metres or kilometres below."""
    size = place.sheet.type_size
    longest = _BAR_MM * size * place.denominator / 1000.0
    metres = max((each for each in _BAR_M if each <= longest), default=_BAR_M[0])
    width, high = metres / place.metres_per_point, 5.0 * size
    rim, fields = 12.0 * size, 4
    parts = [
        f'<rect x="{rim + at * width / fields:.2f}" y="{size:g}" width="{width / fields:.2f}" height="{high:g}" '
        f'fill="{INK if at % 2 == 0 else "#ffffff"}" stroke="{INK}" stroke-width="{0.7 * size:g}"/>'
        for at in range(fields)
    ]
    in_km = metres > _KILOMETRE
    for share in (0.0, 0.5, 1.0):
        shown = share * metres / (_KILOMETRE if in_km else 1)
        number = t.number(shown, digits=0 if shown.is_integer() else 1)
        unit = (" km" if in_km else " m") if share == 1.0 else ""
        parts.append(
            text_svg(number + unit, round(rim + share * width, 2), 16.0 * size, size=8.0 * size, anchor="middle")
        )
    whole, alt = round(width + 2.6 * rim, 2), t("paper.map.bar", length=t.distance(metres))
    return {"svg": document_svg(whole, 19.0 * size, parts, title=alt, ground=None), "width": whole, "alt": alt}


def _legend(material: Material, size: float) -> list[dict[str, Any]]:
    """Return sign and words of each line; a sign is 14 × 12 points, times the size of the type."""
    t, words = material.words.t, material.words
    kinds = [kind for kind, _ in groupby(spot.kind for spot in material.places)]
    counts = {kind: sum(spot.kind == kind for spot in material.places) for kind in kinds}
    area, side = material.area.name, material.grid.side_m
    lines = [
        (line_svg("#1d272b", 2.1), t("paper.map.own", name=area)),
        (line_svg("#5c676b", 0.8, dashes="4 2"), t("paper.map.districts")),
        (line_svg("#9aa4a8", 0.9), t("paper.map.streets")),
        (cell_svg(), t("paper.map.cell", side=side)),
    ]
    if material.stops:
        lines.append((stop_svg(7, 6, 4), t("paper.map.stop")))
    lines += [
        (sign_svg(words.catalogue.kinds.get(kind), 7, 6, 5.6), f"{words.kind(kind)} ({t.number(counts[kind])})")
        for kind in kinds
    ]
    return [
        {"svg": document_svg(14, 12, [sign], title="-", ground=None), "words": text, "width": 14 * size}
        for sign, text in lines
    ]


def _places(material: Material) -> list[dict[str, Any]]:
    """Return the places with their codes, by kind."""
    return [
        {"kind": material.words.kind(kind), "rows": [[spot.code, spot.name] for spot in spots]}
        for kind, spots in groupby(material.places, key=lambda spot: spot.kind)
    ]
