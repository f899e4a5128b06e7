"""HSDS tabular data packages: a zip file with ``datapackage.json`` and one CSV per object.

The descriptor is not followed (its paths may point anywhere): the CSV files beside it are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exchange.errors import UploadError
from exchange.read_csv import read_csv

if TYPE_CHECKING:
    from exchange.grid import Budget, Grid
    from exchange.packed import Packed

DESCRIPTOR: Final = "datapackage.json"
_WORKBOOK: Final = "xl/workbook.xml"


def is_package(packed: Packed) -> bool:
    """Tell a data package from a workbook; UploadError if the zip file is neither."""
    if _WORKBOOK in packed.names:
        return False
    if _folder(packed) is not None:
        return True
    if "mimetype" in packed.names or "content.xml" in packed.names:
        raise UploadError("upload.format_refused", found="ODS / ODT")
    if "word/document.xml" in packed.names:
        raise UploadError("upload.format_refused", found="DOCX")
    if "[Content_Types].xml" in packed.names:
        raise UploadError("upload.xlsx_part", part=_WORKBOOK)
    raise UploadError("upload.pack_unknown")


def _folder(packed: Packed) -> str | None:
    """Return the folder of the descriptor (at most one deep), None without a descriptor."""
    for name in sorted(packed.names, key=len):
        folder, _, file = name.rpartition("/")
        if file == DESCRIPTOR and "/" not in folder:
            return f"{folder}/" if folder else ""
    return None


def read_package(packed: Packed, *, budget: Budget) -> list[Grid]:
    """Return each CSV file of the package as a table named like its HSDS file (``services``)."""
    folder = _folder(packed) or ""
    names = sorted(
        name
        for name in packed.names
        if name.startswith(folder) and name.endswith(".csv") and "/" not in name[len(folder) :]
    )
    if len(names) > budget.limits.tables:
        raise UploadError("upload.too_many_tables", count=len(names), limit=budget.limits.tables)
    grids = []
    for name in names:
        data = packed.read(name)
        if not data.strip():
            continue
        table = name[len(folder) : -len(".csv")]
        grid, _info = read_csv(data, budget=budget, name=table, delimiter=",")
        grids.append(grid)
    if not grids:
        raise UploadError("upload.no_table")
    return grids
