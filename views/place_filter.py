"""Places that fit the visitor's filters, and the same places as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.place_filter import filtered
from views import data, storage

if TYPE_CHECKING:
    import geopandas as gpd

    from exchange.content import Content


def filtered_places(
    *,
    kinds: tuple[str, ...],
    targets: tuple[str, ...] = (),
    topics: tuple[str, ...] = (),
    operators: tuple[str, ...] = (),
    wheelchair: tuple[str, ...] = (),
    quality: tuple[str, ...] = (),
) -> gpd.GeoDataFrame:
    """Return the places that fit every filter; an empty filter lets everything through, no kind lets nothing through.

    A place has a kind if one of its offers has it. Wheelchair "unknown" asks for places of which nobody has said it.
    """
    wanted = {
        "kinds": kinds, "targets": targets, "topics": topics, "operators": operators, "wheelchair": wheelchair,
        "quality": quality,
    }  # fmt: skip
    key = ("filtered", *wanted.values())
    return data.kept(*key, make=lambda: filtered(data.places(), **wanted)).copy(deep=False)


def operators() -> dict[str, str]:
    """Return the names of all organisations that run a place, by id, in alphabetical order."""
    known = data.places().dropna(subset=["organization_id", "operator"]).drop_duplicates("organization_id")
    pairs = zip(known["organization_id"], known["operator"], strict=True)
    return dict(sorted(pairs, key=lambda pair: pair[1].casefold()))


def places_file(form: str, places: tuple[str, ...], language: str) -> bytes:
    """Return the named places as a file, see `exchange.export.export`; ``form`` is one of its formats."""
    from exchange.export import export
    from exchange.vocabulary import vocabulary_of

    words = data.shipped("vocabulary", make=lambda: vocabulary_of(data.package()))
    return export(content(), form, words, places=places, descriptor=data.package().descriptor, language=language)


def content() -> Content:
    """Return all entries that everybody may read, see `exchange.content`."""
    from exchange.content import content_of_package, content_of_store

    def made() -> Content:
        return content_of_store(storage.reading()) if storage.exists() else content_of_package(data.package())

    return data.kept("content", make=made)
