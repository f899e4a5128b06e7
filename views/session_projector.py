"""The projector: the stage of a session's area, which shows the notes of the session as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views import areas, session_model, stage_build, story_model

if TYPE_CHECKING:
    from geo.storyline import Storyline
    from store.workshop import Session
    from views.texts import Texts

_MADE = "session_stage"


def button(t: Texts, session: Session) -> None:
    """Write the button that makes the stage, and then the one that opens it in a window of its own.

    It reads the notes with a host link of its own, which can be withdrawn like any other.
    """
    made = st.session_state.get(_MADE, {}).get(session.id)
    if made is None:
        st.button(
            t("session.projector"), key="session_projector", on_click=_make, args=(t, session),
            help=t("session.projector.help"),
        )  # fmt: skip
    else:
        st.link_button(t("session.projector.open"), made, help=t("session.projector.open.help"))


def _make(t: Texts, session: Session) -> None:
    from store.workshop import issue_host_link

    token = session_model.do(t, lambda store, who: issue_host_link(store, who, session.id))
    if token is None:
        return
    try:
        address = stage_build.put_on_server(_storyline(t, session), _extras(session))
    except OSError:
        session_model.say("error", t("storyline.no_room"))
        return
    st.session_state.setdefault(_MADE, {})[session.id] = f"{address}#{session.code}/{token}"


def _storyline(t: Texts, session: Session) -> Storyline:
    """Return the storyline that the host has made, else a plain one of the session's area."""
    from workshop.stage.plain_story import plain_storyline

    own = story_model.current(t)
    if own.steps:
        return own
    area = session_model.area_of(session) or areas.area(areas.CITY)
    return plain_storyline(
        stage_build.material(t.language), area, title=session.title, question=session.question, ask_first=True
    )


def _extras(session: Session):  # noqa: ANN202 - of the stage, imported when it is made
    from workshop.stage.page import Extras

    area = session_model.area_of(session)
    return Extras(key=session.id, live=True, categories=session.categories, area=area)
