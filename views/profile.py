"""The profile of a district, a borough or an own Quartier: what is known, what is not, and where to add it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views import (
    areas,
    data,
    matrix_edit,
    navigation,
    plan_model,
    profile_blocks,
    profile_dossier,
    profile_gaps,
    profile_map,
    profile_model,
    ui,
    waiting,
    walking,
)
from views.state import Choice, Selection

if TYPE_CHECKING:
    from exchange.dossier.make import Maker
    from geo.area import Area
    from views.texts import Texts

PARTS = ("overview", "who", "people", "places", "means", "gaps", "plan", "knowledge")


def page() -> None:
    """Show the profile page."""
    t = ui.texts()
    selection = Selection(
        [
            ui.LANGUAGE_CHOICE,
            areas.choice(),
            areas.district_choice(),
            areas.quarter_choice(),
            Choice("part", PARTS, PARTS[0]),
            profile_gaps.choice(),
            *walking.choices(),
        ]
    )
    ui.header(t, selection, title=t("profile.title"), lead=t("profile.lead"))
    areas.box(t, selection)
    value = areas.chosen(selection)
    if value is None:
        _start(t, selection)
        selection.publish()
        return
    areas.keep_for_others(selection)
    _profile(t, selection, areas.area(value))
    selection.publish()


def _profile(t: Texts, selection: Selection, area: Area) -> None:
    maker = profile_model.maker(t)
    st.header(ui.literal(area.name), anchor=False)
    st.caption(ui.literal(maker.subtitle(area)))
    st.segmented_control(
        t("profile.part"),
        PARTS,
        format_func=lambda part: _tab(t, part),
        label_visibility="collapsed",
        required=True,
        **selection.bind("part"),
    )
    part = selection["part"]
    if part in ("overview", "gaps") and area.level != "quarter":  # every kind of facility, each kept for the next time
        for kind in waiting.through(tuple(data.catalogue().kinds), t("profile.working")):
            data.gap_result(kind, maker.settings)
    with st.spinner(t("profile.working"), show_time=False):
        section = maker.section(area, part)
    if part == "overview":
        left, right = st.columns([5, 6], gap="large")
        with left:
            profile_blocks.show(t, section.blocks, key=part)
            _links(t, maker, area)
            walking.show(t, selection)
        with right:
            click = profile_map.show(t, area)
        _open_clicked(selection, click)
    elif part == "gaps":
        walking.show(t, selection)
        profile_blocks.show(t, section.blocks, key=part)
        profile_gaps.show(t, selection, area)
    else:
        st.subheader(ui.literal(section.title), anchor=False)
        if part == "who":
            matrix_edit.show(t, area)
        profile_blocks.show(t, section.blocks, key=part)
    ui.sources(t, maker.named_sources(area))


def _tab(t: Texts, part: str) -> str:
    """Return the short name of a part, or its title where that is short."""
    short = f"profile.tab.{part}"
    return t(short if t.has(short) else f"profile.{part}")


def _open_clicked(selection: Selection, click: object) -> None:
    """Let a click on a district or an own Quartier open its profile."""
    number = getattr(click, "id", None)
    known = {"district": set(map(str, data.district_names())), "quarter": set(areas.quarter_names())}
    level = getattr(click, "layer", None)
    if level in known and number in known[level]:
        selection["area"] = areas.value_of(level, str(number))
        selection.publish()
        st.rerun()


def _compare(maker: Maker, area: Area) -> None:
    """Open the page that compares, with the area and those most like it."""
    like = [peer.area_id for peer in maker.peers(area)]
    own = area.level == "quarter"
    selection = Selection(
        [
            Choice("districts", tuple(data.district_names()), many=True),
            Choice("quarters", tuple(areas.quarter_names()), many=True),
        ]
    )
    selection["districts"] = like if own else [int(area.id), *like]
    selection["quarters"] = [area.id] if own else []
    st.switch_page(navigation.pages()["compare"])


def _links(t: Texts, maker: Maker, area: Area) -> None:
    """Write the ways on: the map, the sheet for new homes, the dossier."""
    from views import newbuild_keep

    with st.container(horizontal=True, key="profile_links"):
        if area.level in {"district", "quarter"} and st.button(t("profile.open_map"), key="profile_to_map"):
            profile_blocks.go("map", {str(area.level): area.id})
        if area.level in {"district", "quarter"} and st.button(t("profile.to_finder"), key="profile_to_finder"):
            profile_blocks.go("finder", {str(area.level): area.id})
        if area.level in {"district", "quarter"} and st.button(t("profile.to_compare"), key="profile_to_compare"):
            _compare(maker, area)
        sheets = len(newbuild_keep.of_area(areas.value_of(area.level, area.id)))
        label = t("newbuild.from_area") if not sheets else t.plural("newbuild.of_area", sheets)
        if st.button(label, key="profile_to_newbuild"):
            profile_blocks.go("newbuild", {"area": areas.value_of(area.level, area.id)})
        profile_dossier.downloads(t, maker, area)
    profile_dossier.many(t, areas.value_of(area.level, area.id))


def _start(t: Texts, selection: Selection) -> None:
    """Offer all districts as a start."""
    st.markdown(t("profile.choose"))
    names = sorted(data.district_names().items(), key=lambda entry: entry[1].casefold())
    with st.container(horizontal=True, key="profile_start"):
        for number, name in names:
            value = areas.value_of("district", number)
            st.button(ui.literal(name), key=f"start_{number}", on_click=_choose, args=(selection, value))
    own = areas.quarter_names()
    st.markdown(f"**{t('entry.kinds.quarters')}**")
    with st.container(horizontal=True, key="profile_start_quarters"):
        for key, name in own.items():
            value = areas.value_of("quarter", key)
            label = ui.literal(plan_model.short(name, 60))
            st.button(label, key=f"start_{key}", on_click=_choose, args=(selection, value))
        if "quarters" in navigation.pages() and st.button(t("quarters.to_page"), key="profile_to_quarters"):
            st.switch_page(navigation.pages()["quarters"])
    profile_dossier.many(t, None)


def _choose(selection: Selection, value: str) -> None:
    selection["area"] = value
