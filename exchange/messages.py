"""Every message of files in and out: key → English template, and key + ``.remedy`` → what to do.

Pages translate exactly these keys. Fields in braces are the ``params`` of the error or problem.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from exchange.connect.messages import CONNECT_TEXTS
from exchange.messages_rows import ROW_TEXTS
from exchange.workshop.messages import PAPER_TEXTS

_SAVE_AGAIN: Final = "Open it in the program it comes from and save it again as XLSX or CSV."
_SMALLER: Final = "Split it into smaller files."
_FORMATS: Final = "Save it as CSV, XLSX, GeoJSON, GeoPackage or HSDS (JSON or data package)."
_FRESH_XLSX: Final = "Copy the table into a new workbook and save it as XLSX."

# Each entry is a message and its remedy.
_TEXTS: Final[dict[str, tuple[str, str]]] = {
    # the file as a whole
    "upload.empty": ("The file is empty.", _SAVE_AGAIN),
    "upload.too_large": (
        "The file has {megabytes} MB; at most {limit} MB are read.",
        _SMALLER,
    ),
    "upload.format_refused": ("The file is {found}, which is not read here.", _FORMATS),
    "upload.name_mismatch": (
        "The file's name ends in {extension!r}, but its content is {found}.",
        "Give it the right ending, or save it again in the format that its name says.",
    ),
    "upload.time_limit": (
        "Reading the file took longer than {seconds} seconds and was stopped.",
        _SMALLER,
    ),
    "upload.memory_limit": (
        "Reading the file needed more memory than allowed and was stopped.",
        _SMALLER,
    ),
    "upload.busy": (
        "Other files are being read right now.",
        "Wait a moment and upload the file again.",
    ),
    "upload.reader_failed": (
        "The file could not be read: the reading process ended without an answer ({reason}).",
        _SAVE_AGAIN,
    ),
    "upload.broken": ("The file is damaged or cut off: {reason}.", _SAVE_AGAIN),
    "upload.no_table": ("The file has no table with at least two rows.", _SAVE_AGAIN),
    "upload.too_many_tables": (
        "The file has {count} tables or layers; at most {limit} are read.",
        _SMALLER,
    ),
    # tables
    "upload.too_many_rows": (
        "The table {table!r} has a cell in row {row}; at most {limit} rows are read.",
        "Delete stray cells and empty rows below the table, or split the file.",
    ),
    "upload.too_many_columns": (
        "The table {table!r} has {count} columns in row {row}; at most {limit} are read.",
        "Delete stray cells and empty columns beside the table.",
    ),
    "upload.too_many_cells": (
        "The file has more than {limit} filled cells or characters.",
        _SMALLER,
    ),
    "upload.cell_too_long": (
        "A cell in row {row}, column {column}, has more than {limit} characters.",
        "Shorten the text of this cell.",
    ),
    # text files
    "upload.nul_bytes": (
        "The file has zero bytes (at position {position}); it is no text in a known encoding.",
        _SAVE_AGAIN,
    ),
    "upload.encoding": (
        "The file is not readable as {encoding!r}: byte {position} does not fit.",
        "Choose another encoding, or save the file as UTF-8.",
    ),
    "upload.unknown_encoding": (
        "The encoding {encoding!r} is not one of those read here.",
        "Use one of: {allowed}.",
    ),
    "upload.open_quote": (
        "A quotation mark in row {row} is never closed.",
        "Close or remove the quotation mark in this row.",
    ),
    # JSON
    "upload.bad_json": ("The file is no valid JSON (line {line}: {reason}).", _SAVE_AGAIN),
    "upload.too_deep": (
        "The JSON is nested deeper than {limit} levels.",
        "Save it without the nesting.",
    ),
    "upload.not_finite": (
        "The file has the coordinate or number {value!r}, which is not finite ({where}).",
        "Correct this entry.",
    ),
    "upload.json_unknown": (
        "The JSON is of type {found!r}, neither GeoJSON nor HSDS.",
        "Save it as a GeoJSON FeatureCollection, as HSDS or as a table.",
    ),
    "upload.json_shape": (
        "The {where} {number} is not what the format demands: {reason}.",
        "Correct this entry.",
    ),
    "upload.crs_unknown": (
        "The file names the coordinate system {crs!r}, which is not known here.",
        "Save it in EPSG:25832 or EPSG:4326.",
    ),
    # packed files
    "upload.pack_entries": (
        "The packed file has {count} entries; at most {limit} are read.",
        _SMALLER,
    ),
    "upload.pack_bomb": (
        "The packed file would unpack to {megabytes} MB ({entry!r}); this is refused.",
        _SMALLER,
    ),
    "upload.pack_path": (
        "The packed file has an entry with the forbidden name {entry!r}.",
        "Pack it again with plain file names.",
    ),
    "upload.pack_encrypted": (
        "The packed file or workbook is encrypted ({entry!r}).",
        "Save it without a password.",
    ),
    "upload.pack_method": (
        "The entry {entry!r} is packed with an unusual method ({method}).",
        "Pack it again as an ordinary zip file.",
    ),
    "upload.pack_duplicate": (
        "The packed file has the entry {entry!r} twice.",
        "Pack it again with each file once.",
    ),
    "upload.pack_unknown": (
        "The packed file is neither a workbook nor an HSDS data package.",
        _FORMATS,
    ),
    # XLSX
    "upload.xml_doctype": (
        "The part {part!r} of the workbook declares a document type or entities; this is refused.",
        _FRESH_XLSX,
    ),
    "upload.xml_broken": ("The part {part!r} of the workbook is no valid XML ({reason}).", _FRESH_XLSX),
    "upload.xlsx_part": ("The workbook has no part {part!r}.", _FRESH_XLSX),
    "upload.xlsx_macros": (
        "The workbook contains macros.",
        "Save it as an XLSX file without macros.",
    ),
    "upload.xlsx_external": (
        "The workbook takes its part {part!r} from outside the file; this is refused.",
        _FRESH_XLSX,
    ),
    "upload.xlsx_cell": (
        "The cell {cell!r} of the table {table!r} has no usable position or value.",
        _FRESH_XLSX,
    ),
    # GeoPackage
    "upload.sqlite_plain": (
        "The file is a database, but not a GeoPackage.",
        "Save the layer as GeoPackage, GeoJSON or CSV.",
    ),
    "upload.gpkg_view": (
        "The GeoPackage contains a view, program or virtual table ({name!r}); this is refused.",
        "Save the layer into a new GeoPackage.",
    ),
    "upload.gpkg_table": (
        "The GeoPackage names the layer {name!r}, which it does not have as a plain table.",
        "Save the layer into a new GeoPackage.",
    ),
    "upload.gpkg_geometry": (
        "The geometry of row {row} in the layer {name!r} is damaged.",
        "Repair the geometry or save the layer again.",
    ),
    # mapping
    "mapping.bad_template": (
        "The mapping template cannot be used: {reason}.",
        "Save the mapping again as a template, or start without one.",
    ),
    "mapping.unknown_target": (
        "The mapping names the unknown target {target!r}.",
        "Use one of: {allowed}.",
    ),
    "mapping.unknown_column": (
        "The mapping names the column {column!r}, which the table does not have.",
        "Use one of: {available}.",
    ),
    "mapping.double_target": (
        "Two columns are assigned to {target!r}: {first!r} and {second!r}.",
        "Assign only one of them.",
    ),
    "mapping.unknown_table": (
        "The file has no table {name!r}.",
        "Use one of: {available}.",
    ),
    # HSDS
    "hsds.not_valid": (
        "The HSDS data is not valid: {where}: {reason}.",
        "Correct it at its source; required fields and types are in docs/export.md.",
    ),
    # export and plan
    "export.unknown_format": (
        "The format {format!r} is not known.",
        "Use one of: {allowed}.",
    ),
    "export.cell_too_long": (
        "A text has {length} characters; a workbook's cell takes {limit}.",
        "Export it as CSV, GeoJSON or HSDS, or shorten the text.",
    ),
    "plan.undecided": (
        "The row {row} has the decision {decision!r}.",
        "Choose one of: {allowed}.",
    ),
    "plan.unknown_row": ("The table has no row {row}.", "Decide on rows of this table only."),
    "plan.no_place": (
        "The row {row} is to be merged, but no existing place is named for it.",
        "Choose the place, or decide for 'different'.",
    ),
}

_ALL: Final = _TEXTS | ROW_TEXTS | CONNECT_TEXTS | PAPER_TEXTS

MESSAGE_KEYS: Final = MappingProxyType(
    {key: texts[0] for key, texts in _ALL.items()} | {f"{key}.remedy": texts[1] for key, texts in _ALL.items()}
)
