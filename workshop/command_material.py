"""What the commands for paper and protocol share: package, store, session by its code, and the material made of them."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from exchange.dossier.words import Words
from exchange.wording import Texts
from exchange.workshop.material import Material, Occasion
from geo.catalogue import catalogue
from geo.errors import ParameterError
from geo.sources import read
from geo.workshop import join_code, spaced_code
from store.database import open_store
from store.ground import Ground
from store.permissions import LOCAL
from store.workshop import sessions
from workshop.area_words import area_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.area import Area
    from geo.catalogue import Load
    from geo.sources import Package
    from store.database import Store
    from store.workshop import Session

LANGUAGES = ("de", "en")


@contextmanager
def store_of(package: Package) -> Iterator[Store]:
    """Open the store that belongs to a package, and close it again."""
    opened = open_store(ground=Ground.of_package(package))
    try:
        yield opened
    finally:
        opened.close()


def session_of(store: Store, code: str) -> Session:
    """Return the session with a join code; ParameterError names those there are."""
    wanted, known = join_code(code), sessions(store, LOCAL)
    for session in known:
        if session.code == wanted:
            return session
    names = ", ".join(f"{spaced_code(session.code)} ({session.title})" for session in known) or "–"
    raise ParameterError("parameter.unknown_value", name="session", value=code, allowed=names)


def occasion_of(session: Session, *, base: str = "") -> Occasion:
    """Return what a session says on paper; `base` is the address of the program for phones, empty = paper only."""
    link = f"{base.rstrip('/')}/w/{session.code}" if base else ""
    code = spaced_code(session.code) if base else ""
    return Occasion(session.title, session.question, "", session.categories, code, link)


def load_of(package: Package) -> Load:
    """Return what gives the frames of a package, each read once."""
    return cache(lambda name: read(package, name))


def material_for(package: Package, load: Load, area: Area, language: str, occasion: Occasion | None = None) -> Material:
    """Return the material of papers for an area."""
    words = Words(Texts(language), catalogue(package, load=load))
    today = date.today().isoformat()  # noqa: DTZ011 -- the day where the command runs
    return Material(area, load, words, package.descriptor, today, occasion or Occasion())


def area_for(load: Load, text: str | None, session: Session | None, store: Store | None) -> Area:
    """Return the area that was asked for, else that of the session; ParameterError without both."""
    if text is None and session is not None:
        text = f"{session.area_level}:{session.area_id}"
    return area_named(load, text or "", store)
