"""Why is this a gap? The numbers of one district, and what stands behind the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from views import data, gaps_format, ui
from views.texts import is_unknown

if TYPE_CHECKING:
    from geo.gaps import GapResult
    from views.texts import Texts

FACTS = (
    "target_population", "share_beyond", "median_nearest_m", "mean_third_m", "places_known", "places_per_1000", "coverage",
    "access_e2sfca_per_1000",
)  # fmt: skip


def show(t: Texts, result: GapResult, district: int | None) -> None:
    """Show the card of a district, or of the whole city."""
    level = result.level("city" if district is None else "district").set_index("area_id")
    row = level.loc[0 if district is None else district]
    st.subheader(row["area_name"] if district is not None else t("common.city"), anchor=False)
    st.markdown(f"**{t('verdict.' + row['verdict'])}**")
    _reason(t, row)
    ui.facts([(t(f"gaps.measure.{name}"), gaps_format.cell(t, name, row[name]), _note(t, result, row, name)) for name in FACTS if _said(name, row)])
    _certainty(t, result, row)
    if district is None:
        st.caption(t("gaps.choose"))


def _said(name: str, row: Any) -> bool:
    return name != "coverage" or not is_unknown(row["coverage"])


def _note(t: Texts, result: GapResult, row: Any, name: str) -> str:
    if name == "target_population":
        group = data.catalogue().target_groups[result.target_group]
        secret = t.plural("gaps.secret_cells", int(row["cells_secret"])) if row["cells_secret"] else ""
        return "; ".join(part for part in (group.label.of(t.language), group.note.of(t.language), secret) if part)
    if name == "share_beyond" and not is_unknown(row["share_beyond_low"]) and row["share_beyond_low"] != row["share_beyond_high"]:
        return t("gaps.between", low=t.percent(row["share_beyond_low"]), high=t.percent(row["share_beyond_high"]))
    if name == "places_known":
        state = t(f"inventory.{row['inventory_state']}")
        expected = "" if is_unknown(row["expected_count"]) else ", " + t("gaps.expected", expected=int(row["expected_count"]))
        return f"{t('sources.inventory.state')}: {state}, {t.date(row['inventory_date'])}{expected}"
    if name in {"median_nearest_m", "mean_third_m"}:
        return located_text(t, result)
    if name == "access_e2sfca_per_1000":
        return t(f"gaps.capacity.{result.capacity.basis}")
    return ""


def located_text(t: Texts, result: GapResult) -> str:
    """Say that walks are measured only to the places whose position is known; empty if all are."""
    city = result.level("city").iloc[0]
    known, unlocated = int(city["places_known"]), int(city["places_unlocated"])
    return t("gaps.located", located=known - unlocated, known=known) if unlocated else ""


def _reason(t: Texts, row: Any) -> None:
    params = {"known": int(row["places_known"]), "unlocated": int(row["places_unlocated"]), "known_capacity": 0,
              "expected": None if is_unknown(row["expected_count"]) else int(row["expected_count"]),
              "most": None if is_unknown(row["target_population_max"]) else int(row["target_population_max"])}  # fmt: skip
    st.markdown(t(row["reason"], **params))


def _certainty(t: Texts, result: GapResult, row: Any) -> None:
    if is_unknown(row["draws_gap"]):
        return
    draws = result.settings.draws
    st.caption(t("gaps.robust", gap=round(float(row["draws_gap"]) * draws), draws=draws))


def standard_text(t: Texts, result: GapResult) -> str:
    """Say which standard was used, whose it is, and whether the value is the visitor's own."""
    standard = result.standard
    if standard is None:
        return t("gaps.standard.none")
    value = t.number(standard.value, digits=0 if float(standard.value).is_integer() else 1)
    if standard.own:
        return t("gaps.standard.is_own", value=value, unit=t(f"gaps.own_unit.{standard.unit}"))
    return t(
        "gaps.standard.is", value=value, unit=standard.unit, jurisdiction=standard.jurisdiction or t("common.unknown"),
        year=str(standard.year or t("common.date_unknown")), status=standard.status or t("common.unknown"),
    )


def sources(t: Texts, result: GapResult) -> list[str]:
    """Name where the numbers of the page come from."""
    notes = [t("gaps.source.population"), t("gaps.source.streets")]
    if result.standard is not None and result.standard.source_title:
        notes.append(result.standard.source_title)
    places = data.filtered_places(kinds=(result.kind,))
    return notes + sorted(set(places["source_licence"].dropna()))
