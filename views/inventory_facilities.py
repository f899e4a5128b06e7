"""Facilities × offers × target groups × operators of a district, and how complete each kind is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from views import data, entry_related, inventory_model, inventory_points, inventory_write, tables, ui

if TYPE_CHECKING:
    from views.texts import Texts

MOST_NAMES = 6


def show(t: Texts, district: int, day: str) -> None:
    """Write all kinds by group, each with what is known and the statement; then the offers as a table."""
    st.markdown(t("inventory.facilities.text"))
    stated, city = inventory_model.statements(district), inventory_model.city_statements()
    rows = inventory_model.places(district)
    for group, kinds in _groups().items():
        done = sum(kind in stated for kind in kinds)
        label = t("inventory.group", group=t(f"inventory.group.{group}"), done=done, total=len(kinds))
        with st.expander(label, key=f"inventory_group_{group}"):
            for kind in kinds:
                _kind(t, district, kind, rows, stated.get(kind), city.get(kind), day)
    inventory_points.add(t, district, inventory_model.FACILITIES)
    _offers(t, district)


def _groups() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, entry in data.catalogue().kinds.items():
        found.setdefault(entry.group, []).append(kind)
    return found


def _kind(
    t: Texts,
    district: int,
    kind: str,
    rows: pd.DataFrame,
    own: dict[str, Any] | None,
    city: dict[str, Any] | None,
    day: str,
) -> None:
    label = data.catalogue().kinds[kind].plural.of(t.language)
    known = rows[[isinstance(text, str) and kind in text.split(";") for text in rows["kinds"]]]
    count = t("inventory.count", count=len(known)) if len(known) else t("inventory.count.none")
    st.markdown(f"**{ui.literal(label)}**: {count}")
    if len(known):
        names = [str(name) for name in known["name"].head(MOST_NAMES)]
        more = " …" if len(known) > MOST_NAMES else ""
        st.caption(ui.literal(", ".join(names) + more))
    key = f"inventory_{district}_kind_{kind}"
    mark, version = f"{key}_version", own["version"] if own else 0
    if st.session_state.get(mark) != version or key not in st.session_state:
        st.session_state[key], st.session_state[mark] = own["state"] if own else None, version
    st.radio(
        t("inventory.state", kind=label), inventory_model.STATES, key=key, index=None, horizontal=True,
        format_func=lambda state: t(f"value.inventory_statements.state.{state}"), disabled=not entry_related.may_create(),
        on_change=inventory_write.state_kind, args=(t, district, kind, key, day),
    )  # fmt: skip
    if own:
        st.caption(t("inventory.answered", date=t.date(own["reference_date"])))
    elif city:
        state = t(f"value.inventory_statements.state.{city['state']}")
        st.caption(t("inventory.city_says", state=state, date=t.date(city["reference_date"])))


def _offers(t: Texts, district: int) -> None:
    """Write what is offered to whom by whom, as far as it is known."""
    st.header(t("inventory.matrix"), anchor=False)
    rows = inventory_model.offers(district)
    if rows.empty:
        st.info(t("inventory.matrix.none"))
        return
    known = data.catalogue()
    kinds = {kind: entry.label.of(t.language) for kind, entry in known.kinds.items()}
    groups = {group: entry.label.of(t.language) for group, entry in known.target_groups.items()}
    table = pd.DataFrame(
        {
            t("map.list.kind"): [kinds.get(kind, kind) for kind in rows["kind"]],
            t("inventory.matrix.offer"): rows["name"].to_numpy(),
            t("map.list.targets"): [
                ", ".join(groups.get(part, part) for part in text.split(";")) if isinstance(text, str) else None
                for text in rows["target_groups"]
            ],
            t("map.list.operator"): rows["operator"].to_numpy(),
            t("inventory.matrix.place"): rows["location"].to_numpy(),
            t("map.list.date"): [t.date(day) for day in rows["source_date"]],
        }
    )
    tables.show(t, table.sort_values(t("map.list.kind"), ignore_index=True), alt=t("inventory.matrix"))
