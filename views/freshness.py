"""Keep entries fresh: a work list with the oldest first, one click to confirm, review links for organisations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import streamlit as st

from views import areas, data, entry_history, entry_save, entry_words, navigation, quarters_model, storage, ui
from views.state import Choice, Selection

if TYPE_CHECKING:
    import pandas as pd

    from views.texts import Texts

AT_ONCE = 20
STALE, ALL = "stale", "all"


def page() -> None:
    """Show the work list."""
    t = ui.texts()
    organizations = entry_words.titles(t, "organizations")
    selection = Selection(
        [
            ui.LANGUAGE_CHOICE, areas.district_choice(), areas.quarter_choice(), Choice("organization", tuple(organizations)),
            Choice("fresh", (STALE, ALL), STALE),
        ]
    )  # fmt: skip
    ui.header(t, selection, title=t("freshness.title"), lead=t("freshness.lead"))
    storage.banner(t)
    entry_save.show_notice(t)
    with st.sidebar:
        areas.place_box(t, selection)
        st.selectbox(
            t("choice.organization"), list(organizations), format_func=organizations.__getitem__, index=None,
            filter_mode="contains", placeholder=t("freshness.every"), **selection.bind("organization"),
        )  # fmt: skip
        st.radio(
            t("choice.fresh"),
            (STALE, ALL),
            format_func=lambda name: t(f"freshness.show.{name}"),
            **selection.bind("fresh"),
        )
    if storage.role() is not None:
        _list(t, selection)
        _links(t, selection["organization"], organizations)
    selection.publish()
    if st.session_state.pop("freshness_open", False):
        st.switch_page(navigation.pages()["entry"])


def _list(t: Texts, selection: Selection) -> None:
    rows = _rows(selection)
    stale = int(rows["stale"].sum())
    st.markdown(t("freshness.count", stale=stale, total=len(rows)))
    if selection["fresh"] == STALE:
        rows = rows[rows["stale"]]
    if rows.empty:
        st.success(t("freshness.nothing"))
        return
    st.header(t("freshness.list"), anchor=False)
    for row in rows.head(AT_ONCE).to_dict("records"):
        _row(t, row)
    if len(rows) > AT_ONCE:
        st.caption(t("freshness.more", count=len(rows) - AT_ONCE))


def _rows(selection: Selection) -> pd.DataFrame:
    from store import work_list

    def make() -> pd.DataFrame:
        return work_list(
            storage.reading(),
            storage.actor(),
            organization_id=selection["organization"],
            district_id=selection["district"],
        )

    key = (selection["organization"], selection["district"], storage.may_read_internal(), date.today())  # noqa: DTZ011
    rows = data.kept("work_list", *key, make=make)
    return rows if selection["quarter"] is None else _in_quarter(rows, selection["quarter"])


def _in_quarter(rows: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return places inside a Quartier, and other entries of the districts it touches."""
    wanted = {str(number) for number in quarters_model.area(key).district_ids}
    touched = rows["district_ids"].map(lambda text: bool(wanted & set(str(text).split(";")))).astype(bool)
    is_place = rows["resource"] == "locations"
    return rows[(is_place & rows["id"].isin(quarters_model.places_in(key))) | (~is_place & touched)]


def _row(t: Texts, row: dict[str, Any]) -> None:
    """Write one entry: what it is, when it was last known to be true, and the button that says it still is."""
    from store import Operation

    name = entry_words.titles(t, row["resource"]).get(row["id"], row["title"])
    with st.container(border=True, key=f"fresh_{row['id']}"):
        left, right = st.columns([5, 2], vertical_alignment="center")
        with left:
            st.button(
                ui.literal(name),
                key=f"open_{row['id']}",
                type="tertiary",
                on_click=_open,
                args=(row["resource"], row["id"]),
            )
            st.caption(
                ui.literal(
                    " · ".join(filter(None, (entry_words.kind_label(t, row["resource"]), _owner(row), age(t, row))))
                )
            )
        if storage.may(Operation.CONFIRM):
            right.button(
                t("entry.confirm"), key=f"confirm_{row['id']}", on_click=confirm_now, args=(t, row["resource"], row["id"]),
                width="stretch",
            )  # fmt: skip


def _owner(row: dict[str, Any]) -> str:
    return (
        row["organization_name"]
        if isinstance(row["organization_name"], str) and row["resource"] != "organizations"
        else ""
    )


def age(t: Texts, row: dict[str, Any]) -> str:
    """Say when an entry was last known to be true, and how that is known."""
    if not isinstance(row["last_known"], str):
        return t("freshness.age_unknown")
    return t(f"freshness.basis.{row['basis']}", date=t.date(row["last_known"]))


def confirm_now(t: Texts, name: str, entry_id: str, actor: Any = None) -> None:
    """Confirm one entry."""
    from store import confirm
    from store.errors import StateError

    def act(store: Any) -> bool:
        confirm(store, actor or storage.actor(), name, [entry_id])
        return True

    try:
        done = storage.write(t, act)
    except StateError as problem:
        ui.error(t, problem)
        return
    if done:
        entry_save.notice("entry.confirmed_now")


def _open(name: str, key: str) -> None:
    st.session_state["selection"] |= {"resource": name, "entry": key}
    st.session_state["freshness_open"] = True


def _links(t: Texts, organization: str | None, names: dict[str, str]) -> None:
    """Make a review link for the chosen organisation; list and withdraw those that were given out."""
    from store import Operation

    if not storage.may(Operation.MANAGE_LINKS):
        return
    st.header(t("freshness.links"), anchor=False)
    st.markdown(t("freshness.links.text"))
    if organization is None:
        st.info(t("freshness.links.choose"))
    else:
        days = st.number_input(t("freshness.links.days"), 1, 366, 30, key="link_days", width=220)
        if st.button(t("freshness.links.make", name=ui.literal(names[organization])), key="link_make"):
            _made(t, organization, int(days))
        if st.session_state.get("link_made", ("", ""))[0] == organization:
            st.success(t("freshness.links.made"))
            st.code(st.session_state["link_made"][1], language=None, wrap_lines=True)
    _given_out(t, names)


def _made(t: Texts, organization: str, days: int) -> None:
    from store import issue_link

    token = storage.write(t, lambda store: issue_link(store, storage.actor(), organization, days=days))
    if token is not None:
        st.session_state["link_made"] = (organization, f"{urljoin(st.context.url or '', 'pruefen')}?link={token}")


def _given_out(t: Texts, names: dict[str, str]) -> None:
    from store import links

    valid = [link for link in links(storage.reading(), storage.actor()) if link.revoked_at is None]
    if not valid:
        return
    with st.expander(t("freshness.links.list", count=len(valid))):
        for link in valid:
            left, right = st.columns([5, 2], vertical_alignment="center")
            name = ui.literal(names.get(link.organization_id, link.organization_id))
            left.markdown(t("freshness.links.one", name=name, until=entry_history.moment(t, link.expires_at)))
            right.button(
                t("freshness.links.revoke"),
                key=f"revoke_{link.id}",
                on_click=_revoke,
                args=(t, link.id),
                width="stretch",
            )


def _revoke(t: Texts, link_id: str) -> None:
    from store import revoke_link

    storage.write(t, lambda store: revoke_link(store, storage.actor(), link_id) or True)
    st.session_state.pop("link_made", None)
