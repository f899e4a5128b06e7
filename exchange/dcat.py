"""The data package described for open data portals: DCAT-AP.de 3.0 as JSON-LD and Turtle."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "prov": "http://www.w3.org/ns/prov#",
}
_LICENCES: Final = {
    "CC-BY-4.0": "http://dcat-ap.de/def/licenses/cc-by/4.0",
    "DL-DE-BY-2.0": "http://dcat-ap.de/def/licenses/dl-by-de/2.0",
    "ODbL-1.0": "http://dcat-ap.de/def/licenses/odbl",
    "MIT": "http://dcat-ap.de/def/licenses/other-open",
}
_OTHER_LICENCE: Final = "http://dcat-ap.de/def/licenses/other-open"
_FILE_TYPE: Final = "http://publications.europa.eu/resource/authority/file-type/"
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
_THEME: Final = "http://publications.europa.eu/resource/authority/data-theme/"
_LANGUAGE: Final = "http://publications.europa.eu/resource/authority/language/DEU"
_FORMATS: Final = {
    "csv": ("CSV", "text/csv"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "geojson": ("GEOJSON", "application/geo+json"),
    "gpkg": ("GPKG", "application/geopackage+sqlite3"),
    "json": ("JSON", "application/json"),
    "hsds-json": ("JSON", "application/json"),
    "hsds-package": ("ZIP", "application/zip"),
    "zip": ("ZIP", "application/zip"),
}
_GEOCODING: Final = "http://dcat-ap.de/def/politicalGeocoding/"
_HANNOVER: Final = _GEOCODING + "municipalityKey/03241001"
_UNSAFE: Final = re.compile(r"[\x00-\x20<>\"{}|^`\\]")

Node = dict[str, Any]


@dataclass(frozen=True)
class Publisher:
    """Who publishes the data.

    Attributes
    ----------
    name
        The organisation.
    base
        Address under which it publishes (``https://…``); all identifiers start with it.
    contributor
        ``dcatde:contributorID`` at the portal, None if there is none.
    email
        Address of the office to ask, None if there is none.
    title_de, description_de
        German title and description; the descriptor's own are English.
    """

    name: str
    base: str
    contributor: str | None = None
    email: str | None = None
    title_de: str = "Quartierskarte Hannover"
    description_de: str = "Orte, Angebote, Akteure und Kennzahlen der sozialen Quartiersentwicklung in Hannover."


def dcat_graph(descriptor: Mapping[str, Any], publisher: Publisher, *, files: Sequence[str] = ()) -> list[Node]:
    """Return the nodes of a catalogue with one data set.

    Parameters
    ----------
    descriptor
        ``datapackage.json`` of the data package.
    publisher
        Who publishes, and where.
    files
        Formats offered for download (`exchange.export.FORMATS`) beside the package's resources.
    """
    root = publisher.base.rstrip("/")
    parts = [_package_file(root, entry, descriptor) for entry in descriptor.get("resources", ())]
    parts += [_download(root, kind, descriptor) for kind in files]
    titles = {
        "dct:title": [_text(publisher.title_de, "de"), _text(descriptor.get("title"), "en")],
        "dct:description": [_text(publisher.description_de, "de"), _text(descriptor.get("description"), "en")],
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": publisher.name},
    }
    data_set: Node = {"@id": f"{root}/dataset", "@type": "dcat:Dataset"} | titles | _about(descriptor, publisher)
    data_set["dcat:distribution"] = [_ref(part["@id"]) for part in parts]
    catalogue: Node = {"@id": f"{root}/catalog", "@type": "dcat:Catalog"} | titles
    catalogue["dcat:dataset"] = _ref(data_set["@id"])
    return [_known(catalogue), _known(data_set), *map(_known, parts)]


def _about(descriptor: Mapping[str, Any], publisher: Publisher) -> Node:
    """Return what is said of the data set beside its titles."""
    contact = {"@type": "vcard:Organization", "vcard:fn": publisher.name}
    return {
        "dct:identifier": str(descriptor.get("id") or descriptor.get("name")),
        "dct:language": _ref(_LANGUAGE),
        "dct:spatial": _ref(_HANNOVER),
        "dcatde:politicalGeocodingURI": _ref(_HANNOVER),
        "dcatde:politicalGeocodingLevelURI": _ref(_GEOCODING + "Level/municipality"),
        "dcat:theme": [_ref(_THEME + "SOCI"), _ref(_THEME + "REGI")],
        "dct:modified": _day(descriptor.get("created")),
        "dct:source": [str(source["title"]) for source in descriptor.get("sources", ()) if source.get("title")],
        "dcatde:contributorID": _ref(publisher.contributor) if publisher.contributor else None,
        "dcat:contactPoint": contact | {"vcard:hasEmail": _ref(f"mailto:{publisher.email}")}
        if publisher.email
        else None,
    }


def _package_file(root: str, entry: Mapping[str, Any], descriptor: Mapping[str, Any]) -> Node:
    kind = str(entry.get("format") or "csv").lower()
    licences = entry.get("licenses") or descriptor.get("licenses") or ()
    node = _distribution(f"{root}/distribution/{entry['name']}", f"{root}/data/{entry['path']}", kind, licences)
    node["dct:title"] = _text(entry.get("title") or entry["name"], "en")
    node["dct:description"] = _text(entry.get("description"), "en")
    size = entry.get("bytes")
    node["dcat:byteSize"] = None if size is None else {"@value": str(size), "@type": "xsd:nonNegativeInteger"}
    return node


def _download(root: str, kind: str, descriptor: Mapping[str, Any]) -> Node:
    licences = descriptor.get("licenses") or ()
    node = _distribution(f"{root}/distribution/{kind}", f"{root}/export/{kind}", kind, licences)
    node["dct:title"] = _text(f"Orte und Angebote ({kind})", "de")
    return node


def _distribution(identifier: str, address: str, kind: str, licences: Sequence[Mapping[str, Any]]) -> Node:
    file_type, media = _FORMATS.get(kind, ("BIN", "application/octet-stream"))
    names = [str(licence.get("name")) for licence in licences]
    titles = [str(licence.get("title") or licence.get("name")) for licence in licences]
    return {
        "@id": identifier,
        "@type": "dcat:Distribution",
        "dcat:accessURL": _ref(address),
        "dcat:downloadURL": _ref(address),
        "dct:format": _ref(_FILE_TYPE + file_type),
        "dcat:mediaType": _ref(_MEDIA + media),
        "dct:license": _ref(_LICENCES.get(names[0], _OTHER_LICENCE) if names else _OTHER_LICENCE),
        "dcatde:licenseAttributionByText": "; ".join(titles) or None,
    }


def _ref(address: str) -> Node:
    return {"@id": _UNSAFE.sub(lambda found: f"%{ord(found.group()):02X}", address)}


def _text(text: object, language: str) -> Node | None:
    return {"@value": str(text), "@language": language} if text else None


def _day(text: object) -> Node | None:
    return {"@value": str(text)[:10], "@type": "xsd:date"} if text else None


def _known(node: Node) -> Node:
    """Return a node without unknown values."""
    known = {}
    for name, value in node.items():
        kept = [part for part in value if part is not None] if isinstance(value, list) else value
        if kept is not None and kept != []:
            known[name] = kept
    return known


def as_jsonld(graph: Sequence[Node]) -> str:
    """Return the nodes as JSON-LD text."""
    return json.dumps({"@context": _CONTEXT, "@graph": list(graph)}, ensure_ascii=False, indent=1) + "\n"


def as_turtle(graph: Sequence[Node]) -> str:
    """Return the nodes as Turtle text."""
    lines = [f"@prefix {name}: <{address}> ." for name, address in _CONTEXT.items()]
    for node in graph:
        lines.append("")
        lines.append(f"{_term(_ref(node['@id']))} {_body(node, ' ;' + chr(10) + '    ')} .")
    return "\n".join(lines) + "\n"


def _body(node: Node, separator: str) -> str:
    parts = [f"a {node['@type']}"] if "@type" in node else []
    for name, value in node.items():
        if not name.startswith("@"):
            listed = value if isinstance(value, list) else [value]
            parts.append(f"{name} {', '.join(map(_term, listed))}")
    return separator.join(parts)


def _term(value: Any) -> str:
    if isinstance(value, str):
        return _literal(value)
    if "@value" in value:
        suffix = f"@{value['@language']}" if "@language" in value else f"^^{value['@type']}"
        return _literal(value["@value"]) + suffix
    if "@id" in value:
        return f"<{value['@id']}>"
    return f"[ {_body(value, ' ; ')} ]"


def _literal(text: str) -> str:
    """Return a quoted text: JSON's escapes are Turtle's."""
    return json.dumps(text, ensure_ascii=False)
