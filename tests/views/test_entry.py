"""The page for editing entries: nothing is made before the first write, one row per form, nobody overwrites anybody."""

from __future__ import annotations

import pytest

from store import LOCAL, create, get, history, retire, revision, update, view
from tests.views.store_steps import beside, button, field, words

pytestmark = pytest.mark.slow


@pytest.fixture
def place(store_folder):
    """A place that was added here."""
    with beside(store_folder) as store:
        return create(
            store,
            LOCAL,
            "locations",
            {"name": "Treff Nord", "kind": "neighbourhood_meeting", "lon": 9.73, "lat": 52.39},
        )


@pytest.mark.parametrize("language", ["de", "en"])
def test_looking_makes_no_store(open_page, store_folder, language):
    page = open_page("entry", lang=language)
    assert not page.exception
    assert "⟦" not in words(page)
    assert not store_folder.exists()


def test_a_new_place_is_stored_once_however_often_the_button_is_clicked(open_page, store_folder):
    page = open_page("entry", entry="new")
    field(page, "text_input", "name").set_value("Nachbarschaftstreff Probe").run()
    field(page, "selectbox", "kind").set_value("neighbourhood_meeting").run()
    button(page, "entry_save").click().run()
    assert "Gespeichert" in words(page)
    button(page, "entry_save").click().run()
    with beside(store_folder) as store:
        names = view(store, "locations")["name"].tolist()
    assert names.count("Nachbarschaftstreff Probe") == 1


def test_what_is_missing_is_named_after_the_attempt_and_not_before(open_page, store_folder):
    page = open_page("entry", entry="new")
    assert not page.warning
    button(page, "entry_save").click().run()
    assert "ist leer" in words(page)
    assert not (store_folder / "quartierskarte.sqlite").exists()


def test_a_wrong_value_is_named_at_once(open_page, place):
    page = open_page("entry", entry=place.id)
    field(page, "text_input", "website").set_value("kein Netz").run()
    assert "keine Adresse im Netz" in words(page)


def test_the_second_editor_sees_both_versions_and_chooses(open_page, store_folder, place):
    page = open_page("entry", entry=place.id)
    field(page, "text_input", "name").set_value("Treff Nord (neu)").run()
    with beside(store_folder) as store:
        update(
            store,
            LOCAL,
            "locations",
            place.id,
            {"name": "Treff Nordstadt", "street": "Am Markt"},
            version=place.version,
        )
    button(page, "entry_save").click().run()
    shown = " ".join(" ".join(each.options) for each in page.radio).replace("\\", "")
    assert "Treff Nordstadt" in shown
    assert "Treff Nord (neu)" in shown
    assert "Am Markt" in words(page)
    page.radio[0].set_value("own").run()
    button(page, "conflict_take").click().run()
    with beside(store_folder) as store:
        now = get(store, "locations", place.id)
        steps = history(store, LOCAL, "locations", place.id)
    assert (now.values["name"], now.values["street"]) == ("Treff Nord (neu)", "Am Markt")
    assert [step.version for step in steps] == [1, 2, 3]


def test_keeping_the_stored_version_changes_nothing(open_page, store_folder, place):
    page = open_page("entry", entry=place.id)
    field(page, "text_input", "name").set_value("Meine Fassung").run()
    with beside(store_folder) as store:
        update(store, LOCAL, "locations", place.id, {"name": "Andere Fassung"}, version=1)
    button(page, "entry_save").click().run()
    button(page, "conflict_discard").click().run()
    assert page.header[0].value.startswith("Andere Fassung")
    with beside(store_folder) as store:
        assert get(store, "locations", place.id).version == 2


def test_retire_and_take_back(open_page, store_folder, place):
    page = open_page("entry", entry=place.id)
    button(page, "retire_").click().run()
    assert "außer Betrieb" in words(page)
    button(page, "reinstate_").click().run()
    with beside(store_folder) as store:
        assert not get(store, "locations", place.id).is_retired


def test_an_earlier_version_comes_back(open_page, store_folder, place):
    with beside(store_folder) as store:
        update(store, LOCAL, "locations", place.id, {"name": "Falscher Name"}, version=1)
    page = open_page("entry", entry=place.id)
    button(page, "restore_now_").click().run()
    with beside(store_folder) as store:
        assert get(store, "locations", place.id).values["name"] == "Treff Nord"


def test_a_shipped_place_can_be_corrected_and_the_map_shows_it(open_page, store_folder, root):
    with beside(store_folder) as store:
        first = view(store, "locations").iloc[0]
    page = open_page("entry", entry=first["id"])
    field(page, "text_input", "name").set_value("Berichtigter Name").run()
    button(page, "entry_save").click().run()
    map_page = open_page("map", kinds=first["kind"])
    assert "Berichtigter Name" in map_page.dataframe[0].value.to_string()


def test_a_retired_place_is_gone_from_the_list(open_page, store_folder, place):
    assert "Treff Nord" in open_page("map", kinds="neighbourhood_meeting").dataframe[0].value.to_string()
    with beside(store_folder) as store:
        retire(store, LOCAL, "locations", place.id, version=place.version)
    page = open_page("map", kinds="neighbourhood_meeting")
    assert "Treff Nord" not in page.dataframe[0].value.to_string()


def test_a_visitor_from_elsewhere_may_only_look(open_page, place, monkeypatch):
    from views import storage

    monkeypatch.setattr(storage, "actor", lambda: None)
    page = open_page("entry", entry=place.id)
    assert "nichts ändern" in words(page)
    assert not [each for each in page.button if str(each.key).startswith("entry_save")]


def test_what_was_typed_stays_while_the_database_is_away(open_page, place, monkeypatch):
    from store.errors import StoreUnavailableError
    from views import storage

    page = open_page("entry", entry=place.id)
    field(page, "text_input", "name").set_value("Wichtiger Text").run()

    def away():
        raise StoreUnavailableError("store.unavailable")

    with monkeypatch.context() as broken:
        broken.setattr(storage, "writing", away)
        button(page, "entry_save").click().run()
        assert "nicht erreichbar" in words(page)
        assert field(page, "text_input", "name").value == "Wichtiger Text"
    button(page, "entry_save").click().run()
    assert "Gespeichert" in words(page)


def _part(page, kind, beginning, end):
    """Return a widget of the offer or contact point in the form of a new place."""
    draft = next(
        each for (name, place), each in page.session_state["drafts"].items() if name == beginning and "with-" in place
    )
    return next(each for each in getattr(page, kind) if each.key == draft.widget(end))


def test_place_offer_and_contact_are_stored_in_one_transaction(open_page, store_folder):
    page = open_page("entry", entry="new")
    field(page, "text_input", "name").set_value("Haus der Nachbarschaft").run()
    field(page, "selectbox", "kind").set_value("neighbourhood_meeting").run()
    _part(page, "text_input", "services", "name").set_value("Offenes Café").run()
    _part(page, "text_input", "phones", "number").set_value("0511 / 123-456").run()
    button(page, "entry_save").click().run()
    assert "Gespeichert" not in words(page)  # a telephone number needs to say whose it is
    assert not (store_folder / "quartierskarte.sqlite").exists()
    _part(page, "text_input", "contacts", "title_de").set_value("Leitung").run()
    button(page, "entry_save").click().run()
    assert "Gespeichert" in words(page)
    with beside(store_folder) as store:
        assert revision(store) == 1
        place = view(store, "locations").set_index("name").loc["Haus der Nachbarschaft"]
        offer = view(store, "services").set_index("name").loc["Offenes Café"]
        contact = view(store, "contacts", actor=LOCAL).set_index("title_de").loc["Leitung"]
        phone = view(store, "phones", actor=LOCAL).set_index("contact_id").loc[contact["id"]]
    assert (offer["kind"], contact["location_id"]) == ("neighbourhood_meeting", place["id"])
    assert phone["number"] == "+49 511 123456"
