"""Where phones find a session: what a host may type as an address, and when he is told that nobody can reach it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import streamlit as st

from views import session_invite

MADE = SimpleNamespace(code="ABCD2345")


@pytest.fixture
def typed(monkeypatch):
    """Hand over `typed(text)`: what the page keeps of an address that somebody typed, None = refused."""

    def ask(text):
        state = {"session_address_field": text}
        monkeypatch.setattr(st, "session_state", state)
        session_invite._typed()
        return None if state["session_address_bad"] else state["session_address"]

    return ask


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("http://192.168.178.20:8501", "http://192.168.178.20:8501/"),
        ("192.168.178.20:8501", "http://192.168.178.20:8501/"),
        (" https://karte.example/stadt/ ", "https://karte.example/stadt/"),
        ("", ""),
        ("javascript:alert(1)", None),
        ("ftp://karte.example", None),
        ("http://", None),
        ("http://[::1", None),
        ("http://karte.example:99999", None),
    ],
)
def test_only_addresses_of_computers_are_taken(typed, text, kept):
    assert typed(text) == kept


def test_the_typed_address_counts_before_that_of_the_page(monkeypatch):
    monkeypatch.delenv("QK_ADDRESS", raising=False)
    monkeypatch.setattr(st, "context", SimpleNamespace(url="https://karte.example/stadt/runde?session=1"))
    monkeypatch.setattr(st, "session_state", {})
    assert session_invite.join_link(MADE) == "https://karte.example/stadt/w/ABCD2345"
    monkeypatch.setattr(st, "session_state", {"session_address": "http://192.168.178.20:8501/"})
    assert session_invite.join_link(MADE) == "http://192.168.178.20:8501/w/ABCD2345"


@pytest.mark.parametrize(
    ("url", "listens", "named", "expected"),
    [
        ("http://localhost:8501/runde", "127.0.0.1", "", True),
        ("http://localhost:8501/runde", "0.0.0.0", "", False),
        ("http://localhost:8501/runde", "127.0.0.1", "http://192.168.178.20/", False),
        ("https://karte.example/runde", "127.0.0.1", "", False),
    ],
)
def test_a_host_is_told_when_no_phone_can_come(monkeypatch, url, listens, named, expected):
    monkeypatch.delenv("QK_ADDRESS", raising=False)
    monkeypatch.setattr(st, "context", SimpleNamespace(url=url))
    monkeypatch.setattr(st, "session_state", {"session_address": named} if named else {})
    monkeypatch.setattr(st, "get_option", lambda _name: listens)
    assert session_invite._serves_only_itself() is expected


def test_the_picture_is_a_png_with_a_white_border():
    picture = session_invite.qr_picture("https://karte.example/w/ABCD2345")
    assert picture.startswith(b"\x89PNG")
