"""Who was not reached: participants by age, language and district, as far as they chose to say, beside the population."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from exchange.workshop import protocol_people as words
from geo.participation import FEWEST_SAID, FEWEST_SHOWN
from views import charts, data, session_model, tables, ui

if TYPE_CHECKING:
    from exchange.workshop.evening import Evening
    from geo.participation import Dimension, Group
    from store.workshop import Participation, Session
    from views.texts import Texts

FEWEST_DRAWN = 2


def dimensions(session: Session, counted: Participation) -> tuple[Dimension, ...]:
    """Return who took part in a session beside the population of its area; empty where the area is not known."""
    from workshop.protocol_command import compared

    area = session_model.area_of(session)
    return () if area is None else compared(data.frame, area, session, counted)


def show(t: Texts, evening: Evening) -> None:
    """Write one table and one small chart for each question."""
    st.subheader(t("protocol.people"), anchor=False)
    channels = [
        f"{t(f'session.channel.{name}')} {t.number(count)}" for name, count in evening.channels.items() if count
    ]
    if channels:
        st.caption(t("protocol.people.channels", channels=", ".join(channels)))
    if not evening.participants:
        st.info(t("protocol.people.nobody"))
        return
    st.markdown(t("protocol.people.text", fewest=FEWEST_SHOWN, said=FEWEST_SAID))
    names = {str(number): name for number, name in data.district_names().items()}
    for one in evening.people:
        _dimension(t, one, names)


def _dimension(t: Texts, one: Dimension, names: dict[str, str]) -> None:
    st.markdown(f"**{t(f'protocol.people.{one.name}')}**")
    st.caption(t("protocol.people.said", said=one.said, total=one.total, unsaid=one.unsaid))
    missing = ", ".join(words.name(t, one.name, value, names) for value in one.missing)
    if missing:
        st.warning(ui.literal(t("protocol.people.missing", groups=missing)))
    rows = [words.cells(t, one, group, names) for group in one.groups]
    table = pd.DataFrame(rows, columns=[t(f"protocol.people.{column}") for column in words.COLUMNS])
    tables.show(t, table, alt=t(f"protocol.people.{one.name}"), key=f"people_{one.name}")
    drawn = [group for group in one.groups if not isnan(group.share) and not isnan(group.population.share)]
    if one.said >= FEWEST_SAID and len(drawn) >= FEWEST_DRAWN:
        _chart(t, one, drawn, names)
    ui.sources(t, [words.source(t, group) for group in one.groups])


def _chart(t: Texts, one: Dimension, drawn: list[Group], names: dict[str, str]) -> None:
    rows = pd.DataFrame(
        {
            "name": [words.name(t, one.name, group.value, names) for group in drawn],
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
