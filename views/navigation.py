"""Which pages there are, in which order, and what happens when one of them fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module
from itertools import chain

import streamlit as st

from geo.errors import ParameterError, QuartierError
from views import hub, ui

_LOG = logging.getLogger(__name__)

# module, address
PAGES = (
    ("home", ""),
    ("finder", "finden"),
    ("map", "karte"),
    ("profile", "profil"),
    ("planning", "planen"),
    ("workshop", "werkstatt"),
    ("sources", "daten"),
    ("maintain", "pflegen"),
)
_MOST_FAULTS = 5
# What stands behind a door of the bar: the bar stays short, and Streamlit's sections are no proper lists on narrow screens.
HUBS: dict[str, tuple[tuple[str, str], ...]] = {
    "planning": (
        ("gaps", "luecken"),
        ("need", "bedarf"),
        ("roles", "ansprechstellen"),
        ("compare", "vergleich"),
        ("plan", "ziele"),
        ("quarters", "quartiere"),
        ("newbuild", "neubau"),
    ),
    "workshop": (("session", "runde"), ("storyline", "zeigen"), ("paper", "papier"), ("protocol", "ergebnis")),
    "maintain": (
        ("inventory", "bestand"),
        ("entry", "eintrag"),
        ("import_page", "import"),
        ("freshness", "aktuell"),
        ("export_page", "weitergeben"),
        ("connect_page", "verbindungen"),
        ("conflicts", "abgleich"),
        ("accounts", "konten"),
    ),
}
# only a link leads here
LINKED = (("review", "pruefen"), ("statement", ui.STATEMENT))


def pages() -> dict[str, st.Page]:
    """Build the pages by module name, titled in the visitor's language; modules are imported when first shown."""
    t = ui.texts()
    shown = [(module, address, "visible") for module, address in PAGES]
    shown += [(module, address, "hidden") for module, address in (*chain(*HUBS.values()), *LINKED)]
    return {
        module: st.Page(
            _runner(module), title=t(f"{module}.nav"), url_path=address, default=not address, visibility=visibility
        )
        for module, address, visibility in shown
    }


def run() -> None:
    """Show the navigation and the chosen page."""
    st.navigation(list(pages().values()), position="top").run()


def _way_back(module: str) -> None:
    """Write the way back to the door behind which a page stands."""
    t = ui.texts()
    for name, members in HUBS.items():
        if module in dict(members) and st.button(f"‹ {t(f'{name}.all')}", type="tertiary", key=f"to_{name}"):
            st.switch_page(pages()[name])


def _runner(module: str) -> Callable[[], None]:
    def show() -> None:
        show_page(module)

    show.__name__ = module
    return show


def show_page(module: str) -> None:
    """Show one page by its module name; a fault becomes a sentence, its traceback goes to the log only."""
    try:
        _way_back(module)
        if module in HUBS:
            hub.page(module, [member for member, _ in HUBS[module]])
        else:
            import_module(f"views.{module}").page()
    except ParameterError as problem:
        if not _blame_the_data():
            ui.error(ui.texts(), problem)
    except QuartierError as problem:
        ui.error(ui.texts(), problem)
    except Exception:  # noqa: BLE001 -- whatever it is, the visitor gets a sentence
        _LOG.exception("page %s failed", module)
        if not _blame_the_data():
            st.error(ui.texts()("error.unexpected"))
    ui.footer()


def _blame_the_data() -> bool:
    """Say what is wrong with the data package, with file, row, column and remedy; False where nothing is.

    A package whose tables can be read may still hold what no page can work with: an identifier twice, a kind nobody knows.
    """
    from views import data

    try:
        faults = [each for each in data.problems() if each.severity == "error"]
    except Exception:  # noqa: BLE001 -- then it was something else
        return False
    if faults:
        ui.faults(ui.texts(), faults, most=_MOST_FAULTS)
    return bool(faults)
