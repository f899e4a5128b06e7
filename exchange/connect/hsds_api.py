"""The API of an HSDS 3 directory: all services page by page, with everything nested in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

from exchange.connect.answer import Answer, parsed
from exchange.connect.http import with_params
from exchange.errors import ConnectError, UploadError
from exchange.hsds.files import tables_of
from exchange.sandbox import Upload

if TYPE_CHECKING:
    from exchange.connect.definition import Definition
    from exchange.connect.http import Client
    from exchange.vocabulary import Vocabulary

PER_PAGE: Final = 100
MOST_PAGES: Final = 200
MOST_SINGLE: Final = 2_000
"""Services asked for one by one where the list leaves out what is nested (one a second)."""

_NESTED: Final = "service_at_locations"


def fetch(definition: Definition, client: Client, words: Vocabulary) -> Answer:  # noqa: ARG001 - same for all
    """Ask ``/services`` with ``full``, or each service where the directory does not know that."""
    host = urlsplit(definition.url).hostname or "?"
    base = f"{definition.url.rstrip('/')}/services"
    listed, complete = _pages(base, client, host)
    services = []
    single = 0
    for entry in listed:
        if _NESTED in entry:
            services.append(entry)
        elif single < MOST_SINGLE:
            single += 1
            full = parsed(client.get(f"{base}/{quote(str(entry.get('id', '')), safe='')}"), host)
            services.append(full if isinstance(full, dict) else entry)
        else:
            complete = False
    upload = Upload("services", "hsds-json", (), {"services": services}, {}, {})
    try:
        tables = tables_of(upload)
    except UploadError as error:
        raise ConnectError("connect.answer", host=host, reason=error.message) from None
    return Answer(
        query=base,
        complete=complete,
        tables=tables,
        kinds=frozenset({definition.kind} if definition.kind else ()),
    )


def _pages(base: str, client: Client, host: str) -> tuple[list[dict[str, Any]], bool]:
    """Return the entries of all pages and whether these are all there are."""
    found: dict[str, dict[str, Any]] = {}
    for page in range(1, MOST_PAGES + 1):
        address = with_params(base, {"page": str(page), "per_page": str(PER_PAGE), "full": "true"})
        document = parsed(client.get(address), host)
        entries = document.get("contents") if isinstance(document, dict) else document
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise ConnectError("connect.answer", host=host, reason="no list 'contents'")
        before = len(found)
        for entry in entries:
            found.setdefault(str(entry.get("id")), entry)
        if not isinstance(document, dict) or _is_last(document, page):
            return list(found.values()), True
        if len(found) == before:  # the directory repeats itself
            return list(found.values()), False
    return list(found.values()), False


def _is_last(document: dict[str, Any], page: int) -> bool:
    pages = str(document.get("total_pages", ""))
    if pages.isdigit():
        return page >= int(pages)
    return document.get("last_page") is True or not document.get("contents")
