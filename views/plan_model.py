"""The plan of an area as pages need it: entries by kind and area, the path between them, who may do what."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.plan_path import STAGES, Node, Paths
from views import areas, data, entry_words, navigation, quarters_model, storage, ui
from views.entry_history import CITY_TIME
from views.texts import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from geo.plan import Overdue
    from views.texts import Texts

MILESTONES = "milestones"
KINDS = (*STAGES, MILESTONES)
NEW = "new-"
QUARTIER = "quartier"
Row = dict[str, Any]


def today() -> date:
    """Return the day on the wall in Hannover."""
    return datetime.now(CITY_TIME).date()


def key_of(level: str, area_id: str) -> str:
    """Return how an area of the store is written in the address line."""
    if level == "city":
        return areas.CITY
    return f"{'quartier' if level == QUARTIER else areas.PREFIXES[level]}:{area_id}"  # type: ignore[index]


def area_of(key: str) -> tuple[str, str]:
    """Return level and identifier, as the store keeps them, of an area in the address line."""
    prefix, _, area_id = key.partition(":")
    if key == areas.CITY:
        return "city", entry_words.CITY
    return (QUARTIER if prefix == "quartier" else str(areas.LEVELS[prefix])), area_id


def names(t: Texts) -> dict[str, str]:
    """Return the areas that can have a plan, by key, with their names; also Quartiere that only plans name."""
    known = areas.names(t, city=True)
    own = {key_of(row["area_level"], row["area_id"]) for kind in KINDS for row in all_rows(kind)} - known.keys()
    return known | {key: _gone(t, area_of(key)[1]) for key in sorted(own)}


def _gone(t: Texts, key: str) -> str:
    """Return the name of a Quartier that is out of use, of which there still is a plan."""
    return t("quarters.gone", name=quarters_model.retired_name(key) or key)


def count_of(area: str) -> int:
    """Return how many entries in use belong to the plan of an area."""
    return sum(len(rows(kind, area)) for kind in KINDS)


def all_rows(kind: str) -> list[Row]:
    """Return the entries in use of a kind, of all areas; None = unknown. Shared: never change them."""
    return data.kept("plan_rows", kind, make=lambda: _rows(kind))


def _rows(kind: str) -> list[Row]:
    frame = data.entries(kind)
    known = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in known]


def rows(kind: str, area: str) -> list[Row]:
    """Return the entries in use of a kind that belong to an area."""
    return [row for row in all_rows(kind) if key_of(row["area_level"], row["area_id"]) == area]


def by_id() -> dict[str, tuple[str, Row]]:
    """Return kind and row of everything in any plan by its identifier."""
    return data.kept("plan_ids", make=lambda: {row["id"]: (kind, row) for kind in KINDS for row in all_rows(kind)})


def found_paths() -> Paths:
    """Return what came of what, over all areas."""
    from geo.plan_path import paths

    nodes = [(kind, row["id"]) for kind in STAGES for row in all_rows(kind)]
    return data.kept("plan_paths", make=lambda: paths(all_rows("plan_links"), nodes))


def late(area: str) -> list[Overdue]:
    """Return what is overdue in an area today."""
    from geo.plan import overdue

    found = {kind: rows(kind, area) for kind in ("goals", "steps", MILESTONES)}
    return overdue(goals=found["goals"], steps=found["steps"], milestones=found[MILESTONES], today=today())


def name(t: Texts, kind: str, row: Row) -> str:
    """Return what an entry is called; a milestone by its kind and own words."""
    if kind != MILESTONES:
        return str(row["title"])
    label = t(f"value.milestones.kind.{row['kind']}")
    return f"{label}: {row['title']}" if row["title"] else label


def short(text: str, most: int = 90) -> str:
    """Return a title that fits into a list; the whole one stands on its own page."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def link(t: Texts, item: str, label: str, *, area: str) -> None:
    """Write a link to an entry of a plan; ``label`` is plain text."""
    _link(t, label, {"area": area, "item": item})


def area_link(t: Texts, area: str, label: str) -> None:
    """Write a link to the plan of an area; ``label`` is plain text."""
    _link(t, label, {"area": area})


def _link(t: Texts, label: str, query: dict[str, str]) -> None:
    language = {} if t.language == DEFAULT_LANGUAGE else {"lang": t.language}
    st.page_link(navigation.pages()["plan"], label=ui.literal(label), query_params=query | language)


def node_link(t: Texts, node: Node, *, before: str = "") -> None:
    """Write a link to an entry of the path, with what kind it is in front."""
    kind, row = by_id()[node[1]]
    text = t("plan.linked", kind=entry_words.kind_label(t, kind), name=short(name(t, kind, row)))
    link(t, node[1], before + text, area=key_of(row["area_level"], row["area_id"]))


def organization(key: str | None) -> str:
    """Return the name of an organisation; empty if none is named."""
    return entry_words.name_of("organizations", key) if key else ""


def span(t: Texts, start: str | None, end: str | None) -> str:
    """Return from when to when, as precise as known; empty if neither is set."""
    if start and end:
        return t("plan.span", start=t.day(start), end=t.day(end))
    if start:
        return t("plan.from", start=t.day(start))
    return t("plan.until", end=t.day(end)) if end else ""


def may(operation: str) -> bool:
    """Tell whether the visitor may do something (a value of `store.Operation`)."""
    from store import Operation

    return storage.may(Operation(operation))
