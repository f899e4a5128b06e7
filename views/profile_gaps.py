"""Why a kind of facility is a gap or not, on the profile: one card at a time, for every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from exchange.dossier.gap_section import card_block
from views import data, profile_blocks, profile_model
from views.state import Choice

if TYPE_CHECKING:
    from geo.area import Area
    from views.state import Selection
    from views.texts import Texts


def choice() -> Choice:
    """Return the choice ``why`` of the address line: a kind of facility."""
    return Choice("why", tuple(data.catalogue().kinds))


def show(t: Texts, selection: Selection, area: Area) -> None:
    """Let the reader choose a kind and write its card."""
    if area.withheld:
        return
    maker = profile_model.maker(t)
    cards = {card.kind: card for card in maker.cards(area)}
    kinds = data.catalogue().kinds
    st.selectbox(
        t("profile.gap_kind"),
        list(cards),
        format_func=lambda kind: kinds[kind].plural.of(t.language),
        index=None,
        **selection.bind("why"),
    )
    if selection["why"] in cards:
        profile_blocks.show(t, [card_block(maker.words, cards[selection["why"]])], key="why")
