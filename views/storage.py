"""The only place where pages open the store: which database, who asks, and what a failure looks like.

Nothing is made before the first write: until then an empty store in a temporary folder stands in, so that the pages
read everything in one way.
"""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from geo.folders import DATABASE_NAME, data_folder

if TYPE_CHECKING:
    import pandas as pd

    from store import Actor, Entry, Operation, Role, Store
    from views.texts import Texts

Done = TypeVar("Done")

AGE_S = 1.0
"""How long the known revision counts before it is asked for again: other people's changes show up after that."""
AWAY_S = 3.0
"""How long a database that did not answer is left alone."""
_OWN_HOSTS = {"", "localhost", "127.0.0.1", "[::1]"}
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 -- what is compared with
_LOG = logging.getLogger(__name__)


@dataclass
class _Seen:
    """What was last known about the database: its revision, when, and whether it answered."""

    place: str = ""
    revision: int = 0
    until: float = 0.0
    away: bool = False


_seen = _Seen()


def exists() -> bool:
    """Tell whether there is a store: a database was set, or the file in the data folder has been made."""
    return bool(os.environ.get("DATABASE_URL", "").strip()) or (data_folder() / DATABASE_NAME).exists()


def reading() -> Store:
    """Return the store to read from: the real one, or an empty one as long as nobody has written anything."""
    return _real() if exists() else _empty()


def writing() -> Store:
    """Return the real store, made if it is not there yet; StoreError if that fails."""
    return _real()


def _real() -> Store:
    from store.config import database_url
    from views import data

    address, package = database_url().render_as_string(hide_password=False), data.package()
    return _opened(address, str(package.root), package.version, login_configured())


@st.cache_resource(show_spinner=False, max_entries=4)
def _opened(address: str, root: str, version: str, logins: bool) -> Store:  # noqa: ARG001, FBT001 -- part of the key
    from geo.sources import open_package
    from store import Ground, open_store

    url = address if os.environ.get("DATABASE_URL", "").strip() else None
    ground = Ground.of_package(open_package(root))
    return open_store(url, ground=ground, folder=data_folder() if url else None, local_admin=not logins)


def _released(made: tuple[Store, TemporaryDirectory[str]]) -> None:
    """Take away an empty store that is not asked for any more: another package is in place."""
    store, folder = made
    store.close()
    folder.cleanup()


@st.cache_resource(show_spinner=False, max_entries=2, on_release=_released)
def _stand_in(root: str, version: str, logins: bool) -> tuple[Store, TemporaryDirectory[str]]:  # noqa: ARG001, FBT001
    from geo.sources import open_package
    from store import Ground, open_store

    folder = TemporaryDirectory(prefix="quartierskarte-")
    address = f"sqlite:///{Path(folder.name) / 'empty.sqlite'}"
    return open_store(address, ground=Ground.of_package(open_package(root)), local_admin=not logins), folder


def _empty() -> Store:
    from views import data

    package = data.package()
    return _stand_in(str(package.root), package.version, login_configured())[0]


def state() -> str:
    """Return a text that is another one for every database and after every change of it; empty without a store.

    While the database does not answer it stays what it was, so that what was read before is still shown.
    """
    place = _place()
    now = time.monotonic()
    if _seen.place != place or now >= _seen.until:
        before = _seen.revision if _seen.place == place else 0
        _seen.place = place
        _seen.revision, _seen.away = _asked(before)
        _seen.until = time.monotonic() + (AWAY_S if _seen.away else AGE_S)
    return f"{place}.{_seen.revision}" if _seen.revision else ""


def _place() -> str:
    """Return a short name of the database in use; the address itself may hold a password."""
    address = os.environ.get("DATABASE_URL", "") + "|" + os.environ.get("QK_STORE", "")
    return hashlib.sha256(address.encode()).hexdigest()[:8]


def _asked(before: int) -> tuple[int, bool]:
    if not exists():
        return 0, False
    from store import StoreError, revision

    try:
        return 1 + revision(_real()), False
    except StoreError:
        _LOG.warning("the database does not answer", exc_info=True)
        return before, True


def forget() -> None:
    """Ask for the revision anew: after a write."""
    _seen.until = 0.0


def login_configured() -> bool:
    """Tell whether people log in (OIDC): then roles come from the store's accounts."""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:  # no file with secrets: nobody logs in
        return False


def actor() -> Actor | None:
    """Return who asks: a login, the person at this computer, or nobody known (who may only look)."""
    from store import LOCAL, login

    if login_configured():
        return login(str(st.user["sub"])) if st.user.is_logged_in else None
    return LOCAL if _at_this_computer() else None


def _at_this_computer() -> bool:
    """Tell whether the visitor sits at the machine that serves only itself, with no proxy in between.

    A machine that serves others too has nobody at it, unless its operator said so (``QK_LOCAL_ADMIN=1``): then it is
    whoever comes from the machine itself, without a proxy.
    """
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    listens = str(st.get_option("server.address") or _EVERYWHERE[0])
    if listens not in _OWN_HOSTS - {""} and not (listens in _EVERYWHERE and _comes_from_here()):
        return False
    if any(name.startswith(("x-forwarded", "forwarded", "x-real-ip")) for name in headers):
        return False
    host = headers.get("host", "")
    return (host if host.endswith("]") else host.rsplit(":", 1)[0]) in _OWN_HOSTS


def _comes_from_here() -> bool:
    """Tell whether the operator keeps the rights of this computer, and the connection comes from it."""
    return os.environ.get("QK_LOCAL_ADMIN", "").strip() == "1" and st.context.ip_address is None


def role() -> Role | None:
    """Return the visitor's role, None = may only look; for showing or hiding buttons, the store decides anew."""
    from store import StoreError

    try:
        return _role(_place(), state(), actor())
    except StoreError:
        return None


@lru_cache(maxsize=256)
def _role(place: str, state: str, actor: Actor | None) -> Role | None:  # noqa: ARG001 -- part of the key
    from store import role_of

    return role_of(reading(), actor)


def may(operation: Operation) -> bool:
    """Tell whether the visitor's role allows an operation."""
    from store import PERMISSIONS

    own = role()
    return own is not None and operation in PERMISSIONS[own]


def may_read_internal() -> bool:
    """Tell whether the visitor sees contacts and phones that are not public."""
    from store import Operation

    return may(Operation.READ_INTERNAL)


def is_editable(name: str) -> bool:
    """Tell whether a resource of the package is one that people can change."""
    from store import resources

    return name in resources()


def frame(name: str, *, actor: Actor | None = None, extended: bool = False) -> pd.DataFrame:
    """Return the entries of a kind in use, see `store.view`; callers go through `views.data`."""
    from store import view

    return view(reading(), name, actor=actor, extended=extended)


def retired(name: str) -> list[Entry]:
    """Return the entries of a kind that were taken out of use, the latest first."""
    from store import retired as of_store

    return of_store(reading(), name, actor=actor())


def write(t: Texts, act: Callable[[Store], Done]) -> Done | None:
    """Carry out a change; None and a banner when it was not stored. Conflicts and invalid values are the caller's."""
    from store import StoreError
    from store.errors import ConflictError, StateError, ValidationError
    from views import ui

    try:
        return act(writing())
    except (ConflictError, ValidationError, StateError):
        raise
    except StoreError as problem:
        ui.error(t, problem)
        return None
    finally:
        forget()


def banner(t: Texts) -> None:
    """Say who the visitor is to the store where that limits what can be done, and that the database is away if it is."""
    state()
    if _seen.away:
        st.warning(t("storage.away"))
        return
    if role() is not None:
        return
    if login_configured() and not st.user.is_logged_in:
        st.info(t("storage.login"))
        st.button(t("storage.login.button"), on_click=st.login, key="storage_login")
    else:
        st.info(t("storage.no_role"))
