"""The map of the gaps page: classes for every kind and measure, also where nothing can be said."""

import pytest

from geo.catalogue import catalogue
from geo.gap_settings import GapSettings
from geo.sources import open_package
from tests.views.conftest import ROOT
from views import data, gaps_classes, gaps_map
from views.gaps_controls import MEASURES

pytestmark = pytest.mark.slow

KINDS = tuple(catalogue(open_package(ROOT / "data")).kinds)


@pytest.fixture
def real(monkeypatch, root, store_folder):
    monkeypatch.setenv("QK_DATA", str(root / "data"))
    data.current_settings.cache_clear()
    yield
    data.current_settings.cache_clear()


@pytest.mark.parametrize("kind", KINDS)
def test_every_district_is_in_a_class_or_unknown_or_without_a_statement(real, kind):
    result = data.gap_result(kind, GapSettings())
    for measure in MEASURES:
        found, colours, silent = gaps_classes.measured(result, measure)
        assert sum(found.counts) + found.unknown == len(result.level("district"))
        assert len(colours) == len(found)
        assert len(silent) <= found.unknown
        assert sum(item.count for item in gaps_map.legend_items(result, measure)) == len(result.level("district"))


def test_a_kind_of_which_nothing_can_be_said_shows_its_page(open_page):
    page = open_page("gaps", kind="senior_meeting")
    assert [each.value for each in page.error] == []
    assert not page.exception
    assert page.header
