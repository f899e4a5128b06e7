"""Connectors as data: the operator's file, checked key by key."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from exchange.errors import ConnectError
from exchange.fields import place_fields
from exchange.positions import SYSTEMS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from exchange.connect.online import Online

TYPES: Final = ("overpass", "wfs", "ogc_api", "hsds_api")
ADDRESSES: Final = "addresses"
"""Name of the connector whose layer holds addresses, for geocoding with ``QK_GEOCODER=wfs``."""

_WITH_LAYER: Final = ("wfs", "ogc_api")
_TEXTS: Final = ("type", "url", "source", "licence", "layer", "kind", "id_field", "crs", "version")
_FILE_BYTES: Final = 1_000_000


@dataclass(frozen=True)
class Definition:
    """One source that can be asked.

    Attributes
    ----------
    name
        What the operator calls it.
    type
        One of `TYPES`.
    url
        Address of the service.
    source, licence
        Said of every place that comes from it.
    layer
        Feature type (WFS) or collection (OGC API).
    kind
        Kind of facility of places that name none.
    kinds
        For Overpass: only these kinds of the catalogue; empty = all.
    fields
        Property of the layer → target (`exchange.fields`); empty = proposed by name and content.
    id_field
        Property that identifies a feature for good; empty = the feature's own identifier.
    crs
        Coordinate system of the answer if the service does not say it; empty = found out.
    version
        Of the WFS.
    """

    name: str
    type: str
    url: str
    source: str
    licence: str
    layer: str = ""
    kind: str = ""
    kinds: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    id_field: str = ""
    crs: str = ""
    version: str = "2.0.0"


def definition_of(online: Online, name: str) -> Definition:
    """Return one connector of the operator's file; ConnectError with all names if it is not there."""
    found = definitions(online)
    if name not in found:
        raise ConnectError("connect.unknown", name=name, available=", ".join(sorted(found)))
    return found[name]


def definitions(online: Online) -> dict[str, Definition]:
    """Return all connectors of the operator's file by name.

    Raises
    ------
    ConnectError
        There is no file, it is no JSON of the right form, or a connector lacks something.
    """
    if online.connectors is None:
        raise ConnectError("connect.off")
    return {name: _checked(name, entry) for name, entry in _listed(online.connectors).items()}


def _listed(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(_FILE_BYTES + 1)
        found = json.loads(content) if len(content) <= _FILE_BYTES else None
    except OSError as error:
        raise ConnectError("connect.bad_file", reason=error.strerror or "not readable") from None
    except (ValueError, RecursionError):
        raise ConnectError("connect.bad_file", reason="no JSON") from None
    listed = found.get("connectors") if isinstance(found, dict) else None
    if not isinstance(listed, dict):
        raise ConnectError("connect.bad_file", reason="no object 'connectors'")
    return listed


def _checked(name: str, entry: Any) -> Definition:
    fault = _fault(entry) if isinstance(entry, dict) else "no object"
    if fault is not None:
        raise ConnectError("connect.bad_definition", name=name, reason=fault)
    kinds, fields = entry.get("kinds", []), entry.get("fields", {})
    return Definition(name, **{**entry, "kinds": tuple(kinds), "fields": MappingProxyType(fields)})


def _fault(entry: dict[str, Any]) -> str | None:
    """Return what is wrong with a connector, None if nothing."""
    unknown = sorted(set(entry) - {*_TEXTS, "kinds", "fields"})
    if unknown:
        return f"unknown key {unknown[0]!r}"
    no_text = [key for key in _TEXTS if not isinstance(entry.get(key, ""), str)]
    if no_text:
        return f"{no_text[0]!r} is no text"
    needed = ("type", "url", "source", "licence", *(("layer",) if entry.get("type") in _WITH_LAYER else ()))
    missing = [key for key in needed if not entry.get(key, "").strip()]
    if missing:
        return f"{missing[0]!r} is missing"
    if entry["type"] not in TYPES:
        return f"'type' is none of {', '.join(TYPES)}"
    if entry.get("crs") and entry["crs"] not in SYSTEMS:
        return f"'crs' is none of {', '.join(SYSTEMS)}"
    return _list_fault(entry.get("kinds", []), entry.get("fields", {}))


def _list_fault(kinds: Any, fields: Any) -> str | None:
    if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
        return "'kinds' is no list of texts"
    if not isinstance(fields, dict) or not all(isinstance(target, str) for target in fields.values()):
        return "'fields' does not lead from properties to targets"
    strange = sorted(set(fields.values()) - set(place_fields()))
    return f"unknown target {strange[0]!r}" if strange else None
