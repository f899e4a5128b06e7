"""How people walk: speed and way of measuring. Chosen once, it holds on every page that measures walks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.gap_settings import GapSettings
from geo.reach import Method, Walk
from geo.speeds import WALKING_KMH, Pace
from views import data
from views.state import Choice, Selection

if TYPE_CHECKING:
    from views.texts import Texts

OWN = "own"
SLOWEST, FASTEST = 0.5, 15.0


def choices() -> list[Choice]:
    """Return what can be chosen: ``pace``, ``own_kmh`` and ``method``."""
    return [
        Choice("pace", (*map(str, Pace), OWN), str(Pace.STANDARD)),
        Choice("own_kmh", (SLOWEST, FASTEST), 4.0, number=True),
        Choice("method", tuple(map(str, Method)), str(Method.NETWORK)),
    ]


def settings(selection: Selection) -> GapSettings:
    """Return the standard settings at the chosen speed; without a street graph distances are straight lines."""
    without_streets = data.gap_inputs().network is None
    walk = Walk(method=Method.LINE if without_streets else Method(selection["method"]))
    if selection["pace"] == OWN:
        return GapSettings(walk=walk, own_kmh=float(selection["own_kmh"]))
    return GapSettings(walk=walk, pace=Pace(selection["pace"]))


def show(t: Texts, selection: Selection) -> None:
    """Write the controls, folded away."""
    with st.expander(t("gaps.walking"), expanded=False):
        st.radio(
            t("gaps.method"),
            tuple(map(str, Method)),
            format_func=lambda name: t(f"gaps.method.{name}"),
            **selection.bind("method"),
        )
        st.radio(
            t("gaps.pace"),
            (*map(str, Pace), OWN),
            format_func=lambda name: pace_name(t, name),
            **selection.bind("pace"),
        )
        if selection["pace"] == OWN:
            own_kmh(t("gaps.own_kmh"), **selection.bind("own_kmh"))


def own_kmh(label: str, **bound: Any) -> None:
    """Ask for an own walking speed."""
    st.number_input(label, SLOWEST, FASTEST, step=0.1, format="%g", **bound)


def pace_name(t: Texts, name: str) -> str:
    """Return a walking speed in words."""
    return t("gaps.pace.own") if name == OWN else t(f"gaps.pace.{name}", kmh=WALKING_KMH[Pace(name)])
