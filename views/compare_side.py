"""Districts side by side: their figures with date, level and source, and the districts most like them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from layers.escape import html_text
from views import compare_places, data, facts, profile_model, quarters_facts, quarters_model, ui

if TYPE_CHECKING:
    from views.compare_places import Place
    from views.state import Selection
    from views.texts import Texts

PEOPLE = "population"
SIMILAR, FEWEST_SHARED = 5, 5


def show(t: Texts, selection: Selection) -> list[str]:
    """Write the part; return its sources."""
    districts = compare_places.chosen(selection)
    codes = [code for code in (PEOPLE, *facts.comparable_codes()) if _somebody_knows(code, districts)]
    st.html(_table(t, districts, codes))
    st.caption(t("compare.side.text"))
    _similar(t, districts)
    if compare_places.quarters(selection):
        st.caption(t("compare.quarters.method"))
    rows = [_rows(code, districts).dropna(subset=["value"]) for code in codes]
    return [facts.source(t, source) for values in rows for source in values["source"]]


def _rows(code: str, districts: list[Place]) -> pd.DataFrame:
    """Return a figure of the compared districts and Quartiere."""
    own = [place for place in districts if isinstance(place, str)]
    return quarters_facts.with_quarters(code, own).reindex(districts)


def _somebody_knows(code: str, districts: list[Place]) -> bool:
    return bool(_rows(code, districts)["value"].notna().any())


def _table(t: Texts, districts: list[Place], codes: list[str]) -> str:
    names = compare_places.names()
    head = "".join(
        f'<th scope="col">{html_text(names[each])}<small>{html_text(compare_places.belongs(t, each))}</small></th>'
        for each in districts
    )
    body = "".join(_row(t, code, districts) for code in codes)
    return (
        f'<div class="qk-scroll" tabindex="0" role="region" aria-label="{html_text(t("compare.table"))}">'
        f'<table class="qk-compare"><thead><tr><th scope="col">{html_text(t("compare.figure"))}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _row(t: Texts, code: str, districts: list[Place]) -> str:
    """Return one line; an origin that all values share stands once, below the figure's name."""
    rows = [row for _, row in _rows(code, districts).iterrows()]
    origins = {facts.origin(t, row) for row in rows if pd.notna(row["value"])}
    shared = origins.pop() if len(origins) == 1 else ""
    cells = "".join(f"<td>{_cell(t, code, row, own_origin=not shared)}</td>" for row in rows)
    return f'<tr><th scope="row">{html_text(facts.name(t, code))}{_small(shared)}</th>{cells}</tr>'


def _cell(t: Texts, code: str, row: pd.Series, *, own_origin: bool) -> str:
    if pd.isna(row["value"]):
        return html_text(t("common.unknown"))
    notes = []
    if row["low"] < row["high"]:
        low, high = (t.number(row[name], digits=facts.fact(code).digits) for name in ("low", "high"))
        notes.append(t("compare.between", low=low, high=high))
    if own_origin:
        notes.append(facts.origin(t, row))
    return html_text(facts.written(t, code, row["value"])) + _small("; ".join(notes))


def _small(note: str) -> str:
    return f"<small>{html_text(note)}</small>" if note else ""


def variables() -> list[str]:
    """Return what districts are compared by when the most similar are looked for: the rates from the cells."""
    return [code for codes in facts.GROUPS.values() for code in codes]


def similar() -> pd.DataFrame:
    """Return the most similar districts of all districts, see `geo.similar.similar_districts`."""
    return data.kept("similar", make=_similar_districts)


def _similar_districts() -> pd.DataFrame:
    from geo.similar import similar_districts

    values = pd.DataFrame({code: facts.fact(code).by_district["value"] for code in variables()})
    return similar_districts(values, variables(), count=SIMILAR, min_shared=FEWEST_SHARED)


def _similar_to(t: Texts, place: Place) -> pd.DataFrame:
    """Return the districts most like a district or Quartier."""
    if isinstance(place, int):
        found = similar()
        return found[found["area"] == place]
    maker = profile_model.maker(t)
    like = [asdict(peer) | {"similar": peer.area_id} for peer in maker.peers(quarters_model.area(place))]
    return pd.DataFrame(like, columns=["similar", "difference", "shared"])


def _similar(t: Texts, districts: list[Place]) -> None:
    names = compare_places.names()
    st.subheader(t("compare.similar"), anchor=False)
    listed = ", ".join(facts.name(t, code) for code in variables())
    st.markdown(t("compare.similar.text", count=len(variables())))
    for column, district in zip(st.columns(len(districts)), districts, strict=True):
        with column:
            st.markdown(f"**{t('compare.similar.to', district=ui.literal(names[district]))}**")
            rows = _similar_to(t, district)
            lines = [
                t(
                    "compare.similar.line",
                    district=names[row["similar"]],
                    difference=t.number(row["difference"], digits=2),
                    shared=row["shared"],
                )
                for _, row in rows.iterrows()
            ]
            st.markdown("\n".join(f"{at}. {line}" for at, line in enumerate(lines, 1)) or t("compare.similar.none"))
    st.caption(t("compare.similar.variables", names=listed))
