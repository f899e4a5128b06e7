"""The tiny test city as material for an evening's papers, and what stands where on a page of a PDF."""

import io
from functools import cache

from pypdf import PdfReader

from exchange.dossier.words import Words
from exchange.wording import Texts
from exchange.workshop.material import Material, Occasion
from geo.area import named_area
from geo.catalogue import catalogue
from geo.print_grid import print_grid
from geo.sources import open_package, read
from tests.factories import base_tables, write_package

HOSTILE = (
    "#set page(width: 1pt)", "{{7*7}} ${x} `rm` \\", "<script>alert(1)</script>", "*fett* _kursiv_ = Titel @x",
    "a\x00b\x1bc\u202ed", "مركز الجيران في الحي", "👍🏽 漢字 🫠", "=1+1", "]]> & \"'", "x" * 500, "Zeile\n\nZeile",
)  # fmt: skip
"""Texts of notes and headings that want to be more than text."""


def material_of(folder, *, language="de", level="district", number=4, occasion=None, side_m=200, **changes):
    """Return what the papers of an evening in the tiny city are made from, with some resources replaced."""
    package = open_package(write_package(folder, base_tables() | changes))
    load = cache(lambda name: read(package, name))
    words = Words(Texts(language), catalogue(package, load=load))
    area = named_area(load, level, number)
    grid = print_grid(area.geometry, side_m=side_m)
    return Material(area, load, words, package.descriptor, "2026-11-23", occasion or Occasion(), grid)


def pages(pdf):
    """Return the pages of a PDF."""
    return PdfReader(io.BytesIO(pdf)).pages


def text_of(pdf):
    """Return the text of a PDF without places to break words."""
    return "\n".join(page.extract_text() for page in pages(pdf)).replace("\u200b", "")


def written(page):
    """Return every piece of text on a page: text, x, y (points from the lower left corner) and size."""
    found = []

    def visit(text, matrix, _text_matrix, _font, size):
        if text.strip():
            found.append((text, matrix[4], matrix[5], size))

    page.extract_text(visitor_text=visit)
    return found


def outside(page):
    """Return the pieces of text that do not begin on the page."""
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    return [piece for piece in written(page) if not (0 <= piece[1] <= width and 0 <= piece[2] <= height)]
