"""A collection of an OGC API Features service: items as GeoJSON, following the links to the next page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit

from exchange.connect.features import MOST_PAGES, PAGE, Collected, total_of
from exchange.connect.http import with_params

if TYPE_CHECKING:
    from exchange.connect.answer import Answer
    from exchange.connect.definition import Definition
    from exchange.connect.http import Client
    from exchange.vocabulary import Vocabulary


def fetch(definition: Definition, client: Client, words: Vocabulary) -> Answer:  # noqa: ARG001 - same for all
    """Ask for all items of the collection. The link to the next page is checked like every address."""
    collected = Collected(definition, urlsplit(definition.url).hostname or "?")
    items = f"{definition.url.rstrip('/')}/collections/{quote(definition.layer, safe='')}/items"
    first = address = with_params(items, {"f": "json", "limit": str(PAGE)})
    for _ in range(MOST_PAGES):
        new, document = collected.take(client.get(address, accept="application/geo+json, application/json"))
        total = total_of(document)
        following = _next(document)
        if following is None or not new:
            collected.complete &= following is None and (total is None or len(collected) >= total)
            break
        address = urljoin(address, following)
    else:
        collected.complete = False
    return collected.answer(first)


def _next(document: Any) -> str | None:
    links = document.get("links") if isinstance(document, dict) else None
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and link.get("rel") == "next" and isinstance(link.get("href"), str):
            return str(link["href"])
    return None
