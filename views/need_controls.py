"""What can be chosen on the need page: figures and their weights, their scale, and the supply to compare with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.need import Scale
from views import areas, data, facts, need_model, supply, ui, walking
from views.state import Choice, Selection

if TYPE_CHECKING:
    from views.texts import Texts

PARTS = ("index", "supply", "equity")
SCALES = tuple(str(scale) for scale in Scale)
_SUPPLY_MEASURES = ("access", "within", "opportunities")


def choices() -> list[Choice]:
    """Return everything that this page can be asked for."""
    return [
        ui.LANGUAGE_CHOICE,
        Choice("part", PARTS, PARTS[0]),
        areas.district_choice(),
        areas.quarter_choice(),
        Choice("weights", need_model.allowed(), need_model.default(), many=True),
        Choice("scale", SCALES, SCALES[0]),
        Choice("kind", supply.kinds(), supply.default_kind()),
        Choice("supply", _SUPPLY_MEASURES, _SUPPLY_MEASURES[0]),
        Choice("known", (False, True), False),
        *walking.choices(),
    ]


def part(t: Texts, selection: Selection) -> str:
    """Write the switch between the three parts of the page and return the chosen one."""
    st.segmented_control(
        t("need.part"),
        PARTS,
        format_func=lambda name: t(f"need.part.{name}"),
        required=True,
        label_visibility="collapsed",
        **selection.bind("part"),
    )
    return str(selection["part"])


def show(t: Texts, selection: Selection) -> None:
    """Write the side column."""
    with st.sidebar:
        if selection["part"] != "index":
            _supply(t, selection)
            walking.show(t, selection)
        _weights(t, selection)
        st.radio(
            t("need.scale"),
            SCALES,
            format_func=lambda name: t(f"need.scale.{name}"),
            help=t("need.scale.help"),
            **selection.bind("scale"),
        )


def _supply(t: Texts, selection: Selection) -> None:
    names = {kind: supply.kind_name(t, kind) for kind in supply.kinds()}
    st.selectbox(
        t("need.kind"),
        sorted(names, key=lambda kind: names[kind].casefold()),
        format_func=names.__getitem__,
        **selection.bind("kind"),
    )
    st.radio(
        t("need.measure"),
        _SUPPLY_MEASURES,
        format_func=lambda name: t(f"need.measure.{name}"),
        **selection.bind("supply"),
    )


def _weights(t: Texts, selection: Selection) -> None:
    st.markdown(f"**{t('need.weights')}**")
    st.caption(t("need.weights.help", most=need_model.HEAVIEST))
    weights = need_model.read(selection["weights"])
    for group, codes in facts.need_codes().items():
        if not codes:
            continue
        used = sum(code in weights for code in codes)
        title = t(f"need.group.{group}") + (f" ({used})" if used else "")
        with st.expander(title, expanded=group == "age", key=f"weights_{group}"):
            for code in codes:
                _slider(t, selection, code, weights.get(code, 0))
    st.button(t("need.weights.reset"), on_click=_reset, args=(selection,), key="weights_reset", width="stretch")


def _slider(t: Texts, selection: Selection, code: str, weight: int) -> None:
    key = f"widget_weight_{code}"
    st.session_state[key] = weight
    st.slider(
        facts.name(t, code),
        0,
        need_model.HEAVIEST,
        step=1,
        key=key,
        help=_about(t, code),
        on_change=_weigh,
        args=(selection, code, key),
    )


def _about(t: Texts, code: str) -> str:
    """Return unit, reading, date, level, source and how many districts have a value."""
    return data.kept("about_figure", code, t.language, make=lambda: _described(t, code))


def _described(t: Texts, code: str) -> str:
    found = facts.fact(code)
    known = found.by_district.dropna(subset=["value"]).drop_duplicates(["reference_date", "value_level", "source"])
    origins = list(dict.fromkeys(facts.origin(t, row) for _, row in known.iterrows()))
    sign = t("need.sign.more" if found.need_sign > 0 else "need.sign.less")
    count = t("need.known", known=found.known, total=len(found.by_district))
    rest = t("need.origins_more", count=len(origins) - 2) if len(origins) > 2 else ""  # noqa: PLR2004
    lines = [f"{facts.unit(t, code)}. {sign}", count, *origins[:2], rest]
    return "  \n".join(ui.literal(line) for line in lines if line)


def _weigh(selection: Selection, code: str, key: str) -> None:
    weights = need_model.read(selection["weights"])
    selection["weights"] = need_model.write(weights | {code: int(st.session_state[key])})


def _reset(selection: Selection) -> None:
    selection["weights"] = need_model.default()
