"""One entry as people see it: the package's row with local work applied, or an added row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.resources import Resource


@dataclass(frozen=True)
class Entry:
    """An entry and its state.

    Attributes
    ----------
    values
        Every field of the resource without the identifier; unknown is None.
    version
        0 = a row of the package that nobody worked on; otherwise counts every change of a field or
        of the state. Hand it back when changing the entry.
    origin
        ``added`` here or ``ground`` (a row of the data package).
    retired_at, updated_at
        UTC, ISO 8601; None = in use, or never touched here.
    last_confirmed
        Day (YYYY-MM-DD) somebody confirmed the entry here; None = never.
    in_package
        Whether the data package of today has the row; False for an added one, and for one that a
        newer package dropped.
    """

    resource: Resource = field(repr=False)
    id: str
    values: Mapping[str, Any]
    version: int
    origin: str
    created_at: str | None = None
    updated_at: str | None = None
    updated_by: str | None = None
    retired_at: str | None = None
    retired_reason: str | None = None
    last_confirmed: str | None = None
    confirmed_by: str | None = None
    batch_id: str | None = None
    in_package: bool = False

    @property
    def title(self) -> str:
        """What the entry is called in lists; its identifier if it has no name."""
        label = self.resource.label
        return str((label and self.values[label]) or self.id)

    @property
    def is_retired(self) -> bool:
        """Whether the entry was taken out of use."""
        return self.retired_at is not None
