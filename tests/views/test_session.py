"""The host's page: open, invite, moderate, group, agree; two hosts; hostile notes stay text."""

from __future__ import annotations

import pytest

from store import LOCAL, create, view
from store.errors import LinkError
from store.workshop import (
    feed,
    host_links,
    host_session,
    issue_host_link,
    notes,
    open_group,
    open_host_link,
    outcomes,
    revoke_host_link,
    session,
    sessions,
    tell,
    vote,
)
from tests.e2e.hostile import HOSTILE
from tests.views.store_steps import beside, button, words
from tests.views.workshop_steps import begin, phone, to_phase
from views import storage

pytestmark = pytest.mark.slow


def _part(page, part):
    chooser = next(each for each in page.segmented_control if str(each.key).startswith("session_part_"))
    return chooser.set_value(part).run()


@pytest.mark.parametrize(("phase", "language"), [("draft", "de"), ("collect", "en"), ("vote", "de"), ("closed", "en")])
def test_every_part_of_every_phase_shows(open_page, store_folder, language, phase):
    with beside(store_folder) as store:
        made = begin(store)
        phone(store, made, ["Mehr Bänke", "Bänke im Park", "Frau Yılmaz hilft"])
        for step in {"draft": (), "collect": (), "vote": ("vote",), "closed": ("closed",)}[phase]:
            to_phase(store, made, step)
        made = begin(store, phase="draft") if phase == "draft" else made
    for part in ("invite", "notes", "groups", "agree", "settings"):
        page = open_page("session", session=made.id, work=part, lang=language)
        assert not page.exception
        assert [each.value for each in page.error] == []
        assert "⟦" not in words(page)
        assert "Abend in Vahrenheide" in words(page)


def test_a_session_is_opened_with_a_few_clicks_and_has_rules_that_hold(open_page, store_folder):
    page = open_page("session")
    page.selectbox(key="session_area_0").select("stadtteil:12")
    page.button(key="session_open_now_0").click().run()
    with beside(store_folder) as store:
        (made,) = sessions(store, LOCAL)
        assert (made.area_level, made.area_id, made.phase, made.moderation, made.anonymous) == (
            "district",
            "12",
            "draft",
            "hold",
            True,
        )
        assert "Vahrenheide" in made.title
        assert len(made.consent_text) > 100
        assert made.deletion_date > made.created_at[:10]
    assert page.query_params["session"] in {made.id, (made.id,)}
    button(page, "session_forward").click().run()
    with beside(store_folder) as store:
        assert session(store, LOCAL, made.id).phase == "collect"


def test_without_an_area_nothing_is_opened(open_page, store_folder):
    page = open_page("session")
    page.button(key="session_open_now_0").click().run()
    assert "Gebiet" in page.warning[0].value
    assert not store_folder.exists()


def test_a_host_types_a_note_once_and_it_is_shown(open_page, store_folder):
    with beside(store_folder) as store:
        made = begin(store)
    page = open_page("session", session=made.id, work="notes")
    page.text_area(key="session_text_0").set_value("Ein Brunnen")
    page.button(key="session_enter_now_0").click().run()
    with beside(store_folder) as store:
        assert [(one.text, one.state, one.channel) for one in notes(store, LOCAL, made.id)] == [
            ("Ein Brunnen", "shown", "host")
        ]
    assert page.text_area(key="session_text_1").value in {"", None}
    assert "Ein Brunnen" not in words(page)  # those that wait are listed
    page.segmented_control(key=f"session_filter_{made.id}").set_value("shown").run()
    assert "Ein Brunnen" in words(page)


def test_a_host_puts_a_note_at_a_known_place_of_the_area(open_page, store_folder):
    with beside(store_folder) as store:
        made = begin(store)
    page = open_page("session", session=made.id, work="notes")
    places = page.selectbox(key="session_named_0")
    assert len(places.options) > 3
    places.select_index(0).run()
    page.text_area(key="session_text_0").set_value("Hier zieht es")
    page.button(key="session_enter_now_0").click().run()
    with beside(store_folder) as store:
        (note,) = notes(store, LOCAL, made.id)
    assert 9.7 < note.lon < 9.8
    assert 52.3 < note.lat < 52.5


def test_what_was_typed_stays_when_the_store_refuses(open_page, store_folder, monkeypatch):
    with beside(store_folder) as store:
        made = begin(store)
    page = open_page("session", session=made.id, work="notes")
    from store.errors import StoreBusyError

    def busy():
        raise StoreBusyError("store.busy")

    monkeypatch.setattr(storage, "writing", busy)
    page.text_area(key="session_text_0").set_value("Ein Brunnen")
    page.button(key="session_enter_now_0").click().run()
    assert page.text_area(key="session_text_0").value == "Ein Brunnen"
    assert page.error


@pytest.mark.parametrize("module", ["session", "protocol"])
def test_while_the_database_is_away_the_session_stays_chosen(open_page, store_folder, monkeypatch, module):
    from store.errors import StoreUnavailableError

    with beside(store_folder) as store:
        made = begin(store)
    page = open_page(module, session=made.id)
    whole = storage.reading

    def away():
        raise StoreUnavailableError("store.unavailable")

    monkeypatch.setattr(storage, "reading", away)
    page.run()
    assert page.error
    assert not page.exception
    monkeypatch.setattr(storage, "reading", whole)
    page.run()
    assert "Abend in Vahrenheide" in words(page)
    assert not page.error


def test_a_host_who_was_slower_is_told_and_sees_where_the_session_is(open_page, store_folder):
    with beside(store_folder) as store:
        made = begin(store)
    page = open_page("session", session=made.id, work="groups")
    with beside(store_folder) as store:
        to_phase(store, made, "vote")
    page.button(key="session_forward").click().run()
    assert page.error
    with beside(store_folder) as store:
        assert session(store, LOCAL, made.id).phase == "vote"


def test_notes_wait_for_the_host_and_names_are_pointed_out(open_page, store_folder):
    with beside(store_folder) as store:
        made = begin(store)
        _, (plain, other, named) = phone(
            store, made, ["Mehr Bänke", "Tempo 30", "Frau Yılmaz, 0511 1234567"], shown=False
        )
    page = open_page("session", session=made.id, work="notes")
    assert "Frau Yılmaz" in page.warning[0].value
    page.button(key="session_show_all").click().run()
    with beside(store_folder) as store:
        states = {one.id: one.state for one in notes(store, LOCAL, made.id)}
    assert states == {plain.id: "shown", other.id: "shown", named.id: "held"}
    page.button(key=f"note_hidden_{named.id}").click().run()
    with beside(store_folder) as store:
        assert {one.id: one.state for one in notes(store, LOCAL, made.id)}[named.id] == "hidden"


def test_a_name_is_taken_out_of_a_note(open_page, store_folder):
    with beside(store_folder) as store:
        made = begin(store)
        _, (named,) = phone(store, made, ["Frau Yılmaz kocht"], shown=False)
    page = open_page("session", session=made.id, work="notes")
    page.button(key=f"note_edit_{named.id}").click().run()
    page.text_area(key=f"session_edit_text_{named.id}").set_value("Eine Nachbarin kocht")
    page.button(key="session_edit_save").click().run()
    with beside(store_folder) as store:
        assert [one.text for one in notes(store, LOCAL, made.id)] == ["Eine Nachbarin kocht"]


def test_a_suggested_group_is_made_with_one_click_and_gets_the_dots(open_page, store_folder):
    with beside(store_folder) as store:
        made = begin(store)
        actor, (one, two, _) = phone(store, made, ["Mehr Bänke", "Bänke im Park", "Tempo 30"])
    page = open_page("session", session=made.id, work="groups")
    button(page, "make_").click().run()
    with beside(store_folder) as store:
        (group,) = feed(store, LOCAL, made.id).groups
        assert {note.id for note in notes(store, LOCAL, made.id) if note.group_id == group.id} == {one.id, two.id}
        to_phase(store, made, "vote")
        vote(store, actor, made.id, group.id, 3)
    page = open_page("session", session=made.id, work="agree")
    keys = [str(each.key) for each in page.button if str(each.key).startswith("agree_")]
    assert keys[0] == f"agree_{group.id}"
    assert "3 Punkte" in str(page.get("progress")[0].proto)


def test_dots_from_paper_are_typed_for_a_group(open_page, store_folder):
    with beside(store_folder) as store:
        made = begin(store)
        _, (one, two) = phone(store, made, ["Mehr Bänke", "Ein Brunnen"])
        group = open_group(store, LOCAL, made.id, "Sitzen", [one.id])
    page = open_page("session", session=made.id, work="groups")
    page.number_input(key=f"group_dots_{group.id}_1").set_value(7)
    page.text_input(key=f"rename_to_{group.id}_1").set_value("Sitzen und ausruhen")
    page.button(key=f"rename_now_{group.id}").click().run()
    assert not page.exception
    with beside(store_folder) as store:
        found = feed(store, LOCAL, made.id)
    assert [(each.title, each.paper_dots) for each in found.groups] == [("Sitzen und ausruhen", 7)]
    assert found.totals[group.id] == 7
    assert found.totals.get(two.id, 0) == 0


def test_a_note_becomes_a_need_and_then_a_step_and_the_plan_says_where_it_came_from(open_page, store_folder):
    with beside(store_folder) as store:
        made = begin(store)
        _, (note,) = phone(store, made, ["Eine Bank am Markt"])
    page = open_page("session", session=made.id, work="agree")
    for kind in ("needs", "steps"):
        page.button(key=f"agree_{note.id}").click().run()
        chooser = next(each for each in page.segmented_control if each.key == f"agree_kind_{note.id}")
        assert chooser.value == kind
        page.button(key=f"agree_now_{note.id}").click().run()
        assert not page.exception
        assert [each.value for each in page.error] == []
    with beside(store_folder) as store:
        found = outcomes(store, LOCAL, made.id)
        assert [one.resource for one in found] == ["needs", "steps"]
        (step,) = view(store, "steps").to_dict("records")
        assert (step["area_level"], step["area_id"], step["origin"]) == ("district", "12", "workshop")
        (link,) = view(store, "plan_links").to_dict("records")
        assert (link["from_id"], link["to_id"]) == (found[0].entry_id, found[1].entry_id)
    plan = open_page("plan", area="stadtteil:12", item=step["id"])
    assert "Herkunft\\: Workshop, Abend in Vahrenheide" in words(plan)
    assert "Eine Bank am Markt" in words(plan)
    assert "⟦" not in words(plan)


def test_the_projector_follows_the_session_with_a_link_that_can_be_withdrawn(open_page, store_folder):
    with beside(store_folder) as store:
        made = begin(store)
    page = open_page("session", session=made.id, work="invite")
    page.button(key="session_projector").click().run()
    assert not page.exception
    (opened,) = [each.proto.url for each in page.get("link_button")]
    address, _, rest = opened.partition("#")
    code, _, token = rest.partition("/")
    assert address.startswith("w/stage/")
    assert code == made.code
    with beside(store_folder) as store:
        assert open_host_link(store, token)
        revoke_host_link(store, LOCAL, made.id, host_links(store, LOCAL, made.id)[0].id)
        with pytest.raises(LinkError):
            host_session(store, open_host_link(store, token))


def test_a_goal_asks_for_its_topic(open_page, store_folder):
    with beside(store_folder) as store:
        made = begin(store)
        _, (note,) = phone(store, made, ["Ruhe am Abend"])
    page = open_page("session", session=made.id, work="agree")
    page.button(key=f"agree_{note.id}").click().run()
    next(each for each in page.segmented_control if each.key == f"agree_kind_{note.id}").set_value("goals").run()
    page.button(key=f"agree_now_{note.id}").click().run()
    assert "übergeordneten" in words(page)
    with beside(store_folder) as store:
        assert outcomes(store, LOCAL, made.id) == []


def test_a_second_host_takes_over_without_a_login_and_sees_no_other_session(open_page, store_folder, monkeypatch):
    with beside(store_folder) as store:
        made = begin(store)
        begin(store, title="Ein anderer Abend")
        _, (note,) = phone(store, made, ["Mehr Bänke"], shown=False)
        token = issue_host_link(store, LOCAL, made.id)
    monkeypatch.setattr(storage, "actor", lambda: None)
    page = open_page("session", host=token, work="notes")
    assert "Abend in Vahrenheide" in words(page)
    assert "anderer Abend" not in words(page)
    page.button(key=f"note_shown_{note.id}").click().run()
    with beside(store_folder) as store:
        assert notes(store, LOCAL, made.id)[0].state == "shown"
        revoke_host_link(store, LOCAL, made.id, host_links(store, LOCAL, made.id)[0].id)
    page.run()
    assert page.error
    assert "Mehr Bänke" not in words(page)


def test_who_may_only_look_sees_no_session(open_page, store_folder, monkeypatch):
    with beside(store_folder) as store:
        made = begin(store)
    monkeypatch.setattr(storage, "actor", lambda: None)
    for address in ({}, {"session": made.id}, {"host": "x.y"}, {"host": f"{made.id}.{made.code}"}):
        page = open_page("session", **address)
        assert "Abend in Vahrenheide" not in words(page)
        assert not page.exception


def test_a_deleted_session_is_gone(open_page, store_folder):
    with beside(store_folder) as store:
        made = begin(store)
    page = open_page("session", session=made.id, work="settings")
    page.checkbox(key=f"session_delete_sure_{made.id}").check().run()
    page.button(key="session_delete_now").click().run()
    with beside(store_folder) as store:
        assert sessions(store, LOCAL) == []
    assert not page.exception


def test_hostile_notes_are_only_text(open_page, store_folder):
    texts = [text for text in HOSTILE.values() if text.strip() and len(text) <= 500 and text.isprintable()]
    assert len(texts) > 5
    with beside(store_folder) as store:
        made = begin(store)
        for at in range(0, len(texts), 20):
            phone(store, made, texts[at : at + 20])
    for part in ("notes", "groups", "agree"):
        page = open_page("session", session=made.id, work=part)
        if part == "notes":
            page.segmented_control(key=f"session_filter_{made.id}").set_value("shown").run()
        assert not page.exception
        for each in (*page.markdown, *page.caption, *page.warning):
            assert "<script" not in each.value.replace("\\<", "")
            assert not each.allow_html or "qk-" in each.value


def test_an_own_quartier_can_have_a_session_and_results(open_page, store_folder):
    with beside(store_folder) as store:
        quarter = create(store, LOCAL, "quarters", {"name": "Rund um den Markt", "district_ids": "12;13"})
    page = open_page("session")
    page.selectbox(key="session_area_0").select(f"quartier:{quarter.id}")
    page.button(key="session_open_now_0").click().run()
    with beside(store_folder) as store:
        (made,) = sessions(store, LOCAL)
        assert (made.area_level, made.area_id) == ("quartier", quarter.id)
        made = to_phase(store, made, "collect")
        actor, (note,) = phone(store, made, ["Mehr Bänke"])
        tell(store, actor, made.id, {"district_id": "12"})
    page = open_page("session", session=made.id, work="agree")
    page.button(key=f"agree_{note.id}").click().run()
    page.button(key=f"agree_now_{note.id}").click().run()
    assert [each.value for each in page.error] == []
    results = open_page("protocol", session=made.id)
    assert not results.exception
    assert "Rund um den Markt" in words(results)
    plan = open_page("plan", area=f"quartier:{quarter.id}", plan="path")
    assert any("Mehr Bänke" in each.proto.label for each in plan.get("page_link"))
