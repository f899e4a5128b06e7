"""Data and sources: for each resource what it is, where it comes from, how old it is, and what is known to be complete."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from geo.errors import QuartierError
from views import data, ui
from views.state import Selection
from views.texts import Texts

MOST_PROBLEMS = 50


def page() -> None:
    """Show the sources page."""
    t = ui.texts()
    selection = Selection([ui.LANGUAGE_CHOICE])
    ui.header(t, selection, title=t("sources.title"), lead=t("sources.lead"))
    _problems(t)
    try:
        _inventory(t)
    except QuartierError as problem:
        ui.error(t, problem)
    st.header(t("sources.resources"), anchor=False)
    for resource in data.package().descriptor["resources"]:
        _resource(t, resource)
    ui.sources(t, [])
    selection.publish()


def _problems(t: Texts) -> None:
    """List everything that is wrong with the data package: errors openly, the rest on request."""
    problems = data.problems()
    errors = [each for each in problems if each.severity == "error"]
    if errors:
        ui.faults(t, errors, most=MOST_PROBLEMS)
    rest = [each for each in problems if each.severity != "error"]
    if rest:
        with st.expander(t.plural("sources.warnings", len(rest))):
            st.markdown(
                "\n".join(f"- {ui.literal(ui.message(t, each.key, each.params))}" for each in rest[:MOST_PROBLEMS])
            )


def _inventory(t: Texts) -> None:
    st.header(t("sources.inventory"), anchor=False)
    st.markdown(t("sources.inventory.text"))
    kinds = data.catalogue().kinds
    statements = by_state_and_name(t, data.frame("inventory_statements"))
    table = pd.DataFrame(
        {
            t("sources.inventory.kind"): [kinds[kind].plural.of(t.language) for kind in statements["facility_kind"]],
            t("sources.inventory.state"): [t(f"inventory.{state}") for state in statements["state"]],
            t("sources.inventory.known"): statements["known_count"].to_numpy(),
            t("sources.inventory.expected"): statements["expected_count"].to_numpy(),
            t("sources.inventory.date"): [t.date(day) for day in statements["reference_date"]],
            t("sources.inventory.source"): statements["source"].to_numpy(),
        }
    )
    st.dataframe(table, hide_index=True, placeholder=t("common.unknown"), alt=t("sources.inventory"))


def by_state_and_name(t: Texts, statements: pd.DataFrame) -> pd.DataFrame:
    """Return inventory statements as people look for them: complete ones first, then by the kind's name."""
    kinds = data.catalogue().kinds
    state = statements["state"].map({name: at for at, name in enumerate(("complete", "partial", "unknown"))})
    name = [kinds[kind].plural.of(t.language).casefold() for kind in statements["facility_kind"]]
    return statements.assign(_state=state, _name=name).sort_values(["_state", "_name"], kind="stable")


def _resource(t: Texts, resource: dict[str, Any]) -> None:
    name = resource["name"]
    title = t(f"resource.{name}") if t.has(f"resource.{name}") else ui.literal(resource.get("title") or name)
    with st.expander(title):
        licences = ", ".join(str(entry.get("title") or entry.get("name")) for entry in resource.get("licenses", []))
        origins = "; ".join(str(entry.get("title") or entry.get("path")) for entry in resource.get("sources", []))
        ui.facts(
            [
                (t("sources.origin"), origins, ""),
                (t("sources.licence"), licences, ""),
                (t("sources.date"), _dates(t, resource.get("referenceDate")), ""),
                (t("sources.crs"), str(resource.get("crs") or t("sources.crs.none")), ""),
                (t("sources.file"), str(resource["path"]), t("sources.size", size=round(resource["bytes"] / 1000))),
            ]
        )
        st.markdown(f"**{t('sources.derivation')}** " + ui.literal(_derivation(t, resource)))


def _derivation(t: Texts, resource: dict[str, Any]) -> str:
    """Return how a table was made: in the page's language where it is one of ours, else as the package says it."""
    key = f"derivation.{resource['name']}"
    return t(key) if t.language != "en" and t.has(key) else str(resource.get("derivation", ""))


def _dates(t: Texts, text: object) -> str:
    """Write the reference date of a table; "A to B, per row" is a span whose dates stand in the rows."""
    if not isinstance(text, str) or " to " not in text:
        return t.date(text)
    first, last = text.removesuffix(", per row").split(" to ", 1)
    return t("sources.span", first=t.day(first), last=t.day(last))
