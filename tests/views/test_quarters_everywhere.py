"""Every page that speaks of areas works for an own Quartier, joined or drawn, in both languages, whatever its name says."""

import json

import pytest

from store import LOCAL, create
from tests.factories import base_tables, square, write_package
from tests.views.store_steps import beside, words
from views.compare import PARTS as COMPARED
from views.need_controls import PARTS as NEEDED
from views.plan import VIEWS
from views.profile import PARTS

pytestmark = pytest.mark.slow

HOSTILE = "{{7*7}} <script>`${x}` \u202eחי**fett** [a](http://x) $x^2$"
AREAS = {"joined": {"district_ids": "1;2"}, "drawn": {"polygon": json.dumps(square(0, 0))}}
SHARED = ("gaps", "need", "roles", "inventory", "map", "finder", "freshness", "export_page")


@pytest.fixture
def tiny(tmp_path):
    return write_package(tmp_path / "city", base_tables())


@pytest.fixture
def quarter(request, store_folder, tiny):
    """Return a Quartier; drawn, where the test does not ask for another (``indirect``)."""
    with beside(store_folder, tiny) as store:
        return create(store, LOCAL, "quarters", {"name": HOSTILE} | AREAS[getattr(request, "param", "drawn")])


def everything(page) -> str:
    return words(page) + "\n".join(str(element.proto) for element in page.get("html"))


def shows(page, name="7"):
    assert not page.exception
    assert [each.value for each in page.error] == []
    said = everything(page)
    assert "⟦" not in said
    assert "<script>`" not in said
    assert name in said
    return said


@pytest.mark.parametrize(("quarter", "language"), [("joined", "de"), ("drawn", "en")], indirect=["quarter"])
def test_the_profile_has_every_part(open_page, tiny, quarter, language):
    for part in PARTS:
        page = open_page("profile", package=tiny, area=f"quartier:{quarter.id}", part=part, lang=language)
        said = shows(page)
        if part == "people":
            assert ("Summen durch Summen" if language == "de" else "sums over sums") in said


def test_the_plan_has_every_view(open_page, store_folder, tiny, quarter):
    with beside(store_folder, tiny) as store:
        own = {"area_level": "quartier", "area_id": quarter.id}
        goal = create(store, LOCAL, "goals", own | {"topic": "ageing", "title": "Kurze Wege"})
        step = create(store, LOCAL, "steps", own | {"title": "Mittagstisch", "end_date": "2020"})
        link = {"from_entity": "goals", "from_id": goal.id, "to_entity": "steps", "to_id": step.id}
        create(store, LOCAL, "plan_links", link)
    for view in VIEWS:
        shows(open_page("plan", package=tiny, area=f"quartier:{quarter.id}", plan=view))
    shows(open_page("plan", package=tiny))
    item = open_page("plan", package=tiny, item=step.id)
    assert item.query_params["area"] == f"quartier:{quarter.id}"


@pytest.mark.parametrize("module", SHARED)
def test_every_page_that_shares_the_chosen_area_takes_it(open_page, tiny, quarter, module):
    page = open_page(module, package=tiny, quarter=quarter.id)
    assert not page.exception
    assert [each.value for each in page.error] == []
    assert not page.warning or module != "map"
    assert page.query_params["quarter"] == quarter.id
    assert "⟦" not in everything(page)


def test_the_search_of_the_map_finds_it_by_name_and_chooses_it(open_page, tiny, quarter):
    page = open_page("map", package=tiny, district="2")
    box = page.selectbox(key="widget_found")
    assert sum(HOSTILE in label for label in box.options) == 1
    box.select(f"quarter-{quarter.id}").run()
    assert not page.exception
    assert dict(page.query_params) == {"found": f"quarter-{quarter.id}", "quarter": quarter.id}
    again = open_page("map", package=tiny, found=f"quarter-{quarter.id}")
    assert again.query_params["quarter"] == quarter.id
    assert not open_page("map", package=tiny, found="quarter-none").exception


def test_a_search_leads_to_the_quarter_again_and_a_link_keeps_the_area_it_names(open_page, tiny, quarter):
    ref = f"quarter-{quarter.id}"
    page = open_page("map", package=tiny, found=ref, district="2")
    assert dict(page.query_params) == {"found": ref, "district": "2"}
    page.selectbox(key="widget_found").set_value(None).run()
    page.selectbox(key="widget_found").select(ref).run()
    assert dict(page.query_params) == {"found": ref, "quarter": quarter.id}


@pytest.mark.parametrize("quarter", AREAS, indirect=True)
def test_the_gap_card_is_of_the_quarter_and_leads_to_its_plan(open_page, tiny, quarter):
    page = open_page("gaps", package=tiny, quarter=quarter.id, kind="library")
    assert "7*7" in "".join(each.value for each in page.header).replace("\\", "")
    page.segmented_control(key="gaps_level").set_value("quarter").run()
    assert not page.exception
    assert page.dataframe[0].value.shape[0] == 1


def test_a_gap_becomes_a_need_of_the_quarters_own_plan(open_page, tiny, quarter):
    page = open_page("gaps", package=tiny, quarter=quarter.id, kind="library")
    page.button(key="need_from_gap").click().run()
    chosen = page.session_state["selection"]
    assert (chosen["area"], chosen["item"]) == (f"quartier:{quarter.id}", "new-needs")


def test_the_need_page_ranks_it_and_says_where_it_cannot(open_page, tiny, quarter):
    for part in NEEDED:
        page = open_page("need", package=tiny, quarter=quarter.id, part=part, known="True")
        assert not page.exception
        assert [each.value for each in page.error] == []
    assert "Rang" in words(open_page("need", package=tiny, quarter=quarter.id))


@pytest.mark.parametrize("part", COMPARED)
def test_it_stands_beside_districts(open_page, tiny, quarter, part):
    page = open_page("compare", package=tiny, compare=part, districts="1,2", quarters=quarter.id, known="True")
    assert not page.exception
    assert [each.value for each in page.error] == []
    if part == "side":
        assert "7*7" in everything(page)


def test_counts_of_a_joined_quarter_are_the_sum_and_rates_are_no_mean_of_rates(open_page, store_folder, tmp_path):
    tables = base_tables()
    for row in tables["population_cells"]:
        if row["district_id"] == 2:
            row["under_18"] = row["population"] * 0.5
    city = write_package(tmp_path / "city", tables)
    with beside(store_folder, city) as store:
        made = create(store, LOCAL, "quarters", {"name": "Unten", "district_ids": "1;2"})
    said = everything(open_page("compare", package=city, compare="side", districts="1,2", quarters=made.id))
    assert "700" in said
    assert f"{100 * (400 * 0.2 + 300 * 0.5) / 700:.1f}".replace(".", ",") in said
    assert f"{100 * (0.2 + 0.5) / 2:.1f}".replace(".", ",") not in said


def test_who_chooses_a_district_lets_go_of_the_quarter(open_page, tiny, quarter):
    page = open_page("gaps", package=tiny, quarter=quarter.id)
    page.selectbox(key="widget_place").select("stadtteil:3").run()
    assert "quarter" not in page.query_params
    assert page.query_params["district"] == ["3"] or page.query_params["district"] == "3"
