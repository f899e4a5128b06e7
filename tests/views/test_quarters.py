"""Own Quartiere on the pages: join, type corners, paste, what is refused, rename, retire; names from outside stay text."""

import json

import pandas as pd
import pytest

from store import LOCAL, create, get, update, view
from tests.factories import base_tables, degrees, square, write_package
from tests.views.store_steps import beside, button, field, words

pytestmark = pytest.mark.slow

PLACE = "quarters"


@pytest.fixture
def tiny(tmp_path):
    """Return the folder of a city in which 400, 300, 200 and 100 people live in districts 1 to 4."""
    return write_package(tmp_path / "city", base_tables())


@pytest.fixture
def quarter(store_folder, tiny):
    with beside(store_folder, tiny) as store:
        return create(store, LOCAL, PLACE, {"name": "Süden", "district_ids": "1;2"})


def stored(folder, package):
    with beside(folder, package) as store:
        return view(store, PLACE)


def new(open_page, tiny, name, *, kind="existing"):
    page = open_page(PLACE, package=tiny)
    button(page, "quarter_new").click().run()
    field(page, "text_input", "name").set_value(name).run()
    if kind != "existing":
        field(page, "selectbox", "kind").select(kind).run()
    return page


def way(page, name):
    page.button_group(key=keyed(page.button_group, "quarter_way_")).set_value(name).run()


def keyed(elements, beginning):
    return next(each.key for each in elements if str(each.key).startswith(beginning))


def corners(page, *spots):
    text = "\n".join("{1:.6f}, {0:.6f}".format(*degrees(*spot)) for spot in spots)
    page.text_area(key=keyed(page.text_area, "quarter_corners_")).set_value(text).run()


def test_two_districts_are_joined_and_saved(open_page, store_folder, tiny):
    page = new(open_page, tiny, "Unten")
    page.multiselect(key=keyed(page.multiselect, "quarter_join_")).set_value([1, 2]).run()
    assert "etwa 700 Menschen" in words(page)
    button(page, "quarter_save").click().run()
    rows = stored(store_folder, tiny)
    assert rows[["name", "kind", "district_ids"]].to_numpy().tolist() == [["Unten", "existing", "1;2"]]
    assert "Unten" in words(page)


def test_typed_corners_are_an_area_and_a_bow_tie_is_none(open_page, store_folder, tiny):
    page = new(open_page, tiny, "Fläche")
    way(page, "draw")
    corners(page, (0, 0), (1, 1), (1, 0), (0, 1))
    assert "kreuzt sich selbst" in words(page)
    button(page, "quarter_save").click().run()
    assert not (store_folder / "quartierskarte.sqlite").exists()
    corners(page, (0, 0), (1, 0), (1, 1), (0, 1))
    assert "etwa 400 Menschen" in words(page)
    button(page, "quarter_save").click().run()
    row = stored(store_folder, tiny).iloc[0]
    assert json.loads(row["polygon"])["type"] == "Polygon"
    assert pd.isna(row["district_ids"])


def test_a_line_that_is_no_corner_is_named(open_page, tiny):
    page = new(open_page, tiny, "Fläche")
    way(page, "draw")
    page.text_area(key=keyed(page.text_area, "quarter_corners_")).set_value("52.37, 9.73\nMarktplatz").run()
    assert "Zeile 2" in words(page)


@pytest.mark.parametrize(
    ("spots", "said"),
    [
        (((3, 3), (4, 3), (4, 4)), "außerhalb der Stadt"),
        (((1, 1), (2, 1), (2, 2), (1, 2)), "weniger als 200 Menschen"),
        (((0, 0), (1, 0)), "nur 2 Ecken"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(open_page, store_folder, tiny, spots, said):
    page = new(open_page, tiny, "Fläche")
    way(page, "draw")
    corners(page, *spots)
    assert said in words(page)
    button(page, "quarter_save").click().run()
    assert not (store_folder / "quartierskarte.sqlite").exists()


def test_a_site_to_be_built_may_be_empty_and_shows_no_figures_of_people(open_page, store_folder, tiny):
    page = new(open_page, tiny, "Neuland", kind="new_build")
    way(page, "draw")
    corners(page, (1, 1), (2, 1), (2, 2), (1, 2))
    button(page, "quarter_save").click().run()
    key = stored(store_folder, tiny)["id"].iloc[0]
    profile = open_page("profile", package=tiny, area=f"quartier:{key}", part="people")
    assert "Zum Schutz der Einzelnen" in words(profile)
    assert not profile.error
    for module, address in (("profile", {"area": f"quartier:{key}", "part": "gaps"}), ("gaps", {"quarter": key})):
        shown = open_page(module, package=tiny, **address)
        assert not shown.error
        assert "Zum Schutz der Einzelnen" in words(shown)
        assert not any("<dl class=" in str(each.proto) for each in shown.get("html"))
    shown.segmented_control(key="gaps_level").set_value("quarter").run()
    numbers = shown.dataframe[0].value.select_dtypes("number")
    assert numbers.isna().all(axis=None)


def test_pasted_geojson_is_taken_over_and_scrap_is_not(open_page, store_folder, tiny):
    page = new(open_page, tiny, "Eingefügt")
    way(page, "file")
    paste = keyed(page.text_area, "quarter_paste_")
    page.text_area(key=paste).set_value("{{7*7}}<script>").run()
    button(page, "quarter_take").click().run()
    assert "kein Polygon in GeoJSON" in words(page)
    feature = {"type": "Feature", "properties": {"name": "<b>"}, "geometry": square(0, 0)}
    page.text_area(key=paste).set_value(json.dumps(feature)).run()
    button(page, "quarter_take").click().run()
    button(page, "quarter_save").click().run()
    assert "<b>" not in stored(store_folder, tiny)["polygon"].iloc[0]


def test_a_name_of_501_characters_is_refused(open_page, store_folder, tiny):
    page = new(open_page, tiny, "x" * 501)
    page.multiselect(key=keyed(page.multiselect, "quarter_join_")).set_value([1]).run()
    button(page, "quarter_save").click().run()
    assert "501" in words(page)
    assert not (store_folder / "quartierskarte.sqlite").exists()


def test_rename_while_somebody_else_does_shows_both(open_page, store_folder, tiny, quarter):
    page = open_page(PLACE, package=tiny, edit=quarter.id)
    field(page, "text_input", "name").set_value("Mein Süden").run()
    with beside(store_folder, tiny) as store:
        update(store, LOCAL, PLACE, quarter.id, {"name": "Unser Süden"}, version=1)
    button(page, "quarter_save").click().run()
    assert "Unser Süden" in " ".join(" ".join(each.options) for each in page.radio)


def test_retire_takes_it_out_of_all_lists_and_leaves_its_plan(open_page, store_folder, tiny, quarter):
    with beside(store_folder, tiny) as store:
        step = {"area_level": "quartier", "area_id": quarter.id, "title": "Runder Tisch"}
        create(store, LOCAL, "steps", step)
    page = open_page(PLACE, package=tiny, edit=quarter.id)
    assert "gehört 1 Eintrag" in words(page)
    button(page, "retire_").click().run()
    with beside(store_folder, tiny) as store:
        assert get(store, PLACE, quarter.id).is_retired
    plan = open_page("plan", package=tiny, area=f"quartier:{quarter.id}", plan="board")
    assert "nicht mehr in Gebrauch" in words(plan)
    assert "quarter" not in plan.query_params
    assert f"quartier:{quarter.id}" not in open_page("profile", package=tiny).selectbox(key="widget_area").options


def test_a_quarter_that_does_not_fit_the_city_is_named_and_breaks_no_list(open_page, store_folder, tiny):
    with beside(store_folder, tiny) as store:
        lost = create(store, LOCAL, PLACE, {"name": "Anderswo", "polygon": json.dumps(square(5, 5))})
    page = open_page(PLACE, package=tiny)
    assert not page.exception
    assert "Anderswo" in words(page)
    assert "außerhalb der Stadt" in words(page)
    profile = open_page("profile", package=tiny, area=f"quartier:{lost.id}")
    assert "außerhalb der Stadt" in words(profile)


def test_the_history_names_points_not_coordinates(open_page, store_folder, tiny):
    with beside(store_folder, tiny) as store:
        made = create(store, LOCAL, PLACE, {"name": "Fläche", "polygon": json.dumps(square(0, 0))})
    page = open_page(PLACE, package=tiny, edit=made.id)
    said = words(page)
    assert "Fläche mit 5 Punkten" in said
    assert "coordinates" not in said


def test_what_was_drawn_goes_when_the_area_is_made_in_another_way(open_page, tiny):
    page = new(open_page, tiny, "Fläche")
    way(page, "draw")
    corners(page, (0, 0), (1, 0), (1, 1), (0, 1))
    way(page, "join")
    page.multiselect(key=keyed(page.multiselect, "quarter_join_")).set_value([3]).run()
    way(page, "draw")
    assert page.text_area(key=keyed(page.text_area, "quarter_corners_")).value == ""
    assert "etwa 200 Menschen" in words(page)


def test_who_may_only_look_sees_the_area_and_changes_nothing(open_page, store_folder, tiny, quarter, monkeypatch):
    monkeypatch.setattr("views.storage.actor", lambda: None)
    page = open_page(PLACE, package=tiny)
    assert "Süden" in words(page)
    assert not [each for each in page.button if str(each.key).startswith("quarter_new")]
    page = open_page(PLACE, package=tiny, edit=quarter.id)
    assert field(page, "text_input", "name").disabled
    assert not [each for each in page.button if str(each.key).startswith(("quarter_save", "retire_"))]
    assert not page.exception
