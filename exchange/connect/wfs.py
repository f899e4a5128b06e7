"""A layer of a Web Feature Service: GetFeature, page by page, as GeoJSON if the service can, else GML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from exchange.connect.features import MOST_PAGES, PAGE, Collected, total_of
from exchange.connect.http import with_params

if TYPE_CHECKING:
    from exchange.connect.answer import Answer
    from exchange.connect.definition import Definition
    from exchange.connect.http import Client
    from exchange.vocabulary import Vocabulary

ACCEPT: Final = "application/geo+json, application/json, application/gml+xml, text/xml"


def fetch(definition: Definition, client: Client, words: Vocabulary) -> Answer:  # noqa: ARG001 - same for all
    """Ask for all features of the layer; the area is not limited, the city's own layers are small."""
    collected = Collected(definition, urlsplit(definition.url).hostname or "?")
    for _ in range(MOST_PAGES):
        more = {"count": str(PAGE), "startIndex": str(collected.received)} if definition.version >= "2" else {}
        new, document = collected.take(client.get(definition.url, feature_params(definition) | more, accept=ACCEPT))
        total = total_of(document)
        at_end = new < PAGE if total is None else len(collected) >= total
        if not more or not new or at_end:
            collected.complete &= total is None or len(collected) >= total
            break
    else:
        collected.complete = False
    return collected.answer(with_params(definition.url, feature_params(definition)))


def feature_params(definition: Definition) -> dict[str, str]:
    """Return the parameters of a GetFeature request for the layer."""
    names = "typeNames" if definition.version >= "2" else "typeName"
    return {
        "service": "WFS",
        "version": definition.version,
        "request": "GetFeature",
        names: definition.layer,
        "outputFormat": "application/json",
    } | ({"srsName": definition.crs} if definition.crs else {})
