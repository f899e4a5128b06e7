"""Life situations: what residents ask about, in their words, and which places answer it. Data, not code."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.catalogue import Labels
from geo.joins import table_or_empty
from geo.schema import LIST_DELIMITER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.catalogue import Load


@dataclass(frozen=True, slots=True)
class Situation:
    """What a resident asks about.

    Attributes
    ----------
    situation
        Slug.
    label
        What a resident would say.
    kinds
        Kinds of facility that always answer it.
    kinds_if_for
        Kinds that answer it where a place is for one of `target_groups`.
    target_groups
        Whom it concerns.
    roles
        Roles of an actor that answer it, whatever the kind of the place.
    topics
        Goals of the field of action it belongs to.
    """

    situation: str
    label: Labels
    kinds: tuple[str, ...]
    kinds_if_for: tuple[str, ...]
    target_groups: tuple[str, ...]
    roles: tuple[str, ...]
    topics: tuple[str, ...]


def situations(load: Load) -> Mapping[str, Situation]:
    """Return the life situations by their slug, in the order of the package; empty where it has none."""
    rows = table_or_empty(load, "life_situations")
    found = {}
    for row in rows.astype(object).where(rows.notna(), None).to_dict("records"):
        label = Labels(row["label_de"], row["label_en"] or row["label_de"])
        lists = (_items(row[name]) for name in ("kinds", "kinds_if_for", "target_groups", "roles", "topics"))
        found[row["situation"]] = Situation(row["situation"], label, *lists)
    return MappingProxyType(found)


def _items(text: str | None) -> tuple[str, ...]:
    return tuple(item for item in (text or "").split(LIST_DELIMITER) if item)
