"""The PPTX of a dossier, opened again: titles, order, native tables, alternative texts, language, and nothing that runs over."""

import io
from collections import Counter

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Pt

from exchange.dossier.column_widths import column_widths
from exchange.dossier.model import Dossier, Section, Table
from exchange.dossier.pptx import dossier_pptx
from exchange.dossier.text_width import LINE, lines_of, width_of
from exchange.dossier.words import printable
from geo.area import named_area
from tests.e2e.hostile import HOSTILE
from tests.exchange.dossier_city import city
from tests.exchange.dossier_odd import odd

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def opened(dossier) -> Presentation:
    return Presentation(io.BytesIO(dossier_pptx(dossier)))


def said(prs) -> str:
    """Return every text of all slides in the order of reading."""
    found = []
    for slide in prs.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if getattr(shape, "has_table", False):
                found += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def needed(frame, width: float) -> float:
    """Return the height that a text frame needs, in points: every paragraph in its own size."""
    height = 0.0
    for paragraph in frame.paragraphs:
        run = paragraph.runs[0]
        lines = lines_of(paragraph.text, width, run.font.size.pt, bold=bool(run.font.bold))
        height += len(lines) * run.font.size.pt * LINE
    return height


def assert_nothing_runs_over(prs):
    for at, slide in enumerate(prs.slides, start=1):
        for shape in slide.shapes:
            assert shape.left >= 0, (at, shape.name)
            assert shape.left + shape.width <= prs.slide_width, (at, shape.name)
            assert shape.top + shape.height <= prs.slide_height, (at, shape.name)
            if shape.is_placeholder or not shape.has_text_frame:
                continue
            frame = shape.text_frame
            room = (shape.height - frame.margin_top - frame.margin_bottom) / Pt(1)
            width = (shape.width - frame.margin_left - frame.margin_right) / Pt(1)
            assert needed(frame, width) <= room + 20, (at, shape.name)
        for table in (shape.table for shape in slide.shapes if getattr(shape, "has_table", False)):
            for row in table.rows:
                for cell, column in zip(row.cells, table.columns, strict=True):
                    inside = (column.width - cell.margin_left - cell.margin_right) / Pt(1)
                    assert needed(cell.text_frame, inside) <= row.height / Pt(1), (at, cell.text_frame.text[:40])


@pytest.fixture(scope="module")
def prs(tmp_path_factory):
    maker = city(tmp_path_factory.mktemp("city"))
    return opened(maker.dossier(named_area(maker.sources.load, "district", 4)))


def test_every_slide_has_one_title_of_its_own_and_it_is_read_first(prs):
    titles = [slide.shapes.title.text_frame.text for slide in prs.slides]
    assert titles[0] == "Nordost"
    assert all(titles)
    assert max(Counter(titles).values()) == 1
    assert all(slide.shapes[0].shape_id == slide.shapes.title.shape_id for slide in prs.slides)


def test_every_slide_but_the_cover_has_a_number_and_a_footer(prs):
    for slide in list(prs.slides)[1:]:
        kinds = {shape.placeholder_format.type for shape in slide.placeholders}
        assert {PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER} <= kinds
        assert [field.get("type") for field in slide._element.iter(f"{A}fld")] == ["slidenum"]
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(ids) == len(set(ids))


def test_language_is_set_everywhere(prs):
    assert prs.core_properties.language == "de-DE"
    runs = [run for slide in prs.slides for run in slide._element.iter(f"{A}r")]
    assert {run.find(f"{A}rPr").get("lang") for run in runs} == {"de-DE"}


def test_tables_charts_and_pictures_are_native_and_described(prs):
    shapes = [shape for slide in prs.slides for shape in slide.shapes]
    tables = [shape for shape in shapes if getattr(shape, "has_table", False)]
    assert tables
    assert all(shape.table.first_row for shape in tables)
    assert any(shape.shape_type == 13 for shape in shapes)  # a picture
    for shape in shapes:
        if not shape.has_text_frame:
            assert shape._element.xpath(".//p:cNvPr")[0].get("descr"), shape.name


def test_bars_are_a_native_chart_that_is_described():
    shapes = [shape for slide in opened(odd("Wert")).slides for shape in slide.shapes]
    (frame,) = [shape for shape in shapes if getattr(shape, "has_chart", False)]
    assert "ohne Zahl: unbekannt" in frame._element.xpath(".//p:cNvPr")[0].get("descr")


def test_nothing_of_a_district_runs_over(prs):
    assert_nothing_runs_over(prs)


def test_the_same_content_gives_the_same_slides(tmp_path):
    maker = city(tmp_path)
    dossier = maker.dossier(named_area(maker.sources.load, "district", 1))
    first, second = (opened(dossier) for _ in range(2))
    assert said(first) == said(second)


def test_a_long_table_goes_over_several_slides_with_its_heading():
    rows = tuple((f"Zeile {at}", "Wert") for at in range(80))
    dossier = Dossier(
        "de", "P", "T", "U", "D", (Section("s", "S", (Table("Lang", ("Name", "Wert"), rows),)),), "Q", ("q",)
    )
    prs = opened(dossier)
    tables = [shape.table for slide in prs.slides for shape in slide.shapes if getattr(shape, "has_table", False)]
    assert len(tables) > 3
    assert {table.cell(0, 0).text_frame.text for table in tables} == {"Name"}
    names = [row.cells[0].text_frame.text for table in tables for row in list(table.rows)[1:]]
    assert names == [name for name, _ in rows]
    assert_nothing_runs_over(prs)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_only_text(name):
    text = HOSTILE[name][:3000]
    prs = opened(odd(text))
    assert_nothing_runs_over(prs)
    pressed = "".join(said(prs).split())
    assert "".join(printable(text).split()) in pressed
    assert "letzteZeile" in pressed
    assert not any(link for slide in prs.slides for link in slide._element.iter(f"{A}hlinkClick"))


def test_a_name_of_500_characters_fits():
    prs = opened(odd("Nachbarschaftstreff " * 25))
    assert_nothing_runs_over(prs)
    assert_nothing_runs_over(opened(odd("x" * 500)))


def test_right_to_left_text_is_written_from_the_right():
    prs = opened(odd("مركز الجيران في الحي"))
    paragraphs = [one for slide in prs.slides for one in slide._element.iter(f"{A}pPr")]
    assert any(one.get("rtl") == "1" for one in paragraphs)


def test_a_chart_holds_no_formula_and_no_invented_number():
    prs = opened(odd('=HYPERLINK("https://example.org")'))
    chart = next(shape.chart for slide in prs.slides for shape in slide.shapes if getattr(shape, "has_chart", False))
    assert list(chart.plots[0].series[0].values) == [3.0, None]
    assert not str(chart.plots[0].categories[0]).startswith("=")


def test_lines_are_never_wider_than_allowed():
    texts = [printable(text)[:2000] for text in HOSTILE.values()]
    for text in (*texts, "Donaudampfschifffahrtsgesellschaft " * 9, "  zwei  Leerzeichen "):
        for line in lines_of(text, 90.0, 11.0):
            assert width_of(line.removesuffix(" "), 11.0) <= 90.0
        assert "".join(lines_of(text, 90.0, 11.0)) == text
    assert lines_of("", 90.0, 11.0) == [""]


def test_columns_are_as_wide_as_their_words():
    widths = column_widths(Table("T", ("Name", "Jahr"), (("Ein ziemlich langer Name einer Stelle", "2024"),)))
    assert widths[0] > widths[1]
