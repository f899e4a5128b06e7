"""The pages for planning in a real browser: no barriers, no errors, nothing from other hosts, no scrolling sideways."""

from __future__ import annotations

import pytest

from tests.e2e.mapframe import map_frame
from tests.e2e.test_app import MAP_EXCEPTIONS, ready
from tests.e2e.test_inventory_pages import MAP
from tests.e2e.waiting import settled

SIDEWAYS = "document.querySelector('.stMain').scrollWidth - document.querySelector('.stMain').clientWidth"
PAGES = (
    "planen", "bedarf?district=12", "bedarf?part=supply", "bedarf?part=equity", "ansprechstellen?district=12",
    "vergleich?districts=12,42,53", "vergleich?compare=panels", "profil?area=stadtteil:12",
    "profil?area=stadtteil:12&part=people",
    "profil?area=stadtbezirk:10&part=who", "profil?area=stadtteil:12&part=gaps", "ziele?area=stadtteil:12",
    "ziele?area=stadtteil:12&plan=timeline", "ziele?area=stadtteil:12&plan=library", "neubau?area=stadtteil:12",
)  # fmt: skip


@pytest.mark.parametrize(("language", "width"), [("de", 1280), ("en", 390)])
def test_no_barriers_no_errors_nothing_from_other_hosts(page_factory, app_url, check_axe, language, width):
    page = page_factory(width=width).page
    for path in PAGES:
        ready(page, f"{app_url}/{path}{'&' if '?' in path else '?'}lang={language}")
        settled(page, quiet=300)  # charts and tables draw after the script
        if page.query_selector(MAP):
            map_frame(page)
        words = page.locator("body").inner_text()
        assert "⟦" not in words, path
        assert "Fehler aufgetreten" not in words, path
        assert page.evaluate(SIDEWAYS) <= 1, path
        try:
            check_axe(page, ignore=MAP_EXCEPTIONS)
        except AssertionError as found:
            raise AssertionError(f"{path}: {found}") from found
