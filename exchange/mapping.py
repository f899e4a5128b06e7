"""Which column means what: proposed, edited by a person, kept as a template (JSON)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from exchange.errors import MappingError
from exchange.fields import place_fields
from exchange.normal import fold
from exchange.positions import SYSTEMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exchange.table import Table

TEMPLATE_VERSION: Final = 1
NumberStyle = Literal["auto", "comma", "point"]
_STYLES: Final = ("auto", "comma", "point")
_EMPTY: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True)
class ColumnMapping:
    """How the columns of a table become places.

    Attributes
    ----------
    columns
        Column of the file → target (a name of `exchange.fields.place_fields`); others are left out.
    constants
        Target → value for rows whose cell is empty, or for all if no column has it.
    kinds
        Word in the file → kind of facility, for words that the catalogue does not know.
    crs, swapped
        Coordinate system of the coordinate columns; None = find out. `swapped`: the column called
        easting holds the northing.
    number_style
        ``comma``, ``point`` or ``auto`` (found for each column).
    """

    columns: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    kinds: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    crs: str | None = None
    swapped: bool = False
    number_style: NumberStyle = "auto"

    def column_of(self, target: str) -> str | None:
        """Return the column assigned to `target`."""
        return next((column for column, found in self.columns.items() if found == target), None)

    def assigned(self, column: str, target: str | None) -> ColumnMapping:
        """Return a mapping with `column` meaning `target` (None: nothing); another column loses it."""
        columns = {c: t for c, t in self.columns.items() if c != column and t != target}
        return replace(self, columns=columns | ({column: target} if target else {}))


def check(mapping: ColumnMapping, table: Table) -> None:
    """Raise MappingError unless every column exists and every target is known and given once."""
    seen: dict[str, str] = {}
    for column, target in mapping.columns.items():
        if column not in table.columns:
            available = ", ".join(table.columns)
            raise MappingError("mapping.unknown_column", column=column, available=available)
        if target in seen:
            raise MappingError("mapping.double_target", target=target, first=seen[target], second=column)
        seen[target] = column
    _known_targets([*mapping.columns.values(), *mapping.constants])


def to_template(mapping: ColumnMapping, name: str) -> str:
    """Return the mapping as JSON text, to be used again for the next file of the same form."""
    content = {
        "quartierskarte_mapping": TEMPLATE_VERSION,
        "name": name,
        "columns": dict(mapping.columns),
        "constants": dict(mapping.constants),
        "kinds": dict(mapping.kinds),
        "crs": mapping.crs,
        "swapped": mapping.swapped,
        "number_style": mapping.number_style,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def from_template(text: str, table: Table) -> ColumnMapping:
    """Return the mapping in a template as far as `table` has its columns (compared without accents).

    Raises
    ------
    MappingError
        No template, or one of a newer version, or with unknown targets or values.
    """
    content = _template(text)
    _known_targets([*content["columns"].values(), *content["constants"]])
    present = {fold(column): column for column in reversed(table.columns)}
    columns = {
        present[fold(column)]: target for column, target in content["columns"].items() if fold(column) in present
    }
    mapping = ColumnMapping(
        columns=columns,
        constants=content["constants"],
        kinds=content["kinds"],
        crs=content["crs"],
        swapped=content["swapped"],
        number_style=content["number_style"],
    )
    check(mapping, table)
    return mapping


def _template(text: str) -> dict[str, Any]:
    """Return the checked content of a template."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MappingError("mapping.bad_template", reason="no JSON") from error
    if not isinstance(content, dict) or content.get("quartierskarte_mapping") != TEMPLATE_VERSION:
        raise MappingError("mapping.bad_template", reason="no template of this version")
    found: dict[str, Any] = {}
    for key in ("columns", "constants", "kinds"):
        part = content.get(key, {})
        if not isinstance(part, dict) or not all(isinstance(value, str) for value in part.values()):
            raise MappingError("mapping.bad_template", reason=key)
        found[key] = part
    found["crs"] = content.get("crs")
    found["swapped"] = content.get("swapped", False)
    found["number_style"] = content.get("number_style", "auto")
    if found["crs"] is not None and found["crs"] not in SYSTEMS:
        raise MappingError("mapping.bad_template", reason="crs")
    if not isinstance(found["swapped"], bool) or found["number_style"] not in _STYLES:
        raise MappingError("mapping.bad_template", reason="swapped, number_style")
    return found


def _known_targets(targets: list[str]) -> None:
    known = place_fields()
    for target in targets:
        if target not in known:
            raise MappingError("mapping.unknown_target", target=target, allowed=", ".join(known))
