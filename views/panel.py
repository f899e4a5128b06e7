"""One district beside the map: people, what is there, and what nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views import data, map_layers, ui
from views.texts import is_unknown

if TYPE_CHECKING:
    from views.texts import Texts

PEOPLE = (
    "population", "under_18_share", "age_60_plus_share", "migration_background_share", "transfer_share",
    "unemployed_share", "living_space_per_person",
)  # fmt: skip


def show(t: Texts, district: int | None) -> None:
    """Show a district's facts; without a district a hint how to choose one."""
    if district is None:
        st.subheader(t("map.panel.city"), anchor=False)
        st.markdown(t("map.panel.hint"))
        return
    areas = data.frame("districts").set_index("district_id")
    st.subheader(areas.loc[district, "name"], anchor=False)
    st.caption(t("map.panel.in_borough", borough=areas.loc[district, "borough"]))
    _people(t, district)
    _places(t, district)
    _actors(t, district)


def _people(t: Texts, district: int) -> None:
    rows, missing = [], []
    for code in PEOPLE:
        values = data.indicator_values(code)
        name = map_layers.indicator_name(t, code)
        if district not in values.index or is_unknown(values.loc[district, "value"]):
            missing.append(name)
            continue
        row = values.loc[district]
        estimate = t("common.estimate") + ", " if row["value_level"] == "estimate" else ""
        rows.append((name, map_layers.indicator_text(t, code, row["value"]), estimate + t.date(row["reference_date"])))
    ui.facts(rows)
    if missing:
        st.caption(t("map.panel.unknown.indicators", indicators=", ".join(missing)))


def _places(t: Texts, district: int) -> None:
    there = data.places()
    counts = there.loc[there["district_id"] == district, "kinds"].str.split(";").explode().value_counts()
    statements = data.frame("inventory_statements")
    complete = set(
        statements.loc[(statements["state"] == "complete") & (statements["area_level"] == "city"), "facility_kind"]
    )
    kinds = data.catalogue().kinds
    st.markdown(f"**{t('map.panel.there')}**")
    rows = [
        (entry.plural.of(t.language), t.number(int(counts[kind])), "" if kind in complete else t("map.panel.at_least"))
        for kind, entry in kinds.items()
        if kind in counts
    ]
    ui.facts(rows)
    none = [entry.plural.of(t.language) for kind, entry in kinds.items() if kind not in counts and kind in complete]
    unknown = [
        entry.plural.of(t.language) for kind, entry in kinds.items() if kind not in counts and kind not in complete
    ]
    st.markdown(f"**{t('map.panel.unknown')}**")
    if none:
        st.markdown(t("map.panel.none.kinds", kinds=", ".join(none)))
    if unknown:
        st.markdown(t("map.panel.unknown.kinds", count=len(unknown), kinds=", ".join(unknown)))


def _actors(t: Texts, district: int) -> None:
    here = data.actors()
    works_here = here["district_ids"].fillna("").str.split(";").map(lambda ids: str(district) in ids)
    found = here[works_here | (here["district_id"] == district)].drop_duplicates("organization_id")
    st.markdown(f"**{t('map.panel.actors')}**")
    if found.empty:
        st.markdown(t("map.panel.no_actor"))
        return
    roles = data.catalogue().roles
    lines = []
    for _, row in found.sort_values("name").iterrows():
        names = row["roles"].split(";") if isinstance(row["roles"], str) else []
        said = ", ".join(roles[name].label.of(t.language) for name in names) or t("map.panel.role_unknown")
        lines.append(f"- {ui.literal(row['name'])}: {said} ({t.date(row['source_date'])})")
    with st.expander(t.plural("map.panel.actor_count", len(found))):
        st.markdown("\n".join(lines))
