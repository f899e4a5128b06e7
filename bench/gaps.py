"""The gap analysis of the whole city: all kinds × all measures × all cells, within 2 seconds."""

import resource

from bench.compare import Comparison, within_budget
from geo.gap_settings import GapSettings
from geo.gaps import gap_table, measure_reach
from geo.inputs import GapInputs, load_inputs
from geo.sources import open_package
from scripts.serve import ROOT

BUDGET_S = 2.0


def run() -> list[Comparison]:
    """Measure with and without the random draws for places of unknown location."""
    inputs = load_inputs(open_package(ROOT / "data"))
    kinds = len(inputs.kind_names)
    whole_city(inputs, draws=0)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = f"{kinds} kinds, {len(inputs.cells):,} cells, streets (process at most {peak_mb:.0f} MB)"
    one_kind = GapSettings()
    reach = measure_reach(inputs, one_kind.walk)
    return [
        within_budget(f"all measures, {size}", lambda: whole_city(inputs, draws=0), BUDGET_S),
        within_budget(
            "one kind after a change of the threshold",
            lambda: len(gap_table(inputs, reach, "primary_school", one_kind).areas),
            1.0,
        ),
    ]


def whole_city(inputs: GapInputs, *, draws: int) -> int:
    """Measure the streets and analyse every kind; return the number of rows."""
    settings = GapSettings(draws=draws)
    reach = measure_reach(inputs, settings.walk)
    return sum(len(gap_table(inputs, reach, kind, settings).areas) for kind in inputs.kind_names)
