"""An import plan carried out: one transaction under one batch, undone as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.batches import batch
from store.entries import create_many, update

if TYPE_CHECKING:
    from collections.abc import Callable

    from exchange.plan import ImportPlan
    from store.database import Store
    from store.permissions import Actor


@dataclass(frozen=True)
class Applied:
    """What was stored: the batch (for `store.batches.undo_batch`) and how many entries."""

    batch_id: str
    created: int
    updated: int


def apply_plan(
    store: Store,
    actor: Actor | None,
    plan: ImportPlan,
    *,
    label: str,
    progress: Callable[[float], None] | None = None,
) -> Applied:
    """Store everything in `plan`, or nothing if anything fails.

    Parameters
    ----------
    store, actor
        Where and who; needs the right to write batches (role editor).
    plan
        From `exchange.plan.build_plan`.
    label
        What the batch is called in the list of batches, for example the file's name.
    progress
        Called with the share done, 0–1.

    Raises
    ------
    PermissionDeniedError, ValidationError, ConflictError, StoreError
        From the store; nothing was stored then. A conflict means that a place to be merged was
        changed since the plan was made: make the plan again.
    """
    total = sum(len(rows) for rows in plan.creates.values()) + len(plan.updates)
    created = updated = 0
    with batch(store, actor, label) as target:
        for name, rows in plan.creates.items():
            if rows:
                created += len(create_many(target, actor, name, rows))
            if progress is not None:
                progress(created / max(total, 1))
        for change in plan.updates:
            update(target, actor, change.resource, change.id, change.changes, version=change.version)
            updated += 1
        if progress is not None:
            progress(1.0)
        return Applied(target.id, created, updated)
