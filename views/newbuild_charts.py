"""Charts of the requirement sheet: residents by age group, and one demand with its low and high variant."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

import pandas as pd

from geo.newbuild_output import AGE_GROUPS
from layers.escape import html_text
from views.charts import ACCENT, HEIGHT, OTHER

if TYPE_CHECKING:
    import altair as alt

    from geo.newbuild_result import Line, Requirement
    from views.texts import Texts

# light to dark, as in the viridis family: neighbours differ in brightness, so that they can be told apart without colour
SHADES = ("#f2d16b", "#d9b13b", "#c98a2d", "#b8653a", "#9c4a55", "#7a4a78", "#53548c", "#35617f", "#1f4f58")


def group_name(t: Texts, first: int, last: int) -> str:
    """Return the name of an age group."""
    if (first, last) == AGE_GROUPS[-1]:
        return t("newbuild.age.open", first=first)
    return t("newbuild.age", first=first, last=last)


def legend_html(t: Texts) -> str:
    """Return the age groups with their colours, oldest last; it breaks over lines as the window is wide."""
    return (
        '<ul class="qk-legend">'
        + "".join(_entry(t, ages, shade) for ages, shade in zip(AGE_GROUPS, SHADES, strict=True))
        + "</ul>"
    )


def _entry(t: Texts, ages: tuple[int, int], shade: str) -> str:
    square = f'<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><path fill="{shade}" d="M1 1h14v14h-14z"/></svg>'
    picture = b64encode(square.encode()).decode()
    return f'<li><img alt="" src="data:image/svg+xml;base64,{picture}">{html_text(group_name(t, *ages))}</li>'


def residents(t: Texts, result: Requirement) -> alt.LayerChart:
    """Return stacked bars of residents by age group and year, middle variant."""
    import altair as alt

    names = [group_name(t, first, last) for first, last in AGE_GROUPS]
    rows = pd.DataFrame(
        [
            {"year": str(year), "group": name, "rank": rank, "value": value, "text": t.number(value)}
            for rank, (name, ages) in enumerate(zip(names, AGE_GROUPS, strict=True))
            for year, value in zip(result.sheet.years, result.residents(*ages)[1].tolist(), strict=True)
        ]
    )
    bars = (
        alt.Chart(rows, height=HEIGHT)
        .mark_bar(stroke="white", strokeWidth=0.5)
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("value:Q", title=t("newbuild.chart.residents.axis"), stack="zero"),
            color=alt.Color("group:N", title=None, sort=names, legend=None,
                            scale=alt.Scale(domain=names, range=list(SHADES))),
            order=alt.Order("rank:Q"),
            tooltip=[
                alt.Tooltip("year:N", title=t("newbuild.year")),
                alt.Tooltip("group:N", title=t("newbuild.chart.group")),
                alt.Tooltip("text:N", title=t("newbuild.chart.residents.axis")),
            ],
        )
    )  # fmt: skip
    return alt.layer(bars)


def demand(t: Texts, result: Requirement, line: Line, title: str) -> alt.LayerChart:
    """Return what one demand needs by year: middle variant with the range between low and high, and what exists."""
    import altair as alt

    low, middle, high = (line.required[at] for at in range(3))
    years = [str(year) for year in result.sheet.years]
    digits = 1 if line.demand.whole else 0
    rows = pd.DataFrame({"year": years, "low": low, "middle": middle, "high": high})
    rows["text"] = [t.number(value, digits=digits) for value in middle]
    rows["range"] = [t("newbuild.spread", low=t.number(a, digits=digits), high=t.number(b, digits=digits))
                     for a, b in zip(low, high, strict=True)]  # fmt: skip
    need, free = t("newbuild.chart.need"), t("newbuild.chart.free")
    x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True))
    base = alt.Chart(rows, height=HEIGHT - 80).encode(x=x)
    y_title = alt.Y("high:Q", title=title)
    band = base.mark_area(color=ACCENT, opacity=0.22).encode(y=y_title, y2="low:Q")
    tips = [
        alt.Tooltip("year:N", title=t("newbuild.year")),
        alt.Tooltip("text:N", title=need),
        alt.Tooltip("range:N", title=t("newbuild.chart.range")),
    ]
    drawn = rows.assign(line=need)
    known = line.supply.free[1]
    colours = alt.Scale(domain=[need, free] if known == known else [need], range=[ACCENT, OTHER])  # noqa: PLR0124 -- NaN
    colour = alt.Color("line:N", title=None, scale=colours, legend=alt.Legend(orient="top", labelLimit=420))
    curve = alt.Chart(drawn).mark_line(strokeWidth=3, point={"filled": True, "size": 50}).encode(
        x=x, y="middle:Q", color=colour, tooltip=tips
    )  # fmt: skip
    layers = [band, curve]
    if known == known:  # noqa: PLR0124 -- NaN is not itself
        rule = alt.Chart(pd.DataFrame({"free": [known], "line": [free]}))
        layers.append(rule.mark_rule(strokeWidth=3, strokeDash=[6, 5]).encode(y="free:Q", color=colour))
    return alt.layer(*layers)
