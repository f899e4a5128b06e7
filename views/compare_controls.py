"""What can be chosen on the compare page: districts, and what each part of the page compares them by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.reach import Method
from geo.speeds import WALKING_KMH, Pace
from views import data, facts, quarters_model, supply, ui, walking
from views.state import Choice, Selection

if TYPE_CHECKING:
    from views.texts import Texts

PARTS = ("side", "ranking", "panels", "difference")
FEWEST, MOST = 2, 4
PANEL_MEASURES = ("distance", "within", "opportunities", "access")
SUPPLY = "supply_"
PACES, METHODS = (*map(str, Pace), walking.OWN), tuple(map(str, Method))
MINUTES = (1, 60)
SIDES = ("one", "other")


def choices() -> list[Choice]:
    """Return everything that this page can be asked for."""
    measures = (*facts.comparable_codes(), *(SUPPLY + name for name in PANEL_MEASURES))
    firm = tuple(kind for kind, entry in data.catalogue().kinds.items() if entry.inventory_state == "complete")
    return [
        ui.LANGUAGE_CHOICE,
        Choice("compare", PARTS, PARTS[0]),
        Choice("districts", tuple(data.district_names()), _largest(), many=True),
        Choice("quarters", tuple(quarters_model.names()), (), many=True),
        Choice("ranked", measures, measures[0]),
        Choice("kind", supply.kinds(), supply.default_kind()),
        Choice("known", (False, True), False),
        Choice("panels", supply.kinds(), firm, many=True),
        Choice("panel_measure", PANEL_MEASURES, PANEL_MEASURES[0]),
        Choice("pace_one", PACES, str(Pace.STANDARD)),
        Choice("pace_other", PACES, str(Pace.OLDER)),
        *(Choice(f"own_kmh_{side}", (walking.SLOWEST, walking.FASTEST), 4.0, number=True) for side in SIDES),
        Choice("method_one", METHODS, METHODS[0]),
        Choice("method_other", METHODS, METHODS[0]),
        Choice("minutes", MINUTES, 10.0, number=True),
        *walking.choices(),
    ]


def _largest() -> tuple[int, ...]:
    """Return the districts with most people: something to start with."""
    return data.kept("largest_districts", make=_most_people)


def _most_people() -> tuple[int, ...]:
    people = data.frame("population_cells").groupby("district_id")["population"].sum()
    wanted = {int(each) for each in people.nlargest(FEWEST).index}
    return tuple(number for number in data.district_names() if number in wanted)


def show(t: Texts, selection: Selection) -> None:
    """Write the side column."""
    names = data.district_names()
    with st.sidebar:
        st.multiselect(
            t("compare.districts"),
            sorted(names, key=lambda number: names[number]),
            format_func=names.__getitem__,
            max_selections=MOST,
            placeholder=t("compare.districts.choose"),
            help=t("compare.districts.help", most=MOST),
            **selection.bind("districts"),
        )
        _quarters(t, selection)
        controls = {"ranking": _ranking, "panels": _panels, "difference": _difference}
        if selection["compare"] in controls:
            controls[selection["compare"]](t, selection)


def _quarters(t: Texts, selection: Selection) -> None:
    """Write the box of own Quartiere, where there are any, and say where they cannot stand."""
    own = quarters_model.names()
    if not own:
        return
    st.multiselect(
        t("entry.kinds.quarters"),
        list(own),
        format_func=lambda key: own.get(key, key),
        max_selections=MOST,
        placeholder=t("compare.quarters.choose"),
        **selection.bind("quarters"),
    )
    if selection["compare"] == "panels" and selection["quarters"]:
        st.caption(t("compare.quarters.not_here"))


def measure_name(t: Texts, name: str) -> str:
    """Return the name of something that districts can be ranked by."""
    if name.startswith(SUPPLY):
        return t(f"compare.measure.{name.removeprefix(SUPPLY)}")
    return f"{facts.name(t, name)} ({facts.unit(t, name)})"


def _ranking(t: Texts, selection: Selection) -> None:
    measures = (*(SUPPLY + name for name in PANEL_MEASURES), *facts.comparable_codes())
    st.selectbox(
        t("compare.ranked"), measures, format_func=lambda name: measure_name(t, name), **selection.bind("ranked")
    )
    if selection["ranked"].startswith(SUPPLY):
        _kind(t, selection)
        walking.show(t, selection)


def _kind(t: Texts, selection: Selection) -> None:
    names = {kind: supply.kind_name(t, kind) for kind in supply.kinds()}
    st.selectbox(
        t("compare.kind"),
        sorted(names, key=lambda kind: names[kind].casefold()),
        format_func=names.__getitem__,
        **selection.bind("kind"),
    )


def _panels(t: Texts, selection: Selection) -> None:
    names = {kind: supply.kind_name(t, kind) for kind in supply.kinds()}
    st.multiselect(
        t("compare.panels"),
        sorted(names, key=lambda kind: names[kind].casefold()),
        format_func=names.__getitem__,
        placeholder=t("compare.panels.choose"),
        **selection.bind("panels"),
    )
    st.radio(
        t("compare.panel_measure"),
        PANEL_MEASURES,
        format_func=lambda name: t(f"compare.measure.{name}"),
        **selection.bind("panel_measure"),
    )
    walking.show(t, selection)


def _difference(t: Texts, selection: Selection) -> None:
    _kind(t, selection)
    st.slider(
        t("compare.minutes"),
        float(MINUTES[0]),
        float(MINUTES[1]),
        step=1.0,
        format="%d",
        help=t("compare.minutes.help"),
        **selection.bind("minutes"),
    )
    for side in SIDES:
        with st.expander(t(f"compare.setting.{side}"), expanded=True):
            st.radio(
                t("compare.pace"), PACES, format_func=lambda name: pace_name(t, name), **selection.bind(f"pace_{side}")
            )
            if selection[f"pace_{side}"] == walking.OWN:
                walking.own_kmh(t(f"compare.own_kmh.{side}"), **selection.bind(f"own_kmh_{side}"))
            st.radio(
                t("compare.method"),
                METHODS,
                format_func=lambda name: t(f"compare.method.{name}"),
                **selection.bind(f"method_{side}"),
            )


def pace_name(t: Texts, name: str, own: float | None = None) -> str:
    """Return a walking speed in words, with the own value where one has been chosen."""
    if name != walking.OWN:
        return t(f"compare.pace.{name}", kmh=t.number(WALKING_KMH[Pace(name)], digits=1))
    return t("gaps.pace.own") if own is None else t("compare.pace.own", kmh=t.number(own, digits=1))
