"""Which areas an area is compared with: those most like it by the rates made from the population cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.area import named_area
from geo.district_rates import RATES, district_rate
from geo.figures import cell_rate
from geo.similar import similar_districts

if TYPE_CHECKING:
    from geo.area import Area, AreaLevel
    from geo.catalogue import Load
    from geo.inputs import GapInputs

FEWEST_SHARED: Final = 5
_OWN: Final = -1  # row of an area that is no district or borough itself


@dataclass(frozen=True, slots=True)
class Peer:
    """An area like another one: `difference` in standard deviations over `shared` rates."""

    area_id: int
    name: str
    difference: float
    shared: int


def peer_rates(load: Load, inputs: GapInputs, level: AreaLevel) -> pd.DataFrame:
    """Return the rates of all districts or boroughs: one row per official number."""
    if level != "borough":
        base = inputs.districts[inputs.districts["district_id"].isin(load("districts")["district_id"])]
        rates = {name: district_rate(inputs, name)["value"] for name in RATES}
        return pd.DataFrame(rates).loc[list(base["district_id"])]
    numbers = sorted({int(number) for number in load("districts")["borough_id"]})
    rows = {}
    for number in numbers:
        area = named_area(load, "borough", number)
        rows[number] = {name: cell_rate(load, inputs.cells, area, name).value for name in RATES}
    return pd.DataFrame.from_dict(rows, orient="index")


def peers(load: Load, inputs: GapInputs, area: Area, values: pd.DataFrame, *, count: int = 3) -> list[Peer]:
    """Return the areas most like `area`: of a borough boroughs, else districts; none of the whole city.

    The districts an own Quartier is joined from are no peers of it.

    Parameters
    ----------
    load, inputs
        Frames and population cells.
    area
        What is compared.
    values
        From `peer_rates` for its level.
    count
        How many, at most.
    """
    if area.level == "city":
        return []
    own = _OWN if area.level == "quarter" else int(area.id)
    if own == _OWN:
        rates = {name: cell_rate(load, inputs.cells, area, name).value for name in RATES}
        others = values.drop(index=[number for number in area.district_ids if area.whole])
        values = pd.concat([others, pd.DataFrame(rates, index=[_OWN])])
    found = similar_districts(values, list(RATES), count=count, min_shared=FEWEST_SHARED)
    mine = found[found["area"] == own]
    level: AreaLevel = "borough" if area.level == "borough" else "district"
    names = _names(load, level)
    return [
        Peer(int(row["similar"]), names[int(row["similar"])], float(row["difference"]), int(row["shared"]))
        for row in mine.to_dict("records")
    ]


def _names(load: Load, level: AreaLevel) -> dict[int, str]:
    rows = load("districts")
    ids, names = ("borough_id", "borough") if level == "borough" else ("district_id", "name")
    return {int(number): str(name) for number, name in zip(rows[ids], rows[names], strict=True)}
