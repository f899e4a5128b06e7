"""The look of our slides, put on python-pptx's own template: wide, two layouts, our font and colours, footer and number."""

from __future__ import annotations

import copy
from typing import Any, Final

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.util import Pt

WIDTH, HEIGHT = 960.0, 540.0  # points, 16:9
MARGIN: Final = 40.0
TOP, BOTTOM = 88.0, 498.0  # of the part below the title
FONT: Final = "Arial"
INK, ACCENT, GREY, WARN, SOFT = "1D272B", "0B5C66", "56626A", "A34700", "EEF5F6"
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SLIDES: Final = "http://schemas.openxmlformats.org/presentationml/2006/main"
_TITLE_SLIDE, _TITLE_ONLY = 0, 5  # layouts of the template
_WIDE: Final = WIDTH - 2 * MARGIN
_PLACES: Final = {
    PP_PLACEHOLDER.TITLE: (MARGIN, 22.0, _WIDE, 54.0),
    PP_PLACEHOLDER.CENTER_TITLE: (MARGIN, 150.0, _WIDE, 170.0),
    PP_PLACEHOLDER.SUBTITLE: (MARGIN, 335.0, _WIDE, 140.0),
    PP_PLACEHOLDER.BODY: (MARGIN, TOP, _WIDE, BOTTOM - TOP),
    PP_PLACEHOLDER.FOOTER: (MARGIN, 508.0, _WIDE - 80, 18.0),
    PP_PLACEHOLDER.SLIDE_NUMBER: (WIDTH - MARGIN - 60, 508.0, 60.0, 18.0),
}
_ANCHORS: Final = {PP_PLACEHOLDER.CENTER_TITLE: "b", PP_PLACEHOLDER.TITLE: "ctr"}


def dress(prs: Any) -> None:
    """Give master and the two layouts that are used (cover, title only) our look; drop the other layouts."""
    prs.slide_width, prs.slide_height = Pt(WIDTH), Pt(HEIGHT)
    layouts = prs.slide_layouts
    for layout in [one for at, one in enumerate(layouts) if at not in {_TITLE_SLIDE, _TITLE_ONLY}]:
        layouts.remove(layout)
    _colour(prs.slide_master)
    cover, inner = layouts
    for owner in (prs.slide_master, cover, inner):
        for shape in list(owner.placeholders):
            _place(shape)
        for style in owner._element.iter(f"{{{DRAWING}}}lvl1pPr"):  # noqa: SLF001 -- python-pptx has no styles of levels
            if owner is not prs.slide_master or style.get("algn") == "ctr":
                style.set("algn", "l")
    inner.shapes._spTree.append(_rule())  # noqa: SLF001 -- python-pptx adds shapes to slides only


def add_footer(slide: Any, language: str) -> Any:
    """Copy number and footer of the layout onto a slide (python-pptx leaves them out); return the footer, empty."""
    wanted = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
    for shape in sorted(slide.slide_layout.placeholders, key=lambda one: one.placeholder_format.type == wanted[0]):
        if shape.placeholder_format.type not in wanted:
            continue
        tree = slide.shapes._spTree  # noqa: SLF001 -- there is no call for it
        element = copy.deepcopy(shape._element)  # noqa: SLF001
        number = 1 + max(int(one.get("id")) for one in tree.xpath(".//p:cNvPr"))
        element.xpath(".//p:cNvPr")[0].set("id", str(number))
        tree.append(element)
        for properties in element.iter(f"{{{DRAWING}}}rPr"):
            properties.set("sz", "1000")
            properties.set("lang", language)
    footer = slide.shapes[-1]
    for run in list(footer.text_frame.paragraphs[0].runs):
        run._r.getparent().remove(run._r)  # noqa: SLF001
    return footer


def _colour(master: Any) -> None:
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = (  # noqa: SLF001 -- the theme is a plain part
        theme.blob.replace(b'<a:latin typeface="Calibri"/>', f'<a:latin typeface="{FONT}"/>'.encode())
        .replace(b"4F81BD", ACCENT.encode())
        .replace(b"1F497D", INK.encode())
    )


def _place(shape: Any) -> None:
    """Put a placeholder where it belongs; take away those that no slide of ours has (date)."""
    kind = shape.placeholder_format.type
    if kind not in _PLACES:
        shape._element.getparent().remove(shape._element)  # noqa: SLF001
        return
    shape.left, shape.top, shape.width, shape.height = map(Pt, _PLACES[kind])
    body = shape.text_frame._txBody.bodyPr  # noqa: SLF001
    for side in ("lIns", "rIns", "tIns", "bIns"):
        body.set(side, "0")
    body.set("anchor", _ANCHORS.get(kind, "t"))
    for fit in body.findall(f"{{{DRAWING}}}normAutofit"):
        body.remove(fit)


def _rule() -> Any:
    """Return the rule below the title: a decoration of the layout, not a thing to read."""
    left, top, wide = int(Pt(MARGIN)), int(Pt(80)), int(Pt(_WIDE))
    return parse_xml(
        f'<p:cxnSp xmlns:p="{_SLIDES}" xmlns:a="{DRAWING}"><p:nvCxnSpPr><p:cNvPr id="99" name="Rule"/><p:cNvCxnSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvCxnSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="0"/>'
        f'</a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="15875"><a:solidFill><a:srgbClr val="{ACCENT}"/>'
        "</a:solidFill></a:ln></p:spPr></p:cxnSp>"
    )
