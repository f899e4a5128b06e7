"""A phone that talks to the server directly gets what its role allows, and never a fault of the server."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from store import LOCAL, workshop
from store.workshop.throttle import PER_ASKER
from tests.store.workshop.sessions import go, opened_session


def test_a_phone_joins_writes_and_sees_what_is_shown(phone, session):
    one, other = phone().join(session), phone().join(session)
    answer = one.write(session, "Eine Bank", lon=9.72, lat=52.37)
    assert answer.json()["state"] == "shown"
    feed = other.feed(session)
    (note,) = feed["notes"]
    assert (note["text"], note["category"], note["lon"]) == ("Eine Bank", "need", 9.72)
    assert set(note) == {"id", "category", "text", "lon", "lat", "group", "at"}
    assert other.feed(session, feed["number"]) == {"number": feed["number"], "same": True}
    assert other.feed(session, feed["number"] + 100)["all"] is True


def test_without_joining_there_is_only_the_question(phone, session):
    stranger = phone()
    phone().join(session).write(session)
    feed = stranger.feed(session)
    assert feed["joined"] is False
    assert set(feed) == {"joined", "session"}
    for path, body in (
        ("notes", {"id": str(uuid4()), "category": "need", "text": "x"}),
        ("votes", {"target": "x", "dots": 1}),
        ("facts", {"age_group": "18_29"}),
        ("withdraw", {"id": "x"}),
    ):
        answer = stranger.post(f"{session.code}/api/{path}", body)
        assert (answer.status_code, answer.json()["key"]) == (401, "workshop.not_joined")


def test_joining_needs_consent_and_happens_once_per_device(phone, store, session):
    one = phone()
    for consent in (None, False, "true", 1, [True]):
        answer = one.post(f"{session.code}/api/join", {"consent": consent})
        assert (answer.status_code, answer.json()["key"]) == (400, "live.no_consent")
    for _ in range(3):
        one.join(session)
    assert workshop.feed(store, LOCAL, session.id).participants == 1


def test_the_devices_secret_is_out_of_reach_of_scripts_and_of_other_sites(phone, session):
    answer = phone().post(f"{session.code}/api/join", {"consent": True})
    (cookie,) = answer.headers.get_list("set-cookie")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert f"Path=/city/w/{session.code};" in cookie
    assert "qk_device=" in cookie
    secret = cookie.split("=", 1)[1].split(";")[0]
    assert secret not in answer.text


def test_a_participant_cannot_moderate_nor_see_what_is_held(phone, store):
    session = opened_session(store, moderation="hold")
    one = phone().join(session)
    note = one.write(session, "Frau Müller").json()
    assert note["state"] == "held"
    assert one.feed(session)["notes"] == []
    for path in ("feed", "api/host"):
        answer = (
            one.get(f"{session.code}/{path}") if path == "feed" else one.post(f"{session.code}/{path}", {"token": "x"})
        )
        assert answer.status_code == 401
    again = one.post(
        f"{session.code}/api/notes", {"id": note["id"], "category": "need", "text": "Frau Müller", "state": "shown"}
    )
    assert again.status_code == 400
    for way in ("PUT", "PATCH", "DELETE"):
        assert one.call(way, f"{session.code}/api/notes", json={}).status_code == 404
    assert "Frau Müller" not in one.get(f"{session.code}/stand").text


def test_a_device_token_is_no_host_token_and_the_other_way_round(phone, session, host_token):
    one = phone().join(session)
    (device,) = [cookie.value for cookie in one.http.cookies.jar if cookie.name == "qk_device"]
    assert one.get(f"{session.code}/feed", headers={"Authorization": f"Bearer {device}"}).status_code == 401
    stranger = phone()
    stranger.http.cookies.set("qk_device", host_token)
    assert stranger.write(session).status_code == 401


def test_sessions_cannot_be_read_from_another_one(phone, store, session, host_token):
    other = opened_session(store, title="Andere")
    phone().join(other).write(other, "geheim")
    inside = phone().join(session)
    (device,) = [cookie.value for cookie in inside.http.cookies.jar if cookie.name == "qk_device"]
    thief = phone()
    thief.http.cookies.set("qk_device", device)  # as if it were sent to the other session's address too
    assert "geheim" not in thief.get(f"{other.code}/api/feed").text
    answer = thief.get(f"{other.code}/feed", headers={"Authorization": f"Bearer {host_token}"})
    assert answer.status_code == 403
    assert thief.post(f"{other.code}/api/host", {"token": host_token}).status_code == 403


def test_nobody_votes_for_others_or_more_often(phone, store, session):
    one, other = phone().join(session), phone().join(session)
    note = one.write(session).json()["id"]
    go(store, session, "vote")
    for _ in range(2):
        answer = one.post(f"{session.code}/api/votes", {"target": note, "dots": 3})
        assert answer.json() == {"dots": {note: 3}, "left": 0}
    assert one.post(f"{session.code}/api/votes", {"target": note, "dots": 4}).status_code == 409
    body = {"target": note, "dots": 1, "participant_id": "x"}
    assert other.post(f"{session.code}/api/votes", body).json()["left"] == 2
    assert workshop.vote_totals(store, LOCAL, session.id) == {note: 4}


def test_codes_cannot_be_guessed(phone, session):
    bot = phone("198.51.100.1")
    seen = [bot.get(f"{'23456789'[number % 8] * 8}/api/session").status_code for number in range(PER_ASKER + 3)]
    assert seen == [404] * PER_ASKER + [429] * 3
    answer = bot.get(f"{session.code}/api/session")
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1
    assert bot.get(session.code).status_code == 429
    assert bot.call("POST", "", data={"code": session.code}).status_code == 429
    assert phone("198.51.100.2").get(f"{session.code}/api/session").status_code == 200


def test_a_household_with_many_addresses_is_one(phone, session):
    for number in range(PER_ASKER):
        assert phone(f"2001:db8:5:6:{number:x}::1").get("22222222/api/session").status_code == 404
    assert phone("2001:db8:5:6:ffff::1").get(f"{session.code}/api/session").status_code == 429
    assert phone("2001:db8:5:7::1").get(f"{session.code}/api/session").status_code == 200


def test_with_a_new_code_who_has_joined_stays_and_nobody_else_comes_with_the_old_one(phone, store, session):
    inside, stranger = phone().join(session), phone()
    workshop.new_join_code(store, LOCAL, session.id, version=session.version)
    assert stranger.get(session.code).status_code == 404
    page = inside.get(session.code)
    assert page.status_code == 200
    assert f'"/city/w/{session.code}/api/"' in page.text
    assert inside.write(session).status_code == 200
    assert inside.get("22222222").status_code == 404


def test_who_has_joined_goes_on_while_others_guess_from_the_same_wifi(phone, session):
    inside = phone().join(session)
    bot = phone()
    for _ in range(PER_ASKER + 1):
        bot.get("22222222/api/session")
    assert inside.write(session).status_code == 200
    assert inside.feed(session)["notes"] != []


def test_the_projector_sees_everything_and_each_change_once(phone, store, session, host_token):
    wall = phone()
    assert wall.get(f"{session.code}/feed").status_code == 401
    assert wall.post(f"{session.code}/api/host", {"token": host_token}).status_code == 200
    phone().join(session).write(session, "<script>alert(1)</script>")
    found = wall.get(f"{session.code}/feed").json()
    (note,) = found["notes"]
    assert (note["text"], note["state"], note["channel"]) == ("<script>alert(1)</script>", "shown", "phone")
    assert (found["participants"], found["voters"]) == (1, 0)
    same = wall.get(f"{session.code}/feed?since={found['number']}").json()
    assert same == {"number": found["number"], "same": True}
    workshop.moderate(store, LOCAL, session.id, [note["id"]], "hidden")
    (again,) = wall.get(f"{session.code}/feed?since={found['number']}").json()["notes"]
    assert (again["id"], again["state"]) == (note["id"], "hidden")
    (link,) = workshop.host_links(store, LOCAL, session.id)
    workshop.revoke_host_link(store, LOCAL, session.id, link.id)
    assert wall.get(f"{session.code}/feed").status_code == 401


def test_an_own_note_can_be_taken_back_and_a_device_forgotten(phone, store, session):
    one = phone().join(session)
    note = one.write(session).json()["id"]
    assert phone().join(session).post(f"{session.code}/api/withdraw", {"id": note}).status_code == 404
    assert one.post(f"{session.code}/api/withdraw", {"id": "x"}).status_code == 400
    assert one.post(f"{session.code}/api/withdraw", {"id": note}).status_code == 200
    assert one.feed(session)["notes"] == []
    assert one.post(f"{session.code}/api/leave").status_code == 200
    assert one.feed(session)["joined"] is False


def test_facts_are_stored_when_somebody_says_them(phone, store, session):
    one = phone().join(session)
    assert workshop.participation(store, LOCAL, session.id).by_language == {None: 1}
    facts = {"age_group": "75_plus", "district_id": "1", "language": "tr"}
    assert one.post(f"{session.code}/api/facts", facts).status_code == 200
    found = workshop.participation(store, LOCAL, session.id)
    assert (dict(found.by_age_group), dict(found.by_district)) == ({"75_plus": 1}, {"1": 1})


def test_where_nobody_has_written_anything_no_code_leads_anywhere(portal, package):
    from starlette.applications import Starlette
    from starlette.routing import Mount

    from tests.workshop.live.conftest import BASE, Phone
    from workshop.live import Source, live_app

    app = Starlette(routes=[Mount(BASE, live_app(Source(store=lambda: None, load=package.path)))])
    one = Phone(app, portal, "203.0.113.9")
    for path in ("22222222", "22222222/stand", "22222222/qr.svg", "22222222/api/session", "22222222/api/feed"):
        assert one.get(path).status_code == 404
    assert one.get("").status_code == 200
    portal.call(one.http.aclose)


def test_no_address_and_no_browser_is_stored(phone, store, session):
    device = phone("203.0.113.199")
    answer = device.post(f"{session.code}/api/join", {"consent": True}, headers={"User-Agent": "Erkennbar/9.9"})
    assert answer.status_code == 200
    device.write(session, "Steht in der Datei")
    file = Path(store.engine.url.database)
    content = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert b"Steht in der Datei" in content
    for trace in (b"203.0.113.199", b"Erkennbar"):
        assert trace not in content
