"""One own Quartier beside the map: people, what is there, who is there, and the way to its profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.inventory import Inventory
from views import areas, data, fresh, plan_model, profile_blocks, profile_model, quarters_model, ui

if TYPE_CHECKING:
    from exchange.dossier.make import Maker
    from geo.area import Area
    from geo.profile import KindKnown
    from views.texts import Texts

MOST = 6


def show(t: Texts, key: str) -> None:
    """Write the panel."""
    maker, area = profile_model.maker(t), quarters_model.area(key)
    st.header(ui.literal(plan_model.short(area.name, 120)), anchor=False)
    st.caption(ui.literal(maker.subtitle(area)))
    if st.button(t("profile.open"), key="panel_profile"):
        profile_blocks.go("profile", {"area": areas.value_of("quarter", key)})
    _people(t, maker, area)
    _places(t, maker, area)
    _actors(t, maker, area)


def _people(t: Texts, maker: Maker, area: Area) -> None:
    own, words = maker.profile(area), maker.words
    if area.withheld:
        st.caption(t("quarters.withheld"))
        return
    shown = [own.population, *(figure for figure in own.figures if figure.own)]
    ui.facts(
        [(words.figure(one.code), words.written(one), words.origin(one, with_source=False)) for one in shown[:MOST]]
    )
    st.caption(t("quarters.method.joined" if area.whole else "quarters.method.drawn"))


def _places(t: Texts, maker: Maker, area: Area) -> None:
    own, kinds = maker.profile(area), data.catalogue().kinds
    rows = [
        (kinds[one.kind].plural.of(t.language), t.number(one.known), _note(t, one)) for one in own.kinds if one.known
    ]
    st.markdown(f"**{t('map.panel.there')}**")
    if rows:
        ui.facts(rows)
    else:
        st.markdown(t("quarters.panel.no_place"))
    note = fresh.note(t, own.places["id"])
    if note:
        st.caption(note)


def _note(t: Texts, one: KindKnown) -> str:
    if one.inventory.state is not Inventory.COMPLETE:
        return t("map.panel.at_least")
    return t.date(one.inventory.date) if one.inventory.date else ""


def _actors(t: Texts, maker: Maker, area: Area) -> None:
    actors = maker.who(area).matrix.actors
    names = [str(name) for name in actors.loc[actors["level"] == "district", "name"]]
    st.markdown(f"**{t('map.panel.actors')}**")
    if not names:
        st.markdown(t("map.panel.no_actor"))
        return
    with st.expander(t.plural("map.panel.actor_count", len(names))):
        st.markdown("\n".join(f"- {ui.literal(name)}" for name in sorted(names, key=str.casefold)))
