"""Messages of the analysis (street graph, measures, gaps, passport); merged into `geo.messages`."""

from __future__ import annotations

from typing import Final

# Each key has its message and its remedy.
ANALYSIS_TEXTS: Final[dict[str, tuple[str, str]]] = {
    # values in rows
    "parameter.negative_value": (
        "The parameter {name!r} has the negative value {value!r} in row {row}.",
        "Use 0 or more there, or leave the value out if it is unknown.",
    ),
    "parameter.unknown_number": (
        "The parameter {name!r} has no number in row {row}.",
        "Give every row a number; geo.catchment.resolve_capacity fills unknown capacities.",
    ),
    "parameter.length_mismatch": (
        "The parameter {name!r} has {found} values, not {expected}.",
        "Give one value for each row.",
    ),
    # street graph
    "network.duplicate_node": (
        "The street graph has the node {value!r} more than once (row {row}).",
        "Give each node once.",
    ),
    "network.unknown_node": (
        "The edge in row {row} ends at node {value!r}, which the street graph does not have.",
        "Add the node or remove the edge.",
    ),
    "network.bad_length": (
        "The edge in row {row} has the length {value!r}.",
        "Give its length in metres, 0 or more.",
    ),
    "network.bad_coordinate": (
        "The node in row {row} has no usable coordinate.",
        "Give x and y in metres (EPSG:25832).",
    ),
    # gaps
    "gaps.no_network": (
        "The data package {name!r} has no street graph.",
        "Use the straight line (method 'line') or add street_nodes and street_edges.",
    ),
    # files the analysis writes
    "data.file_unwritable": (
        "The file {file!r} cannot be written: {reason}.",
        "Choose a folder that exists and that you may write to.",
    ),
    # gap passport
    "passport.unreadable": (
        "The gap passport {name!r} cannot be read: {reason}.",
        "Use the file as it was saved with the gap analysis.",
    ),
    "passport.other_data": (
        "The gap passport was made with the data {expected}, this data package is {found}.",
        "Run it with the data package of that version, or make a new passport.",
    ),
    "passport.other_table": (
        "The rebuilt table differs from the passport's, which version {expected} made; this is {found}.",
        "Run it with the program version named in the passport, or make a new passport.",
    ),
    # own Quartiere
    "quarter.not_geojson": (
        "The area is no GeoJSON polygon ({reason}).",
        "Give a polygon as GeoJSON in degrees, for example exported from QGIS, or draw it.",
    ),
    "quarter.not_polygon": (
        "The area is of the type {value!r}, not a polygon.",
        "Give a polygon; points and lines have no inside.",
    ),
    "quarter.not_degrees": (
        "The area has coordinates that are no degrees.",
        "GeoJSON wants longitude and latitude (WGS 84); export it again in EPSG:4326.",
    ),
    "quarter.bad_corner": (
        "Line {line} is no corner: {value!r}.",
        "Write latitude and longitude in degrees, for example 52.3705, 9.7332.",
    ),
    "quarter.few_points": (
        "The area has {value} corners.",
        "Click at least three different points.",
    ),
    "quarter.many_points": (
        "The area has {value} points, more than {most}.",
        "Simplify the border.",
    ),
    "quarter.crossing": (
        "The border of the area crosses itself ({reason}).",
        "Put the points in the order in which one walks around the area.",
    ),
    "quarter.outside": (
        "The area lies outside the city, or partly so: only {share} of it is inside.",
        "Draw it inside the city's border.",
    ),
    "quarter.few_people": (
        "Fewer than {minimum} people live in the area: figures of so few are not shown.",
        "Make the area larger.",
    ),
}
