"""The workshop's routes alone on a port, for processes that are killed: `python serving.py STORE PACKAGE PORT`."""

from __future__ import annotations

import sys
from functools import lru_cache

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from geo.sources import open_package, read
from store import Ground, open_store
from workshop.live import Source, live_app


def main(file: str, folder: str, port: str) -> None:
    """Serve until the end."""
    package = open_package(folder)
    store = open_store(f"sqlite:///{file}", ground=Ground.of_package(package))
    source = Source(store=lambda: store, load=lru_cache(None)(lambda name: read(package, name)))
    app = Starlette(routes=[Mount("/w", live_app(source))])
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="error")


if __name__ == "__main__":
    main(*sys.argv[1:])
