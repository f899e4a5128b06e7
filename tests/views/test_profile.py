"""The profile page: every part, areas by link, before and after, unknown addresses, links to where something can be added."""

import pytest

from tests.factories import base_tables, write_package
from views.profile import PARTS


@pytest.fixture
def tiny(tmp_path):
    return write_package(tmp_path / "city", base_tables())


def texts(page) -> str:
    written = (*page.markdown, *page.header, *page.subheader, *page.caption, *page.title)
    return "\n".join([element.value for element in written] + [str(element.proto) for element in page.get("html")])


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_by_its_address(open_page, tiny, part):
    page = open_page("profile", package=tiny, area="stadtteil:4", part=part)
    assert not page.exception
    assert not page.error
    assert "Nordost" in texts(page)
    assert "⟦" not in texts(page)


def test_without_an_area_all_districts_are_offered(open_page, tiny):
    page = open_page("profile", package=tiny)
    page.button(key="start_3").click().run()
    assert "Nordwest" in [header.value for header in page.header]
    assert page.query_params["area"] == "stadtteil:3"


def test_before_and_after_stay_within_the_level(open_page, tiny):
    page = open_page("profile", package=tiny, area="stadtteil:3")
    page.button(key="area_next").click().run()
    assert page.query_params["area"] == "stadtteil:2"
    last = open_page("profile", package=tiny, area="stadtteil:1")
    assert last.button(key="area_next").disabled
    first = open_page("profile", package=tiny, area="stadtbezirk:2")
    assert first.button(key="area_previous").disabled


def test_an_unknown_area_is_refused(open_page, tiny):
    page = open_page("profile", package=tiny, area="stadtteil:99")
    assert "stadtteil:99" in page.warning[0].value.replace("\\", "")
    assert not page.exception


def test_a_district_of_another_page_counts(open_page, tiny):
    page = open_page("profile", package=tiny, district="2")
    assert [header.value for header in page.header] == ["Südost"]


def test_every_gap_card_can_be_read(open_page, tiny):
    page = open_page("profile", package=tiny, area="stadtteil:4", part="gaps", why="library")
    assert "Bibliothek" in texts(page)


def test_english_has_no_german_words(open_page, tiny):
    page = open_page("profile", package=tiny, area="stadtbezirk:1", part="people", lang="en")
    assert "Population" in texts(page)
    assert "Bevölkerung" not in texts(page)


def test_the_way_to_the_comparison_takes_the_area_and_those_like_it(open_page, tiny):
    page = open_page("profile", package=tiny, area="stadtteil:4")
    page.button(key="profile_to_compare").click().run()
    chosen = page.session_state["selection"]["districts"]
    assert 4 in chosen
    assert set(chosen) <= {1, 2, 3, 4}
    assert page.session_state["selection"]["quarters"] == ()
