"""What can be chosen on the map page: kinds, layers, colours, filters, search; shown in the side column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from views import data, ui
from views.state import Choice, Selection

if TYPE_CHECKING:
    from views.texts import Texts

SHOWN = ("boroughs", "actors", "offers", "stops", "population")
SCHEMES = ("quantiles", "equal")
WHEELCHAIR = ("yes", "limited", "no", "unknown")
QUALITY = ("exact", "approximate", "address", "district", "none")
FILTERS = ("targets", "topics", "operators", "wheelchair", "quality")
DEFAULT_KINDS = ("neighbourhood_meeting", "community_centre", "library", "family_centre", "advice_centre")


def choices() -> list[Choice]:
    """Return everything that the map page can be asked to show; the values come from the data package."""
    kinds = tuple(data.frame("facility_kinds")["kind"])
    return [
        ui.LANGUAGE_CHOICE,
        Choice("district", tuple(int(each) for each in data.frame("districts")["district_id"])),
        Choice("kinds", kinds, tuple(kind for kind in DEFAULT_KINDS if kind in kinds), many=True),
        Choice("show", SHOWN, (), many=True),
        Choice("fill", ("", *data.indicator_codes()), ""),
        Choice("scheme", SCHEMES, SCHEMES[0]),
        Choice("targets", tuple(data.frame("target_groups")["target_group"]), (), many=True),
        Choice("topics", tuple(data.frame("topics")["topic"]), (), many=True),
        Choice("operators", tuple(data.operators()), (), many=True),
        Choice("wheelchair", WHEELCHAIR, (), many=True),
        Choice("quality", QUALITY, (), many=True),
        Choice("found", tuple(data.gazetteer()["ref"])),
    ]


def show(t: Texts, selection: Selection) -> None:
    """Write the side column: search and district first, then layers, then filters."""
    with st.sidebar:
        _search(t, selection)
        _district(t, selection)
        with st.expander(t("map.layers"), expanded=True):
            _layers(t, selection)
        active = sum(bool(selection[name]) for name in FILTERS)
        with st.expander(t("map.filters") + (f" ({active})" if active else ""), expanded=bool(active)):
            _filters(t, selection)


def _search(t: Texts, selection: Selection) -> None:
    found = data.gazetteer()
    labels = dict(zip(found["ref"], found["label"], strict=True))
    st.selectbox(
        t("map.search"), [None, *labels], format_func=lambda ref: labels.get(ref, t("map.search.placeholder")),
        filter_mode="contains", **selection.bind("found"),
    )


def _district(t: Texts, selection: Selection) -> None:
    names = data.district_names()
    st.selectbox(
        t("map.district"), [None, *sorted(names, key=lambda number: names[number])],
        format_func=lambda number: names.get(number, t("map.district.placeholder")), **selection.bind("district"),
    )


def _layers(t: Texts, selection: Selection) -> None:
    kinds = data.frame("facility_kinds").set_index("kind")
    names = {kind: t.label(row, "plural") for kind, row in kinds.iterrows()}
    st.multiselect(
        t("map.kinds"), sorted(names, key=lambda kind: names[kind]), format_func=names.__getitem__,
        placeholder=t("map.kinds.placeholder"), **selection.bind("kinds"),
    )
    left, right = st.columns(2)
    left.button(t("map.kinds.all"), on_click=_set, args=(selection, "kinds", tuple(names)), key="kinds_all", width="stretch")
    right.button(t("map.kinds.none"), on_click=_set, args=(selection, "kinds", ()), key="kinds_none", width="stretch")
    st.pills(
        t("map.show"), SHOWN, format_func=lambda name: t(f"map.show.{name}"), selection_mode="multi",
        **selection.bind("show"),
    )
    indicators = data.indicator_labels(t.language)
    st.selectbox(
        t("map.fill"), ["", *indicators], format_func=lambda code: indicators.get(code, t("map.fill.none")),
        **selection.bind("fill"),
    )
    if selection["fill"]:
        st.radio(
            t("map.scheme"), SCHEMES, format_func=lambda name: t(f"map.scheme.{name}"), **selection.bind("scheme")
        )


def _filters(t: Texts, selection: Selection) -> None:
    groups = data.frame("target_groups").set_index("target_group")
    topics = data.frame("topics").set_index("topic")
    operators = data.operators()
    _many(t, selection, "targets", list(groups.index), lambda each: t.label(groups.loc[each]))
    _many(t, selection, "topics", list(topics.index), lambda each: t.label(topics.loc[each]))
    _many(t, selection, "operators", list(operators), operators.__getitem__)
    _many(t, selection, "wheelchair", list(WHEELCHAIR), lambda each: t(f"wheelchair.{each}"))
    _many(t, selection, "quality", list(QUALITY), lambda each: t(f"quality.{each}"))
    if any(selection[name] for name in FILTERS):
        st.button(t("map.filter.reset"), on_click=_clear, args=(selection,), key="filters_reset", width="stretch")


def _many(t: Texts, selection: Selection, name: str, options: list[str], label: Any) -> None:
    st.multiselect(
        t(f"map.filter.{name}"), options, format_func=label, placeholder=t("map.filter.placeholder"),
        **selection.bind(name),
    )


def _set(selection: Selection, name: str, value: Any) -> None:
    selection[name] = value


def _clear(selection: Selection) -> None:
    for name in FILTERS:
        selection[name] = ()
