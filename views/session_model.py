"""A workshop session as its pages need it: who hosts, which session, what is in it now, and writes that report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from geo.errors import QuartierError
from geo.workshop import CATEGORIES, SIGNS
from views import areas, navigation, plan_model, storage, ui
from views.state import Choice, Selection
from views.texts import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from exchange.workshop.evening import Item
    from geo.area import Area
    from store import Actor, Store
    from store.workshop import Feed, Note, Session
    from views.texts import Texts

Done = TypeVar("Done")

HOST_LINK = "host"
"""Entry of the address line that holds a second host's link."""

_MOST = 500
_SAID = "session_said"


def token() -> str:
    """Return the host link's token of this visit; empty without one."""
    found = st.query_params.get(HOST_LINK) or st.session_state.get("selection", {}).get(HOST_LINK) or ""
    return found if 0 < len(found) < _MOST else ""


def link_choice() -> Choice:
    """Return the choice that keeps the host link in the address line."""
    return Choice(HOST_LINK, (token(),) if token() else ())


def actor() -> Actor | None:
    """Return who hosts: the holder of a host link, or who is at the page anyway; LinkError for a bad link."""
    from store.workshop import open_host_link

    return open_host_link(storage.reading(), token()) if token() else storage.actor()


def known() -> list[Session]:
    """Return the sessions that the visitor may host, the newest first; empty if none."""
    from store import StoreError

    try:
        return _sessions()
    except StoreError:
        return []


def _sessions() -> list[Session]:
    from store.workshop import sessions

    return sessions(storage.reading(), actor())


def session_choice() -> Choice:
    """Return the choice ``session``: those the visitor may host; while the store does not answer, the one he is at."""
    from store import StoreError

    try:
        return Choice("session", tuple(one.id for one in _sessions()))
    except StoreError:
        now = st.query_params.get("session") or st.session_state.get("selection", {}).get("session")
        return Choice("session", (now,) if now else ())


def area_of(session: Session) -> Area | None:
    """Return the area of a session; None if it is not known any more."""
    try:
        return areas.area(plan_model.key_of(session.area_level, session.area_id))
    except (QuartierError, ValueError, KeyError):
        return None


def feed(session_id: str) -> Feed:
    """Return everything in a session as a host sees it; StoreError if he may not, or it is gone."""
    from store.workshop import feed as of_store

    return of_store(storage.reading(), actor(), session_id)


def said(note: Note) -> bool:
    """Tell whether a note still says something: one that was withdrawn does not."""
    return not (note.state == "hidden" and note.text == "–")


def source(item: Item) -> dict[str, str]:
    """Name a group or a note alone to the store."""
    return {"group_id" if item.is_group else "note_id": item.id}


def category(t: Texts, code: str) -> str:
    """Return sign and word of a category."""
    return f"{SIGNS[code]} {t(f'session.category.{code}')}"


def categories(t: Texts, session: Session) -> dict[str, str]:
    """Return the words of a session's categories."""
    return {code: category(t, code) for code in CATEGORIES if code in session.categories}


def do(t: Texts, act: Callable[[Store, Actor | None], Done], *, done: str = "") -> Done | None:
    """Carry out a write and return what it gave; None if it was not stored. `said_now` shows a sentence for both."""
    from store import StoreError
    from store.errors import ValidationError

    try:
        who = actor()
        made = act(storage.writing(), who)
    except ValidationError as problem:
        lines = [ui.message(t, each.key, each.params) for each in problem.problems]
        st.session_state[_SAID] = ("error", " ".join(lines))
        return None
    except StoreError as problem:
        st.session_state[_SAID] = ("error", ui.message(t, problem.key, problem.params))
        return None
    finally:
        storage.forget()
    if done:
        st.session_state[_SAID] = ("success", t(done))
    return made


def say(kind: str, text: str) -> None:
    """Keep a sentence for the next run: an ``error`` or a ``success``."""
    st.session_state[_SAID] = (kind, text)


def said_now() -> None:
    """Write once what became of the last write."""
    kind, text = st.session_state.pop(_SAID, ("", ""))
    if kind:
        (st.error if kind == "error" else st.success)(ui.literal(text))


def address(here: str, path: str) -> str:
    """Return the address of `path` beside the page at `here`: same host, same folder, nothing else of it."""
    parts = urlsplit(here or "http://localhost/")
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rsplit("/", 1)[0] + "/" + path, "", ""))


def link(t: Texts, module: str, label: str, query: Mapping[str, str] | None = None) -> None:
    """Write a link to another page that keeps language and host link; ``label`` is plain text."""
    kept = dict(query or {})
    kept |= {} if t.language == DEFAULT_LANGUAGE else {"lang": t.language}
    kept |= {HOST_LINK: token()} if token() and module in {"session", "protocol"} else {}
    st.page_link(navigation.pages()[module], label=ui.literal(label), query_params=kept)


def choices(parts: Sequence[str], more: Sequence[Choice] = ()) -> Selection:
    """Return the selection of a page about one session."""
    return Selection([ui.LANGUAGE_CHOICE, session_choice(), Choice("work", tuple(parts)), link_choice(), *more])


def place_text(t: Texts, note: Note) -> str:
    """Return where a note is, in a few words: grid code and sticker, else whether it is on the map; may be empty."""
    marks: list[Any] = []
    if note.grid_code:
        marks.append(t("session.place.grid", code=note.grid_code))
    if note.sticker:
        marks.append(t("session.place.sticker", number=note.sticker))
    if not marks and note.lon is not None:
        marks.append(t("session.place.map"))
    return " · ".join(marks)
