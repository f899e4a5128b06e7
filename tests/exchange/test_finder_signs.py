"""The finder's pages take names with signs that no font has: a box stands for them, the page is made."""

import io

import numpy as np
import pytest
from pypdf import PdfReader

from exchange.finder_pdf import Entry, Sheet, card_pdf, sheet_pdf


@pytest.mark.parametrize(
    "name", ["Treff 👩\u200d👧 Nord", "Treff 漢字 Nord", "Treff \u202eNord\x00", "مركز Treff Nord"]
)
def test_a_name_with_any_sign_makes_a_page(name):
    entry = Entry(name, name, "0511 123", ((name, name),))
    sheet = Sheet("de", "Titel", name, name, (entry,), name, (name,), name, "https://example.org/", "scan")
    card = card_pdf(entry, language="de", link="https://example.org/", route=np.empty((0, 2)), route_alt="")
    for made in (sheet_pdf(sheet), card):
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
        assert "Treff" in text
        assert "\u202e" not in text
