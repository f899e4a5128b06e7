"""The finder: whom near me can I ask? Three questions, one answer; text first, the map is the extra."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.finder import find
from geo.finder_card import card
from geo.opening import now
from layers.escape import html_text
from views import (
    data,
    finder_cards,
    finder_choices,
    finder_data,
    finder_map,
    finder_take,
    finder_where,
    quarters_model,
    ui,
)
from views.inline import finder_script, language_script
from views.state import Selection
from views.texts import Texts, is_draft

if TYPE_CHECKING:
    from geo.finder import Answer, Wishes
    from geo.finder_where import Start

_FIRST, _MORE = 5, "finder_shown"


def page() -> None:
    """Show the finder."""
    selection = Selection(finder_choices.choices())
    t = Texts(str(selection["lang"]))
    _head(t, selection)
    finder_choices.need(t, selection)
    finder_where.ask(t, selection)
    wanted = finder_choices.wishes(t)
    start = finder_where.start(selection)
    st.header(t("finder.answer"), anchor=False)
    if selection["need"] is None or start is None:
        _status(t("finder.start"))
    else:
        _answer(t, selection, start, wanted)
    if start is not None:
        _offices(t, start)
    st.markdown(f"**{t('finder.emergency')}**")
    click = finder_map.show(t, selection, start)
    _contact(t)
    selection.publish()
    finder_where.take_tap(click)


def _head(t: Texts, selection: Selection) -> None:
    with st.container(key="finder_scripts"):
        ui.style()
        st.html(language_script(t.language), unsafe_allow_javascript=True)
        st.html(finder_script(), unsafe_allow_javascript=True)
    st.title(t("finder.title"), anchor=False)
    finder_choices.language(t, selection)
    if is_draft(t.language):
        st.caption(t("finder.draft"))
    st.markdown(t("finder.lead"))
    german = ui.texts()
    for name, value in selection.rejected:
        st.warning(german("error.address_value", name=german(f"choice.{name}"), value=ui.literal(value)))


def _status(text: str) -> None:
    """Write what screen readers say by themselves when it changes; `finder_script` makes it a live region."""
    with st.container(key="finder_status"):
        st.html(f"<p>{html_text(text)}</p>")


def _answer(t: Texts, selection: Selection, start: Start, wanted: Wishes) -> None:
    places, moment = finder_data.places(), now()
    found = find(places, finder_data.situations()[selection["need"]], start, wanted, moment=moment)
    shown = max(_FIRST, int(st.session_state.get(_MORE, _FIRST)))
    cards = [card(places, match, moment) for match in found.matches[:shown]]
    _status(_summary(t, found, len(cards), wanted))
    if not cards:
        return
    st.caption(" ".join((_from(t, selection, start), t("finder.ask_first"))))
    st.html(finder_cards.cards_html(t, cards, kmh=finder_choices.kmh(), moment=moment))
    if len(found.matches) > shown:
        st.button(t("finder.show_more"), key="finder_more", on_click=_show_more, args=(shown + _FIRST,))
    finder_take.show(t, selection, start, found, cards)


def _summary(t: Texts, found: Answer, shown: int, wanted: Wishes) -> str:
    if not shown:
        return t("finder.none")
    count = t("finder.count", total=found.total, shown=shown)
    if not found.dropped:
        return count
    names = ", ".join(finder_choices.wish_name(t, name, wanted) for name in found.dropped)
    return f"{t('finder.dropped', wishes=names)} {count}"


def _from(t: Texts, selection: Selection, start: Start) -> str:
    name = ui.literal(data.district_names()[start.district_id])
    if start.kind == "district" and selection["quarter"] is not None:
        name = ui.literal(quarters_model.names()[selection["quarter"]])
    if start.outside_m:
        return t("finder.where.outside", distance=t.distance(start.outside_m), district=name)
    return t("finder.from.district" if start.kind == "district" else "finder.from.exact", district=name)


def _show_more(count: int) -> None:
    st.session_state[_MORE] = count


def _offices(t: Texts, start: Start) -> None:
    st.header(t("finder.office", district=ui.literal(data.district_names()[start.district_id])), anchor=False)
    st.markdown(t("finder.office.text"))
    st.html(finder_cards.offices_html(t, finder_data.offices(start.district_id), start.district_id))


def _contact(t: Texts) -> None:
    contact = data.current_settings().contact
    st.caption(t("finder.contact", contact=ui.literal(contact)) if contact else t("finder.contact.none"))
