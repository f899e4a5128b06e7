"""The HTML dossier in a real browser, opened as a file: no barriers, nothing beside the screen, hostile texts harmless."""

import pytest

from exchange.dossier.html import dossier_html
from geo.area import named_area
from tests.e2e.hostile import HOSTILE
from tests.exchange.dossier_city import city
from tests.exchange.dossier_odd import odd


def opened(page, folder, dossier):
    path = folder / "dossier.html"
    path.write_bytes(dossier_html(dossier))
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize(("language", "width"), [("de", 1280), ("en", 390)])
def test_a_dossier_has_no_barriers_and_fits(page_factory, check_axe, tmp_path, language, width):
    maker = city(tmp_path / "city", language=language)
    dossier = maker.dossier(named_area(maker.sources.load, "district", 4))
    page = opened(page_factory(width=width).page, tmp_path, dossier)
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.get_by_role("table").count() >= 5  # also where rows are shown as cards


def test_all_hostile_texts_are_only_text(page, tmp_path):
    for name, text in HOSTILE.items():
        opened(page, tmp_path, odd(text[:3000]))
        assert page.evaluate("window.hacked") is None, name
        assert page.get_by_text("letzte Zeile").count() == 1, name
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, name
