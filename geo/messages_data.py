"""Messages about the data package: files, tables, cells and coordinates; merged into `geo.messages`.

Every message may use ``file``, ``row``, ``column`` and ``value`` of its `geo.problems.Problem`.
"""

from __future__ import annotations

from typing import Final

_REBUILD = "Put the file back or build the package again with scripts/build_data.py."
_CELL = "{file!r}, row {row}, column {column!r}: "
_ROW = "{file!r}, row {row}: "
_AREA = "{file!r}, feature {row}: "

# Each key has its message and its remedy.
DATA_TEXTS: Final[dict[str, tuple[str, str]]] = {
    # the package and its files
    "data.package_missing": (
        "There is no data package: {file!r} is missing.",
        "Name the folder that holds datapackage.json, or build it with scripts/build_data.py.",
    ),
    "data.package_broken": (
        "{file!r} does not describe a data package: {reason}.",
        "Build the package again with scripts/build_data.py.",
    ),
    "data.resource_unknown": (
        "The data package has no resource {value!r}.",
        "Use one of: {available}.",
    ),
    "data.resource_missing": (
        "{file!r} does not list the resource {value!r}.",
        "Build the package again with scripts/build_data.py; what needs this resource is not shown until then.",
    ),
    "data.resource_unexpected": (
        "{file!r} lists the resource {value!r}, which the program does not know.",
        "Remove it or give it a table schema; it is not read.",
    ),
    "data.path_outside": (
        "The resource {resource!r} has the path {value!r}, which leads out of the data package.",
        "Use a path below the folder of datapackage.json.",
    ),
    "data.file_missing": ("The file {file!r} is missing.", _REBUILD),
    "data.file_unreadable": (
        "The file {file!r} cannot be read: {reason}.",
        "Give the program the right to read it.",
    ),
    "data.not_utf8": (
        "The file {file!r} is not UTF-8: row {row} has the byte {value!r}.",
        "Save the table as CSV with the encoding UTF-8.",
    ),
    "data.not_csv": (
        "The file {file!r} is no readable CSV table: {reason}.",
        "Save it as CSV with commas and double quotes.",
    ),
    "data.not_geojson": (
        "The file {file!r} is no GeoJSON feature collection: {reason}.",
        "Save the areas as GeoJSON (RFC 7946).",
    ),
    "data.file_changed": (
        "The file {file!r} is not the one that datapackage.json describes.",
        "If the change is meant, build the package again, so that its description fits.",
    ),
    # tables
    "table.wrong_delimiter": (
        "The columns of {file!r} are separated by {value!r} instead of commas.",
        "Save it as CSV with commas.",
    ),
    "table.missing_column": (
        "The file {file!r} has no column {column!r}.",
        "Add the column; its cells may be empty only where the value is unknown.",
    ),
    "table.extra_column": (
        "The file {file!r} has the column {column!r}, which its schema does not know; it is not read.",
        "Remove the column or correct its name.",
    ),
    "table.duplicate_column": (
        "The file {file!r} has the column {column!r} more than once.",
        "Keep one of them.",
    ),
    "table.row_length": (
        _ROW + "{value} cells instead of {expected}.",
        "Put texts that hold a comma or a line break in double quotes.",
    ),
    "table.empty": (
        "The file {file!r} has no rows.",
        "Add rows if something is known; until then nothing of it can be shown.",
    ),
    # cells
    "cell.wrong_type": (
        _CELL + "{value!r} is no {expected}.",
        "Correct the value, or leave the cell empty if it is unknown and may be.",
    ),
    "cell.required": (
        _CELL + "the value is missing.",
        "Fill it in: without it the row cannot be used.",
    ),
    "cell.not_unique": (
        _CELL + "{value!r} stands already in row {first_row}.",
        "Give each row its own value, or delete the double.",
    ),
    "cell.unknown_value": (
        _CELL + "{value!r} is unknown.",
        "Use one of: {allowed}.",
    ),
    "cell.wrong_pattern": (
        _CELL + "{value!r} does not have the form {pattern!r}.",
        "Write it in that form.",
    ),
    "cell.out_of_range": (
        _CELL + "{value!r} is not between {minimum} and {maximum}.",
        "Correct the value.",
    ),
    "cell.wrong_length": (
        _CELL + "{value!r} does not have {minimum} to {maximum} characters.",
        "Shorten or complete the text.",
    ),
    "cell.no_target": (
        _CELL + "{value!r} is not in {target!r}.",
        "Correct the value, or add what it refers to.",
    ),
    # coordinates of points
    "coordinate.swapped": (
        _CELL + "{value!r}: latitude and longitude are swapped.",
        "Put the longitude (about 9.7) into lon and the latitude (about 52.4) into lat.",
    ),
    "coordinate.incomplete": (
        _CELL + "one half of the coordinate is missing.",
        "Fill in both columns, or leave both empty.",
    ),
    "coordinate.missing": (
        _CELL + "the coordinate quality is {value!r}, but there is no coordinate.",
        "Fill in the coordinate, or set the quality to address, district or none.",
    ),
    "coordinate.unexpected": (
        _CELL + "the coordinate quality is {value!r}, but there is a coordinate.",
        "Set the quality to exact or approximate, or remove the coordinate.",
    ),
    "coordinate.outside_surroundings": (
        _CELL + "{value!r} is {distance_km} km away from the city.",
        "Check the coordinate.",
    ),
    "coordinate.outside_city": (
        _ROW + "the place lies {distance_m} m outside the city.",
        "Check the coordinate; the place is shown in the rest without a district.",
    ),
    "coordinate.other_district": (
        _CELL + "the place lies {distance_m} m outside the district {value!r}, in {found!r}.",
        "Check coordinate and district.",
    ),
    # areas
    "crs.file_not_lonlat": (
        "The file {file!r} says that its reference system is {value!r}.",
        "Save it in WGS 84, longitude first (EPSG:4326), as GeoJSON (RFC 7946) wants.",
    ),
    "crs.not_degrees": (
        _AREA + "the coordinate {value!r} is not in degrees.",
        "Save the areas in WGS 84, longitude first (EPSG:4326).",
    ),
    "crs.swapped": (
        _AREA + "in the coordinate {value!r} latitude and longitude are swapped.",
        "Write the longitude first, as GeoJSON (RFC 7946) wants.",
    ),
    "geometry.file_missing": (
        _AREA + "there is no area.",
        "Add its polygon: without it the row cannot be used.",
    ),
    "geometry.file_broken": (
        _AREA + "the geometry cannot be read: {reason}.",
        "Save the areas again as GeoJSON (RFC 7946).",
    ),
    "geometry.file_not_polygon": (
        _AREA + "the geometry is of type {value!r}.",
        "Use a polygon or multi-polygon.",
    ),
    "geometry.file_invalid": (
        _AREA + "the polygon is not valid: {reason}.",
        "Correct its border so that it neither crosses nor touches itself.",
    ),
    "geometry.overlap": (
        _AREA + "the area {value!r} overlaps {other!r} by {area_m2} m².",
        "Correct the common border: every point lies in one area only.",
    ),
}
