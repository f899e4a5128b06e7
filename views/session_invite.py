"""Invite: the code and its QR picture, large enough for a wall; the projector; a link for a second host."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from geo.workshop import spaced_code
from layers.escape import html_text
from views import entry_history, session_model, storage, ui

if TYPE_CHECKING:
    from store.workshop import Feed, HostLink, Session
    from views.texts import Texts

_OWN = {"localhost", "127.0.0.1", "::1", ""}
_MADE = "session_host_link"
_ADDRESS = "session_address"
_LONGEST = 200


def join_link(session: Session) -> str:
    """Return the address that phones open: where the operator or the host said, else this computer's in its network."""
    from workshop.live import join_address

    typed = str(st.session_state.get(_ADDRESS) or "")
    here = session_model.address(str(st.context.url or ""), "")
    return join_address(session.code, seen=typed or here, environment={} if typed else os.environ)


def show(t: Texts, found: Feed) -> None:
    """Write code, QR picture, the address, and what to do where phones cannot reach this computer."""
    session = found.session
    if session.phase == "draft":
        st.info(t("session.invite.draft"))
    elif session.phase == "closed":
        st.info(t("session.invite.closed"))
    link = join_link(session)
    left, right = st.columns([2, 3], gap="large", vertical_alignment="center")
    with left:
        st.image(qr_picture(link), alt=t("session.invite.qr", code=spaced_code(session.code)), width="stretch")
    with right:
        shown = link.split("://", 1)[-1].rsplit("/", 1)[0]
        st.html(
            f'<p class="qk-join">{html_text(t("session.invite.go"))}<br><strong>{html_text(shown)}</strong><br>'
            f"{html_text(t('session.invite.code'))}<br><b>{html_text(spaced_code(session.code))}</b></p>"
        )
        st.code(link, language=None, wrap_lines=True)
    _reach(t)
    _second(t, session)
    with st.expander(t("session.invite.new_code")):
        st.markdown(t("session.invite.new_code.text"))
        st.button(t("session.invite.new_code.now"), key="session_new_code", on_click=_new_code, args=(t, session))


def qr_picture(link: str) -> bytes:
    """Return the QR code of a link as PNG, with the white border that readers need."""
    import segno

    out = io.BytesIO()
    segno.make(link, error="m").save(out, kind="png", scale=12, border=4)
    return out.getvalue()


def _reach(t: Texts) -> None:
    """Warn where the program serves this computer only; another address for the phones can be typed."""
    closed = _serves_only_itself()
    if closed:
        st.warning(t("session.invite.local"))
    with st.expander(t("session.invite.address"), expanded=closed):
        st.text_input(
            t("session.invite.address.field"), placeholder="http://192.168.178.20:8501/", max_chars=_LONGEST,
            key="session_address_field", help=t("session.invite.address.help"), on_change=_typed,
        )  # fmt: skip
        if st.session_state.get("session_address_bad"):
            st.warning(t("session.invite.address.bad"))


def _serves_only_itself() -> bool:
    """Tell whether no phone can reach the program: it listens to this computer only, and nobody named another address."""
    here = urlsplit(str(st.context.url or "")).hostname or ""
    named = bool(st.session_state.get(_ADDRESS) or os.environ.get("QK_ADDRESS", "").strip())
    return not named and here in _OWN and str(st.get_option("server.address") or "") in _OWN - {""}


def _typed() -> None:
    """Take an address that begins with http and names a host; empty goes back to the page's own."""
    text = str(st.session_state["session_address_field"]).strip()
    try:
        parts = urlsplit(text if "://" in text or not text else f"http://{text}")
        good = not text or (parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0)
    except ValueError:
        good = False
    st.session_state["session_address_bad"] = not good
    if good:
        st.session_state[_ADDRESS] = parts.geturl().rstrip("/") + "/" if text else ""


def _new_code(t: Texts, session: Session) -> None:
    from store.workshop import new_join_code

    session_model.do(
        t,
        lambda store, who: new_join_code(store, who, session.id, version=session.version),
        done="session.invite.new_code.done",
    )


def _second(t: Texts, session: Session) -> None:
    """Write the link for a second host: made new each time, because the store keeps no secret; withdrawn with one click."""
    from store.workshop import host_links

    with st.expander(t("session.second"), expanded=st.session_state.get(_MADE, ("",))[0] == session.id):
        st.markdown(t("session.second.text"))
        st.button(t("session.second.make"), key="session_second_make", on_click=_make, args=(t, session))
        kept, made = st.session_state.get(_MADE, ("", ""))
        if kept == session.id:
            st.code(made, language=None, wrap_lines=True)
            st.caption(t("session.second.once"))
        valid = [one for one in host_links(storage.reading(), session_model.actor(), session.id) if not one.revoked_at]
        for one in valid:
            _valid(t, session, one)


def _valid(t: Texts, session: Session, one: HostLink) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"host_link_{one.id}"):
        until = entry_history.moment(t, one.expires_at)
        st.markdown(ui.literal(t("session.second.valid", until=until)), width="content")
        st.button(
            t("session.second.revoke"), key=f"host_link_revoke_{one.id}", type="tertiary", on_click=_revoke,
            args=(t, session, one.id),
        )  # fmt: skip


def _make(t: Texts, session: Session) -> None:
    from store.workshop import issue_host_link

    token = session_model.do(t, lambda store, who: issue_host_link(store, who, session.id))
    if token is not None:
        base = join_link(session).rsplit("/w/", 1)[0]
        st.session_state[_MADE] = (session.id, f"{base}/runde?host={token}")


def _revoke(t: Texts, session: Session, link_id: str) -> None:
    from store.workshop import revoke_host_link

    session_model.do(
        t,
        lambda store, who: revoke_host_link(store, who, session.id, link_id) or True,
        done="session.second.revoked",
    )
    st.session_state.pop(_MADE, None)
