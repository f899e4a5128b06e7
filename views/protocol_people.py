"""Who was not reached: participants by age, language and district, as far as they chose to say, beside the population."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo.participation import FEWEST_SAID, FEWEST_SHOWN
from views import charts, data, session_model, tables, ui

if TYPE_CHECKING:
    from geo.participation import Dimension, Group
    from store.workshop import Participation, Session
    from views.texts import Texts

FEWEST_DRAWN = 2


def dimensions(session: Session, counted: Participation) -> tuple[Dimension, ...]:
    """Return who took part in a session beside the population of its area; empty where the area is not known."""
    from geo.participation_ground import participation

    area = session_model.area_of(session)
    if area is None:
        return ()
    return participation(
        data.frame,
        data.frame("population_cells"),
        area,
        by_age=counted.by_age_group,
        by_language=counted.by_language,
        by_district=counted.by_district,
    )


def show(t: Texts, session: Session, counted: Participation) -> None:
    """Write one table and one small chart for each question."""
    st.subheader(t("protocol.people"), anchor=False)
    channels = ", ".join(
        f"{t(f'session.channel.{name}')} {t.number(count)}" for name, count in counted.channels.items()
    )
    st.markdown(t("protocol.people.text", fewest=FEWEST_SHOWN, said=FEWEST_SAID))
    if channels:
        st.caption(t("protocol.people.channels", channels=channels))
    if not counted.participants:
        st.info(t("protocol.people.nobody"))
        return
    for one in dimensions(session, counted):
        _dimension(t, one)


def _dimension(t: Texts, one: Dimension) -> None:
    st.markdown(f"**{t(f'protocol.people.{one.name}')}**")
    st.caption(t("protocol.people.said", said=one.said, total=one.total, unsaid=one.unsaid))
    missing = ", ".join(_name(t, one.name, value) for value in one.missing)
    if missing:
        st.warning(ui.literal(t("protocol.people.missing", groups=missing)))
    tables.show(t, _table(t, one), alt=t(f"protocol.people.{one.name}"), key=f"people_{one.name}")
    drawn = [group for group in one.groups if not isnan(group.share) and not isnan(group.population.share)]
    if one.said >= FEWEST_SAID and len(drawn) >= FEWEST_DRAWN:
        _chart(t, one, drawn)
    ui.sources(t, [_source(t, group) for group in one.groups])


def _table(t: Texts, one: Dimension) -> pd.DataFrame:
    """Return the table of a dimension; hidden counts and unknown shares are words, never 0."""
    return pd.DataFrame(
        {
            t("protocol.people.group"): [_name(t, one.name, group.value) for group in one.groups],
            t("protocol.people.count"): [_count(t, one, group) for group in one.groups],
            t("protocol.people.share"): [_share(t, group) for group in one.groups],
            t("protocol.people.population"): [_population(t, group) for group in one.groups],
            t("protocol.people.verdict"): [t(f"protocol.verdict.{group.verdict}") for group in one.groups],
        }
    )


def _count(t: Texts, one: Dimension, group: Group) -> str:
    if not one.said:
        return t("common.unknown")
    return t("protocol.people.hidden") if group.count is None else t.number(group.count)


def _share(t: Texts, group: Group) -> str:
    if group.count is None:
        return t("protocol.people.hidden")
    if isnan(group.share):
        return t("common.unknown")
    return t(
        "protocol.people.range", share=t.percent(group.share), low=t.percent(group.low), high=t.percent(group.high)
    )


def _population(t: Texts, group: Group) -> str:
    found = group.population
    text = t.percent(found.share)
    notes = [t(f"protocol.proxy.{found.proxy}")] if found.proxy else []
    notes += [found.of] if found.of else []
    return f"{text} ({', '.join(notes)})" if notes and not isnan(found.share) else text


def _name(t: Texts, dimension: str, value: str) -> str:
    if dimension == "district" and value.isdecimal():
        return data.district_names().get(int(value), value)
    key = f"protocol.{dimension}.{value}"
    return t(key) if t.has(key) else value


def _chart(t: Texts, one: Dimension, drawn: list[Group]) -> None:
    rows = pd.DataFrame(
        {
            "name": [_name(t, one.name, group.value) for group in drawn],
            "one": [100 * group.share for group in drawn],
            "other": [100 * group.population.share for group in drawn],
            "one_text": [t.percent(group.share) for group in drawn],
            "other_text": [t.percent(group.population.share) for group in drawn],
        }
    )
    name = t(f"protocol.people.{one.name}")
    chart = charts.pairs(
        rows, value=t("protocol.people.percent"), name=name, one=t("protocol.people.share"),
        other=t("protocol.people.population"),
    )  # fmt: skip
    charts.show(t, chart, describe=t("protocol.people.chart", name=name), key=f"people_chart_{one.name}")


def _source(t: Texts, group: Group) -> str:
    found = group.population
    if isnan(found.share):
        return ""
    source = t("protocol.people.cells") if found.source == "population_cells" else found.source
    return f"{source}, {t.date(found.date)}" if source else ""
