"""The columns of every resource: the Frictionless Table Schemas in ``geo/schemas`` as typed objects."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from geo.errors import ParameterError

_FOLDER: Final = Path(__file__).parent / "schemas"
GEOMETRY: Final = "geojson"
LIST_DELIMITER: Final = ";"

_OPTIONAL_DTYPES: Final = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}
_REQUIRED_DTYPES: Final = _OPTIONAL_DTYPES | {"integer": "int64", "boolean": "bool"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A column of a resource that values must be found in."""

    resource: str
    column: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type, its rules and what it refers to. None = no such rule."""

    name: str
    type: str
    title: str
    description: str
    unit: str | None
    required: bool
    unique: bool
    minimum: float | None
    maximum: float | None
    min_length: int | None
    max_length: int | None
    pattern: str | None
    enum: tuple[str, ...]
    is_list: bool
    reference: Reference | None

    @property
    def dtype(self) -> str:
        """Type of the column in a frame: whole numbers and truth values can hold NA if not required."""
        return (_REQUIRED_DTYPES if self.required else _OPTIONAL_DTYPES).get(self.type, "object")


@dataclass(frozen=True, slots=True)
class TableSchema:
    """The columns of one resource in their order."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    optional: bool = False
    """Whether a package may leave the resource out, or without rows."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all columns, the geometry with them."""
        return tuple(column.name for column in self.columns)

    @property
    def table_columns(self) -> tuple[Column, ...]:
        """Columns without the geometry."""
        return tuple(column for column in self.columns if column.type != GEOMETRY)

    @property
    def has_geometry(self) -> bool:
        """Whether the resource is a GeoJSON file."""
        return any(column.type == GEOMETRY for column in self.columns)

    @property
    def coordinates(self) -> tuple[str, str] | None:
        """Columns that hold a coordinate, ``("lon", "lat")`` or ``("x", "y")``; None without one."""
        for pair in (("lon", "lat"), ("x", "y")):
            if set(pair) <= set(self.names):
                return pair
        return None

    def column(self, name: str) -> Column:
        """Return one column; ParameterError with all names if there is none of that name."""
        for column in self.columns:
            if column.name == name:
                return column
        raise ParameterError("parameter.missing_column", name=self.name, column=name, available=", ".join(self.names))


@lru_cache(maxsize=1)
def schema_names() -> tuple[str, ...]:
    """Return the names of all resources a data package can have, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.json")))


@lru_cache(maxsize=64)
def load_schema(name: str) -> TableSchema:
    """Return the schema of the resource `name`; ParameterError with all names if there is none."""
    if name not in schema_names():
        raise ParameterError("parameter.unknown_value", name="resource", value=name, allowed=", ".join(schema_names()))
    entry = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    targets = {
        key["fields"][0]: Reference(key["reference"]["resource"] or name, key["reference"]["fields"][0])
        for key in entry.get("foreignKeys", ())
    }
    columns = [_column(field, targets.get(field["name"])) for field in entry["fields"]]
    optional = bool(entry.get("optionalResource"))
    return TableSchema(name, entry["title"], entry["description"], tuple(columns), tuple(entry["primaryKey"]), optional)


def _column(field: dict[str, Any], target: Reference | None) -> Column:
    rules = field.get("constraints", {})
    return Column(
        name=field["name"],
        type=field["type"],
        title=field.get("title", field["name"]),
        description=field.get("description", ""),
        unit=field.get("unit"),
        required=rules.get("required", False),
        unique=rules.get("unique", False),
        minimum=rules.get("minimum"),
        maximum=rules.get("maximum"),
        min_length=rules.get("minLength"),
        max_length=rules.get("maxLength"),
        pattern=rules.get("pattern"),
        enum=tuple(str(value) for value in rules.get("enum", ())),
        is_list="listDelimiter" in field,
        reference=target or _listed_target(field.get("references", "")),
    )


def _listed_target(text: str) -> Reference | None:
    """Return the target of the key ``references`` (``resource.column``) of lists and area numbers."""
    resource, _, column = text.partition(".")
    return Reference(resource, column) if column and not column.startswith("<") else None
