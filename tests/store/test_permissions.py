"""Every role × every operation: the store's functions themselves refuse what the matrix does not allow."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from store import (
    LOCAL,
    Actor,
    Operation,
    accounts,
    batch,
    batches,
    changelog,
    confirm,
    conflicts,
    create,
    create_many,
    get,
    history,
    issue_link,
    links,
    login,
    open_link,
    reinstate,
    resolve_conflict,
    restore_version,
    retire,
    revision,
    revoke_link,
    role_of,
    set_role,
    state_inventory,
    together,
    undo_batch,
    update,
    view,
    work_list,
    workshop,
)
from store.errors import NotFoundError, PermissionDeniedError, StateError, StoreError
from tests.factories import uid
from tests.store.workshop.sessions import session_values

VEREIN, INITIATIVE, TREFF, KONTAKT = uid("Verein"), uid("Initiative"), uid("Treff Nord"), uid("contact")
PEOPLE = ("viewer", "contributor", "editor", "admin")

# What each role may do, written down a second time: a slip in the matrix is seen here.
CONTRIBUTES = {"read_history", "read_work_list", "read_internal", "create", "update", "confirm", "state_inventory"}
CONTRIBUTES |= {"open_workshop", "host_workshop"}
EDITS = CONTRIBUTES | {
    "retire", "reinstate", "restore_version", "resolve_conflict", "write_batch", "undo_batch", "manage_links"
}  # fmt: skip
MAY = {
    "nobody": set(),
    "stranger": set(),
    "unknown source": set(),
    "viewer": {"read_history", "read_work_list"},
    "contributor": CONTRIBUTES,
    "editor": EDITS,
    "admin": EDITS | {"manage_accounts"},
    "reviewer": {"read_work_list", "update", "confirm"},
    "host": {"host_workshop"},
    "participant": {"join_workshop"},
    "other host": set(),
    "other participant": set(),
}


def _retired(store):
    found = create(store, LOCAL, "organizations", {"name": "Alt"})
    return retire(store, LOCAL, "organizations", found.id, version=1)


def _undo(store, actor):
    with batch(store, LOCAL, "before") as target:
        create(target, LOCAL, "organizations", {"name": "Import"})
    undo_batch(store, actor, target.id)


def _batch(store, actor):
    with batch(store, actor, "x") as target:
        create(target, actor, "organizations", {"name": "x"})


def _together(store, actor):
    with together(store, actor) as target:
        create(target, actor, "organizations", {"name": "x"})


def _resolve(store, actor):
    with pytest.raises(NotFoundError):  # allowed, but there is no conflict
        resolve_conflict(store, actor, "locations", TREFF, field="name", take="local", version=0)


def _internal(store):
    return create(store, LOCAL, "contacts", {"title_de": "Rufbereitschaft", "organization_id": VEREIN}).id


def _version(store, name, key):
    return get(store, name, key, actor=LOCAL).version


def _workshop(store):
    """Return the session that the host link and the participant of these tests belong to."""
    return next(one for one in workshop.sessions(store, LOCAL) if one.title == OWN)


def _own_id(store):
    return _workshop(store).id


def _note(store, actor=LOCAL):
    found = workshop.enter_note(store, actor, _workshop(store).id, str(uuid4()), {"category": "need", "text": "x"})
    return found.id


def _group(store):
    return workshop.open_group(store, LOCAL, _workshop(store).id, "x").id


def _step(store):
    return create(store, LOCAL, "steps", {"area_level": "district", "area_id": "1", "title": "x"}).id


def _phase(store, actor, phase="vote"):
    workshop.set_phase(store, actor, _workshop(store).id, phase, version=_workshop(store).version)


def _open_and_delete(store, actor):
    made = workshop.open_session(store, actor, session_values(title="Andere"))
    workshop.delete_session(store, actor, made.id)


def _own_note(store, actor):
    found = workshop.add_note(store, actor, _workshop(store).id, str(uuid4()), {"category": "idea", "text": "Von mir"})
    workshop.withdraw_note(store, actor, _workshop(store).id, found.id)


def _vote(store, actor):
    note = _note(store)
    _phase(store, LOCAL)
    try:
        workshop.vote(store, actor, _workshop(store).id, note, 1)
    finally:
        _phase(store, LOCAL, "collect")


CALLS = {
    Operation.READ_HISTORY: [
        lambda s, a: changelog(s, a, [TREFF]),
        lambda s, a: history(s, a, "locations", TREFF),
        batches,
    ],
    Operation.READ_WORK_LIST: [work_list],
    Operation.READ_INTERNAL: [lambda s, a: history(s, a, "contacts", _internal(s))],
    Operation.CREATE: [
        _together,
        lambda s, a: create(s, a, "organizations", {"name": "Neu"}),
        lambda s, a: create_many(s, a, "organizations", [{"name": "Neu"}]),
    ],
    Operation.UPDATE: [
        lambda s, a: update(s, a, "locations", TREFF, {"note": "n"}, version=_version(s, "locations", TREFF)),
    ],
    Operation.CONFIRM: [lambda s, a: confirm(s, a, "locations", [TREFF])],
    Operation.STATE_INVENTORY: [lambda s, a: state_inventory(s, a, "library", "district", "1", "complete")],
    Operation.RETIRE: [
        lambda s, a: retire(s, a, "locations", uid("Verborgene Hilfe"), version=0, with_dependents=True),
    ],
    Operation.REINSTATE: [lambda s, a: reinstate(s, a, "organizations", _retired(s).id, version=2)],
    Operation.RESTORE_VERSION: [
        lambda s, a: restore_version(s, a, "organizations", _retired(s).id, to=1, version=2),
    ],
    Operation.RESOLVE_CONFLICT: [_resolve, conflicts],
    Operation.WRITE_BATCH: [_batch],
    Operation.UNDO_BATCH: [_undo],
    Operation.MANAGE_LINKS: [
        lambda s, a: issue_link(s, a, VEREIN),
        links,
        lambda s, a: revoke_link(s, a, uid("no link")),
    ],
    Operation.MANAGE_ACCOUNTS: [
        lambda s, a: set_role(s, a, "new", "viewer"),
        accounts,
    ],
    Operation.OPEN_WORKSHOP: [
        _open_and_delete,
        lambda s, a: workshop.delete_session(s, a, uid("no session")),
    ],
    Operation.HOST_WORKSHOP: [
        lambda s, a: _own_id(s) in {one.id for one in workshop.sessions(s, a)} or _denied(),
        lambda s, a: workshop.change_session(s, a, _workshop(s).id, {"dots": 4}, version=_workshop(s).version),
        lambda s, a: [_phase(s, a, "vote"), _phase(s, a, "collect")],
        lambda s, a: workshop.new_join_code(s, a, _workshop(s).id, version=_workshop(s).version),
        lambda s, a: workshop.issue_host_link(s, a, _workshop(s).id),
        lambda s, a: workshop.host_links(s, a, _workshop(s).id),
        lambda s, a: workshop.revoke_host_link(s, a, _workshop(s).id, uid("no link")),
        _note,
        lambda s, a: workshop.enter_notes(s, a, _workshop(s).id, []),
        lambda s, a: workshop.change_note(s, a, _workshop(s).id, _note(s), {"text": "y"}, version=1),
        lambda s, a: workshop.moderate(s, a, _workshop(s).id, [_note(s)], "hidden"),
        lambda s, a: workshop.put_into_group(s, a, _workshop(s).id, [_note(s)], _group(s)),
        lambda s, a: workshop.open_group(s, a, _workshop(s).id, "x"),
        lambda s, a: workshop.change_group(s, a, _workshop(s).id, _group(s), {"title": "y"}, version=1),
        lambda s, a: workshop.dissolve_group(s, a, _workshop(s).id, _group(s)),
        lambda s, a: workshop.vote_totals(s, a, _workshop(s).id),
        lambda s, a: workshop.participation(s, a, _workshop(s).id),
        lambda s, a: workshop.outcomes(s, a, _workshop(s).id),
        lambda s, a: workshop.became(s, a, _workshop(s).id),
        lambda s, a: workshop.agree(s, a, _workshop(s).id, "needs", {"title": "x"}, note_id=_note(s)),
        lambda s, a: workshop.link_outcome(s, a, _workshop(s).id, "steps", _step(s), note_id=_note(s)),
        lambda s, a: workshop.unlink_outcome(s, a, _workshop(s).id, uid("no outcome")),
    ],
    Operation.JOIN_WORKSHOP: [
        _own_note,
        _vote,
        lambda s, a: workshop.tell(s, a, _workshop(s).id, {"age_group": "18_29"}),
    ],
}
EITHER = [workshop.session, workshop.number, workshop.feed, workshop.notes, workshop.groups]
OWN = "Eigene Runde"


def _denied():
    raise PermissionDeniedError("store.forbidden", role="none", operation="host_workshop")


@pytest.fixture
def actors(store):
    for role in PEOPLE:
        set_role(store, LOCAL, f"sub-{role}", role)
    people = {role: login(f"sub-{role}") for role in PEOPLE}
    others = {"nobody": None, "stranger": login("sub-unknown"), "unknown source": Actor("local", "magic")}
    own = workshop_actors(store, workshop.open_session(store, LOCAL, session_values(title=OWN)))
    foreign = workshop_actors(store, workshop.open_session(store, LOCAL, session_values(title="Fremde Runde")))
    others |= own | {f"other {name}": one for name, one in foreign.items()}
    return people | others | {"reviewer": open_link(store, issue_link(store, LOCAL, VEREIN))}


def workshop_actors(store, made):
    """Return a host by link and a participant of a session, which collects from now on."""
    workshop.set_phase(store, LOCAL, made.id, "collect", version=made.version)
    token = workshop.join(store, made.code, asker="192.0.2.1")
    link = workshop.issue_host_link(store, LOCAL, made.id)
    return {
        "host": workshop.open_host_link(store, link),
        "participant": workshop.open_participant(store, token)[0],
    }


def test_the_calls_cover_every_operation():
    assert set(CALLS) == set(Operation)


@pytest.mark.parametrize("who", sorted(MAY))
def test_each_role_can_do_what_the_matrix_says_and_nothing_else(store, actors, who):
    for operation, calls in CALLS.items():
        for call in calls:
            if str(operation) in MAY[who]:
                call(store, actors[who])
            else:
                with pytest.raises(PermissionDeniedError):
                    call(store, actors[who])


@pytest.mark.parametrize("who", sorted(MAY))
def test_hosts_and_participants_read_their_session_and_nobody_else(store, actors, who):
    allowed = MAY[who] & {"host_workshop", "join_workshop"}
    for call in EITHER:
        if allowed:
            call(store, actors[who], _workshop(store).id)
        else:
            with pytest.raises(PermissionDeniedError):
                call(store, actors[who], _workshop(store).id)


def test_every_function_of_the_workshop_stands_in_the_matrix():
    import ast
    import inspect
    import sys

    tree = ast.parse(inspect.getsource(sys.modules[__name__]))
    called = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "workshop"
    }
    functions = {name for name in workshop.__all__ if inspect.isfunction(getattr(workshop, name))}
    open_to_all = {"find_session", "stand", "purge_due", "host_session"}  # by code or token, see tests/store/workshop
    assert functions - called == open_to_all


def test_a_denied_call_writes_nothing(store, actors):
    before = revision(store)
    for who in ("nobody", "stranger", "viewer"):
        with pytest.raises(PermissionDeniedError, match="may not do this: 'create'"):
            create(store, actors[who], "organizations", {"name": "x"})
    assert revision(store) == before


def test_where_people_log_in_the_person_at_the_computer_is_nobody(opened):
    store = opened(local_admin=False)
    assert role_of(store, LOCAL) is None
    for call in (batches, work_list, conflicts, links, accounts):
        with pytest.raises(PermissionDeniedError):
            call(store, LOCAL)
    with pytest.raises(PermissionDeniedError):
        create(store, LOCAL, "organizations", {"name": "x"})


def test_a_role_that_is_withdrawn_ends_at_once_also_inside_a_batch(store, actors):
    editor = actors["editor"]
    create(store, editor, "organizations", {"name": "1"})
    set_role(store, LOCAL, "sub-editor", "viewer")
    with pytest.raises(PermissionDeniedError):
        create(store, editor, "organizations", {"name": "2"})
    set_role(store, LOCAL, "sub-editor", None)
    assert role_of(store, editor) is None


def test_a_batch_belongs_to_who_opened_it(store, actors):
    with batch(store, actors["editor"], "x") as target, pytest.raises(PermissionDeniedError):
        create(target, actors["admin"], "organizations", {"name": "x"})


@pytest.mark.parametrize("role", ["reviewer", "root", "", "ADMIN"])
def test_only_roles_of_accounts_can_be_given(store, role):
    with pytest.raises(StoreError, match="viewer, contributor, editor, admin"):
        set_role(store, LOCAL, "x", role)


def test_the_last_administrator_stays(opened, actors):
    store = opened(local_admin=False)
    admin = actors["admin"]
    for role in ("editor", None):
        with pytest.raises(StateError, match="last account"):
            set_role(store, admin, "sub-admin", role)
    set_role(store, admin, "second", "admin", label="Fachbereich")
    set_role(store, admin, "sub-admin", "viewer")
    found = {one.subject: (one.role, one.label) for one in accounts(store, login("second"))}
    assert found["second"] == ("admin", "Fachbereich")
    assert found["sub-admin"] == ("viewer", None)


@pytest.fixture
def internal(store):
    """Return an internal contact with a phone, and a language of that phone."""
    contact = create(store, LOCAL, "contacts", {"title_de": "Rufbereitschaft", "organization_id": VEREIN})
    number = {"contact_id": contact.id, "number": "+49 511 999", "is_public": True}
    phone = create(store, LOCAL, "phones", number)
    language = create(store, LOCAL, "languages", {"phone_id": phone.id, "code": "tr"})
    return {"contacts": contact.id, "phones": phone.id, "languages": language.id}


def test_internal_contacts_are_seen_by_those_who_may_only(store, actors, internal):
    foreign = open_link(store, issue_link(store, LOCAL, INITIATIVE))
    for name, key in internal.items():
        for who in ("nobody", "stranger", "viewer"):
            assert key not in set(view(store, name, actor=actors[who])["id"])
            with pytest.raises(NotFoundError):
                get(store, name, key, actor=actors[who])
        for actor in (actors["contributor"], actors["reviewer"]):
            assert key in set(view(store, name, actor=actor)["id"])
            assert get(store, name, key, actor=actor).id == key
        assert key not in set(view(store, name, actor=foreign)["id"])
        with pytest.raises(PermissionDeniedError):
            history(store, actors["viewer"], name, key)
    assert set(view(store, "contacts")["id"]) == {KONTAKT}
    assert set(view(store, "phones")["id"]) == {uid("phone")}


def test_a_contact_of_the_package_can_be_hidden(store):
    update(store, LOCAL, "contacts", KONTAKT, {"is_public": False}, version=0)
    assert view(store, "contacts")["id"].tolist() == []
    assert view(store, "phones")["id"].tolist() == []


def test_who_did_it_is_the_subject_of_the_login(store, actors):
    made = create(store, actors["contributor"], "organizations", {"name": "x"})
    (step,) = history(store, LOCAL, "organizations", made.id)
    assert step.by == "sub-contributor"
    assert step.at[:4] == str(datetime.now(UTC).year)
