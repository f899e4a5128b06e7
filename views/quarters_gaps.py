"""Gap analysis of an own Quartier: it stands in the tables as a district of its own (`geo.quarter.inputs_with`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.profile import AREA_IN_GAPS
from views import data, quarters_model, ui

if TYPE_CHECKING:
    import pandas as pd

    from geo.gap_settings import GapSettings
    from geo.gaps import GapResult
    from geo.inputs import GapInputs
    from views.state import Selection
    from views.texts import Texts


def inputs(key: str) -> GapInputs:
    """Return the inputs of the analysis in which the Quartier is a district of its own."""
    from geo.quarter import inputs_with

    return data.kept("quarter_inputs", key, make=lambda: inputs_with(data.gap_inputs(), quarters_model.area(key)))


def result(key: str, kind: str, settings: GapSettings) -> GapResult:
    """Return the analysis of a kind; of it only the row of the Quartier itself means anything."""
    from geo.gaps import gap_table

    return data.kept(
        "quarter_gap",
        key,
        kind,
        repr(settings),
        make=lambda: gap_table(inputs(key), data.reach(settings.walk), kind, settings),
    )


def row(key: str, kind: str, settings: GapSettings) -> pd.Series:
    """Return the row of the Quartier in the table of districts."""
    return result(key, kind, settings).level("district").set_index("area_id").loc[AREA_IN_GAPS]


def table(districts: GapResult) -> pd.DataFrame:
    """Return one row for every Quartier that fits the city, with the columns of the districts' table."""
    import pandas as pd

    shapes = quarters_model.shapes()
    found = [_shown(key, row(key, districts.kind, districts.settings)) for key in shapes]
    return pd.DataFrame(found, columns=districts.areas.columns).assign(area_name=[name for name, _ in shapes.values()])


def _shown(key: str, found: pd.Series) -> pd.Series:
    """Return a row without figures where those about people are withheld: nothing was counted, which is not zero."""
    if not quarters_model.area(key).withheld:
        return found
    kept = {
        "kind",
        "target_group",
        "area_level",
        "area_id",
        "area_name",
        "verdict",
        "inventory_state",
        "inventory_date",
    }
    return found.where(found.index.isin(list(kept)))


def withheld(selection: Selection) -> bool:
    """Tell whether a Quartier is chosen of which no figures about people are shown."""
    return selection["quarter"] is not None and quarters_model.area(selection["quarter"]).withheld


def say_withheld(t: Texts, selection: Selection) -> None:
    """Say that the chosen Quartier has no card, and why."""
    from geo.quarter import MINIMUM_POPULATION

    st.header(ui.literal(quarters_model.names()[selection["quarter"]]), anchor=False)
    st.info(t("profile.people.withheld", minimum=MINIMUM_POPULATION))
    st.markdown(t("profile.gaps.withheld"))


def chosen(selection: Selection, districts: GapResult) -> tuple[GapInputs, GapResult, int | None]:
    """Return inputs, result and number of the chosen district or Quartier; no number = the whole city."""
    key = selection["quarter"]
    if key is None:
        return data.gap_inputs(), districts, selection["district"]
    return inputs(key), result(key, districts.kind, districts.settings), AREA_IN_GAPS
