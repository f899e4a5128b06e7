"""The walking speed is chosen once and used by every page that measures walks."""

from __future__ import annotations

import pytest

from geo.speeds import WALKING_KMH, Pace
from views import data

pytestmark = pytest.mark.slow

PAGES = (
    ("gaps", {"kind": "primary_school"}),
    ("need", {"part": "supply", "kind": "primary_school"}),
    ("need", {"part": "equity", "kind": "primary_school"}),
    ("compare", {"compare": "ranking", "ranked": "supply_access", "kind": "primary_school"}),
    ("compare", {"compare": "panels", "panels": "primary_school"}),
    ("profile", {"area": "stadtteil:10", "part": "gaps"}),
)


@pytest.fixture
def speeds(monkeypatch):
    """Collect the speed of every analysis that a page asks for."""
    seen, real = [], data.gap_result

    def watched(kind, settings):
        seen.append(settings.kmh)
        return real(kind, settings)

    monkeypatch.setattr(data, "gap_result", watched)
    return seen


@pytest.mark.parametrize(("module", "address"), PAGES, ids=[str(at) for at in range(len(PAGES))])
def test_the_chosen_speed_is_used(open_page, speeds, module, address):
    page = open_page(module, pace=str(Pace.FRAME), **address)
    assert not page.exception
    assert [each.value for each in page.error] == []
    assert speeds
    assert set(speeds) == {WALKING_KMH[Pace.FRAME]}


def test_an_own_speed_counts_too_and_the_card_says_it(open_page, speeds):
    page = open_page("gaps", kind="primary_school", pace="own", own_kmh="2.5")
    assert set(speeds) == {2.5}
    assert any("mit 2,5 km/h" in each.value.replace("\\", "") for each in page.markdown)


def test_another_page_remembers_the_speed(open_page, speeds):
    page = open_page("gaps", kind="primary_school")
    page.radio(key="widget_pace").set_value(str(Pace.OLDER)).run()
    assert page.query_params["pace"] == str(Pace.OLDER)
    assert speeds[-1] == WALKING_KMH[Pace.OLDER]
