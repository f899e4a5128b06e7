"""What can be chosen on the map page: kinds, layers, colours, filters, search; shown in the side column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from views import areas, data, indicators, map_layers, place_filter, quarters_model, ui
from views.state import Choice, Later, Selection
from views.texts import is_unknown

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from views.texts import Texts

SHOWN = ("actors", "offers", "stops", "population", "quarters")
SCHEMES = ("quantiles", "equal")
WHEELCHAIR = ("yes", "limited", "no", "unknown")
QUALITY = ("exact", "approximate", "address", "district", "none")
DEFAULT_KINDS = ("neighbourhood_meeting", "community_centre", "library", "family_centre", "advice_centre")


def choices() -> list[Choice]:
    """Return everything that the map page can be asked to show; the values come from the data package."""
    kinds = tuple(data.frame("facility_kinds")["kind"])
    return [
        ui.LANGUAGE_CHOICE,
        areas.district_choice(),
        areas.quarter_choice(),
        Choice("kinds", kinds, tuple(kind for kind in DEFAULT_KINDS if kind in kinds), many=True),
        Choice("show", SHOWN, (), many=True),
        Choice("fill", Later(lambda: ("", *indicators.indicator_codes())), ""),
        Choice("scheme", SCHEMES, SCHEMES[0]),
        Choice("targets", tuple(data.frame("target_groups")["target_group"]), (), many=True),
        Choice("topics", tuple(data.frame("topics")["topic"]), (), many=True),
        Choice("operators", Later(place_filter.operators), (), many=True),
        Choice("wheelchair", WHEELCHAIR, (), many=True),
        Choice("quality", QUALITY, (), many=True),
        Choice("found", Later(lambda: (*_quarter_refs(), *data.gazetteer()["ref"]))),
    ]


def show(t: Texts, selection: Selection, side: DeltaGenerator) -> None:
    """Write into the side column: search and district first, then layers, then filters."""
    with side:
        _search(t, selection)
        areas.place_box(t, selection)
        with st.expander(t("map.layers"), expanded=True):
            _layers(t, selection)
        active = sum(bool(selection[name]) for name in map_layers.FILTERS)
        with st.expander(t("map.filters") + (f" ({active})" if active else ""), expanded=bool(active)):
            _filters(t, selection)


def _search(t: Texts, selection: Selection) -> None:
    labels = found_labels(t)
    st.selectbox(
        t("map.search"),
        list(labels),
        format_func=labels.__getitem__,
        index=None,
        filter_mode="contains",
        placeholder=t("map.search.placeholder"),
        **selection.bind("found"),
    )


def found_labels(t: Texts) -> dict[str, str]:
    """Return what the search box offers: name, what it is, and where, by reference; own Quartiere first."""
    found = data.gazetteer()
    rows = zip(found["ref"], found["name"], found["type"], found["detail"].fillna(""), strict=True)
    names = quarters_model.names()
    own = {ref: f"{names[key]} ({t('gazetteer.quarter')})" for ref, key in _quarter_refs().items()}
    return own | {
        ref: f"{name} ({', '.join(filter(None, (t(f'gazetteer.{kind}'), detail)))})" for ref, name, kind, detail in rows
    }


def _quarter_refs() -> dict[str, str]:
    """Return the own Quartiere by the reference under which the search box finds them."""
    return {f"quarter-{key}": key for key in quarters_model.names()}


def follow_search(selection: Selection) -> None:
    """Choose the Quartier that was found, or the district in which the found thing lies, once for each search.

    A link that names an area besides what was searched for keeps its area.
    """
    ref, opened = selection["found"], "followed" not in st.session_state
    known = st.session_state.get("followed")
    st.session_state["followed"] = ref
    has_area = selection["district"] is not None or selection["quarter"] is not None
    if ref is None or ref == known or (opened and has_area):
        return
    quarter = _quarter_refs().get(ref)
    if quarter is not None:
        selection["quarter"] = quarter
        return
    numbers = data.gazetteer().set_index("ref")["district_id"]
    if not is_unknown(numbers[ref]):
        selection["district"] = int(numbers[ref])


def _layers(t: Texts, selection: Selection) -> None:
    names = {kind: entry.plural.of(t.language) for kind, entry in data.catalogue().kinds.items()}
    st.multiselect(
        t("map.kinds"),
        sorted(names, key=lambda kind: names[kind]),
        format_func=names.__getitem__,
        placeholder=t("map.kinds.placeholder"),
        **selection.bind("kinds"),
    )
    left, right = st.columns(2)
    left.button(
        t("map.kinds.all"), on_click=_set, args=(selection, "kinds", tuple(names)), key="kinds_all", width="stretch"
    )
    right.button(t("map.kinds.none"), on_click=_set, args=(selection, "kinds", ()), key="kinds_none", width="stretch")
    st.pills(
        t("map.show"),
        SHOWN if quarters_model.names() or SHOWN[-1] in selection["show"] else SHOWN[:-1],
        format_func=lambda name: t(f"map.show.{name}"),
        selection_mode="multi",
        **selection.bind("show"),
    )
    named = {code: map_layers.indicator_name(t, code) for code in indicators.indicator_codes()}
    st.selectbox(
        t("map.fill"),
        ["", *named],
        format_func=lambda code: named.get(code, t("map.fill.none")),
        **selection.bind("fill"),
    )
    if selection["fill"]:
        st.radio(t("map.scheme"), SCHEMES, format_func=lambda name: t(f"map.scheme.{name}"), **selection.bind("scheme"))


def _filters(t: Texts, selection: Selection) -> None:
    known, operators = data.catalogue(), place_filter.operators()
    _many(
        t, selection, "targets", list(known.target_groups), lambda each: known.target_groups[each].label.of(t.language)
    )
    _many(t, selection, "topics", list(known.topics), lambda each: known.topics[each].label.of(t.language))
    _many(t, selection, "operators", list(operators), operators.__getitem__)
    _many(t, selection, "wheelchair", list(WHEELCHAIR), lambda each: t(f"wheelchair.{each}"))
    _many(t, selection, "quality", list(QUALITY), lambda each: t(f"quality.{each}"))
    if any(selection[name] for name in map_layers.FILTERS):
        st.button(t("map.filter.reset"), on_click=_clear, args=(selection,), key="filters_reset", width="stretch")


def _many(t: Texts, selection: Selection, name: str, options: list[str], label: Any) -> None:
    st.multiselect(
        t(f"map.filter.{name}"),
        options,
        format_func=label,
        placeholder=t("map.filter.placeholder"),
        **selection.bind(name),
    )


def _set(selection: Selection, name: str, value: Any) -> None:
    selection[name] = value


def _clear(selection: Selection) -> None:
    for name in map_layers.FILTERS:
        selection[name] = ()
