"""The tiny test city as the source of dossiers."""

from dataclasses import fields, is_dataclass
from functools import cache

from exchange.dossier.make import Maker
from exchange.dossier.words import Words
from exchange.wording import Texts
from geo.catalogue import catalogue
from geo.gap_settings import GapSettings
from geo.gaps import gap_table, measure_reach
from geo.inputs import load_inputs
from geo.profile import Sources
from geo.reach import Method, Walk
from geo.sources import open_package, read
from tests.factories import base_tables, write_package


def city(folder, *, language="de", **changes):
    """Return the maker of dossiers of the tiny city, with some resources replaced."""
    package = open_package(write_package(folder, base_tables() | changes))
    load = cache(lambda name: read(package, name))
    inputs = load_inputs(package)
    settings = GapSettings(walk=Walk(Method.LINE, detour=1.0))
    reach = cache(lambda: measure_reach(inputs, settings.walk))
    gap = cache(lambda kind: gap_table(inputs, reach(), kind, settings))
    words = Words(Texts(language), catalogue(package, load=load))
    return Maker(Sources(package, load, inputs, gap), reach, settings, words, "2026-11-23")


def texts_of(value) -> str:
    """Return every text of a dossier, one per line."""
    if isinstance(value, str):
        return value
    if is_dataclass(value):
        return "\n".join(texts_of(getattr(value, each.name)) for each in fields(value))
    if isinstance(value, dict):
        return "\n".join(texts_of(each) for each in value.values())
    return "\n".join(texts_of(each) for each in value) if isinstance(value, tuple) else ""
