"""Who it is in an own Quartier: the chain of responsibility of the chosen role over all districts it touches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from exchange.dossier.actors import contact_line
from views import areas, data, profile_blocks, profile_model, quarters_model, ui

if TYPE_CHECKING:
    from geo.actor_matrix import RoleAnswer
    from views.state import Selection
    from views.texts import Texts

LEVELS = ("district", "borough", "city")


def show(t: Texts, selection: Selection) -> None:
    """Write who has the chosen role in the chosen Quartier, the nearest level first, and where to check."""
    key, role = selection["quarter"], selection["role"]
    area, maker = quarters_model.area(key), profile_model.maker(t)
    answer = next(one for one in maker.who(area).answers if one.role == role)
    label = data.catalogue().roles[role].label.of(t.language)
    st.subheader(ui.literal(t("roles.who_in", role=label, district=area.name)), anchor=False)
    st.caption(t("roles.quarter.method"))
    _answer(t, answer)
    names = data.district_names()
    st.markdown(t("roles.quarter.check"))
    with st.container(horizontal=True, key="roles_districts"):
        for number in area.district_ids:
            st.button(ui.literal(names[number]), key=f"roles_to_{number}", on_click=_choose, args=(selection, number))
    if st.button(t("roles.quarter.matrix"), key="roles_to_profile"):
        profile_blocks.go("profile", {"area": areas.value_of("quarter", key), "part": "who"})


def _choose(selection: Selection, number: int) -> None:
    selection["district"] = number


def _answer(t: Texts, answer: RoleAnswer) -> None:
    if answer.verified_none:
        st.info(t("profile.who.verified_none"))
    elif answer.level != "district":
        st.info(t("roles.quarter.nobody"))
    rows: list[dict[str, Any]] = [{str(k): v for k, v in row.items()} for row in answer.found.to_dict("records")]
    words = profile_model.maker(t).words
    for level in LEVELS:
        lines = dict.fromkeys(contact_line(words, row) for row in rows if row["level"] == level)
        if lines:
            st.markdown(f"**{t(f'roles.level.{level}') if level != 'district' else t('roles.quarter.here')}**")
            st.markdown("\n".join(f"- {ui.literal(line)}" for line in lines))
