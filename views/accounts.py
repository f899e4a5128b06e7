"""Who may do what: the own role, and for administrators the table of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from views import entry_history, storage, tables, ui
from views.state import Selection

if TYPE_CHECKING:
    from store import AccountInfo, Store
    from views.texts import Texts

_LONGEST = 255


def page() -> None:
    """Show the own role, what each role may do, and the accounts."""
    t = ui.texts()
    selection = Selection([ui.LANGUAGE_CHOICE])
    ui.header(t, selection, title=t("accounts.title"), lead=t("accounts.lead"))
    storage.banner(t)
    _done(t)
    _own(t)
    _table(t)
    _roles(t)
    selection.publish()


def _own(t: Texts) -> None:
    """Say who the visitor is to the store: a login's identifier is what an administrator needs to know."""
    role, actor = storage.role(), storage.actor()
    name = t(f"accounts.role.{role}") if role else t("accounts.role.none")
    if not storage.login_configured():
        st.info(t("accounts.no_login", role=name))
    elif actor is not None:
        st.markdown(t("accounts.you", role=name))
        st.code(actor.subject, language=None, wrap_lines=True)
        st.button(t("accounts.logout"), on_click=st.logout, key="accounts_logout")


def _roles(t: Texts) -> None:
    """Write what each role may do, from the store's own matrix."""
    from store import PERMISSIONS, Operation
    from store.permissions import ACCOUNT_ROLES

    with st.expander(t("accounts.matrix")):
        table = pd.DataFrame({t("accounts.operation"): [t(f"accounts.may.{one}") for one in Operation]})
        for role in ACCOUNT_ROLES:
            marks = [t("common.yes") if one in PERMISSIONS[role] else t("common.no") for one in Operation]
            table[t(f"accounts.role.{role}")] = marks
        tables.show(t, table, alt=t("accounts.matrix"))


def _table(t: Texts) -> None:
    """Write the accounts and the two forms, for administrators."""
    from store import Operation, StoreError, accounts

    if not storage.may(Operation.MANAGE_ACCOUNTS):
        st.info(t("accounts.not_allowed"))
        return
    try:
        found = accounts(storage.reading(), storage.actor())
    except StoreError as problem:
        ui.error(t, problem)
        return
    st.header(t("accounts.list"), anchor=False)
    if found:
        tables.show(t, _frame(t, found), alt=t("accounts.list"))
    else:
        st.markdown(t("accounts.nobody"))
    _give(t)
    if found:
        _take_away(t, found)


def _frame(t: Texts, found: list[AccountInfo]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("accounts.subject"): [one.subject for one in found],
            t("accounts.label"): pd.Series([one.label for one in found], dtype="str"),
            t("accounts.role"): [t(f"accounts.role.{one.role}") for one in found],
            t("accounts.changed"): [
                f"{entry_history.moment(t, one.changed_at)}, {entry_history.who(t, one.changed_by)}" for one in found
            ],
        }
    )


def _give(t: Texts) -> None:
    """Write the form that gives a login a role; the same login again gets another one."""
    from store.permissions import ACCOUNT_ROLES

    turn = st.session_state.get("accounts_turn", 0)
    with st.form(f"accounts_form_{turn}"):
        st.subheader(t("accounts.give"), anchor=False)
        subject = st.text_input(
            t("accounts.subject"), help=t("accounts.subject.help"), max_chars=_LONGEST, key=f"accounts_subject_{turn}"
        )
        label = st.text_input(
            t("accounts.label"), help=t("accounts.label.help"), max_chars=_LONGEST, key=f"accounts_label_{turn}"
        )
        role = st.selectbox(
            t("accounts.role"), list(ACCOUNT_ROLES), format_func=lambda name: t(f"accounts.role.{name}"),
            key=f"accounts_role_{turn}",
        )  # fmt: skip
        pressed = st.form_submit_button(t("accounts.save"), type="primary")
    if pressed and not subject.strip():
        st.warning(t("accounts.subject.missing"))
    elif pressed and _set(t, subject.strip(), str(role), label.strip() or None):
        st.session_state["accounts_turn"] = turn + 1
        st.rerun()


def _take_away(t: Texts, found: list[AccountInfo]) -> None:
    with st.expander(t("accounts.remove")):
        names = {one.subject: f"{one.label} ({one.subject})" if one.label else one.subject for one in found}
        chosen = st.selectbox(
            t("accounts.subject"), list(names), format_func=names.__getitem__, index=None, key="accounts_remove",
            placeholder=t("entry.choose"),
        )  # fmt: skip
        pressed = st.button(t("accounts.remove.now"), key="accounts_remove_now", disabled=chosen is None)
        if pressed and chosen is not None and _set(t, chosen, None, None):
            st.rerun()


def _set(t: Texts, subject: str, role: str | None, label: str | None) -> bool:
    from store import StoreError, set_role

    def act(store: Store) -> bool:
        set_role(store, storage.actor(), subject, role, label=label)
        return True

    try:
        done = storage.write(t, act)
    except StoreError as problem:  # the last administrator stays
        ui.error(t, problem)
        return False
    if done:
        st.session_state["accounts_done"] = "accounts.removed" if role is None else "accounts.saved"
    return bool(done)


def _done(t: Texts) -> None:
    key = st.session_state.pop("accounts_done", None)
    if key:
        st.success(t(key))
