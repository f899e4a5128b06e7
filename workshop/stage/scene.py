"""A step as the stage shows it: which layers, what stands beside the map, and what is not known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.crs import to_lonlat
from layers.highlight import highlight_layer
from workshop.credits import base, short
from workshop.stage.fills import coloured
from workshop.stage.places import further_layer, place_layer, places_of, unknown_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exchange.wording import Texts
    from geo.storyline import Step
    from layers.maplayer import MapLayer
    from workshop.stage.fills import Coloured
    from workshop.stage.material import Material

_MOST_KINDS = 6
Fact = tuple[str, str]


@dataclass(frozen=True)
class Scene:
    """One step.

    Attributes
    ----------
    layers
        Layers of every map of the step.
    chosen
        For each district looked at (none to two) its outline, a layer of the map that shows it.
    spec
        Everything else, as the browser gets it: sentence, legends, facts of the districts, unknown, sources, view.
    """

    layers: tuple[MapLayer, ...]
    chosen: tuple[MapLayer, ...]
    spec: dict[str, Any] = field(default_factory=dict)


def scene(material: Material, step: Step) -> Scene:
    """Return what the stage shows for a step; ParameterError if it names what the material does not have."""
    t = material.t
    fill = coloured(material, step.fill)
    found = [] if fill is None else [(fill.layer, fill.legend)]
    found += [further_layer(material, name) for name in step.show]
    unknown = list(fill.unknown) if fill else []
    unknown += [t("stage.unknown.estimate")] if "population" in step.show else []
    if step.kinds:
        places = places_of(material, step)
        found.append(place_layer(material, places))
        unknown += unknown_places(material, step, places)
    layers = tuple(layer for layer, _ in found)
    districts = [number for number in (step.district, step.second) if number is not None]
    spec = {
        "sentence": step.sentence,
        "legends": [legend.spec() for _, legend in found if legend is not None],
        "districts": [_district(material, step, number, fill) for number in districts],
        "unknown": unknown or [t("stage.unknown.nothing")],
        "sources": [short(t, text) for text in _sources(t, layers, fill.short_sources(t) if fill else ())],
        "all_sources": _sources(t, layers, fill.sources if fill else ()),
        "view": None if step.view is None else [step.view.lat, step.view.lon, step.view.zoom],
    }
    chosen = tuple(highlight_layer(material.boundaries, number) for number in districts)
    return Scene(layers, chosen, spec)


def _sources(t: Texts, layers: tuple[MapLayer, ...], further: Sequence[str]) -> list[str]:
    texts = [*(credit.text for credit in base(t)), *(credit for layer in layers for credit in layer.credits), *further]
    return list(dict.fromkeys(texts))


def _district(material: Material, step: Step, number: int, fill: Coloured | None) -> dict[str, Any]:
    """Return name, extent and facts of a district: people, the colour's value, places of the step's kinds."""
    facts: list[Fact] = [people] if (people := _people(material, number)) else []
    if fill is not None and not _is_population(step):
        facts.append((fill.name, fill.values.get(number, material.t("common.unknown"))))
    facts += _places(material, step, number)
    return {
        "id": number,
        "name": material.district_names[number],
        "bounds": _bounds(material, number),
        "facts": [list(fact) for fact in facts],
    }


def _is_population(step: Step) -> bool:
    return getattr(step.fill, "code", "") == "population"


def _people(material: Material, number: int) -> Fact | None:
    if "population" not in material.catalogue.indicators:
        return None
    t, rows = material.t, material.indicator("population")
    name = material.catalogue.indicators["population"].label.of(t.language)
    if number not in rows.index:
        return name, t("common.unknown")
    return name, t.number(rows.loc[number, "value"])


def _places(material: Material, step: Step, number: int) -> list[Fact]:
    """Return how many places of each kind are known; none is said only where the inventory is complete."""
    t = material.t
    known = material.facts(number).kinds.set_index("kind")
    facts = []
    for kind in step.kinds[:_MOST_KINDS]:
        row = known.loc[kind]
        count, complete = int(row["known"]), row["inventory_state"] == "complete"
        unsure = t("stage.fact.at_least", count=count) if count else t("common.unknown")
        facts.append((material.words.kind(kind), t.number(count) if complete else unsure))
    return facts


def _bounds(material: Material, number: int) -> list[float]:
    areas: Any = material.load("districts")
    west, south, east, north = to_lonlat(areas[areas["district_id"] == number].geometry).total_bounds
    return [round(float(value), 5) for value in (south, west, north, east)]
