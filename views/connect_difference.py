"""What a source says differently: counts, new places on the map, changes field by field, what a person decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from views import entry_words, import_preview, tables, ui

if TYPE_CHECKING:
    from exchange.connect.difference import Finding
    from exchange.connect.run import Prepared
    from exchange.plan import Decision
    from views.texts import Texts

AT_ONCE = 20
LEAVE, MERGE, NEW = "leave", "merge", "new"


def show(t: Texts, prepared: Prepared) -> list[str]:
    """Write the difference; return the fields in which the source shall count."""
    from exchange.connect.command import report

    difference = prepared.difference
    st.header(t("connect.difference"), anchor=False)
    st.markdown(t("connect.asked", day=t.date(prepared.day), data=t.date(prepared.answer.data_date)))
    ui.facts([(t(f"connect.count.{name}"), t.number(count), "") for name, count in difference.counts.items()])
    if not difference.complete:
        st.warning(t("connect.incomplete"))
    name = prepared.definition.name
    st.download_button(
        t("connect.report"), report(prepared), f"unterschied-{name}.json", "application/json", on_click="ignore",
        key="connect_report",
    )  # fmt: skip
    _added(t, prepared)
    overwrite = _changed(t, prepared)
    _gone(t, prepared)
    if prepared.places.problems:
        import_preview.problems(t, prepared.places.problems)
    return overwrite


def _of(prepared: Prepared, state: str) -> list[Finding]:
    return [finding for finding in prepared.difference.findings if finding.state == state]


def _kind(t: Texts, kind: str | None) -> str:
    return entry_words.kind_names(t).get(kind or "", t("common.unknown"))


def _added(t: Texts, prepared: Prepared) -> None:
    found = _of(prepared, "added")
    if not found:
        return
    st.subheader(t("connect.count.added"), anchor=False)
    numbers = {finding.row for finding in found}
    import_preview.on_map(t, [row for row in prepared.places.rows if row.number in numbers], key="connect")
    with st.expander(t("connect.list", count=len(found))):
        tables.show(t, _names(t, [(one.name, one.kind, one.ref) for one in found]), alt=t("connect.count.added"))


def _names(t: Texts, rows: list[tuple[str, str | None, str]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("connect.name"): [name for name, _, _ in rows],
            t("connect.kind"): [_kind(t, kind) for _, kind, _ in rows],
            t("connect.ref"): [ref for _, _, ref in rows],
        }
    )


def _changed(t: Texts, prepared: Prepared) -> list[str]:
    """Write every field that the source adds or has otherwise; gaps are filled, the rest only where it is chosen."""
    found = _of(prepared, "changed")
    if not found:
        return []
    st.subheader(t("connect.count.changed"), anchor=False)
    st.markdown(t("connect.changed.text"))
    lines = [(finding, change) for finding in found for change in finding.changes]
    table = pd.DataFrame(
        {
            t("connect.name"): [finding.name for finding, _ in lines],
            t("connect.field"): [_field(t, change.field) for _, change in lines],
            t("connect.here"): pd.Series([change.here for _, change in lines], dtype="str"),
            t("connect.there"): [change.there for _, change in lines],
        }
    )
    tables.show(t, table, alt=t("connect.count.changed"))
    differing = sorted({change.field for _, change in lines if change.here is not None})
    if not differing:
        return []
    return st.multiselect(
        t("connect.overwrite"), differing, format_func=lambda name: _field(t, name), key="connect_overwrite",
        placeholder=t("connect.overwrite.none"), help=t("connect.overwrite.help"),
    )  # fmt: skip


def _field(t: Texts, name: str) -> str:
    from exchange.connect.difference import COORDINATE
    from store import resource

    return t("entry.pin") if name == COORDINATE else entry_words.field_label(t, resource("locations"), name)


def _gone(t: Texts, prepared: Prepared) -> None:
    found = prepared.difference.gone
    if found:
        st.subheader(t("connect.count.gone"), anchor=False)
        st.markdown(t("connect.gone.text"))
        tables.show(t, _names(t, [(one.name, one.kind, one.place_id) for one in found]), alt=t("connect.count.gone"))


def unsure(t: Texts, prepared: Prepared) -> dict[int, Decision]:
    """Write what may be a known place and let a person decide; what nobody decides is left out."""
    found = _of(prepared, "unsure")
    if not found:
        return {}
    st.subheader(t("connect.count.unsure"), anchor=False)
    st.markdown(t("connect.unsure.text"))
    pages = -(-len(found) // AT_ONCE)
    page = 1
    if pages > 1:
        page = int(st.number_input(t("import.doubles.page", pages=pages), 1, pages, 1, key="unsure_page", width=220))
    for finding in found[(page - 1) * AT_ONCE : page * AT_ONCE]:
        _choice(t, prepared, finding)
    return dict(st.session_state.get(_key(prepared), {}))


def _key(prepared: Prepared) -> str:
    return f"connect_decided_{id(prepared)}"


def _choice(t: Texts, prepared: Prepared, finding: Finding) -> None:
    places = prepared.content.rows("locations")
    known = [match for match in finding.candidates if match.place_id in places][:3]
    options: dict[tuple[str, str | None], str] = {(LEAVE, None): t("connect.action.leave")}
    for match in known:
        place = places[str(match.place_id)]
        words = t("connect.action.merge", name=ui.literal(place["name"]), kind=_kind(t, place["kind"]),
                  distance=t.distance(match.distance_m))  # fmt: skip
        options[MERGE, match.place_id] = words
    options[NEW, None] = t("connect.action.new")
    key = f"{_key(prepared)}_{finding.row}"
    st.radio(
        f"{ui.literal(finding.name)} ({_kind(t, finding.kind)})", list(options), format_func=options.__getitem__,
        key=key, on_change=_decide, args=(prepared, finding.row, key),
    )  # fmt: skip


def _decide(prepared: Prepared, row: int, key: str) -> None:
    from exchange.plan import Decision

    kept: dict[int, Any] = st.session_state.setdefault(_key(prepared), {})
    action, place = st.session_state[key]
    if action == LEAVE:
        kept.pop(row, None)
    else:
        kept[row] = Decision("merge", place) if action == MERGE else Decision("different")
