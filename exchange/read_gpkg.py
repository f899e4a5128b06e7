"""GeoPackage layers, read with sqlite3 and nothing else.

GDAL is not used for uploads: its GeoPackage driver runs the file's own views, triggers and
functions and can be led to other drivers. Here an authorizer lets SQLite read plain columns of the
layers' own tables only; views and virtual tables are refused before anything of them runs.
"""

from __future__ import annotations

import sqlite3
import struct
import time
from typing import TYPE_CHECKING, Any, Final

from exchange.errors import UploadError
from exchange.grid import Grid
from exchange.read_json import GEOMETRY_COLUMNS
from exchange.shapes import package_point

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from exchange.grid import Budget, Row

_KNOWN_TRIGGERS: Final = ("rtree_", "trigger_", "gpkg_", "fkey_", "fki_", "fku_", "fkd_")
_KNOWN_VIRTUAL: Final = "rtree_"
_READABLE: Final = frozenset({"gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"})
_MASTER: Final = frozenset({"sqlite_master", "sqlite_schema"})
_SECONDS: Final = 15.0
_STEPS: Final = 100_000
_HIDDEN_COLUMN: Final = 6
_SYSTEM_TABLES: Final = ("gpkg_", "rtree_", "sqlite_")


def read_gpkg(path: Path, *, budget: Budget) -> list[Grid]:
    """Return every layer and attribute table of the GeoPackage at `path` as a table.

    Raises
    ------
    UploadError
        No GeoPackage, damaged, or with views, unknown triggers or virtual tables.
    """
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        connection.text_factory = lambda raw: raw.decode("utf-8", errors="replace")
        _harden(connection, budget)
        allowed = set(_READABLE)
        connection.set_authorizer(_authorizer(allowed))
        tables = _checked_tables(connection)
        return [_layer(connection, entry, tables, allowed, budget) for entry in _layers(connection, budget)]
    except sqlite3.Error as error:
        raise UploadError("upload.broken", reason=f"SQLite: {error}") from error
    except OverflowError as error:
        raise UploadError("upload.broken", reason="SQLite") from error
    finally:
        connection.close()


def _harden(connection: sqlite3.Connection, budget: Budget) -> None:
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "query_only=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 8 * budget.limits.cell_chars + 1_000_000)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1)
    end = time.monotonic() + _SECONDS
    connection.set_progress_handler(lambda: int(time.monotonic() > end), _STEPS)


def _authorizer(allowed: set[str]) -> Any:
    def decide(action: int, first: str | None, second: str | None, *_rest: object) -> int:
        if action == sqlite3.SQLITE_SELECT:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_READ and (first in allowed or first in _MASTER):
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_PRAGMA and first == "table_xinfo" and second in allowed:
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    return decide


def _checked_tables(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the plain tables, lower-case name → name; refuse what could run something."""
    tables = {}
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master"):
        shown = str(name)[:80]
        text = " ".join(str(sql or "").split()).upper()
        virtual = text.startswith("CREATE VIRTUAL")
        if (
            kind == "view"
            or (kind == "trigger" and not str(name).lower().startswith(_KNOWN_TRIGGERS))
            or (virtual and not str(name).lower().startswith(_KNOWN_VIRTUAL))
        ):
            raise UploadError("upload.gpkg_view", name=shown)
        if kind == "table" and not virtual:
            tables[str(name).lower()] = str(name)
    if "gpkg_contents" not in tables:
        raise UploadError("upload.sqlite_plain")
    return tables


def _layers(connection: sqlite3.Connection, budget: Budget) -> list[tuple[str, str | None]]:
    """Return (table, coordinate system) of each layer and attribute table."""
    rows = connection.execute("SELECT table_name, data_type, srs_id FROM gpkg_contents").fetchmany(
        budget.limits.tables + 1
    )
    if len(rows) > budget.limits.tables:
        raise UploadError("upload.too_many_tables", count=len(rows), limit=budget.limits.tables)
    systems = {
        identifier: f"EPSG:{int(code)}"
        for identifier, organization, code in connection.execute(
            "SELECT srs_id, organization, organization_coordsys_id FROM gpkg_spatial_ref_sys"
        ).fetchmany(1000)
        if str(organization).upper() == "EPSG" and isinstance(code, int)
    }
    return [(str(name), systems.get(srs)) for name, kind, srs in rows if kind in ("features", "attributes")]


def _layer(
    connection: sqlite3.Connection,
    entry: tuple[str, str | None],
    tables: dict[str, str],
    allowed: set[str],
    budget: Budget,
) -> Grid:
    name, crs = entry
    table = tables.get(name.lower())
    if table is None or name.lower().startswith(_SYSTEM_TABLES):
        raise UploadError("upload.gpkg_table", name=name[:80])
    allowed.add(table)
    columns = _columns(connection, table, budget)
    geometry = connection.execute(
        "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", (name,)
    ).fetchone()
    geometry_at = columns.index(geometry[0]) if geometry and geometry[0] in columns else None
    grid = Grid(name, crs=crs)
    for number, values in enumerate(_values(connection, table, columns), 1):
        row = _cells(values, geometry_at, name, number)
        budget.row(name, number, row)
        grid.rows.append(row)
        grid.numbers.append(number)
    grid.header = [column for i, column in enumerate(columns) if i != geometry_at]
    if geometry_at is not None:
        grid.header += GEOMETRY_COLUMNS
    return grid


def _columns(connection: sqlite3.Connection, table: str, budget: Budget) -> list[str]:
    """Return the names of the stored columns; computed ones are refused."""
    found = connection.execute(f"PRAGMA table_xinfo({_quoted(table)})").fetchall()
    if any(row[_HIDDEN_COLUMN] for row in found):
        raise UploadError("upload.gpkg_view", name=table[:80])
    budget.position(table, 1, len(found))
    return [str(row[1]) for row in found]


def _values(connection: sqlite3.Connection, table: str, columns: list[str]) -> Iterator[Any]:
    listed = ", ".join(_quoted(column) for column in columns)
    yield from connection.execute(f"SELECT {listed} FROM {_quoted(table)}")  # noqa: S608 - names are quoted


def _cells(values: tuple[Any, ...], geometry_at: int | None, name: str, number: int) -> Row:
    row: Row = [_text(value) for i, value in enumerate(values) if i != geometry_at]
    if geometry_at is None:
        return row
    blob = values[geometry_at]
    try:
        return [*row, *((None, None) if blob is None else package_point(blob))]
    except (ValueError, TypeError, KeyError, IndexError, struct.error) as error:
        raise UploadError("upload.gpkg_geometry", row=number, name=name[:80]) from error


def _text(value: object) -> str | None:
    if value is None or isinstance(value, bytes):
        return None
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    return str(value) or None


def _quoted(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'
