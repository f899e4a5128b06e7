"""Which pages there are, in which order, and what happens when one of them fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module

import streamlit as st

from geo.errors import QuartierError
from views import ui
from views.texts import Texts

_LOG = logging.getLogger(__name__)

# module, address
PAGES = (
    ("home", ""),
    ("finder", "finden"),
    ("map", "karte"),
    ("gaps", "luecken"),
    ("need", "bedarf"),
    ("roles", "ansprechstellen"),
    ("compare", "vergleich"),
    ("sources", "daten"),
    ("maintain", "pflegen"),
)
# behind the page "maintain": the bar stays short, and Streamlit's sections are no proper lists on narrow screens
MAINTAIN = (
    ("inventory", "bestand"),
    ("entry", "eintrag"),
    ("import_page", "import"),
    ("freshness", "aktuell"),
    ("export_page", "weitergeben"),
    ("connect_page", "verbindungen"),
    ("conflicts", "abgleich"),
    ("accounts", "konten"),
)
# only a link leads here
LINKED = (("review", "pruefen"), ("statement", ui.STATEMENT))


def pages() -> dict[str, st.Page]:
    """Build the pages by module name, titled in the visitor's language; modules are imported when first shown."""
    t = ui.texts()
    shown = [(module, address, "visible") for module, address in PAGES]
    shown += [(module, address, "hidden") for module, address in (*MAINTAIN, *LINKED)]
    return {
        module: st.Page(
            _runner(module), title=t(f"{module}.nav"), url_path=address, default=not address, visibility=visibility
        )
        for module, address, visibility in shown
    }


def run() -> None:
    """Show the navigation and the chosen page."""
    st.navigation(list(pages().values()), position="top").run()


def to_maintain(t: Texts) -> None:
    """Write the way back to everything that can be maintained."""
    if st.button(t("maintain.all"), type="tertiary", key="to_maintain"):
        st.switch_page(pages()["maintain"])


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
    except Exception:  # noqa: BLE001 -- whatever it is, the visitor gets a sentence
        _LOG.exception("page %s failed", module)
        st.error(ui.texts()("error.unexpected"))
    ui.footer()
