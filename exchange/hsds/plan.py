"""An HSDS file as an import plan: entries that are there already stay, the rest is added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from exchange.place_rows import PlaceRow
from exchange.plan import Decision, ImportPlan, Update
from exchange.problems import RowProblem
from store.resources import resource
from store.validation import clean_new
from store.values import id_from

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from exchange.content import Content, Row

_INVENTORY: Final = "inventory_statements"


def place_rows(entries: Mapping[str, Mapping[str, Row]]) -> list[PlaceRow]:
    """Return the places of an HSDS file as rows numbered from 1, to look for doubles among them."""
    places = entries.get("locations", {}).items()
    return [PlaceRow(number, {"id": key} | row) for number, (key, row) in enumerate(places, 1)]


def build_hsds_plan(
    entries: Mapping[str, Mapping[str, Row]],
    decisions: Mapping[int, Decision],
    content: Content,
    *,
    update: bool = False,
    file: str = "",
) -> ImportPlan:
    """Return what the import of `entries` would do.

    Parameters
    ----------
    entries
        From `exchange.hsds.inward.entries`.
    decisions
        For places by their number in `place_rows`: ``merge`` = offers and contacts are added to the
        existing place, ``same`` = the place is left out with all that hangs on it.
    content
        What is there now, with versions.
    update
        Whether known fields of the file replace those of entries with the same identifier.
    file
        Shown with each problem.
    """
    entries = {**entries, _INVENTORY: _one_statement_each(entries.get(_INVENTORY, {}), content)}
    numbers = {key: number for number, key in enumerate(entries.get("locations", {}), 1)}
    renamed, dropped = _decided(numbers, decisions)
    creates: dict[str, list[dict[str, Any]]] = {}
    updates: list[Update] = []
    problems: list[RowProblem] = []
    refused = set(dropped)
    for name, rows in entries.items():
        creates[name] = []
        for key, given in rows.items():
            row = {f: renamed.get(v, v) if isinstance(v, str) else v for f, v in given.items()}
            if key in renamed:
                continue
            if key in refused or not refused.isdisjoint(v for v in row.values() if isinstance(v, str)):
                refused.add(key)
                continue
            current = content.rows(name).get(key)
            if current is not None:
                updates += _update(name, key, row, current, content) if update else []
                continue
            found = _problems(name, key, row, numbers.get(key), file)
            problems += found
            if found:
                refused.add(key)
            else:
                creates[name].append({"id": key} | row)
    left_out = {number: "same" for key, number in numbers.items() if key in dropped or key in content.rows("locations")}
    left_out |= {p.row: "error" for p in problems if p.row is not None}
    return ImportPlan(creates, tuple(updates), left_out, tuple(problems))


def _one_statement_each(rows: Mapping[str, Row], content: Content) -> dict[str, Row]:
    """Return inventory statements under the identifier that the statement for this kind and area has, or will have, here."""
    known = {_said(row): key for key, row in content.rows(_INVENTORY).items()}
    return {
        key if None in _said(row) else known.get(_said(row)) or id_from(*_said(row)): row for key, row in rows.items()
    }


def _said(row: Row) -> tuple[Any, ...]:
    return (_INVENTORY, *(row.get(name) for name in ("facility_kind", "area_level", "area_id")))


def _decided(numbers: Mapping[str, int], decisions: Mapping[int, Decision]) -> tuple[dict[str, str], set[str]]:
    """Return which identifiers stand for an existing place, and which places are left out."""
    renamed, dropped = {}, set()
    for key, number in numbers.items():
        decision = decisions.get(number)
        if decision is None:
            continue
        if decision.action == "merge" and decision.place_id is not None and decision.place_id != key:
            renamed[key] = decision.place_id
        elif decision.action == "same":
            dropped.add(key)
    return renamed, dropped


def _update(name: str, key: str, row: Row, current: Row, content: Content) -> list[Update]:
    changes = {field: value for field, value in row.items() if value != current.get(field)}
    return [Update(key, changes, content.versions.get(key, 0), name)] if changes else []


def _problems(name: str, key: str, row: Row, number: int | None, file: str) -> Sequence[RowProblem]:
    found = []
    for problem in clean_new(resource(name), row)[1]:
        details = {k: v for k, v in problem.params.items() if k != "value"} | {"entry": f"{name} {key}"}
        found.append(RowProblem(problem.key, file, number, f"{name}.{problem.field}", problem.value, details))
    return found
