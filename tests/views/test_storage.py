"""Who sits at this computer: only where it serves itself alone, or its operator keeps the rights there."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import streamlit as st

from views import storage

HERE = {"Host": "localhost:8501"}


@pytest.mark.parametrize(
    ("listens", "kept", "peer", "headers", "expected"),
    [
        ("127.0.0.1", "", None, HERE, True),
        ("127.0.0.1", "", None, {"Host": "karte.example"}, False),
        ("127.0.0.1", "", None, HERE | {"X-Forwarded-For": "192.0.2.1"}, False),
        ("0.0.0.0", "", None, HERE, False),
        (None, "", None, HERE, False),
        ("0.0.0.0", "1", None, HERE, True),
        (None, "1", None, {"Host": "[::1]:8501"}, True),
        ("0.0.0.0", "1", "192.168.178.31", {"Host": "192.168.178.20:8501"}, False),
        ("0.0.0.0", "1", "192.168.178.31", HERE, False),
        ("0.0.0.0", "1", None, {"Host": "192.168.178.20:8501"}, False),
        ("0.0.0.0", "1", None, HERE | {"Forwarded": "for=192.0.2.1"}, False),
        ("192.168.178.20", "1", None, HERE, False),
        ("0.0.0.0", "yes", None, HERE, False),
    ],
)
def test_who_sits_at_this_computer(monkeypatch, listens, kept, peer, headers, expected):
    monkeypatch.setenv("QK_LOCAL_ADMIN", kept)
    monkeypatch.setattr(st, "get_option", lambda _name: listens)
    monkeypatch.setattr(st, "context", SimpleNamespace(headers=headers, ip_address=peer))
    assert storage._at_this_computer() is expected
