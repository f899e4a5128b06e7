"""One import from file to batch, step by step: what a page or the command line drives.

    session = ImportSession.of_file(content, "treffs.xlsx", words=words)
    session.table.columns, session.mapping           # shown, edited, kept as a template
    session.matches(content)                          # possible doubles, to decide on
    plan = session.plan(content, decisions)           # everything that would happen
    session.apply(store, actor, plan)                 # one transaction, one batch

Sessions are frozen: every edit returns a new one, and what was worked out is worked out once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from exchange.apply import Applied, apply_plan
from exchange.convert import Converted, convert
from exchange.duplicates import Match, find_matches
from exchange.errors import MappingError
from exchange.hsds.files import tables_of
from exchange.hsds.inward import entries
from exchange.hsds.plan import build_hsds_plan, place_rows
from exchange.mapping import ColumnMapping, from_template, to_template
from exchange.plan import Decision, ImportPlan, build_plan, proposed_decisions
from exchange.propose import propose
from exchange.sandbox import Upload, read_upload
from exchange.table import Table, as_table, known_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from exchange.content import Content, Row
    from exchange.grid import Grid
    from exchange.place_rows import PlaceRow
    from exchange.vocabulary import Vocabulary
    from store.database import Store
    from store.permissions import Actor


@dataclass(frozen=True)
class ImportSession:
    """A file on its way in.

    Attributes
    ----------
    upload
        What the file holds.
    words
        Catalogue of the city.
    table_name, header_row
        Which table of the file, and which row its headings are in; None = found by itself.
    chosen
        Mapping that a person decided on; None = the proposal.
    """

    upload: Upload
    words: Vocabulary
    table_name: str | None = None
    header_row: int | None = None
    chosen: ColumnMapping | None = None
    constants: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_file(
        cls,
        content: bytes,
        filename: str,
        *,
        words: Vocabulary,
        encoding: str | None = None,
        delimiter: str | None = None,
    ) -> ImportSession:
        """Read a file in the child process; UploadError if it is refused."""
        return cls(read_upload(content, filename, encoding=encoding, delimiter=delimiter), words)

    @property
    def is_hsds(self) -> bool:
        """Whether the file is HSDS: then there are no columns to map."""
        return self.upload.format.startswith("hsds")

    @property
    def table_names(self) -> tuple[str, ...]:
        """Names of the tables in the file."""
        return tuple(grid.name for grid in self.upload.grids)

    @property
    def grid(self) -> Grid:
        """The chosen table as it stands in the file; by default the one with the most known headings."""
        if self.table_name is None:
            return max(self.upload.grids, key=lambda grid: (known_columns(grid), len(grid.rows)))
        for grid in self.upload.grids:
            if grid.name == self.table_name:
                return grid
        raise MappingError("mapping.unknown_table", name=self.table_name, available=", ".join(self.table_names))

    @cached_property
    def table(self) -> Table:
        """The chosen table with its columns."""
        return as_table(self.grid, header_row=self.header_row)

    @cached_property
    def proposal(self) -> ColumnMapping:
        """What the columns seem to mean."""
        return propose(self.table, self.words).mapping

    @property
    def mapping(self) -> ColumnMapping:
        """The mapping in force: the chosen one, else the proposal; with the constants."""
        found = self.chosen or self.proposal
        return replace(found, constants=dict(found.constants) | dict(self.constants))

    def with_table(self, name: str, *, header_row: int | None = None) -> ImportSession:
        """Return the session for another table or header row; a chosen mapping is dropped."""
        return replace(self, table_name=name, header_row=header_row, chosen=None)

    def with_mapping(self, mapping: ColumnMapping) -> ImportSession:
        """Return the session with a mapping that a person decided on."""
        return replace(self, chosen=mapping)

    def with_template(self, text: str) -> ImportSession:
        """Return the session with the mapping of a template; MappingError if it does not fit."""
        return replace(self, chosen=from_template(text, self.table))

    def with_constants(self, constants: Mapping[str, str]) -> ImportSession:
        """Return the session with values for rows that have none."""
        return replace(self, constants=dict(self.constants) | dict(constants))

    def template(self, name: str) -> str:
        """Return the mapping in force as a template to keep."""
        return to_template(self.mapping, name)

    @cached_property
    def converted(self) -> Converted:
        """The rows as places, with every problem."""
        text_file = self.upload.format == "csv"
        return convert(self.table, self.mapping, self.words, file=self.upload.filename, text_file=text_file)

    @cached_property
    def entries(self) -> Mapping[str, Mapping[str, Row]]:
        """The entries of an HSDS file; UploadError if it breaks the standard's rules."""
        return entries(tables_of(self.upload), self.words, source=self.source, default_kind=self.constants.get("kind"))

    @property
    def source(self) -> str:
        """Source of rows that name none."""
        return self.constants.get("source", f"Import: {self.upload.filename}")

    @property
    def places(self) -> list[PlaceRow]:
        """The places in the file, to be shown on a map (``lon``, ``lat`` in degrees) and in a list."""
        return place_rows(self.entries) if self.is_hsds else self.converted.rows

    def matches(self, content: Content) -> dict[int, list[Match]]:
        """Return the possible doubles of each place by its row number, best first."""
        return find_matches(self.places, content.rows("locations"))

    def plan(self, content: Content, decisions: Mapping[int, Decision] | None = None) -> ImportPlan:
        """Return what the import would do; without decisions the proposed ones count."""
        if decisions is None:
            decisions = proposed_decisions(self.matches(content))
        if self.is_hsds:
            return build_hsds_plan(self.entries, decisions, content, file=self.upload.filename)
        return build_plan(self.converted, decisions, content, self.words, source=self.source, file=self.upload.filename)

    def apply(
        self,
        store: Store,
        actor: Actor | None,
        plan: ImportPlan,
        *,
        progress: Callable[[float], None] | None = None,
    ) -> Applied:
        """Store the plan as one batch named after the file; see `exchange.apply.apply_plan`."""
        return apply_plan(store, actor, plan, label=f"Import: {self.upload.filename}", progress=progress)

    def report(self) -> list[str]:
        """Return how the file was read, line by line, for the command line."""
        lines = [f"file: {self.upload.filename} ({self.upload.format}) {_pairs(self.upload.info)}".rstrip()]
        if self.is_hsds:
            counts = {name: len(rows) for name, rows in self.entries.items() if rows}
            return [*lines, f"entries: {_pairs(counts)}"]
        table, position = self.table, self.converted.position
        lines.append(f"table: {table.name}, {len(table.rows)} rows, header in row {table.header_row or '-'}")
        lines += [f"column: {column} → {self.mapping.columns.get(column, '-')}" for column in table.columns]
        if position is not None:
            swapped = ", columns swapped" if position.swapped else ""
            lines.append(f"coordinates: {position.crs}{swapped}, {position.share:.0%} in or near the city")
        return lines


def _pairs(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value!r}" for name, value in values.items())
