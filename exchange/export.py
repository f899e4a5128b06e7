"""Handing on: everything or a selection of places in one of six formats."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from exchange.errors import ExportError
from exchange.flat import flat_rows
from exchange.write_tables import write_csv, write_geojson, write_gpkg, write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from exchange.content import Content
    from exchange.vocabulary import Vocabulary
    from store.changelog import LoggedChange

FORMATS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "csv": ("quartierskarte-orte.csv", "text/csv; charset=utf-8"),
        "xlsx": ("quartierskarte-orte.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        "geojson": ("quartierskarte-orte.geojson", "application/geo+json"),
        "gpkg": ("quartierskarte-orte.gpkg", "application/geopackage+sqlite3"),
        "hsds-json": ("quartierskarte-hsds.json", "application/json"),
        "hsds-package": ("quartierskarte-hsds.zip", "application/zip"),
    }
)
"""Format → name of the file and media type."""


def export(
    content: Content,
    kind: str,
    words: Vocabulary,
    *,
    places: Iterable[str] | None = None,
    descriptor: Mapping[str, Any] = MappingProxyType({}),
    language: str = "de",
    history: Iterable[LoggedChange] = (),
) -> bytes:
    """Return a file with `content`.

    Contacts and phones that are not marked public are never in it.

    Parameters
    ----------
    content
        From `exchange.content`: what may be read by everybody is enough.
    kind
        One of `FORMATS`.
    words
        Catalogue, for labels and terms.
    places
        Identifiers of the places to hand on, with all that belongs to them; None = everything.
    descriptor
        Of the data package: title, licences and sources that a data package names.
    language
        Of headings and labels in workbooks: ``de`` or ``en``.
    history
        From `store.changelog`: HSDS carries it as metadata of the entries that are handed on.

    Raises
    ------
    ExportError
        The format is unknown, or a text is too long for a cell of a workbook.
    """
    if kind not in FORMATS:
        raise ExportError("export.unknown_format", format=kind, allowed=", ".join(FORMATS))
    chosen = content if places is None else content.of_places(places)
    if kind.startswith("hsds"):
        from exchange.hsds.files import write_json, write_package
        from exchange.hsds.outward import hsds_tables

        found = hsds_tables(chosen, words, history)
        return write_json(found) if kind == "hsds-json" else write_package(found, descriptor)
    rows = flat_rows(chosen)
    if kind == "xlsx":
        return write_workbook(rows, words, language=language)
    writers = {"csv": write_csv, "geojson": write_geojson, "gpkg": write_gpkg}
    return writers[kind](rows)
