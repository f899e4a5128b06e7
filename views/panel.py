"""One district beside the map: people, what is there, and what nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views import areas, data, fresh, indicators, map_layers, profile_blocks, ui
from views.texts import is_unknown

if TYPE_CHECKING:
    from geo.facts import DistrictFacts
    from views.texts import Texts

PEOPLE = (
    "population", "under_18_share", "age_60_plus_share", "migration_background_share", "transfer_share",
    "unemployed_share", "living_space_per_person",
)  # fmt: skip


def show(t: Texts, district: int | None) -> None:
    """Show a district's facts; without a district a hint how to choose one."""
    if district is None:
        st.header(t("map.panel.city"), anchor=False)
        st.markdown(t("map.panel.hint"))
        return
    facts = data.facts(district)
    st.header(ui.literal(facts.name), anchor=False)
    st.caption(t("map.panel.in_borough", borough=ui.literal(facts.borough)))
    if st.button(t("profile.open"), key="panel_profile"):
        profile_blocks.go("profile", {"area": areas.value_of("district", district)})
    _people(t, district)
    _places(t, facts)
    _actors(t, facts)


def _people(t: Texts, district: int) -> None:
    rows, missing = [], []
    for code in (code for code in PEOPLE if code in data.catalogue().indicators):
        values = indicators.indicator_values(code)
        name = map_layers.indicator_name(t, code)
        if district not in values.index or is_unknown(values.loc[district, "value"]):
            missing.append(name)
            continue
        row = values.loc[district]
        estimate = t("common.estimate") + ", " if row["value_level"] == "estimate" else ""
        rows.append((name, map_layers.indicator_text(t, code, row["value"]), estimate + t.date(row["reference_date"])))
    ui.facts(rows)
    if missing:
        st.caption(t("map.panel.unknown.indicators", indicators=ui.literal(", ".join(missing))))


def _places(t: Texts, facts: DistrictFacts) -> None:
    kinds = data.catalogue().kinds
    rows, none, unknown = [], [], []
    for row in facts.kinds.itertuples():
        name = kinds[row.kind].plural.of(t.language)
        complete = row.inventory_state == "complete"
        if row.known:
            date = "" if not complete or is_unknown(row.inventory_date) else t.date(row.inventory_date)
            rows.append((name, t.number(row.known), date if complete else t("map.panel.at_least")))
        else:
            (none if complete else unknown).append(name)
    st.markdown(f"**{t('map.panel.there')}**")
    ui.facts(rows)
    _stale(t, facts.district_id)
    st.markdown(f"**{t('map.panel.unknown')}**")
    if unknown:
        st.markdown(t("map.panel.unknown.kinds", count=len(unknown), kinds=ui.literal(", ".join(unknown))))
    if none:
        st.markdown(t("map.panel.none.kinds", kinds=ui.literal(", ".join(none))))


def _stale(t: Texts, district: int) -> None:
    """Say how many of the district's places have not been confirmed for a long time."""
    places = data.places()
    note = fresh.note(t, places.loc[places["district_id"] == district, "id"])
    if note:
        st.caption(note)


def _actors(t: Texts, facts: DistrictFacts) -> None:
    found = facts.actors.drop_duplicates("organization_id").sort_values("name")
    st.markdown(f"**{t('map.panel.actors')}**")
    if found.empty:
        st.markdown(t("map.panel.no_actor"))
        return
    roles = data.catalogue().roles
    lines = []
    for _, row in found.iterrows():
        names = row["roles"].split(";") if isinstance(row["roles"], str) else []
        said = ", ".join(roles[name].label.of(t.language) for name in names) or t("map.panel.role_unknown")
        lines.append(f"- {ui.literal(row['name'])}: {ui.literal(said)} ({fresh.day(t, row['source_date'])})")
    with st.expander(t.plural("map.panel.actor_count", len(found))):
        st.markdown("\n".join(lines))
