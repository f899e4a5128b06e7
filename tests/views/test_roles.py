"""The page of contact points: matrix, fallback, evidence; unknown is never "nobody"."""

from __future__ import annotations

import pytest

from tests.factories import base_tables, uid, write_package
from views import data, roles_cell, roles_matrix, roles_model
from views.texts import LANGUAGES, Texts

HOSTILE = "<img src=x onerror=alert(1)> {{7*7}} [x](javascript:alert(1))"


def _texts(page) -> str:
    kinds = (page.markdown, page.caption, page.title, page.subheader, page.info)
    return " ".join(str(element.value) for kind in kinds for element in kind)


@pytest.fixture
def real(monkeypatch, root, store_folder):
    monkeypatch.setenv("QK_DATA", str(root / "data"))
    data.current_settings.cache_clear()
    yield
    data.current_settings.cache_clear()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("shown", ["state", "distance"])
def test_the_page_shows_in_both_languages(open_page, language, shown):
    page = open_page("roles", lang=language, rolemap=shown, district="12")
    assert not page.exception
    assert [each.value for each in page.error] == []
    assert "⟦" not in _texts(page)
    assert page.dataframe[0].value.shape == (51, 9)


def test_the_city_made_in_code_works_too(open_page, tmp_path):
    page = open_page("roles", package=write_package(tmp_path, base_tables()), district="1")
    assert not page.exception
    assert page.dataframe[0].value.shape == (4, 3)


def test_without_roles_the_page_says_so(open_page, tmp_path):
    tables = base_tables()
    tables["roles"] = [row | {"is_core": "false"} for row in tables["roles"]]
    page = open_page("roles", package=write_package(tmp_path, tables))
    assert "keine Rollen" in page.info[0].value


def test_nobody_known_is_unknown_and_not_nobody(real):
    states = roles_model.states(roles_model.result(roles_model.ANYBODY))
    assert "verified_none" not in set(states.to_numpy().ravel())  # no inventory of actors is complete
    assert "unknown" in set(states.to_numpy().ravel())
    assert len(roles_model.knowledge(roles_model.result(roles_model.ANYBODY)).blank) >= 16


def test_the_summary_counts_every_district_once(open_page, real):
    page = open_page("roles")
    blank = roles_model.knowledge(roles_model.result(roles_model.ANYBODY)).blank
    text = _texts(page)
    assert f"In {51 - len(blank)} von 51 Stadtteilen" in text
    assert f"In {len(blank)} Stadtteilen kennen wir niemanden" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_a_sign_a_word_and_a_colour(language):
    t = Texts(language)
    cells = [t(f"roles.cell.{state}") for state in roles_model.STATES]
    assert len({cell[0] for cell in cells}) == len(roles_model.STATES)
    assert all(len(cell) > 3 for cell in cells)
    assert set(roles_matrix.COLOURS) == set(roles_model.STATES)


def test_people_of_the_district_come_before_those_of_the_city(real):
    rows = roles_model.who(roles_model.ANYBODY, 12, "contact_point")
    levels = [roles_model.LEVELS.index(row["level"]) for row in rows]
    assert levels == sorted(levels)
    assert {"district", "city"} <= {row["level"] for row in rows}
    assert all(row["name"] and row["urls"] for row in rows)


def test_who_agrees_with_the_matrix(real):
    found = roles_model.result("older_people")
    rows = found.table.set_index(["district_id", "role"])
    for district, role in (("4", "advise"), ("18", "organise"), ("42", "network"), ("20", "coordinate")):
        expected = rows.loc[(int(district), role)]
        listed = roles_model.who("older_people", int(district), role)
        assert bool(listed) == (expected["state"] == "present")
        if listed:
            assert listed[0]["level"] == expected["level"]


def test_who_is_there_for_everyone_counts_for_each_group(real):
    anybody, older = (
        {row["name"] for row in roles_model.who(group, 4, "organise")}
        for group in (roles_model.ANYBODY, "older_people")
    )
    assert older <= anybody


def test_a_district_without_an_actor_names_the_fallback(open_page, real):
    blank = roles_model.knowledge(roles_model.result(roles_model.ANYBODY)).blank
    page = open_page("roles", district=str(blank[0]), role="contact_point")
    name = data.district_names()[blank[0]]
    assert name in page.info[0].value
    assert "niemand bekannt" in page.info[0].value


def _row(**changes):
    row = {
        "name": "Stadtteilbüro", "organization_type": "city", "level": "district", "stated": True, "date": "2024-05",
        "urls": ["https://example.org/a?b=1&c='2'"], "for_whom": "alle", "phones": "+49 511 1;+49 511 2",
        "address": "Weg 1", "needs_check": False,
    }  # fmt: skip
    return row | changes


def test_an_entry_is_text_with_a_link_to_its_evidence():
    html = roles_cell._entry(Texts("de"), _row())
    assert "https&#58;" not in html.split("href")[0]
    assert html.count("<a ") == 1
    assert "05/2024" in html.replace("&#47;", "/")
    hostile = roles_cell._entry(Texts("de"), _row(name=HOSTILE, for_whom=HOSTILE, address=HOSTILE))
    assert "<img" not in hostile
    assert "{{" not in hostile


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "file:///etc/passwd"])
def test_only_addresses_of_the_web_become_links(url):
    assert "<a " not in roles_cell._entry(Texts("de"), _row(urls=[url]))


def test_doubtful_entries_say_so():
    assert "pr&#252;fen" in roles_cell._entry(Texts("de"), _row(needs_check=True))
    assert "abgeleitet" in roles_cell._entry(Texts("de"), _row(stated=False))


def test_we_looked_and_nobody_is_here_is_stored_and_shown(open_page, store_folder, real):
    blank = roles_model.knowledge(roles_model.result(roles_model.ANYBODY)).blank[0]
    address = {"district": str(blank), "role": "contact_point"}
    page = open_page("roles", **address)
    page.radio(key=f"check_state_{blank}_contact_point_").set_value("verified_none")
    page.text_area(key=f"check_note_{blank}_contact_point_").set_value("Stadtbezirksmanagement gefragt")
    page.button(key=f"check_save_{blank}_contact_point_").click().run()
    assert not page.exception
    assert "Das wurde geprüft" in page.info[0].value
    assert "Geprüft für den Stadtteil" in _texts(page)
    matrix = page.dataframe[0].value.set_index("Stadtteil")
    assert matrix.loc[data.district_names()[blank], "Ansprechstelle sein"] == "✕ geprüft: niemand"
    form = open_page("inventory", district=str(blank), step="contact_point")
    assert form.radio(key=f"inventory_{blank}_contact_point").value == "verified_none"


def test_only_those_who_may_add_see_the_form_and_without_an_answer_nothing_is_stored(
    open_page, store_folder, monkeypatch
):
    page = open_page("roles", district="11", role="network", audience="older_people")
    page.button(key="check_save_11_network_older_people").click().run()
    assert "Bitte wählen Sie" in page.warning[0].value
    assert not store_folder.exists()
    monkeypatch.setattr("views.storage.actor", lambda: None)
    assert not [each for each in open_page("roles", district="11").button if str(each.key).startswith("check_")]


def test_three_states_are_three_words_in_the_matrix(open_page, tmp_path):
    tables = base_tables()
    tables["observations"] = [
        {"id": uid("roles"), "subject": "role", "subject_value": "advise", "area_level": "borough", "area_id": "1",
         "state": "verified_none", "reference_date": "2024", "source": "Test"},
    ]  # fmt: skip
    tables["organization_roles"] = [row for row in tables["organization_roles"] if row["role"] == "advise"]
    page = open_page("roles", package=write_package(tmp_path, tables))
    matrix = page.dataframe[0].value.set_index("Stadtteil")
    assert matrix["beraten"].to_dict() == {
        "Südwest": "✕ geprüft: niemand", "Südost": "✕ geprüft: niemand",
        "Nordwest": "◐ Stadtbezirk", "Nordost": "◐ Stadtbezirk",
    }  # fmt: skip
    assert set(matrix["vernetzen"]) == {"? unbekannt"}
