"""Every page in both languages on the real data, and on broken data: a sentence instead of a traceback."""

from __future__ import annotations

import pytest

from geo.sources import open_package, read
from tests.factories import FILES, base_tables, write_package

pytestmark = pytest.mark.slow

PAGES = ("home", "map", "gaps", "sources")


def _texts(page) -> str:
    return " ".join(
        str(element.value) for kind in (page.markdown, page.caption, page.title, page.header) for element in kind
    )


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_page_shows_without_fault_in_both_languages(open_page, name, language):
    page = open_page(name, lang=language)
    assert not page.exception
    assert [each.value for each in page.error] == []
    assert "⟦" not in _texts(page)
    assert page.title[0].value


def test_an_unknown_district_in_the_address_is_named_and_the_page_still_works(open_page):
    page = open_page("map", district="Atlantis<script>")
    assert "Atlantis" in page.warning[0].value
    assert page.header[0].value == "Ganz Hannover"


def test_a_district_in_the_address_shows_its_facts(open_page, root):
    areas = read(open_package(root / "data"), "districts")
    number = int(areas["district_id"].iloc[7])
    page = open_page("map", district=str(number))
    assert page.header[0].value == areas["name"].iloc[7]


def test_filters_change_the_list_and_say_so(open_page):
    page = open_page("map", kinds="library")
    all_libraries = _texts(page)
    assert "17 Orte gezeigt" in all_libraries
    page = open_page("map", kinds="library", quality="exact")
    assert "17 Orte gezeigt" not in _texts(page)


def test_no_kind_means_no_place_and_no_fault(open_page):
    page = open_page("map", kinds="-")
    assert "0 Orte gezeigt" in _texts(page)
    assert not page.exception


def test_the_selection_is_written_to_the_address(open_page):
    page = open_page("map", kinds="library")
    page.selectbox(key="widget_district").select_index(0).run()
    assert page.query_params["district"]


def test_incomplete_inventory_gives_no_statement(open_page):
    page = open_page("gaps", kind="public_bookcase", standard="own", own_value="500", measure="verdict")
    assert "ohne Aussage" in _texts(page)
    assert "mit Lücke" not in _texts(page)


def test_an_own_value_is_called_an_own_value(open_page):
    page = open_page("gaps", kind="library", standard="own", own_value="1500", own_unit="m")
    assert "eigener Wert" in _texts(page)


def test_a_missing_data_package_is_a_sentence(open_page, tmp_path):
    page = open_page("home", package=tmp_path / "nothing")
    assert not page.exception
    assert "datapackage.json" in page.error[0].value.replace("\\", "")


@pytest.mark.parametrize("resource", ["population_cells", "districts", "locations", "schedules"])
def test_one_missing_file_leaves_the_sources_page_and_names_the_file(open_page, tmp_path, resource):
    folder = write_package(tmp_path, base_tables())
    (folder / FILES[resource]).unlink()
    page = open_page("sources", package=folder)
    assert not page.exception
    assert FILES[resource].split("/")[-1] in " ".join(each.value for each in page.error).replace("\\", "")


@pytest.mark.parametrize(
    ("resource", "change", "said"),
    [
        (
            "locations",
            lambda rows: rows.append(dict(rows[0])),
            ("locations.csv", "Zeile 6", "'id'", "steht schon in Zeile 2"),
        ),
        ("locations", lambda rows: rows[0].update(kind="castle"), ("locations.csv", "Zeile 2", "'kind'", "'castle'")),
    ],
    ids=["double identifier", "unknown kind"],
)
def test_what_no_page_can_work_with_is_named_by_file_row_and_column(open_page, tmp_path, resource, change, said):
    tables = base_tables()
    change(tables[resource])
    page = open_page("map", package=write_package(tmp_path, tables))
    (error,) = [each.value.replace("\\", "") for each in page.error]
    for words in said:
        assert words in error
    assert "Protokoll des Servers" not in error
    assert open_page("sources", package=tmp_path).dataframe


def test_a_missing_list_of_opening_hours_does_not_take_the_map_away(open_page, tmp_path):
    folder = write_package(tmp_path, base_tables())
    (folder / FILES["schedules"]).unlink()
    page = open_page("map", package=folder)
    assert not page.exception
    assert page.header


def test_the_tiny_package_works_as_another_city(open_page, tmp_path):
    for name in PAGES:
        page = open_page(name, package=write_package(tmp_path / name, base_tables()), district="1")
        assert not page.exception
        assert [each.value for each in page.error] == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_third_door_leads_to_the_workshop(open_page, language):
    page = open_page("home", lang=language)
    assert next(each for each in page.button if each.key == "open_workshop").label in {
        "Werkstatt öffnen",
        "Open the workshop",
    }
    hub = open_page("workshop", lang=language)
    assert not hub.exception
    assert "⟦" not in _texts(hub)
    assert hub.title[0].value.startswith(("Werkstatt", "Workshop"))
