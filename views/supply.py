"""Supply of a kind of facility on the analysis pages: which measures, in which words, and what it may not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.gap_settings import GapSettings
from geo.reach import Method, Walk
from geo.speeds import Pace
from views import data, ui

if TYPE_CHECKING:
    import pandas as pd

    from geo.gaps import GapResult
    from views.state import Selection
    from views.texts import Texts

# column of the gap table, number of decimals
MEASURES = {
    "access": ("access_2sfca_per_1000", 2),
    "within": ("share_beyond", 0),
    "opportunities": ("opportunities", 1),
    "distance": ("mean_nearest_m", 0),
}
LESS_IS_MORE = ("distance",)
FAVOURITE = "primary_school"


def settings(pace: Pace = Pace.STANDARD) -> GapSettings:
    """Return the standard settings; without a street graph distances are straight lines."""
    method = Method.LINE if data.gap_inputs().network is None else Method.NETWORK
    return GapSettings(walk=Walk(method=method), pace=pace)


def kinds() -> tuple[str, ...]:
    """Return all kinds of facility, in the order of the catalogue."""
    return tuple(data.catalogue().kinds)


def default_kind() -> str | None:
    """Return the kind a page starts with: one with a complete inventory, if there is one."""
    complete = [kind for kind, entry in data.catalogue().kinds.items() if entry.inventory_state == "complete"]
    return next((kind for kind in (FAVOURITE, *complete, *kinds()) if kind in kinds()), None)


def kind_name(t: Texts, kind: str) -> str:
    """Return a kind's plural, and for an incomplete inventory a word that says so."""
    entry = data.catalogue().kinds[kind]
    name = entry.plural.of(t.language)
    return name if entry.inventory_state == "complete" else t("supply.kind_incomplete", kind=name)


def values(result: GapResult, measure: str, *, level: str = "district") -> pd.Series:
    """Return a measure by area id; NaN = unknown. ``within`` is the share that is not beyond the standard."""
    rows = result.level(level).set_index("area_id")  # type: ignore[arg-type]
    found = rows[MEASURES[measure][0]].astype("float64")
    return 1.0 - found if measure == "within" else found


def written(t: Texts, measure: str, value: float | None) -> str:
    """Return a value as people read it."""
    if measure == "within":
        return t.percent(value)
    if measure == "distance":
        return t.distance(value)
    return t.number(value, digits=MEASURES[measure][1])


def title(t: Texts, measure: str, result: GapResult) -> str:
    """Return what a measure says, with its catchment or standard."""
    threshold = None if result.standard is None else result.standard.threshold_m
    return t(f"supply.{measure}", catchment=t.distance(result.catchment_m), threshold=t.distance(threshold))


def firm(result: GapResult) -> bool:
    """Whether every place of the city is known, and where it is: only then little supply means little supply."""
    city = result.level("city")
    return bool((city["inventory_state"] == "complete").all() and (city["places_unlocated"] == 0).all())


def gate(t: Texts, selection: Selection, result: GapResult) -> bool:
    """Say what a measure rests on; where not every place is known, show it only if the visitor wants to (``known``)."""
    note = ui.literal(caveat(t, result))
    if firm(result):
        st.caption(note)
        return True
    st.warning(note + " " + t("supply.not_firm"))
    return bool(st.toggle(t("supply.known_only"), **selection.bind("known")))


def caveat(t: Texts, result: GapResult) -> str:
    """Return what the measure rests on: how many places are known and where, and who is counted."""
    city = result.level("city").iloc[0]
    known, unlocated = int(city["places_known"]), int(city["places_unlocated"])
    inventory = t(f"supply.inventory.{city['inventory_state']}", known=known, date=t.date(city["inventory_date"]))
    located = t("supply.all_located") if not unlocated else t("supply.located", located=known - unlocated, known=known)
    return " ".join((inventory, located, people(t, result)))


def people(t: Texts, result: GapResult) -> str:
    """Return whom a kind is for, and by which count."""
    group = data.catalogue().target_groups[result.target_group]
    label = group.label.of(t.language)
    if result.population_column is None:
        return t("supply.people_all", group=label)
    return t("supply.people", group=label, note=group.note.of(t.language))


def sources(result: GapResult) -> list[str]:
    """Return the sources of a kind's inventory."""
    statements = data.frame("inventory_statements")
    return sorted(set(statements.loc[statements["facility_kind"] == result.kind, "source"].dropna()))
