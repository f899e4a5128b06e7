"""The data package: opened by its descriptor, each resource read as a typed frame in EPSG:25832."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.areas import read_areas
from geo.crs import from_lonlat, points_from_xy
from geo.errors import DataFileError, ParameterError
from geo.problems import Problem
from geo.schema import LIST_DELIMITER, TableSchema, load_schema
from geo.tables import parse_table, typed_frame

DESCRIPTOR: Final = "datapackage.json"


@dataclass(frozen=True, eq=False)
class Package:
    """An opened data package: a folder and its descriptor. Nothing but the descriptor is read.

    Attributes
    ----------
    root
        Folder of ``datapackage.json``.
    descriptor
        Its content; to be treated as read-only.
    files
        Path of each resource below `root`, in the order of the descriptor.
    """

    root: Path
    descriptor: Mapping[str, Any]
    files: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the resources in the order of the descriptor."""
        return tuple(self.files)

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the names and bytes of all resources (hex); a missing file counts as such."""
        paths = {name: self.path(name) for name in self.files}
        return content_hash({name: path.read_bytes() if path.is_file() else None for name, path in paths.items()})

    @cached_property
    def version(self) -> str:
        """Text that changes when a file changes, from sizes and modification times: cheap, for cache keys."""
        digest = hashlib.sha256()
        for path in (self.root / DESCRIPTOR, *map(self.path, sorted(self.files))):
            found = path.stat() if path.is_file() else None
            digest.update(f"{found.st_mtime_ns} {found.st_size}\n".encode() if found else b"missing\n")
        return digest.hexdigest()[:16]

    def path(self, name: str) -> Path:
        """Return where the resource `name` lies."""
        return self.root / self.files[name]


def content_hash(contents: Mapping[str, bytes | None]) -> str:
    """Return the SHA-256 over names and contents of resources (hex), in any order; None = the file is missing."""
    digest = hashlib.sha256()
    for name in sorted(contents):
        data = contents[name]
        said = "missing" if data is None else hashlib.sha256(data).hexdigest()
        digest.update(f"{name}\n{said}\n".encode())
    return digest.hexdigest()


@dataclass(frozen=True)
class Loaded:
    """A resource as far as it can be read, and everything found wrong on the way.

    `rows` holds the place of each row in its file (`geo.problems.Problem.row`); `frame` is None if
    there is nothing to read at all.
    """

    file: str
    frame: pd.DataFrame | None
    rows: npt.NDArray[np.int64]
    problems: tuple[Problem, ...]


def open_package(root: Path | str) -> Package:
    """Return the data package in the folder `root`.

    Raises
    ------
    DataFileError
        There is no ``datapackage.json``, it cannot be read, or a path leads out of the folder.
    """
    folder = Path(root)
    path = folder / DESCRIPTOR
    try:
        descriptor = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise DataFileError("data.package_missing", file=str(path)) from error
    except OSError as error:
        raise DataFileError("data.file_unreadable", file=str(path), reason=error.strerror) from error
    except (ValueError, RecursionError) as error:
        raise DataFileError("data.package_broken", file=str(path), reason=str(error)) from error
    return Package(folder, descriptor, _files(descriptor, path))


def read(package: Package, name: str) -> gpd.GeoDataFrame | pd.DataFrame:
    """Return one resource with the types of its schema.

    Parameters
    ----------
    package
        From `open_package`.
    name
        Name of the resource, for example ``"locations"``.

    Returns
    -------
    geopandas.GeoDataFrame or pandas.DataFrame
        A GeoDataFrame in EPSG:25832 if the resource has areas, ``lon``/``lat`` or ``x``/``y``
        (rows without a coordinate stay, their geometry is None), else a DataFrame. Unknown is NaN
        in texts and numbers, NA in whole numbers and truth values. Lists stay ``;``-joined texts:
        see `split_list`. To be treated as read-only.

    Raises
    ------
    ParameterError
        The package has no such resource.
    DataFileError, SchemaError, CrsError, GeometryError
        The file is missing or broken, a column is missing, a cell does not have its type, areas
        are in another reference system or not valid: the first such problem, with file, row,
        column, value and remedy. `geo.validation.validate` lists all of them.
    """
    loaded = load(package, name)
    for problem in loaded.problems:
        if problem.severity == "error":
            raise problem.as_error()
    if loaded.frame is None:
        raise RuntimeError(f"{name} has neither rows nor a problem")
    return loaded.frame


def load(package: Package, name: str) -> Loaded:
    """Return one resource as far as it can be read, with every problem of its file; see `read`."""
    if name not in package.files:
        raise ParameterError("data.resource_unknown", value=name, available=", ".join(package.names))
    schema = load_schema(name)
    file = package.files[name]
    try:
        data = package.path(name).read_bytes()
    except FileNotFoundError:
        return _nothing(file, [Problem("data.file_missing", file)])
    except OSError as error:
        return _nothing(file, [Problem("data.file_unreadable", file, details={"reason": str(error.strerror)})])
    if schema.has_geometry:
        areas, problems = read_areas(data, schema, file=file)
        count = 0 if areas is None else len(areas)
        return Loaded(file, areas, np.arange(1, count + 1), tuple(problems))
    return _load_table(data, schema, file)


def split_list(values: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column of ``;``-joined lists as tuples of text; unknown and empty become ``()``."""
    lists = [
        tuple(item for item in text.split(LIST_DELIMITER) if item) if isinstance(text, str) else () for text in values
    ]
    return pd.Series(lists, index=values.index, name=values.name, dtype="object")


def _files(descriptor: Any, path: Path) -> dict[str, str]:
    entries = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(entries, list):
        raise DataFileError("data.package_broken", file=str(path), reason="it has no list of resources")
    files = {}
    for entry in entries:
        name, file = (entry.get("name"), entry.get("path")) if isinstance(entry, dict) else (None, None)
        if not isinstance(name, str) or not isinstance(file, str):
            raise DataFileError("data.package_broken", file=str(path), reason="a resource has no name or path")
        parts = PurePosixPath(file).parts
        if not parts or file.startswith("/") or ".." in parts or ":" in file or "\\" in file:
            raise DataFileError("data.path_outside", resource=name, value=file)
        files[name] = file
    return files


def _load_table(data: bytes, schema: TableSchema, file: str) -> Loaded:
    table, problems = parse_table(data, file=file)
    if table is None:
        return _nothing(file, problems)
    frame, more = typed_frame(table, schema, file=file)
    return Loaded(file, _with_points(frame, schema), np.array(table.rows, dtype="int64"), (*problems, *more))


def _with_points(frame: pd.DataFrame, schema: TableSchema) -> pd.DataFrame:
    pair = schema.coordinates
    if pair is None or not set(pair) <= set(frame.columns):
        return frame
    make = from_lonlat if pair == ("lon", "lat") else points_from_xy
    points = make(frame[pair[0]].to_numpy(), frame[pair[1]].to_numpy())
    placed: pd.DataFrame = gpd.GeoDataFrame(frame, geometry=points)
    return placed


def _nothing(file: str, problems: list[Problem]) -> Loaded:
    return Loaded(file, None, np.array([], dtype="int64"), tuple(problems))
