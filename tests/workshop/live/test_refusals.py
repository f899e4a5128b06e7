"""What a phone sends that is no request is refused with a key, and never a fault of the server."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from geo.workshop import NOTES_PER_MINUTE
from store import LOCAL, workshop
from store.errors import StoreBusyError
from tests.store.workshop.sessions import go

WRONG_BODIES = [
    b"", b"[]", b"5", b"null", b'"x"', b"{", b'{"a":NaN}', b"\xff\xfe", b"[" * 50_000, b'{"id":' + b"9" * 5_000 + b"}",
]  # fmt: skip
WRONG_VALUES = [None, 5, 1.5, True, "", "x", [], {}, ["x"], {"x": 1}, "x" * 20_000, 10**30, -1, "\x00", "\ud800"]
POSTS = ("join", "notes", "withdraw", "votes", "facts", "leave", "host")


@pytest.mark.parametrize("path", POSTS)
def test_what_is_no_json_object_is_refused_with_a_key(phone, session, path):
    one = phone().join(session)
    for body in WRONG_BODIES:
        kind = {"Content-Type": "application/json"}
        answer = one.call("POST", f"{session.code}/api/{path}", content=body, headers=kind)
        assert (answer.status_code, answer.json()["key"]) == (400, "live.not_json")


@pytest.mark.parametrize("path", POSTS)
def test_forms_of_other_sites_are_refused(phone, session, path):
    one = phone().join(session)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        answer = one.call("POST", f"{session.code}/api/{path}", content=b"{}", headers={"Content-Type": kind})
        assert (answer.status_code, answer.json()["key"]) == (415, "live.not_json")


@pytest.mark.parametrize("path", POSTS)
def test_more_than_64_kilobytes_are_refused(phone, session, path):
    one = phone().join(session)
    body = json.dumps({"text": "x" * 70_000}).encode()
    answer = one.call("POST", f"{session.code}/api/{path}", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["key"]) == (413, "live.too_large")


@pytest.mark.parametrize("phase", ["collect", "vote"])
def test_wrong_types_are_refused_and_never_a_fault_of_the_server(phone, store, session, phase):
    one = phone().join(session)
    note = one.write(session).json()["id"]
    if phase == "vote":
        go(store, session, "vote")
    good = {
        "notes": {"id": str(uuid4()), "category": "need", "text": "x", "lon": 9.7, "lat": 52.3},
        "votes": {"target": note, "dots": 1},
        "facts": {"age_group": "18_29", "district_id": "1", "language": "de"},
        "withdraw": {"id": note},
        "join": {"consent": True, "language": "de"},
        "host": {"token": "x"},
    }
    for path, body in good.items():
        for name in body:
            for value in WRONG_VALUES:
                sent = json.dumps(body | {name: value}).encode()
                answer = one.call(
                    "POST", f"{session.code}/api/{path}", content=sent, headers={"Content-Type": "application/json"}
                )
                assert answer.status_code < 500, (path, name, value)
                if answer.status_code != 200:
                    assert answer.json()["key"].partition(".")[0] in ("store", "workshop", "live")
    assert all(len(one.text) <= 500 for one in workshop.notes(store, LOCAL, session.id))


@pytest.mark.parametrize("since", ["-1", "x", "1.5", "9" * 30, "", "１", "NaN", "1;DROP"])
def test_only_a_running_number_is_one(phone, session, since):
    answer = phone().join(session).get(f"{session.code}/api/feed", params={"since": since})
    assert (answer.status_code, answer.json()["key"]) == (400, "live.bad_number")


def test_a_flood_from_one_phone_is_slowed_down_and_others_go_on(phone, session):
    flood, other = phone().join(session), phone().join(session)
    answers = [flood.write(session, f"Nr. {number}") for number in range(NOTES_PER_MINUTE + 20)]
    assert [answer.status_code for answer in answers[:NOTES_PER_MINUTE]] == [200] * NOTES_PER_MINUTE
    assert {answer.status_code for answer in answers[NOTES_PER_MINUTE:]} == {429}
    assert answers[-1].headers["retry-after"] == "60"
    assert other.write(session).status_code == 200


def test_a_note_that_is_too_long_says_how_long_it_may_be(phone, session):
    answer = phone().join(session).write(session, "x" * 10_000)
    (field,) = answer.json()["fields"]
    assert field == {"field": "text", "key": "value.too_long", "length": 10_000, "maximum": 500}
    assert "xxx" not in answer.text


def test_what_is_not_over_can_be_sent_again(phone, session, monkeypatch):
    one = phone().join(session)

    def busy(*_given):
        raise StoreBusyError("store.busy")

    with monkeypatch.context() as patched:
        patched.setattr(workshop, "add_note", busy)
        answer = one.write(session)
    assert (answer.status_code, answer.json()["key"], answer.headers["retry-after"]) == (503, "store.busy", "5")
    assert one.write(session).status_code == 200


def test_what_nobody_expected_is_logged_without_what_was_written(phone, session, monkeypatch, caplog):
    one = phone().join(session)

    def broken(*_given):
        raise RuntimeError("Frau Müller")

    monkeypatch.setattr(workshop, "add_note", broken)
    answer = one.write(session, "Frau Müller")
    assert (answer.status_code, answer.json()) == (500, {"key": "live.failed"})
    assert "RuntimeError" in caplog.text
    assert "Müller" not in caplog.text
