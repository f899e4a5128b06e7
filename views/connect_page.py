"""Connectors: ask a source of another host, see what it says differently, take it over as one batch."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from geo.errors import QuartierError
from views import connect_difference, data, import_apply, settings, storage, ui
from views.state import Choice, Selection

if TYPE_CHECKING:
    from exchange.connect.definition import Definition
    from exchange.connect.online import Online
    from exchange.connect.run import Prepared
    from views.texts import Texts

_PREPARED = "connect_prepared"


def page() -> None:
    """Show the connectors that the operator set up."""
    t = ui.texts()
    found, problem = _definitions()
    selection = Selection([ui.LANGUAGE_CHOICE, Choice("connector", tuple(found))])
    ui.header(t, selection, title=t("connect.title"), lead=t("connect.lead"))
    storage.banner(t)
    import_apply.done(t)
    if problem is not None:
        _off(t, problem)
    else:
        _connector(t, selection, found)
    import_apply.earlier(t)
    selection.publish()


def _definitions() -> tuple[dict[str, Definition], QuartierError | None]:
    from exchange.connect.definition import ADDRESSES, definitions

    try:
        found = definitions(settings.online())
    except QuartierError as problem:
        return {}, problem
    return {name: one for name, one in found.items() if name != ADDRESSES}, None


def _off(t: Texts, problem: QuartierError) -> None:
    """Say that nothing is set up and how an operator changes that; or what is wrong with the file."""
    if problem.key != "connect.off":
        ui.error(t, problem)
        return
    st.info(t("connect.off_info"))
    st.markdown(t("connect.off_how"))
    st.code("QK_CONNECTORS=connectors.json\nQK_ALLOWED_HOSTS=overpass-api.de", language=None)


def _connector(t: Texts, selection: Selection, found: dict[str, Definition]) -> None:
    from store import Operation

    if not storage.may(Operation.WRITE_BATCH):
        st.info(t("connect.not_allowed"))
        return
    st.selectbox(
        t("choice.connector"), list(found), index=None, placeholder=t("entry.choose"),
        format_func=lambda name: f"{name}: {found[name].source}", **selection.bind("connector"),
    )  # fmt: skip
    if selection["connector"] is None:
        return
    definition = found[selection["connector"]]
    host = urlsplit(definition.url).hostname or ""
    ui.facts(
        [
            (t("connect.source"), definition.source, ""),
            (t("connect.licence"), definition.licence, ""),
            (t("connect.host"), host, t(f"connect.type.{definition.type}")),
        ]
    )
    st.caption(t("connect.ask.text"))
    if st.button(t("connect.ask"), type="primary", key="connect_ask"):
        _ask(t, settings.online(), definition)
    prepared = st.session_state.get(_PREPARED)
    if prepared is not None and prepared.definition == definition:
        _difference(t, prepared)


def _ask(t: Texts, online: Online, definition: Definition) -> None:
    """Ask the source and keep its answer, compared; nothing is written."""
    from exchange.connect.http import Client
    from exchange.connect.inward import City
    from exchange.connect.run import prepare

    st.session_state.pop(_PREPARED, None)
    city = data.shipped("connect_city", make=lambda: City.of_package(data.package()))
    with st.spinner(t("connect.asking"), show_time=True):
        try:
            prepared = prepare(definition, Client(online), storage.reading(), city, actor=storage.actor())
        except QuartierError as problem:
            ui.error(t, problem)
            return
    st.session_state[_PREPARED] = prepared


def _difference(t: Texts, prepared: Prepared) -> None:
    overwrite = connect_difference.show(t, prepared)
    decisions = connect_difference.unsure(t, prepared)
    try:
        plan = prepared.plan(decisions, overwrite=overwrite)
    except QuartierError as problem:
        ui.error(t, problem)
        return
    import_apply.show(
        t,
        plan,
        lambda store, progress: prepared.apply(store, storage.actor(), plan, progress=progress),
        after=lambda: st.session_state.pop(_PREPARED, None),
    )
