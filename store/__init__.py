"""What people add, change or retire on top of the shipped data package.

    store = open_store(ground=Ground.of_package(open_package("data")))
    place = create(store, LOCAL, "locations", {"name": "Treffpunkt", "kind": "neighbourhood_meeting"})
    place = update(store, LOCAL, "locations", place.id, {"wheelchair": "yes"}, version=place.version)
    frame = view(store, "locations")

Every function that writes checks the actor's permission in its own transaction. See ``docs/store.md``.
"""

from geo.freshness import STALE_AFTER_DAYS
from store.accounts import AccountInfo, accounts, role_of, set_role
from store.backup import backup, restore
from store.batches import BatchInfo, Undone, batch, batches, undo_batch
from store.changelog import LoggedChange, changelog
from store.conflicts import Conflict, conflicts, resolve_conflict
from store.database import Store, open_store
from store.entries import create, create_many, get, update
from store.entry import Entry
from store.errors import MESSAGE_KEYS, StoreError
from store.freshness import confirm, freshness, work_list
from store.ground import EMPTY, Ground
from store.history import FieldChange, Step, history, restore_version
from store.inventory import state_inventory
from store.links import Link, issue_link, links, open_link, revoke_link
from store.permissions import LOCAL, PERMISSIONS, Actor, Operation, Role, login
from store.resources import Field, Resource, resource, resources
from store.retire import reinstate, retire, retired
from store.search import Hit, search
from store.transaction import Batch, revision, together
from store.validation import FieldProblem
from store.view import view

__all__ = [
    "EMPTY",
    "LOCAL",
    "MESSAGE_KEYS",
    "PERMISSIONS",
    "STALE_AFTER_DAYS",
    "AccountInfo",
    "Actor",
    "Batch",
    "BatchInfo",
    "Conflict",
    "Entry",
    "Field",
    "FieldChange",
    "FieldProblem",
    "Ground",
    "Hit",
    "Link",
    "LoggedChange",
    "Operation",
    "Resource",
    "Role",
    "Step",
    "Store",
    "StoreError",
    "Undone",
    "accounts",
    "backup",
    "batch",
    "batches",
    "changelog",
    "confirm",
    "conflicts",
    "create",
    "create_many",
    "freshness",
    "get",
    "history",
    "issue_link",
    "links",
    "login",
    "open_link",
    "open_store",
    "reinstate",
    "resolve_conflict",
    "resource",
    "resources",
    "restore",
    "restore_version",
    "retire",
    "retired",
    "revision",
    "revoke_link",
    "role_of",
    "search",
    "set_role",
    "state_inventory",
    "together",
    "undo_batch",
    "update",
    "view",
    "work_list",
]
