"""Which pages there are, in which order, and what happens when one of them fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module

import streamlit as st

from geo.errors import QuartierError
from views import ui

_LOG = logging.getLogger(__name__)

# module, address
PAGES = (
    ("home", ""),
    ("map", "karte"),
    ("gaps", "luecken"),
    ("need", "bedarf"),
    ("roles", "ansprechstellen"),
    ("compare", "vergleich"),
    ("sources", "daten"),
)
# pages of the menu in which people add and correct
MAINTAIN = (
    ("inventory", "bestand"),
    ("entry", "eintrag"),
    ("import_page", "import"),
    ("freshness", "aktuell"),
    ("export_page", "weitergeben"),
)
# pages that only a link leads to
HIDDEN = (("review", "pruefen"),)


def pages() -> dict[str, st.Page]:
    """Build the pages by module name, titled in the visitor's language; modules are imported when first shown."""
    t = ui.texts()
    return {
        module: st.Page(_runner(module), title=t(f"{module}.nav"), url_path=address, default=not address)
        for module, address in (*PAGES, *MAINTAIN)
    } | {
        module: st.Page(_runner(module), title=t(f"{module}.nav"), url_path=address, visibility="hidden")
        for module, address in HIDDEN
    }


def run() -> None:
    """Show the navigation and the chosen page."""
    known = pages()
    menu = {
        "": [known[module] for module, _ in (*PAGES, *HIDDEN)],
        ui.texts()("nav.maintain"): [known[module] for module, _ in MAINTAIN],
    }
    st.navigation(menu, position="top").run()


def _runner(module: str) -> Callable[[], None]:
    def show() -> None:
        show_page(module)

    show.__name__ = module
    return show


def show_page(module: str) -> None:
    """Show one page by its module name; a fault becomes a sentence, its traceback goes to the log only."""
    try:
        import_module(f"views.{module}").page()
    except QuartierError as problem:
        ui.error(ui.texts(), problem)
    except Exception:
        _LOG.exception("page %s failed", module)
        st.error(ui.texts()("error.unexpected"))
