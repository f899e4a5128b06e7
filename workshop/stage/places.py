"""The layers of points of a step: places of the chosen kinds, offers, actors, stops, and the people per cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.place_filter import filtered
from geo.storyline import FILTERS
from layers.actors import ORGANIZATION_TYPES, actor_symbols, actors_layer
from layers.classify import classes
from layers.columns import Field
from layers.legend import class_legend, symbol_legend
from layers.offers import offers_layer
from layers.palette import sequential
from layers.places import places_layer
from layers.population import population_layer
from layers.stops import MODES, stop_symbols, stops_layer
from layers.symbols import catalogue_symbols
from workshop.credits import of_layer, of_places
from workshop.stage.legend import Legend, legend_of

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.storyline import Step
    from layers.maplayer import MapLayer
    from layers.symbols import Symbol
    from workshop.stage.material import Material

POPULATION_SCALE = "cividis"
POPULATION_BREAKS = (10, 25, 50, 100)


def places_of(material: Material, step: Step) -> gpd.GeoDataFrame:
    """Return the places of a step, see `geo.place_filter.filtered`."""
    filters = {name: getattr(step.filters, name) for name in FILTERS}
    return filtered(material.places, kinds=step.kinds, **filters)


def place_layer(material: Material, places: gpd.GeoDataFrame) -> tuple[MapLayer, Legend]:
    """Return the layer of places and its legend: the kinds that are on the map, with the number of places."""
    t = material.t
    frame = places.assign(
        phone=places["phones"].str.replace(";", ", "), day=[t.date(day) for day in places["source_date"]]
    )
    fields = [
        Field(t(f"map.list.{name}"), column)
        for name, column in (("address", "address"), ("operator", "operator"), ("phone", "phone"), ("date", "day"))
    ]
    symbols = _symbols(material)
    layer = places_layer(frame, symbols=symbols, fields=fields, attributions=of_places(t, places["source_licence"]))
    counts = places.loc[places.geometry.notna(), "kind"].value_counts()
    used = [kind for kind in symbols if kind in counts]
    items = symbol_legend([symbols[kind] for kind in used], [int(counts[kind]) for kind in used])
    return layer, legend_of(t, "", items)


def _symbols(material: Material) -> dict[str, Symbol]:
    return catalogue_symbols(material.load("facility_kinds"), label=f"plural_{material.t.language}")


def unknown_places(material: Material, step: Step, places: gpd.GeoDataFrame) -> list[str]:
    """Return sentences on what the layer of places does not show: kinds without full inventory, places without a spot."""
    t, kinds = material.t, material.catalogue.kinds
    sentences = []
    unsure = [kind for kind in step.kinds if kinds[kind].inventory_state != "complete"]
    if unsure:
        sentences.append(t.plural("stage.unknown.inventory", len(unsure), total=len(step.kinds)))
    nowhere = int(places.geometry.isna().sum())
    if nowhere:
        sentences.append(t.plural("stage.unknown.nowhere", nowhere))
    rough = int((places["coordinate_quality"] == "approximate").sum())
    if rough:
        sentences.append(t.plural("stage.unknown.rough", rough))
    return sentences


def further_layer(material: Material, name: str) -> tuple[MapLayer, Legend | None]:
    """Return a further layer of a step by its name in `geo.storyline.SHOWN`, and its legend."""
    return {"actors": _actors, "offers": _offers, "stops": _stops, "population": _population}[name](material)


def _actors(material: Material) -> tuple[MapLayer, Legend | None]:
    t = material.t
    symbols = actor_symbols({kind: t(f"organization_type.{kind}") for kind in ORGANIZATION_TYPES})
    roles = [_names(material, text) for text in material.actors["roles"]]
    fields = [Field(t("map.list.roles"), "role_labels"), Field(t("map.list.date"), "source_date")]
    layer = actors_layer(
        material.actors.assign(role_labels=roles), symbols=symbols, fields=fields, attributions=of_layer(t, "actors")
    )
    return layer, _only_title(t("map.show.actors"))


def _names(material: Material, text: Any) -> str | None:
    return ", ".join(map(material.words.role, text.split(";"))) if isinstance(text, str) else None


def _offers(material: Material) -> tuple[MapLayer, Legend | None]:
    t = material.t
    fields = [Field(t("map.list.operator"), "operator")]
    return offers_layer(
        material.offers, symbols=_symbols(material), fields=fields, attributions=of_layer(t, "offers")
    ), _only_title(t("map.show.offers"))


def _stops(material: Material) -> tuple[MapLayer, Legend | None]:
    t = material.t
    stops: Any = material.load("stops")
    stops = stops[stops["in_city"]]
    symbols = stop_symbols({mode: t(f"mode.{mode}") for mode in MODES})
    items = symbol_legend(symbols.values(), [0] * len(symbols))
    lines = tuple((picture, symbol.label) for (picture, _), symbol in zip(
        legend_of(t, "", items).lines, symbols.values(), strict=True
    ))  # fmt: skip
    return stops_layer(stops, symbols=symbols, attributions=of_layer(t, "stops")), Legend("", lines)


def _population(material: Material) -> tuple[MapLayer, Legend | None]:
    cells: pd.DataFrame = material.load("population_cells")
    found = classes(cells["population"], scheme="breaks", breaks=POPULATION_BREAKS)
    colours = sequential(POPULATION_SCALE, len(found))
    layer = population_layer(cells, found, colours, attributions=of_layer(material.t, "population"))
    return layer, legend_of(material.t, material.t("stage.population"), class_legend(found, colours))


def _only_title(title: str) -> Legend:
    return Legend(title, ())
