"""To take along: a link without the address, one page A4, a card for the pocket."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from geo.finder_walks import way
from geo.opening import now
from views import data, finder_cards, finder_choices, finder_data, finder_words

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from typing import Any

    from exchange.finder_pdf import Entry
    from geo.finder import Answer
    from geo.finder_card import Card
    from geo.finder_where import Start
    from views.state import Selection
    from views.texts import Texts

_LEFT_OUT = ("free", "for")
_ADDRESS = "finden"


def share_link(here: str, *, need: str, district: int, language: str) -> str:
    """Return the link that can be shared: question, district and language, nothing else of `here` but its host."""
    parts = urlsplit(here or "http://localhost/")
    path = parts.path.rsplit("/", 1)[0] + f"/{_ADDRESS}"
    query = urlencode({"need": need, "district": district, "lang": language})
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def show(t: Texts, selection: Selection, start: Start, found: Answer, cards: Sequence[Card]) -> None:
    """Offer everything; files are made when somebody asks for them."""
    link = share_link(
        str(st.context.url or ""), need=selection["need"], district=start.district_id, language=t.language
    )
    kmh = finder_choices.kmh()
    with st.expander(t("finder.take")):
        st.markdown(f"**{t('finder.take.link')}**")
        st.code(link, language=None, wrap_lines=True)
        st.caption(t("finder.take.note"))
        st.download_button(
            t("finder.take.sheet"),
            lambda: _sheet(t, selection, start, cards, link, kmh),
            file_name="finden.pdf",
            mime="application/pdf",
            on_click="ignore",
            key="finder_sheet",
        )
        at = st.selectbox(
            t("finder.take.place"), range(len(cards)), format_func=lambda row: cards[row].name, key="finder_card_place"
        )
        place, match = cards[at or 0], found.matches[at or 0]
        st.download_button(
            t("finder.take.card"),
            lambda: _card(t, start, place, match.row, link, kmh),
            file_name="karte.pdf",
            mime="application/pdf",
            on_click="ignore",
            key="finder_card",
        )


def _sheet(t: Texts, selection: Selection, start: Start, cards: Sequence[Card], link: str, kmh: float) -> bytes:
    from exchange.finder_pdf import Sheet, sheet_pdf

    district = data.district_names()[start.district_id]
    offices = finder_data.offices(start.district_id)
    return sheet_pdf(
        Sheet(
            language=t.language,
            title=finder_choices.need_name(t, selection["need"]),
            subtitle=t("finder.from.district", district=district) if start.kind == "district" else district,
            note=t("finder.ask_first"),
            entries=[_entry(t, card, kmh) for card in cards],
            office_title=t("finder.office", district=district),
            offices=[_office(row, start.district_id) for row in offices.to_dict("records")],
            emergency=t("finder.emergency"),
            link=link,
            scan=t("finder.take.scan"),
        )
    )


def _card(t: Texts, start: Start, place: Card, row: int, link: str, kmh: float) -> bytes:
    from exchange.finder_pdf import card_pdf

    route = way(finder_data.places(), start, row)
    entry = _entry(t, place, kmh)
    if not place.phones:  # then whom to call instead
        offices = finder_data.offices(start.district_id)
        named = [_office(each, start.district_id) for each in offices[offices["phones"].notna()].to_dict("records")]
        title = t("finder.office", district=data.district_names()[start.district_id])
        entry = replace(entry, lines=[*entry.lines, *((title.rstrip("?؟"), name) for name in named[:1])])
    return card_pdf(entry, language=t.language, link=link, route=route, route_alt=t("finder.take.route"))


def _entry(t: Texts, card: Card, kmh: float) -> Entry:
    from exchange.finder_pdf import Entry

    facts = finder_cards.facts(t, card, kmh, now())
    phone = ", ".join(map(finder_words.shown_number, card.phones[:2])) or t("finder.card.no_phone")
    kinds = ", ".join(finder_words.kind_name(t, kind) for kind in card.kinds)
    lines = [(t(f"finder.card.{name}"), finder_words.plain(said)) for name, said in facts if name not in _LEFT_OUT]
    return Entry(card.name, kinds, phone, lines)


def _office(row: Mapping[Hashable, Any], district: int) -> str:
    phones = "" if finder_cards.is_text_missing(row["phones"]) else str(row["phones"]).split(";")[0]
    parts = (row["name"], finder_cards.office_place(row, district), finder_words.shown_number(phones))
    return ", ".join(str(part) for part in parts if part)
