"""What would come in: places on the map, every problem by row and column, doubles to decide on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from views import data, entry_words, map_layers, mapview, storage, tables, ui

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from exchange.duplicates import Match
    from exchange.place_rows import PlaceRow
    from exchange.plan import Decision
    from exchange.problems import RowProblem
    from exchange.session import ImportSession
    from layers.maplayer import MapLayer
    from views.texts import Texts

MOST_POINTS, MOST_PROBLEMS, AT_ONCE = 5_000, 1_000, 20
ACTIONS = ("same", "merge", "different")


def content() -> Any:
    """Return what is there now, with versions."""
    from exchange.content import content_of_store

    return data.kept(
        "content", storage.may_read_internal(), make=lambda: content_of_store(storage.reading(), actor=storage.actor())
    )


def show(t: Texts, session: ImportSession) -> None:
    """Write the places on the map."""
    st.header(t("import.preview"), anchor=False)
    on_map(t, session.places, key="import")


def on_map(t: Texts, rows: Sequence[PlaceRow], *, key: str) -> None:
    """Write the places that have a position on a map, and how many have one."""
    placed = [row for row in rows if row.values.get("lon") is not None and row.values.get("lat") is not None]
    st.markdown(t("import.preview.text", placed=len(placed), total=len(rows)))
    if len(placed) > MOST_POINTS:
        st.caption(t("import.preview.most", most=MOST_POINTS))
    mapview.show_map(t, [_layer(t, placed[:MOST_POINTS])] if placed else [], key=key, height=420)


def _layer(t: Texts, rows: Sequence[PlaceRow]) -> MapLayer:
    import geopandas as gpd

    from geo.crs import METRIC_CRS, from_lonlat
    from layers.points import point_layer

    symbols = map_layers.symbols(t)
    fallback = next(iter(symbols))
    frame = gpd.GeoDataFrame(
        {
            "id": [str(row.number) for row in rows],
            "name": [str(row.values.get("name") or "") for row in rows],
            "kind": [row.values.get("kind") if row.values.get("kind") in symbols else fallback for row in rows],
        },
        geometry=from_lonlat([row.values["lon"] for row in rows], [row.values["lat"] for row in rows]),
        crs=METRIC_CRS,
    )
    return point_layer("import", frame, symbols=symbols, columns={"id": "id", "title": "name", "symbol": "kind"})


def problems(t: Texts, found: Sequence[RowProblem]) -> None:
    """List every problem by row and column, errors first."""
    st.header(t("import.problems"), anchor=False)
    errors = sum(each.severity == "error" for each in found)
    if not found:
        st.success(t("import.problems.none"))
        return
    st.markdown(t("import.problems.text", errors=errors, rest=len(found) - errors))
    listed = sorted(found, key=lambda each: (each.severity != "error", each.row or 0))
    st.markdown("\n".join(_sentence(t, each) for each in listed[:AT_ONCE]))
    if len(listed) > AT_ONCE:
        with st.expander(t("import.problems.all", count=len(listed))):
            _problem_table(t, listed)


def _sentence(t: Texts, each: RowProblem) -> str:
    """Return one problem as a line: where, what is wrong, what to do."""
    parts = [t("import.problems.row_number", row=each.row) if each.row is not None else "", each.column or ""]
    where = ui.literal(", ".join(part for part in parts if part))
    what = ui.literal(ui.message(t, each.key, {"value": each.value, **each.params}))
    return f"- {t(f'import.severity.{each.severity}')} · **{where}**: {what}"


def _problem_table(t: Texts, found: Sequence[RowProblem]) -> None:
    listed = found[:MOST_PROBLEMS]
    table = pd.DataFrame(
        {
            t("import.problems.row"): pd.array([each.row for each in listed], dtype="Int64"),
            t("import.problems.column"): [each.column for each in listed],
            t("import.problems.severity"): [t(f"import.severity.{each.severity}") for each in listed],
            t("import.problems.what"): [
                ui.message(t, each.key, {"value": each.value, **each.params}) for each in listed
            ],
        }
    )
    tables.show(t, table, alt=t("import.problems"))
    if len(found) > MOST_PROBLEMS:
        st.caption(t("entry.related.more", count=len(found) - MOST_PROBLEMS))


def doubles(t: Texts, session: ImportSession, matches: Mapping[int, Sequence[Match]]) -> dict[int, Decision]:
    """Write every possible double with both sides; return the decisions."""
    from exchange.plan import proposed_decisions

    decisions = proposed_decisions(matches)
    if not matches:
        return decisions
    st.header(t("import.doubles"), anchor=False)
    st.markdown(t("import.doubles.text", count=len(matches)))
    rows = {row.number: row for row in session.places}
    pages = -(-len(matches) // AT_ONCE)
    page = (
        int(st.number_input(t("import.doubles.page", pages=pages), 1, pages, 1, key="doubles_page", width=220))
        if pages > 1
        else 1
    )
    numbers = sorted(matches)
    for number in numbers[(page - 1) * AT_ONCE : page * AT_ONCE]:
        _double(t, session, rows[number], matches[number][0], decisions[number].action)
    kept = st.session_state.get(_kept_key(session), {})
    return {number: _decided(decision, matches[number][0], kept.get(number)) for number, decision in decisions.items()}


def _kept_key(session: ImportSession) -> str:
    return f"import_decisions_{st.session_state.get('import_file')}_{'' if session.is_hsds else session.grid.name}"


def _decided(proposed: Decision, match: Match, action: str | None) -> Decision:
    from exchange.plan import Decision as Made

    if action is None or action == proposed.action:
        return proposed
    if action != "merge":
        return Made(action)
    return Made(action, match.place_id, other_row=match.other_row)


def _double(t: Texts, session: ImportSession, row: PlaceRow, match: Match, proposed: str) -> None:
    """Write one pair and the three answers; entries of an HSDS file have identifiers and are never merged."""
    there = content().rows("locations").get(match.place_id, {}) if match.place_id else {}
    with st.container(border=True, key=f"double_{row.number}"):
        left, right = st.columns(2, gap="medium")
        left.markdown(f"**{t('import.doubles.new', row=row.number)}**  \n{_side(t, row.values)}")
        if match.place_id:
            right.markdown(f"**{t('import.doubles.there')}**  \n{_side(t, there)}")
        else:
            other = next(each for each in session.places if each.number == match.other_row)
            right.markdown(f"**{t('import.doubles.row', row=match.other_row)}**  \n{_side(t, other.values)}")
        alike = t("import.doubles.alike", score=t.percent(match.score), distance=t.distance(match.distance_m))
        st.caption(alike)
        options = ACTIONS if match.place_id or not session.is_hsds else ("same", "different")
        kept = st.session_state.setdefault(_kept_key(session), {})
        key = f"{_kept_key(session)}_{row.number}"
        st.session_state.setdefault(key, kept.get(row.number, proposed))
        st.radio(
            t("import.doubles.question", row=row.number), options, format_func=lambda name: t(f"import.action.{name}"), key=key,
            horizontal=True, on_change=_decide, args=(session, row.number, key),
        )  # fmt: skip


def _decide(session: ImportSession, number: int, key: str) -> None:
    st.session_state.setdefault(_kept_key(session), {})[number] = st.session_state[key]


def _side(t: Texts, values: Mapping[str, Any]) -> str:
    kind = entry_words.kind_names(t).get(values.get("kind") or "", "")
    street = " ".join(str(values[name]) for name in ("street", "house_number") if values.get(name))
    return "  \n".join(ui.literal(part) for part in (values.get("name"), kind, street) if part)
