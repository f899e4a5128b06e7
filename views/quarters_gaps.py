"""Gap analysis of an own Quartier: it stands in the tables as a district of its own (`geo.quarter.inputs_with`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.profile import AREA_IN_GAPS
from views import data, quarters_model

if TYPE_CHECKING:
    import pandas as pd

    from geo.gap_settings import GapSettings
    from geo.gaps import GapResult
    from geo.inputs import GapInputs
    from views.state import Selection


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
    found = [row(key, districts.kind, districts.settings) for key in shapes]
    return pd.DataFrame(found, columns=districts.areas.columns).assign(area_name=[name for name, _ in shapes.values()])


def chosen(selection: Selection, districts: GapResult) -> tuple[GapInputs, GapResult, int | None]:
    """Return inputs, result and number of the chosen district or Quartier; no number = the whole city."""
    key = selection["quarter"]
    if key is None:
        return data.gap_inputs(), districts, selection["district"]
    return inputs(key), result(key, districts.kind, districts.settings), AREA_IN_GAPS
