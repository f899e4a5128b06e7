"""Open a session, and change its rules later: question, area, categories, consent, anonymity, day of deletion."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo import workshop as rules
from views import plan_model, session_model, ui
from views.texts import FINDER_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.workshop import Session
    from views.state import Selection
    from views.texts import Texts

KEPT_DAYS = 180
"""How long a session is kept if the host does not choose: half a year, so that people can see what became of it."""
_TURN = "session_open_turn"


def show_new(t: Texts, selection: Selection) -> None:
    """Write the form that opens a session."""
    turn = st.session_state.setdefault(_TURN, 0)
    names = plan_model.names(t)
    district = st.session_state.get("selection", {}).get("district")
    preset = None if district is None else plan_model.key_of("district", str(district))
    with st.form(f"session_open_{turn}"):
        area = st.selectbox(
            t("session.area"), list(names), format_func=names.__getitem__, key=f"session_area_{turn}",
            index=list(names).index(preset) if preset in names else None, placeholder=t("profile.area.placeholder"),
        )  # fmt: skip
        question = st.text_input(
            t("session.question"), value=t("session.question.default"), max_chars=rules.MAX_NOTE,
            key=f"session_question_{turn}",
        )  # fmt: skip
        title = st.text_input(
            t("session.title_field"), max_chars=rules.MAX_TITLE, placeholder=t("session.title_field.placeholder"),
            key=f"session_title_{turn}",
        )  # fmt: skip
        chosen = _categories(t, rules.CATEGORIES, key=f"session_categories_{turn}")
        with st.expander(t("session.rules")):
            given = _rules(t, turn=str(turn))
        pressed = st.form_submit_button(t("session.open"), type="primary", key=f"session_open_now_{turn}")
    if not pressed:
        return
    if area is None:
        st.warning(t("session.area.missing"))
        return
    if not chosen:
        st.warning(t("session.categories.missing"))
        return
    level, area_id = plan_model.area_of(area)
    today = t.day(plan_model.today().isoformat())
    values = given | {
        "title": title.strip() or t("session.title_field.default", area=names[area], date=today)[: rules.MAX_TITLE],
        "question": question,
        "area_level": level,
        "area_id": area_id,
        "area_name": names[area],
        "categories": chosen,
    }
    made = session_model.do(t, lambda store, who: _open(store, who, values))
    if made is not None:
        st.session_state[_TURN] = turn + 1
        selection["session"], selection["work"] = made.id, "invite"
        st.rerun()
    session_model.said_now()


def _open(store: Any, who: Any, values: Mapping[str, Any]) -> Session:
    from store.workshop import open_session

    return open_session(store, who, values)


def _categories(t: Texts, preset: tuple[str, ...], *, key: str, disabled: bool = False) -> list[str]:
    if disabled:  # in words: a switched off choice is too faint to read
        words = ", ".join(session_model.category(t, code) for code in preset)
        st.markdown(ui.literal(f"{t('session.categories')} {words}"))
        return list(preset)
    return st.pills(
        t("session.categories"), list(rules.CATEGORIES), selection_mode="multi", default=list(preset), key=key,
        format_func=lambda code: session_model.category(t, code),
    )  # fmt: skip


def _rules(t: Texts, *, turn: str, now: Session | None = None) -> dict[str, Any]:
    """Write the fields of the rules; those that the phase has fixed cannot be changed any more."""
    free = rules.changeable("draft" if now is None else now.phase)
    moderation = st.radio(
        t("session.moderation"), list(rules.MODERATION), key=f"session_moderation_{turn}",
        index=rules.MODERATION.index(now.moderation) if now else 0, disabled="moderation" not in free,
        format_func=lambda one: t(f"session.moderation.{one}"),
    )  # fmt: skip
    anonymous = _anonymous(t, turn, now)
    dots = st.number_input(
        t("session.dots"), 1, rules.MAX_DOTS, now.dots if now else 5, key=f"session_dots_{turn}",
        disabled="dots" not in free,
    )  # fmt: skip
    languages = st.multiselect(
        t("session.languages"), list(FINDER_LANGUAGES), key=f"session_languages_{turn}",
        default=[code for code in now.languages if code in FINDER_LANGUAGES] if now else list(FINDER_LANGUAGES),
        format_func=FINDER_LANGUAGES.__getitem__, placeholder=t("entry.choose_many"), disabled="languages" not in free,
    )  # fmt: skip
    today = plan_model.today()
    last = today + timedelta(days=rules.MAX_DAYS - 1)
    if now is not None and now.phase != "draft":
        last = min(last, date.fromisoformat(now.deletion_date))
    wished = date.fromisoformat(now.deletion_date) if now else today + timedelta(days=KEPT_DAYS)
    day = st.date_input(
        t("session.deletion"), value=min(wished, last), min_value=today + timedelta(days=1), max_value=last,
        format="DD.MM.YYYY", help=t("session.deletion.help"), key=f"session_deletion_{turn}",
    )  # fmt: skip
    consent = _consent(t, turn, now)
    return {
        "moderation": moderation,
        "anonymous": anonymous,
        "dots": int(dots),
        "languages": languages or list(FINDER_LANGUAGES),
        "deletion_date": day.isoformat(),
        "consent_text": consent,
    }


def _anonymous(t: Texts, turn: str, now: Session | None) -> bool:
    """Let the host choose; what people have read already stands there as a sentence."""
    if now is not None and now.phase != "draft":
        st.markdown(f"{t('session.anonymous')}: {t('common.yes' if now.anonymous else 'common.no')}")
        return now.anonymous
    chosen = now.anonymous if now else True
    return st.checkbox(
        t("session.anonymous"), value=chosen, key=f"session_anonymous_{turn}", help=t("session.anonymous.help")
    )


def _consent(t: Texts, turn: str, now: Session | None) -> str:
    """Let the host write; what people have read already stands there as it is."""
    if now is not None and now.phase != "draft":
        lines = "  \n".join(ui.literal(line) for line in now.consent_text.splitlines())
        st.markdown(f"**{t('session.consent')}**  \n{lines}")
        return now.consent_text
    return st.text_area(
        t("session.consent"), value=now.consent_text if now else t("session.consent.default"), height=190,
        max_chars=rules.MAX_CONSENT, key=f"session_consent_{turn}",
    )  # fmt: skip


def show_settings(t: Texts, session: Session) -> None:
    """Write the form that changes a session, and the way to delete it."""
    free = rules.changeable(session.phase)
    turn = f"{session.id}_{session.version}"
    if session.phase != "draft":
        st.info(t("session.settings.fixed"))
    with st.form(f"session_settings_{turn}"):
        title = st.text_input(
            t("session.title_field"), session.title, max_chars=rules.MAX_TITLE, key=f"session_title_{turn}"
        )
        question = st.text_input(
            t("session.question"), session.question, max_chars=rules.MAX_NOTE, key=f"session_question_{turn}"
        )
        chosen = _categories(t, session.categories, key=f"session_categories_{turn}", disabled="categories" not in free)
        given = _rules(t, turn=turn, now=session)
        pressed = st.form_submit_button(t("session.settings.save"), type="primary", key=f"session_save_{turn}")
    if pressed:
        wanted = given | {"title": title, "question": question, "categories": tuple(chosen)}
        wanted["languages"] = tuple(wanted["languages"])
        changes = {name: value for name, value in wanted.items() if name in free and value != getattr(session, name)}
        _save(t, session, changes)
    _delete(t, session)


def _save(t: Texts, session: Session, changes: Mapping[str, Any]) -> None:
    from store.workshop import change_session

    if not changes:
        st.info(t("entry.nothing_changed"))
        return
    made = session_model.do(
        t,
        lambda store, who: change_session(store, who, session.id, changes, version=session.version),
        done="session.settings.saved",
    )
    if made is not None:
        st.rerun()
    session_model.said_now()


def _delete(t: Texts, session: Session) -> None:
    """Offer to delete the session before its day: for who may open sessions, after a second question."""
    from store import Operation
    from views import storage

    if session_model.token() or not storage.may(Operation.OPEN_WORKSHOP):
        return
    with st.expander(t("session.delete")):
        st.markdown(t("session.delete.text"))
        sure = st.checkbox(t("session.delete.sure"), key=f"session_delete_sure_{session.id}")
        st.button(
            t("session.delete.now"), key="session_delete_now", disabled=not sure, on_click=_delete_now,
            args=(t, session.id),
        )  # fmt: skip


def _delete_now(t: Texts, session_id: str) -> None:
    from store.workshop import delete_session

    session_model.do(t, lambda store, who: delete_session(store, who, session_id) or True, done="session.deleted")
