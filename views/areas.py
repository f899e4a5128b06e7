"""Areas that pages are about: districts, boroughs and own Quartiere, chosen by ``area=stadtteil:12`` in the address line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from views import data, quarters_model, ui
from views.state import Choice

if TYPE_CHECKING:
    from geo.area import Area, AreaLevel
    from views.state import Selection
    from views.texts import Texts

PREFIXES: dict[AreaLevel, str] = {
    "district": "stadtteil",
    "borough": "stadtbezirk",
    "quarter": "quartier",
    "city": "stadt",
}
LEVELS: dict[str, AreaLevel] = {prefix: level for level, prefix in PREFIXES.items()}
CITY = "stadt:0"
_BOX = "widget_place"


def value_of(level: AreaLevel, area_id: int | str) -> str:
    """Return an area as it stands in the address line."""
    return f"{PREFIXES[level]}:{area_id}"


def names(t: Texts, *, city: bool = False) -> dict[str, str]:
    """Return every area by its value in the address line, with its name in a list: districts, boroughs, Quartiere."""
    areas = data.frame("districts")
    boroughs = dict(zip(areas["borough_id"], areas["borough"], strict=True))
    groups: tuple[tuple[AreaLevel, dict[Any, str]], ...] = (
        ("district", dict(zip(areas["district_id"], areas["name"], strict=True))),
        ("borough", boroughs),
        ("quarter", quarter_names()),
    )
    found = {CITY: t("common.city")} if city else {}
    for level, own in groups:
        listed = sorted(own.items(), key=lambda entry: str(entry[1]).casefold())
        found |= {value_of(level, number): t(f"profile.area.{level}", name=name) for number, name in listed}
    return found


def quarter_names() -> dict[str, str]:
    """Return the own Quartiere by their id."""
    return quarters_model.names()


def choice(*, city: bool = False) -> Choice:
    """Return the choice ``area`` of the address line."""
    return Choice("area", tuple(names(ui.texts(), city=city)))


def district_choice() -> Choice:
    """Return the choice ``district`` that other pages share: it stands in where no area is chosen."""
    return Choice("district", tuple(data.district_names()))


def quarter_choice() -> Choice:
    """Return the choice ``quarter`` that pages share which speak of one area: it takes the place of ``district``."""
    return Choice("quarter", tuple(quarter_names()))


def chosen(selection: Selection) -> str | None:
    """Return the chosen area; a district or Quartier that was chosen on another page counts."""
    if selection["area"] is not None:
        return str(selection["area"])
    return elsewhere(selection)


def elsewhere(selection: Selection) -> str | None:
    """Return the Quartier or district that pages share; None = neither is chosen."""
    if selection["quarter"] is not None:
        return value_of("quarter", selection["quarter"])
    district = selection["district"]
    return None if district is None else value_of("district", district)


def area(value: str) -> Area:
    """Return an area by its value in the address line."""
    from geo.area import named_area

    prefix, _, number = value.partition(":")
    level = LEVELS[prefix]
    if level == "quarter":
        return quarters_model.area(number)
    return data.kept("area", value, make=lambda: named_area(data.frame, level, int(number)))


def box(t: Texts, selection: Selection, *, city: bool = False) -> None:
    """Write the box in which an area is chosen, and buttons to the ones before and after it in the list."""
    listed = names(t, city=city)
    if selection["area"] is None and elsewhere(selection) is not None:
        selection["area"] = elsewhere(selection)
    with st.container(horizontal=True, vertical_alignment="bottom", key="area_box"):
        st.selectbox(
            t("profile.area"),
            list(listed),
            format_func=lambda value: listed.get(value, value),
            index=None,
            placeholder=t("profile.area.placeholder"),
            width=380,
            **selection.bind("area"),
        )
        now = selection["area"]
        for key, step in (("previous", -1), ("next", 1)):
            target = _beside(list(listed), now, step)
            label = t(f"profile.{key}") if target is None else f"{'←' if step < 0 else '→'} {listed[target]}"
            st.button(
                ui.literal(label),
                key=f"area_{key}",
                disabled=target is None,
                on_click=_choose,
                args=(selection, target),
            )


def keep_for_others(selection: Selection) -> None:
    """Let the other pages know which district or Quartier is looked at."""
    prefix, _, number = str(selection["area"]).partition(":")
    if prefix == PREFIXES["district"]:
        selection["district"] = int(number)
    elif prefix == PREFIXES["quarter"] and number in quarter_names():  # a plan outlives its Quartier
        selection["quarter"] = number


def place_box(t: Texts, selection: Selection) -> None:
    """Write the box in which a district or an own Quartier is chosen by name."""
    if not quarter_names():
        ui.district_box(t, selection)
        return
    names = data.district_names()
    listed = {value_of("district", number): names[number] for number in sorted(names, key=lambda number: names[number])}
    own = {value_of("quarter", key): t("profile.area.quarter", name=name) for key, name in quarter_names().items()}
    options = listed | own

    def choose() -> None:
        prefix, _, number = str(st.session_state[_BOX]).partition(":")
        selection["district"] = int(number) if prefix == PREFIXES["district"] else None
        selection["quarter"] = number if prefix == PREFIXES["quarter"] else None

    st.session_state[_BOX] = elsewhere(selection)
    st.selectbox(
        t("map.district_or_quarter"),
        list(options),
        format_func=lambda value: options.get(value, value),
        index=None,
        placeholder=t("map.district.placeholder"),
        key=_BOX,
        on_change=choose,
    )


def _beside(listed: list[str], now: str | None, step: int) -> str | None:
    """Return the area before or after another one of its level, None at the ends."""
    if now not in listed:
        return None
    at = listed.index(now) + step
    same = 0 <= at < len(listed) and listed[at].partition(":")[0] == now.partition(":")[0]
    return listed[at] if same else None


def _choose(selection: Selection, value: str | None) -> None:
    selection["area"] = value
