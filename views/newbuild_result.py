"""The requirement sheet worked out, on the screen: first what is short and when, then the years, then the places around."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from exchange.dossier.model import Table
from geo.newbuild_assumptions import AGES
from geo.newbuild_output import AGE_GROUPS
from views import charts, data, newbuild_charts, newbuild_words, profile_blocks, ui
from views.state import Choice

if TYPE_CHECKING:
    from geo.newbuild_result import Line, Requirement
    from views.state import Selection
    from views.texts import Texts

_RESIDENTS = "residents"


def choice(demands: list[str]) -> Choice:
    """Return the choice ``demand`` of the address line: what the chart shows."""
    return Choice("demand", (_RESIDENTS, *demands), _RESIDENTS)


def show(t: Texts, selection: Selection, result: Requirement) -> None:
    """Write the summary, the table of demands, chart and numbers by year, and the places around."""
    st.header(t("newbuild.result"), anchor=False)
    ui.facts(facts(t, result))
    st.html(profile_blocks.table_html(overview(t, result)))
    if not all(line.certain for line in result.lines):
        st.markdown(t("newbuild.tell"))
    st.caption(t("newbuild.rounding"))
    _years(t, selection, result)
    _places(t, result)


def facts(t: Texts, result: Requirement) -> list[tuple[str, str, str]]:
    """Return the figures that come first."""
    sheet = result.sheet
    total = result.people.sum(axis=2)
    filled = sheet.years.index(sheet.end)
    children = result.residents(0, 17)
    top = int(children[1].argmax())
    span = t("newbuild.fact.span", start=str(sheet.start), end=str(sheet.end))
    return [
        (t("newbuild.fact.dwellings"), t.number(sheet.total), span),
        (t("newbuild.fact.filled", year=str(sheet.end)), t.number(total[1, filled]), _between(t, total[:, filled])),
        (t("newbuild.fact.last", year=str(sheet.until)), t.number(total[1, -1]), _between(t, total[:, -1])),
        (t("newbuild.fact.children", year=str(sheet.years[top])), t.number(children[1, top]), _between(t, children[:, top])),
    ]  # fmt: skip


def _between(t: Texts, values: object) -> str:
    low, _, high = (float(value) for value in values)  # type: ignore[attr-defined]
    return t("newbuild.spread", low=t.number(low), high=t.number(high))


def overview(t: Texts, result: Requirement) -> Table:
    """Return the table of demands: first year that is short, greatest need, what exists, by which value."""
    rows, notes = [], {}
    for at, line in enumerate(result.lines):
        rule = result.assumptions[line.demand.name]
        cells = [
            newbuild_words.first_short(t, result, line),
            newbuild_words.peak(t, result, line),
            newbuild_words.existing(t, line),
            newbuild_words.standard(t, line, rule),
        ]
        rows.append((newbuild_words.label(t, rule), *(words for words, _ in cells)))
        notes |= {(at, column): note for column, (_, note) in enumerate(cells, 1) if note}
        classes = _classes(t, result, line)
        if classes:
            notes[at, 2] = f"{notes.get((at, 2), '')}; {classes}"
    head = tuple(t(f"newbuild.head.{name}") for name in ("demand", "short", "peak", "existing", "value"))
    return Table(t("newbuild.table"), head, tuple(rows), notes)


def _classes(t: Texts, result: Requirement, line: Line) -> str:
    from geo.newbuild_demand import SCHOOL, whole

    if result.classes is None or line.demand.name != SCHOOL:
        return ""
    return t.plural("newbuild.classes", whole(float(result.classes[1].max())))


def _years(t: Texts, selection: Selection, result: Requirement) -> None:
    st.header(t("newbuild.by_year"), anchor=False)
    lines = {line.demand.name: line for line in result.lines}
    options = [_RESIDENTS, *lines]
    st.selectbox(
        t("newbuild.chart"),
        options,
        format_func=lambda name: _name(t, result, name),
        width=420,
        **selection.bind("demand"),
    )
    chosen = selection["demand"]
    line = lines.get(chosen)
    name = _name(t, result, chosen)
    if line is None:
        table = residents_table(t, result)
        chart = newbuild_charts.residents(t, result)
        described = t("newbuild.chart.residents.alt")
    else:
        table = demand_table(t, result, line)
        chart = newbuild_charts.demand(t, result, line, name)
        described = t("newbuild.chart.demand.alt", name=name)
    said = "; ".join(f"{row[0]}: {row[1 if line is None else 2]}" for row in table.rows)
    charts.show(t, chart, describe=f"{described} {said}", key=f"nb_chart_{chosen}")
    if line is None:
        st.html(newbuild_charts.legend_html(t))
    st.caption(t("newbuild.chart.middle" if line is None else "newbuild.chart.band"))
    with st.expander(t("newbuild.numbers")):
        st.html(profile_blocks.table_html(table))


def _name(t: Texts, result: Requirement, name: str) -> str:
    return t("newbuild.residents") if name == _RESIDENTS else newbuild_words.label(t, result.assumptions[name])


def residents_table(t: Texts, result: Requirement) -> Table:
    """Return residents by year: all with spread, and the middle variant by age group."""
    groups = [result.residents(first, last)[1] for first, last in AGE_GROUPS]
    total = result.residents(0, AGES - 1)
    rows = [
        (str(year), t.number(total[1, at]), t.number(total[0, at]), t.number(total[2, at]),
         *(t.number(values[at]) for values in groups), t.number(result.care[1, at]))
        for at, year in enumerate(result.sheet.years)
    ]  # fmt: skip
    head = (
        t("newbuild.year"), t("newbuild.all"), *(t(f"newbuild.all.{name}") for name in ("low", "high")),
        *(newbuild_charts.group_name(t, *ages) for ages in AGE_GROUPS), t("newbuild.in_care"),
    )  # fmt: skip
    return Table(t("newbuild.residents.table"), head, tuple(rows))


def demand_table(t: Texts, result: Requirement, line: Line) -> Table:
    """Return one demand by year: low, middle and high need, what is short, what is short at most."""
    rows = [
        (
            str(year),
            *(newbuild_words.amount(t, line.required[variant, at], line) for variant in range(3)),
            newbuild_words.amount(t, line.shortfall[1, at], line) if line.certain else t("common.unknown"),
            newbuild_words.amount(t, line.at_most[1, at], line),
        )
        for at, year in enumerate(result.sheet.years)
    ]
    head = (
        t("newbuild.year"), *(t("newbuild.need", variant=name) for name in newbuild_words.variants(t)),
        t("newbuild.short"), t("newbuild.at_most"),
    )  # fmt: skip
    return Table(_name(t, result, line.demand.name), head, tuple(rows))


def _places(t: Texts, result: Requirement) -> None:
    """List the places that count, with walk and capacity."""
    st.header(t("newbuild.around"), anchor=False)
    names = _place_names()
    found = False
    for line in result.lines:
        supply = line.supply
        if not supply.location_ids:
            continue
        found = True
        rows = tuple(
            (
                names.get(place, place),
                t.distance(walk),
                t("newbuild.counted") if line.demand.whole else t.number(capacity),
            )
            for place, walk, capacity in zip(supply.location_ids, supply.walk_m, supply.capacity, strict=True)
        )
        label = newbuild_words.label(t, result.assumptions[line.demand.name])
        with st.expander(ui.literal(t("newbuild.around.one", name=label, count=len(rows)))):
            head = (t("newbuild.place"), t("newbuild.walk"), t("newbuild.capacity"))
            st.html(profile_blocks.table_html(Table(label, head, rows)))
    if not found:
        st.markdown(t("newbuild.around.none"))
    st.caption(t("newbuild.around.method"))


def _place_names() -> dict[str, str]:
    places = data.frame("locations")
    return dict(zip(places["id"].astype(str), places["name"].astype(str), strict=True))
