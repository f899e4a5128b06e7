"""An import as a plan: what would be added and changed, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from exchange.duplicates import COMPARED
from exchange.errors import ExchangeError
from exchange.fields import place_fields
from exchange.file_doubles import joined
from exchange.place_tables import Tables
from exchange.problems import RowProblem
from store.resources import resource
from store.validation import clean_many

if TYPE_CHECKING:
    from exchange.content import Content
    from exchange.convert import Converted
    from exchange.duplicates import Action, Match
    from exchange.place_rows import PlaceRow
    from exchange.vocabulary import Vocabulary

ACTIONS: Final = ("same", "merge", "different")
_CHECKED: Final = ("organizations", "locations", "services", "contacts", "schedules")
_MERGED: Final = (*COMPARED, "lon", "lat", "coordinate_quality", "coordinate_error_m")


@dataclass(frozen=True)
class Decision:
    """What to do with one row.

    Attributes
    ----------
    action
        ``different`` = a new place, ``merge`` = add to the existing one, ``same`` = leave it out.
    place_id, other_row
        The existing place, or the earlier row of the same file, of a merge: one of them.
    overwrite
        Fields in which the row counts instead of what is there; elsewhere a merge fills gaps only.
    """

    action: Action
    place_id: str | None = None
    overwrite: frozenset[str] = frozenset()
    other_row: int | None = None


@dataclass(frozen=True)
class Update:
    """Changed fields of an existing entry and the version they were decided on."""

    id: str
    changes: Mapping[str, Any]
    version: int
    resource: str = "locations"


@dataclass(frozen=True)
class ImportPlan:
    """Everything an import would do.

    Attributes
    ----------
    creates
        Resource → rows with their new identifiers, in an order in which they can be written.
    updates
        Changes of existing places.
    left_out
        Row → why: ``error`` or ``same``.
    problems
        Every problem by row and column, those of field rules included.
    """

    creates: Mapping[str, Sequence[Mapping[str, Any]]]
    updates: tuple[Update, ...]
    left_out: Mapping[int, str]
    problems: tuple[RowProblem, ...]
    row_of: Mapping[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many entries are added by resource, places changed and rows left out."""
        found = {name: len(rows) for name, rows in self.creates.items() if rows}
        reasons = Counter(self.left_out.values())
        return found | {"updated": len(self.updates)} | {f"left_out_{k}": n for k, n in sorted(reasons.items())}


def proposed_decisions(matches: Mapping[int, Sequence[Match]]) -> dict[int, Decision]:
    """Return the decision proposed for each row that may be a double, by its best match.

    A row that doubles an earlier row of the same file and differs from it stays a new place to be looked at:
    of two new rows nobody knows which one is right.
    """
    found = {}
    for number, listed in matches.items():
        best = listed[0]
        if best.place_id is not None:
            found[number] = Decision(best.proposal, best.place_id if best.proposal == "merge" else None)
        elif best.proposal == "merge" and not best.differences:
            found[number] = Decision("merge", other_row=best.other_row)
        else:
            found[number] = Decision("same" if best.proposal == "same" else "different")
    return found


def build_plan(
    converted: Converted,
    decisions: Mapping[int, Decision],
    content: Content,
    words: Vocabulary,
    *,
    source: str,
    file: str = "",
) -> ImportPlan:
    """Return what the import of `converted` would do.

    Parameters
    ----------
    converted
        Rows and problems from `exchange.convert.convert`.
    decisions
        By row number; rows without one are new places.
    content
        What is there now, with versions.
    words
        For the names of offers without one (the kind's label).
    source
        Source of rows that name none.
    file
        Shown with each problem.

    Raises
    ------
    ExchangeError
        A decision for a row that does not exist, or a merge without a place.
    """
    _check_decisions(decisions, {row.number for row in converted.rows}, content)
    left_out = dict.fromkeys(converted.faulty, "error")
    tables = Tables(content, words, source)
    merges: list[tuple[PlaceRow, Decision]] = []
    rows, decided = joined(converted.rows, decisions, converted.faulty, tables.ids)
    for row in rows:
        decision = decided.get(row.number, Decision("different"))
        if row.number in left_out:
            continue
        if decision.action == "same":
            left_out[row.number] = "same"
        elif decision.action == "merge":
            merges.append((row, decision))
        else:
            tables.add_place(row)
    updates = tuple(_merged(merges, content, tables))
    problems = list(converted.problems) + _rule_problems(tables, file) + _differing(tables, file)
    faulty = {p.row for p in problems if p.severity == "error" and p.row is not None} - left_out.keys()
    if faulty:
        more = {number: Decision("same") for number in faulty}
        again = build_plan(converted, dict(decisions) | more, content, words, source=source, file=file)
        reasons = dict(again.left_out) | dict.fromkeys(faulty, "error")
        return ImportPlan(again.creates, again.updates, reasons, tuple(problems), again.row_of)
    return ImportPlan(tables.rows, updates, left_out, tuple(problems), tables.row_of)


def _check_decisions(decisions: Mapping[int, Decision], numbers: set[int], content: Content) -> None:
    for number, decision in decisions.items():
        if number not in numbers:
            raise ExchangeError("plan.unknown_row", row=number)
        if decision.action not in ACTIONS:
            raise ExchangeError("plan.undecided", row=number, decision=decision.action, allowed=", ".join(ACTIONS))
        if decision.action != "merge":
            continue
        earlier = decision.other_row in numbers and int(decision.other_row or 0) < number
        if not earlier and decision.place_id not in content.rows("locations"):
            raise ExchangeError("plan.no_place", row=number)


def _merged(merges: Sequence[tuple[PlaceRow, Decision]], content: Content, tables: Tables) -> list[Update]:
    """Return the changes of existing places; several rows for the same place are one change."""
    changes: dict[str, dict[str, Any]] = {}
    for row, decision in merges:
        key = str(decision.place_id)
        place = content.rows("locations")[key]
        own = changes.setdefault(key, {})
        for name in _MERGED:
            value = row.values.get(name)
            if value is None or value == place.get(name):
                continue
            if place.get(name) is None or name in decision.overwrite:
                own.setdefault(name, value)
        if ("lon" in own) != ("lat" in own):  # the point moves as a whole
            own |= {"lon": row.values["lon"], "lat": row.values["lat"]}
        tables.add_details(row, key)
    return [Update(key, own, content.versions.get(key, 0)) for key, own in changes.items() if own]


def _differing(tables: Tables, file: str) -> list[RowProblem]:
    """Return where rows of the same place say different things."""
    fields = place_fields()
    return [
        RowProblem(
            "row.place_differs", file, row.number, name, row.values.get(name),
            {"first": first, "title": fields[name].title_de}, "warning",
        )
        for first, row, name in tables.differing
    ]  # fmt: skip


def _rule_problems(tables: Tables, file: str) -> list[RowProblem]:
    """Return what the store's field rules say about the new entries, by row of the file.

    Links between entries hold nothing of the file but identifiers made here; the store checks them.
    """
    found = []
    for name in _CHECKED:
        kind = resource(name)
        rows = tables.rows[name]
        for row, (_, problems) in zip(rows, clean_many(kind, rows), strict=True):
            for problem in problems:
                number = tables.row_of.get(str(row["id"]))
                details = dict(problem.params)
                details.pop("value", None)
                found.append(RowProblem(problem.key, file, number, problem.field, problem.value, details))
    return found
