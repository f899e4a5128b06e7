"""Who is to be named for what a map shows, in the reader's language: on the pages and on the stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layers.attribution import Attribution

if TYPE_CHECKING:
    import pandas as pd

    from exchange.wording import Texts

OSM = "https://www.openstreetmap.org/copyright"
# What a place's licence says when it comes from there → key of the credit, address.
_OF_PLACES = (("OpenStreetMap", "osm", OSM), ("Eurostat", "gisco", None), ("Schulverzeichnis", "schools", None))
_OF_LAYERS = {"stops": "stops", "population": "population", "offers": "public", "actors": "public"}


def credit(t: Texts, name: str, url: str | None = None) -> Attribution:
    """Return one line of credit by its name."""
    return Attribution(t(f"credit.{name}"), url)


def base(t: Texts) -> list[Attribution]:
    """Return the credits of boundaries and streets, which every map shows."""
    return [credit(t, "boundaries"), credit(t, "osm", OSM)]


def of_layer(t: Texts, name: str) -> list[Attribution]:
    """Return the credits of a layer: stops, population, offers, actors; nothing for others."""
    return [credit(t, _OF_LAYERS[name])] if name in _OF_LAYERS else []


def of_places(t: Texts, licences: pd.Series[Any]) -> list[Attribution]:
    """Return the credits of places: one for each open licence among them, and the public pages of the others."""
    known = [str(text) for text in licences.dropna().unique()]
    found = [credit(t, name, url) for sign, name, url in _OF_PLACES if any(sign in text for text in known)]
    rest = [text for text in known if not any(sign in text for sign, _, _ in _OF_PLACES)]
    return [*found, credit(t, "public")] if rest else found


def short(t: Texts, text: str) -> str:
    """Return a credit as it stands where letters are large; the long one then stands in a list beside it."""
    names = ("boundaries", "stops", "population", "public")
    return {t(f"credit.{name}"): t(f"stage.credit.{name}") for name in names}.get(text, text)
