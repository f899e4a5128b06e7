"""The page of goals and steps: every part shows in both languages, on an area and without one."""

import pytest

from tests.views.store_steps import words

pytestmark = pytest.mark.slow

PARTS = ("goals", "board", "timeline", "overdue", "path", "library", "log")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_every_part_shows_and_makes_no_store(open_page, store_folder, part, language):
    page = open_page("plan", area="stadtteil:12", plan=part, lang=language)
    assert not page.exception
    assert [each.value for each in page.error] == []
    assert "⟦" not in words(page)
    assert not store_folder.exists()


def test_without_an_area_the_page_says_what_to_do(open_page):
    page = open_page("plan")
    assert "Gebiet" in page.info[0].value
