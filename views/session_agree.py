"""What was said, by dots; and agreeing: a note or a group becomes a need, idea, goal or step of the area's plan."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.workshop import RESOURCES
from views import data, entry_words, plan_model, session_became, session_model, storage, ui

if TYPE_CHECKING:
    from exchange.workshop.evening import Item
    from store import Actor, Entry, Store
    from store.workshop import Feed, Session
    from views.texts import Texts

EVERY_S = 2.0
MOST = 40
SUGGESTED = {"need": "needs", "idea": "ideas", "strength": "ideas", "contact": "steps"}
_OPEN, _KEY, _SHOWN = "session_agree_open", "session_agree_key", "session_agree_shown"


def show(t: Texts, found: Feed) -> None:
    """Write how far the vote is, and all items with what became of them."""
    from exchange.workshop.evening import items_of
    from store.workshop import became

    session = found.session
    if session.phase == "vote":
        _voting(t, session.id)
    elif session.phase in {"draft", "collect"}:
        st.info(t("session.agree.before_vote"))
    became_of = became(storage.reading(), session_model.actor(), session.id)
    listed = items_of(found.notes, found.groups, found.totals, became_of)
    if not listed:
        st.info(t("session.groups.none_shown"))
        return
    st.markdown(t("session.agree.text"))
    most = max(1, *(item.dots for item in listed))
    shown = st.session_state.get(_SHOWN, MOST)
    for item in listed[:shown]:
        _item(t, session, item, most)
    if len(listed) > shown:
        st.button(
            t("session.agree.more", count=len(listed) - shown), key="session_agree_more", on_click=_more, args=(shown,)
        )


def _more(shown: int) -> None:
    st.session_state[_SHOWN] = shown + MOST


@st.fragment(run_every=EVERY_S)
def _voting(t: Texts, session_id: str) -> None:
    """Say how many gave dots, as it happens; the list below stays as it is, so that nothing jumps under a finger."""
    from store import StoreError

    try:
        found = session_model.feed(session_id)
    except StoreError as problem:
        ui.error(t, problem)
        return
    dots = sum(found.totals.values())
    st.markdown(f"**{t('session.voting', voters=found.voters or 0, devices=found.participants or 0, dots=dots)}**")
    if st.button(t("session.voting.sort"), key="session_sort"):
        st.rerun()


def _item(t: Texts, session: Session, item: Item, most: int) -> None:
    is_open = st.session_state.get(_OPEN) == item.id
    with st.container(border=True, key=f"item_{item.id}"):
        left, right = st.columns([3, 1], gap="medium", vertical_alignment="center")
        with left:
            st.markdown(_heading(t, item))
            if item.is_group:
                st.caption("  \n".join(ui.literal("– " + " ".join(note.text.split())) for note in item.notes))
            session_became.show(t, session, item.became)
        with right:
            st.progress(item.dots / most, text=f"**{t.plural('session.dots.count', item.dots)}**")
            if not is_open:
                st.button(
                    t("session.agree.open"), key=f"agree_{item.id}", on_click=_open, args=(item.id,), width="stretch"
                )
        if is_open:
            _form(t, session, item)


def _heading(t: Texts, item: Item) -> str:
    if item.is_group:
        return f"**{ui.literal(item.title)}**  \n" + t.plural("session.count.notes", len(item.notes))
    lines = "  \n".join(ui.literal(line) for line in item.title.splitlines())
    return f"{ui.literal(session_model.category(t, item.notes[0].category))}  \n**{lines}**"


def _open(item_id: str | None) -> None:
    st.session_state[_OPEN] = item_id
    st.session_state[_KEY] = uuid.uuid4().hex


def _form(t: Texts, session: Session, item: Item) -> None:
    """Write the form of an agreement: what it becomes, its words, who is responsible, until when."""
    kinds = {kind: entry_words.kind_label(t, kind) for kind in RESOURCES}
    preset = SUGGESTED[item.notes[0].category] if not item.became else "steps"
    kind = st.segmented_control(
        t("session.agree.kind"), list(kinds), default=preset, format_func=kinds.__getitem__, required=True,
        key=f"agree_kind_{item.id}",
    )  # fmt: skip
    with st.form(f"agree_form_{item.id}", border=False):
        values = _fields(t, str(kind), item)
        with st.container(horizontal=True, key=f"agree_buttons_{item.id}"):
            pressed = st.form_submit_button(t("session.agree.now"), type="primary", key=f"agree_now_{item.id}")
            left = st.form_submit_button(t("session.agree.leave"), key=f"agree_leave_{item.id}")
    if left:
        _open(None)
        st.rerun()
    if not pressed:
        return
    if not values["title"].strip():
        st.warning(t("session.agree.title_missing"))
    elif kind == "goals" and not values.get("topic"):
        st.warning(t("session.agree.topic_missing"))
    elif _agree(t, session, item, str(kind), values) is not None:
        _open(None)
        st.rerun()
    session_model.said_now()


def _fields(t: Texts, kind: str, item: Item) -> dict[str, Any]:
    """Write the fields of a kind of entry and return what is in them; words that were typed stay for another kind."""
    at = f"{item.id}_{kind}"
    text = "\n".join(f"– {' '.join(note.text.split())}" for note in item.notes) if item.is_group else ""
    values: dict[str, Any] = {
        "title": st.text_input(
            t("session.agree.title"), plan_model.short(" ".join(item.title.split()), 200), max_chars=500,
            key=f"agree_title_{item.id}",
        )
    }  # fmt: skip
    left, right = st.columns(2, gap="medium")
    topics = {key: entry.label.of(t.language) for key, entry in data.catalogue().topics.items()}
    with left:
        values["topic"] = st.selectbox(
            t("session.agree.topic.needed" if kind == "goals" else "session.agree.topic"), list(topics), index=None,
            format_func=topics.__getitem__, placeholder=t("entry.choose"), key=f"agree_topic_{at}",
        )  # fmt: skip
    with right:
        if kind in {"steps", "goals"}:
            field = "end_date" if kind == "steps" else "target_date"
            day = st.date_input(
                t(f"session.agree.{field}"), value=None, format="DD.MM.YYYY", key=f"agree_day_{at}",
                min_value=plan_model.today(),
            )  # fmt: skip
            values[field] = day.isoformat() if day else None
    if kind == "steps":
        names = entry_words.titles(t, "organizations")
        values["organization_id"] = st.selectbox(
            t("session.agree.organization"), list(names), format_func=names.__getitem__, index=None,
            placeholder=t("session.agree.nobody"), filter_mode="contains", key=f"agree_organization_{at}",
        )  # fmt: skip
    values["description"] = (
        st.text_area(t("session.agree.description"), text, height=100, key=f"agree_text_{item.id}") or None
    )
    return values


def _agree(t: Texts, session: Session, item: Item, kind: str, values: dict[str, Any]) -> Entry | None:
    """Store the agreement; where the same note led to something earlier on the path, the plan links both."""
    key = st.session_state.setdefault(_KEY, uuid.uuid4().hex)
    given = {name: value for name, value in values.items() if value is not None}
    if kind == "goals":  # goals have no field of their own for where they come from
        given["note"] = t("session.agree.goal_note", name=session.title, date=t.day(session.created_at[:10]))
    made = session_model.do(
        t,
        lambda store, who: _store(store, who, (session, item, kind, given, key)),
        done="session.agreed",
    )
    if made is not None:
        data.entries(kind)
    return made


def _store(store: Store, who: Actor | None, wanted: tuple[Any, ...]) -> Entry:
    from geo.plan_path import leads_on
    from store import Operation, create, together
    from store.workshop import agree

    session, item, kind, given, key = wanted
    earlier = [one for one in item.became if not one.is_retired and leads_on(one.resource, kind)]
    if session_model.token() or not earlier or not storage.may(Operation.CREATE):
        return agree(store, who, session.id, kind, given, key=key, **session_model.source(item))
    with together(store, who) as target:
        made = agree(target, who, session.id, kind, given, key=key, **session_model.source(item))
        link = {
            "from_entity": earlier[-1].resource, "from_id": earlier[-1].entry_id, "to_entity": kind, "to_id": made.id,
        }  # fmt: skip
        create(target, who, "plan_links", link, key=f"{key}-link")
    return made
