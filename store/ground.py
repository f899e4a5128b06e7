"""The ground: the shipped data package, read-only, underneath what people add.

Rows are handed out as plain dictionaries with every field of the resource; unknown is None.
"""

from __future__ import annotations

from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from store.resources import resource, resources

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from geo.sources import Package

Row = dict[str, Any]
_NOTHING: Mapping[str, Row] = MappingProxyType({})


class Ground:
    """One version of the data package.

    Attributes
    ----------
    version
        Version of the package as its descriptor says.
    content_hash
        Digest of the package's files: two packages with the same hash are the same.
    names
        Resources it holds.
    """

    def __init__(
        self,
        version: str,
        content_hash: str,
        names: frozenset[str],
        load: Callable[[str], pd.DataFrame],
    ) -> None:
        self.version = version
        self.content_hash = content_hash
        self.names = names
        self._load = load
        self._frames: dict[str, pd.DataFrame] = {}
        self._rows: dict[str, Mapping[str, Row]] = {}
        self._values: dict[tuple[str, str], frozenset[str]] = {}

    @classmethod
    def of_package(cls, package: Package) -> Ground:
        """Return the ground made of a data package opened with `geo.sources.open_package`."""
        from geo import sources

        version = str(package.descriptor.get("version", ""))
        names = frozenset(package.names)
        return cls(version, package.hash, names, lambda name: sources.read(package, name))

    @cached_property
    def stamp(self) -> str:
        """Version and digest in one text, kept with every patch."""
        return f"{self.version}+{self.content_hash[:12]}"

    def frame(self, name: str) -> pd.DataFrame:
        """Return the table as `geo.sources.read` gives it; KeyError if the package has none."""
        if name not in self.names:
            raise KeyError(name)
        if name not in self._frames:
            self._frames[name] = self._load(name)
        return self._frames[name].copy(deep=False)

    def rows(self, name: str) -> Mapping[str, Row]:
        """Return the rows of an editable resource by identifier; empty if the package has none."""
        if name not in self.names:
            return _NOTHING
        if name not in self._rows:
            self._rows[name] = MappingProxyType(_plain_rows(name, self.frame(name)))
        return self._rows[name]

    def resource_of(self, entry_id: str) -> str | None:
        """Return which editable resource has a row with this identifier; None if no one."""
        return self._resource_by_id.get(entry_id)

    @cached_property
    def _resource_by_id(self) -> Mapping[str, str]:
        return {key: name for name in resources() for key in self.rows(name)}

    def values(self, name: str, column: str) -> frozenset[str] | None:
        """Return all values of a column as text; None if the package has no such table."""
        if name not in self.names:
            return None
        key = (name, column)
        if key not in self._values:
            known = self.frame(name)[column].dropna()
            self._values[key] = frozenset(str(value) for value in known.tolist())
        return self._values[key]


def _plain_rows(name: str, frame: pd.DataFrame) -> dict[str, Row]:
    kind = resource(name)
    empty = dict.fromkeys(kind.fields) | dict(kind.ground_defaults)
    present = [column for column in kind.package_columns if column in frame.columns]
    columns = [_plain_values(frame[column]) for column in present]
    found = {}
    for values in zip(*columns, strict=True):
        row = dict(zip(present, values, strict=True))
        found[row["id"]] = empty | row
    return found


def _plain_values(column: pd.Series[Any]) -> list[Any]:
    return column.astype(object).where(column.notna(), None).tolist()


def _no_table(name: str) -> pd.DataFrame:
    raise KeyError(name)


EMPTY = Ground("", "", frozenset(), _no_table)
"""No package underneath: only what people added."""
