"""Charts that pages share: words and numbers in the page's language, own data only, nothing fetched from anywhere.

Altair is imported when a chart is drawn, not when a page is. Every chart has an alternative text; its marks are hidden
from screen readers, because Vega names them in English, and the same numbers stand in a table beside the chart.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt
    import pandas as pd

    from views.texts import Texts

ACCENT, OTHER, QUIET = "#2a8792", "#d55e00", "#8a9294"
INKS = {"light": "#1d272b", "dark": "#edf1f1"}
HEIGHT = 380
_POINT = 110
_LINE = 46
_AROUND = 90  # pixels for axis and title: Streamlit fits them into the height


def show(
    t: Texts, chart: alt.Chart | alt.LayerChart | alt.FacetChart, *, describe: str, key: str | None = None
) -> None:
    """Draw a chart over the whole width; ``describe`` is its alternative text."""
    quiet = chart.configure(locale=_locale(t), aria=False).configure_mark(aria=False)
    readable = quiet.configure_axis(labelLimit=220, titleLimit=600).configure_text(color=ink())
    st.altair_chart(readable, alt=describe, key=key)


def ink() -> str:
    """Return the colour of words inside a chart: Vega knows nothing of the page's theme and would write black."""
    return INKS.get(str(getattr(st.context.theme, "type", None)), QUIET)


def _locale(t: Texts) -> dict[str, Any]:
    german = t.language == "de"
    return {
        "number": {
            "decimal": "," if german else ".",
            "thousands": "." if german else ",",
            "grouping": [3],
            "currency": ["", ""],
            "percent": "\u00a0%" if german else "%",
        }
    }


def scatter(rows: pd.DataFrame, *, x: str, y: str, name: str, named: Sequence[Any] = ()) -> alt.LayerChart:
    """Return points of two measures.

    ``rows``: ``x``, ``y``, ``name``, ``colour`` (#rrggbb), ``x_text``, ``y_text``; the arguments are titles. Points in
    ``named`` (values of ``name``) carry their name.
    """
    import altair as alt

    base = alt.Chart(rows, height=HEIGHT + 60).encode(
        x=alt.X("x:Q", title=_lines(x), scale=alt.Scale(zero=False, nice=True)),
        y=alt.Y("y:Q", title=_lines(y), scale=alt.Scale(zero=False, nice=True)),
        tooltip=[alt.Tooltip("name:N", title=name), alt.Tooltip("x_text:N", title=x), alt.Tooltip("y_text:N", title=y)],
    )
    points = base.mark_point(filled=True, size=_POINT, stroke="#555555", strokeWidth=0.8, opacity=1).encode(
        color=alt.Color("colour:N", scale=None)
    )
    layers = [points]
    if len(named):
        words = base.transform_filter(alt.FieldOneOfPredicate(field="name", oneOf=list(named)))
        layers.append(words.mark_text(align="left", dx=8, dy=-6, fontSize=12).encode(text="name:N"))
    return alt.layer(*layers)


def lorenz(
    people: Sequence[float], amount: Sequence[float], *, x: str, y: str, equal: str, real: str
) -> alt.LayerChart:
    """Return a Lorenz curve beside the line on which everybody has the same; ``equal`` and ``real`` name both lines."""
    import altair as alt
    import pandas as pd

    rows = pd.concat(
        [
            pd.DataFrame({"people": people, "amount": amount, "line": real}),
            pd.DataFrame({"people": [0.0, 1.0], "amount": [0.0, 1.0], "line": equal}),
        ]
    )
    share = {"scale": alt.Scale(domain=[0, 1]), "axis": alt.Axis(format=".0%", tickCount=5)}
    colours = alt.Scale(domain=[real, equal], range=[ACCENT, QUIET])
    return (
        alt.Chart(rows, height=HEIGHT)
        .mark_line(strokeWidth=3)
        .encode(
            x=alt.X("people:Q", title=x, **share),
            y=alt.Y("amount:Q", title=y, **share),
            color=alt.Color("line:N", title=None, scale=colours, legend=alt.Legend(orient="top")),
            strokeDash=alt.StrokeDash(
                "line:N", scale=alt.Scale(domain=[real, equal], range=[[1, 0], [6, 5]]), legend=None
            ),
        )
    )


def bars(rows: pd.DataFrame, *, value: str, name: str) -> alt.LayerChart:
    """Return one bar per row, with its range if it has one.

    ``rows``: ``name``, ``value``, ``text`` (the value in words), ``low``, ``high`` (NaN = no range); the arguments are
    titles.
    """
    import altair as alt

    rows = rows.assign(end=rows[["value", "high"]].max(axis=1))
    base = alt.Chart(rows, height=_AROUND + 36 * len(rows)).encode(
        y=_names(rows),
        tooltip=[alt.Tooltip("name:N", title=name), alt.Tooltip("text:N", title=value)],
    )
    shown = base.mark_bar(height=18, color=ACCENT).encode(x=alt.X("value:Q", title=_lines(value)))
    ranges = base.transform_filter("isValid(datum.low) && datum.low < datum.high").mark_rule(strokeWidth=3, color=OTHER)
    words = base.mark_text(align="left", dx=6).encode(x="end:Q", text="text:N")
    return alt.layer(shown, ranges.encode(x="low:Q", x2="high:Q"), words)


def pairs(rows: pd.DataFrame, *, value: str, name: str, one: str, other: str) -> alt.LayerChart:
    """Return two values per row as two points joined by a line.

    ``rows``: ``name``, ``one``, ``other``, ``one_text``, ``other_text``; the arguments are titles, and names of both.
    """
    import altair as alt
    import pandas as pd

    long = pd.concat(
        [
            rows.assign(at=rows[each], label=label)[["name", "at", "label", "one_text", "other_text"]]
            for each, label in (("one", one), ("other", other))
        ]
    )
    y = _names(rows)
    x_scale = alt.Scale(zero=False)
    line = (
        alt.Chart(rows)
        .mark_rule(color=QUIET, strokeWidth=2)
        .encode(y=y, x=alt.X("one:Q", title=_lines(value), scale=x_scale), x2="other:Q")
    )
    colours = alt.Scale(domain=[one, other], range=[ACCENT, OTHER])
    shapes = alt.Scale(domain=[one, other], range=["circle", "diamond"])
    legend = alt.Legend(orient="top", symbolSize=_POINT, columns=1, labelLimit=420)
    points = (
        alt.Chart(long)
        .mark_point(filled=True, size=_POINT, opacity=1)
        .encode(
            y=y,
            x=alt.X("at:Q", title=_lines(value), scale=x_scale),
            color=alt.Color("label:N", title=None, scale=colours, legend=legend),
            shape=alt.Shape("label:N", title=None, scale=shapes, legend=legend),
            tooltip=[
                alt.Tooltip("name:N", title=name),
                alt.Tooltip("one_text:N", title=one),
                alt.Tooltip("other_text:N", title=other),
            ],
        )
    )
    return alt.layer(line, points).properties(height=_AROUND + 60 + 26 * len(rows))


def _lines(title: str) -> list[str]:
    """Break a long title: Vega would cut it off."""
    return textwrap.wrap(title, _LINE)


def _names(rows: pd.DataFrame) -> alt.Y:
    """Return the axis of names, in the order of the rows; none is left out."""
    import altair as alt

    return alt.Y("name:N", sort=list(rows["name"]), title=None, axis=alt.Axis(labelOverlap=False))
