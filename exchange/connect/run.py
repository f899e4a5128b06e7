"""One connector from question to batch: ask, compare, plan, take over.

definition = definition_of(online, "openstreetmap")
prepared = prepare(definition, Client(online), store, City.of_package(package), actor=actor)
prepared.difference.counts                        # shown: nothing was written so far
plan = prepared.plan()                            # or with a person's decisions
prepared.apply(store, actor, plan)                # one batch; store.undo_batch undoes it

Nothing is ever deleted: what a source no longer has is listed, and a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from exchange.apply import Applied, apply_plan
from exchange.connect import hsds_api, ogc_api, overpass, wfs
from exchange.connect.difference import Difference, Gone, compare
from exchange.connect.inward import inward
from exchange.content import content_of_store
from exchange.hsds.plan import build_hsds_plan
from exchange.plan import Decision, ImportPlan, Update, build_plan
from store.resources import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from exchange.connect.answer import Answer, Fetch
    from exchange.connect.definition import Definition
    from exchange.connect.difference import Finding
    from exchange.connect.http import Client
    from exchange.connect.inward import City, Inward
    from exchange.content import Content
    from store.database import Store
    from store.permissions import Actor

CONNECTORS: Final[Mapping[str, Fetch]] = MappingProxyType(
    {"overpass": overpass.fetch, "wfs": wfs.fetch, "ogc_api": ogc_api.fetch, "hsds_api": hsds_api.fetch}
)
_SHOWN_QUERY: Final = 2_000


@dataclass(frozen=True)
class Prepared:
    """What a source says, compared with the inventory; nothing is written yet."""

    definition: Definition
    answer: Answer
    places: Inward
    content: Content
    difference: Difference
    city: City
    day: str

    def plan(self, decisions: Mapping[int, Decision] | None = None, *, overwrite: Collection[str] = ()) -> ImportPlan:
        """Return what would be written.

        Parameters
        ----------
        decisions
            A person's decisions by row; rows without one get the cautious one: new places are
            added, gaps of sure ones filled, everything unsure left out.
        overwrite
            Fields in which the source counts instead of what is here.
        """
        every = dict.fromkeys(self.places.outside | self.places.faulty, Decision("same"))
        every |= self.difference.decisions(overwrite) | dict(decisions or {})
        if self.places.tables is not None:
            made = build_hsds_plan(self.places.tables, every, self.content, file=self.definition.name)
            return self._with_origin(replace(made, updates=(*made.updates, *self._filled(every, overwrite))))
        converted = self.places.converted
        if converted is None:  # pragma: no cover - an answer is one of both
            raise AssertionError
        name, source = self.definition.name, self.definition.source
        made = build_plan(converted, every, self.content, self.city.words, source=source, file=name)
        return self._with_origin(made)

    def apply(
        self,
        store: Store,
        actor: Actor | None,
        plan: ImportPlan,
        *,
        progress: Callable[[float], None] | None = None,
    ) -> Applied:
        """Store the plan as one batch named after the source and the day."""
        label = f"{self.definition.name}: {self.definition.source}, {self.day}"
        return apply_plan(store, actor, plan, label=label, progress=progress)

    @property
    def query(self) -> str:
        """What was asked, shortened to 2,000 characters."""
        asked = self.answer.query
        return asked if len(asked) <= _SHOWN_QUERY else asked[: _SHOWN_QUERY - 1] + "…"

    def _origin(self, row: int) -> str:
        """Return where a row comes from: object, query and day."""
        part = self.places.queries.get(row) or self.query
        parts = (self.places.refs.get(row) or "?", f"{self.definition.url} {part}", self.day)
        return " · ".join(parts)

    def _with_origin(self, plan: ImportPlan) -> ImportPlan:
        """Return the plan with its origin at each new place and each new coordinate."""
        row_of = {str(row.values.get("id")): row.number for row in self.places.rows} | dict(plan.row_of)
        creates: dict[str, list[Mapping[str, Any]]] = {name: list(rows) for name, rows in plan.creates.items()}
        creates["locations"] = [self._told(place, row_of.get(str(place["id"]))) for place in creates["locations"]]
        by_place = {finding.place_id: finding.row for finding in self.difference.findings if finding.place_id}
        updates = []
        for update in plan.updates:
            changes = dict(update.changes)
            if update.resource == "locations" and "lon" in changes:
                changes |= {"coordinate_quality": "exact", "coordinate_error_m": None}
                row = by_place.get(update.id)
                changes["coordinate_method"] = self.definition.source if row is None else self._method(row)
            updates.append(replace(update, changes=changes))
        return replace(plan, creates=creates, updates=tuple(updates))

    def _method(self, row: int) -> str:
        return f"{self.definition.source}: {self.places.refs.get(row) or '?'}"

    def _told(self, place: Mapping[str, Any], row: int | None) -> Mapping[str, Any]:
        if row is None:
            return place
        note = "\n".join(filter(None, (place.get("note"), f"Herkunft: {self._origin(row)}")))
        method = {"coordinate_method": self._method(row)} if place.get("lon") is not None else {}
        return dict(place) | {"note": note} | method

    def _filled(self, decisions: Mapping[int, Decision], overwrite: Collection[str]) -> list[Update]:
        """Return the changes of places that an HSDS directory knows more of."""
        rows = {row.number: row.values for row in self.places.rows}
        fields = resource("locations").fields
        found = []
        for finding in self.difference.findings:
            if decisions[finding.row].action != "merge" or finding.place_id is None:
                continue
            wanted = {c.field for c in finding.changes if c.here is None or c.field in overwrite}
            wanted |= {"lon", "lat"} if "coordinate" in wanted else set()
            changes = {name: rows[finding.row][name] for name in sorted(wanted & fields.keys())}
            if changes:
                found.append(Update(finding.place_id, changes, self.content.versions.get(finding.place_id, 0)))
        return found


def prepare(
    definition: Definition,
    client: Client,
    store: Store,
    city: City,
    *,
    actor: Actor | None,
    day: str | None = None,
) -> Prepared:
    """Ask a source and compare its answer with the inventory.

    Parameters
    ----------
    definition
        Which source.
    client
        Way out.
    store, actor
        The inventory, as `actor` may see it.
    city
        Words and districts.
    day
        Day of asking (YYYY-MM-DD), default today (UTC).

    Raises
    ------
    ConnectError
        The source may not be asked, does not answer, or answers something else.
    """
    day = day or datetime.now(UTC).date().isoformat()
    answer = CONNECTORS[definition.type](definition, client, city.words)
    places = inward(answer, definition, city, store, day=day)
    content = content_of_store(store, actor=actor)
    known = content.rows("locations")
    findings = compare(places.rows, known, refs=places.refs, retired=places.retired, labels=city.words.kinds)
    gone, only_here = _missing(findings, content, definition, answer)
    faulty = len(places.faulty)
    difference = Difference(tuple(findings), gone, only_here, len(places.outside), faulty, answer.complete)
    return Prepared(definition, answer, places, content, difference, city, day)


def _missing(
    findings: list[Finding], content: Content, definition: Definition, answer: Answer
) -> tuple[tuple[Gone, ...], tuple[str, ...]]:
    """Return the places that are no longer in the source, and those that never came from it."""
    met = {finding.place_id for finding in findings}
    met |= {match.place_id for finding in findings for match in finding.candidates}
    gone, only_here = [], []
    for key, place in content.rows("locations").items():
        if key in met or not answer.complete or (answer.kinds and place.get("kind") not in answer.kinds):
            continue
        if place.get("source") == definition.source:
            gone.append(Gone(key, str(place.get("name")), place.get("kind")))
        elif answer.kinds:
            only_here.append(key)
    return tuple(gone), tuple(only_here)
