"""What can be chosen on the gaps page, and the settings of the analysis made from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.access import Decay
from geo.standards import OwnValue, applicable
from views import areas, data, fresh, gaps_classes, ui, walking
from views.state import Choice, Selection

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from geo.gap_settings import GapSettings
    from geo.gaps import GapResult
    from views.texts import Texts

FIRST_KIND = "primary_school"
DEFAULT_STANDARD, OWN_STANDARD = "default", "own"
STALE_MONTHS = (0, 6, 12, 24, 36, 60)
OWN_UNITS = ("m", "min", "persons_per_unit")
MEASURES = (
    "verdict", "share_beyond", "mean_nearest_m", "median_nearest_m", "mean_third_m", "places_per_1000", "coverage",
    "opportunities", "gravity", "access_2sfca_per_1000", "access_e2sfca_per_1000", "draws_gap",
)  # fmt: skip


def choices() -> list[Choice]:
    """Return everything that the gaps page can be asked."""
    kinds = tuple(data.catalogue().kinds)
    standards = tuple(data.catalogue().standards)
    return [
        ui.LANGUAGE_CHOICE,
        Choice("kind", kinds, FIRST_KIND if FIRST_KIND in kinds else kinds[0]),
        areas.district_choice(),
        areas.quarter_choice(),
        Choice("measure", MEASURES, "mean_nearest_m"),
        Choice("classes", gaps_classes.SCHEMES, gaps_classes.SCHEMES[0]),
        Choice("standard", (DEFAULT_STANDARD, OWN_STANDARD, *standards), DEFAULT_STANDARD),
        Choice("own_value", (0, 100_000), 800.0, number=True),
        Choice("own_unit", OWN_UNITS, OWN_UNITS[0]),
        *walking.choices(),
        Choice("decay", tuple(map(str, Decay)), str(Decay.HARD)),
        Choice("width", (0, 5_000), 200.0, number=True),
        Choice("group", ("", *data.counted_groups()), ""),
        Choice("stale_months", STALE_MONTHS, 0),
        Choice("stale_weight", (0, 1), 0.5, number=True),
    ]


def settings(selection: Selection) -> GapSettings:
    """Return the settings of the analysis that the selection asks for."""
    own = None
    standard_id = None if selection["standard"] in {DEFAULT_STANDARD, OWN_STANDARD} else selection["standard"]
    if selection["standard"] == OWN_STANDARD:
        own = OwnValue(float(selection["own_value"]), selection["own_unit"])
    found = replace(
        walking.settings(selection),
        standard_id=standard_id,
        own=own,
        target_group=selection["group"] or None,
        **_softness(selection),
    )
    if selection["stale_months"]:
        since = fresh.today() - timedelta(days=round(365.25 / 12 * selection["stale_months"]))
        return replace(found, fresh_since=since.isoformat(), stale_weight=float(selection["stale_weight"]))
    return found


def _softness(selection: Selection) -> dict[str, Any]:
    soft = selection["decay"] != Decay.HARD
    return {"decay": Decay(selection["decay"]), "width_m": float(selection["width"]) if soft else 0.0}


def show(t: Texts, selection: Selection) -> DeltaGenerator:
    """Write the side column: what, for whom, by which standard, how people walk; return the place for `show_classes`."""
    kinds = data.catalogue().kinds
    with st.sidebar:
        st.selectbox(
            t("gaps.kind"),
            sorted(kinds, key=lambda kind: kinds[kind].plural.of(t.language).casefold()),
            format_func=lambda kind: kinds[kind].plural.of(t.language),
            **selection.bind("kind"),
        )
        st.selectbox(
            t("gaps.measure"), MEASURES, format_func=lambda name: t(f"gaps.measure.{name}"), **selection.bind("measure")
        )
        slot = st.container()
        areas.place_box(t, selection)
        with st.expander(t("gaps.standard"), expanded=True):
            _standard(t, selection)
        walking.show(t, selection)
        with st.expander(t("gaps.stale"), expanded=False):
            _stale(t, selection)
    return slot


def show_classes(t: Texts, selection: Selection, result: GapResult, slot: DeltaGenerator) -> None:
    """Write into `slot` how the map is cut into classes, as far as the measure and its standard leave a choice."""
    offered = gaps_classes.schemes(result, selection["measure"])
    if selection["classes"] not in offered:
        selection["classes"] = gaps_classes.SCHEMES[0]
    if offered:
        slot.selectbox(
            t("gaps.classes"), offered, format_func=lambda name: t(f"gaps.classes.{name}"), **selection.bind("classes")
        )


def _stale(t: Texts, selection: Selection) -> None:
    """Write from which age on places count less, and how much."""
    st.selectbox(
        t("gaps.stale.months"),
        STALE_MONTHS,
        format_func=lambda months: t("gaps.stale.after", months=months) if months else t("gaps.stale.off"),
        help=t("gaps.stale.help"),
        **selection.bind("stale_months"),
    )
    if selection["stale_months"]:
        st.number_input(t("gaps.stale.weight"), 0.0, 1.0, step=0.1, format="%g", **selection.bind("stale_weight"))


def _standard(t: Texts, selection: Selection) -> None:
    standards = data.catalogue().standards
    fitting = applicable(data.gap_inputs().standard_rows, selection["kind"])
    if selection["standard"] not in (DEFAULT_STANDARD, OWN_STANDARD, *fitting):
        selection["standard"] = DEFAULT_STANDARD

    def name(choice: str) -> str:
        if choice in (DEFAULT_STANDARD, OWN_STANDARD):
            return t(f"gaps.standard.{choice}")
        entry = standards[choice]
        value = t.number(entry.value, digits=0 if entry.value is None or float(entry.value).is_integer() else 1)
        return f"{entry.jurisdiction} {entry.year or ''}: {value} {entry.unit}"

    st.selectbox(
        t("gaps.standard.choose"),
        (DEFAULT_STANDARD, *fitting, OWN_STANDARD),
        format_func=name,
        **selection.bind("standard"),
    )
    if selection["standard"] == OWN_STANDARD:
        left, right = st.columns(2)
        left.number_input(t("gaps.own_value"), 0.0, 100_000.0, step=50.0, format="%g", **selection.bind("own_value"))
        right.selectbox(
            t("gaps.own_unit"),
            OWN_UNITS,
            format_func=lambda unit: t(f"gaps.own_unit.{unit}"),
            **selection.bind("own_unit"),
        )
    st.selectbox(
        t("gaps.decay"),
        tuple(map(str, Decay)),
        format_func=lambda form: t(f"gaps.decay.{form}"),
        help=t("gaps.decay.help"),
        **selection.bind("decay"),
    )
    if selection["decay"] != Decay.HARD:
        st.number_input(t("gaps.decay.width"), 0.0, 5_000.0, step=50.0, format="%g", **selection.bind("width"))
    groups = data.catalogue().target_groups
    st.selectbox(
        t("gaps.group"),
        ("", *data.counted_groups()),
        format_func=lambda group: groups[group].label.of(t.language) if group else t("gaps.group.default"),
        **selection.bind("group"),
    )
