"""Join by code: no login, no name; a device gets a secret and keeps it, the store keeps its hash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select, update

from geo import workshop as rules
from store.errors import LinkError, NotFoundError, StateError
from store.models import WorkshopParticipant, WorkshopSession
from store.permissions import Operation
from store.values import new_id, stamp
from store.workshop.access import changing, hashed, is_kept, locked, new_secret, opened_by, session_of
from store.workshop.checks import Checks
from store.workshop.model import session_from
from store.workshop.throttle import throttle_of

if TYPE_CHECKING:
    from store.database import Store
    from store.permissions import Actor
    from store.workshop.model import Session

_SESSIONS: Final = WorkshopSession.__table__
_MAX_DISTRICT: Final = 100


def find_session(store: Store, code: str, *, asker: str) -> Session:
    """Return the session with a join code: whoever has the code may read its question and rules.

    Parameters
    ----------
    asker
        Address of whoever asks: wrong codes are counted by it, in memory only.

    Raises
    ------
    NotFoundError
        No session with this code, a draft, or its day of deletion has come.
    StateError
        Too many wrong codes; `params["seconds"]` says how long to wait.
    """
    throttle = throttle_of(store)
    throttle.check(asker)
    wanted = rules.join_code(code) if isinstance(code, str) else None
    row = None
    if wanted is not None:
        asked = select(_SESSIONS).where(_SESSIONS.c.code == wanted, _SESSIONS.c.phase != "draft", is_kept(store))
        with store.read() as connection:
            row = connection.execute(asked).first()
    if row is None:
        throttle.wrong(asker)
        raise NotFoundError("workshop.bad_code")
    throttle.right(asker)
    return session_from(row)


def join(store: Store, code: str, *, asker: str, language: str | None = None) -> str:
    """Join a session and return the device's token ``<identifier>.<secret>``, to be kept on the device.

    Raises what `find_session` raises, and StateError if the session is closed or full.
    """
    found = find_session(store, code, asker=asker)
    checks = Checks()
    spoken = checks.language(language)
    checks.done()
    secret, participant_id = new_secret(), new_id()
    with store.write() as connection:
        row = locked(store, connection, found.id)
        if row is None:
            raise NotFoundError("workshop.bad_code")
        if row.phase not in ("collect", "vote"):
            raise StateError("workshop.wrong_phase", phase=row.phase)
        joined = select(func.count()).where(WorkshopParticipant.session_id == found.id)
        if connection.execute(joined).scalar_one() >= rules.PARTICIPANTS_PER_SESSION:
            raise StateError("workshop.full", maximum=rules.PARTICIPANTS_PER_SESSION)
        new = {
            "id": participant_id,
            "session_id": found.id,
            "secret_hash": hashed(secret),
            "language": spoken,
            "age_group": None,
            "district_id": None,
            "joined_at": stamp(store.now()),
        }
        connection.execute(insert(WorkshopParticipant), [new])
    return f"{participant_id}.{secret}"


def open_participant(store: Store, token: str) -> tuple[Actor, str]:
    """Return the actor that a device's token stands for, and the identifier of its session; LinkError otherwise."""
    with store.read() as connection:
        actor = opened_by(connection, WorkshopParticipant, token, "participant")
        if actor is None:
            raise LinkError("workshop.not_joined")
        return actor, session_of(store, connection, actor)


def tell(store: Store, actor: Actor | None, session_id: str, facts: dict[str, Any]) -> None:
    """Store what somebody chose to say about themselves: language, age_group, district_id; None takes it back.

    Only the keys that are given change.
    """
    checks = Checks()
    makers = {
        "language": checks.language,
        "age_group": lambda value: checks.maybe_one_of("age_group", value, rules.AGE_GROUPS),
        "district_id": lambda value: checks.text("district_id", value, _MAX_DISTRICT, needed=False) or None,
    }
    values = {}
    for name, value in facts.items():
        if name in makers:
            values[name] = makers[name](value)
        else:
            checks.bad(name, value, "value.unknown_field", field=name)
    with changing(store, actor, session_id, Operation.JOIN_WORKSHOP) as tx:
        known = tx.store.ground.values("districts", "district_id")
        if known is not None and values.get("district_id") not in {None, *known}:
            checks.bad("district_id", values["district_id"], "value.unknown_reference",
                       value=values["district_id"], resource="districts")  # fmt: skip
        checks.done()
        if values:
            own = update(WorkshopParticipant).where(WorkshopParticipant.id == tx.actor.link_id)
            tx.connection.execute(own.values(values))
