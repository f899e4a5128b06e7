"""From the selection to the layers, the legend and the credits of the map page."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from layers.actors import ORGANIZATION_TYPES, actor_symbols, actors_layer
from layers.choropleth import choropleth_layer
from layers.classify import classes
from layers.columns import Field
from layers.escape import html_text
from layers.highlight import highlight_layer
from layers.legend import swatch_svg
from layers.offers import offers_layer
from layers.palette import sequential
from layers.places import places_layer
from layers.points import PointStyle, point_layer
from layers.population import population_layer
from layers.stops import MODES, stop_symbols, stops_layer
from layers.symbols import Symbol, catalogue_symbols
from views import attributions, data, facts, indicators, map_list, mapview, quarters_model
from workshop.legend_words import legend_text

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.classify import Classes
    from layers.legend import LegendItem
    from layers.maplayer import MapLayer
    from views.state import Selection
    from views.texts import Texts

FILTERS = ("targets", "topics", "operators", "wheelchair", "quality")
SCALE, POPULATION_SCALE = "YlGnBu", "cividis"
POPULATION_BREAKS = (10, 25, 50, 100)
POPUP = ("kind", "address", "operator", "targets", "phone", "hours", "wheelchair", "quality", "date")


def layers(t: Texts, selection: Selection, places: gpd.GeoDataFrame) -> list[MapLayer]:
    """Return the chosen layers, the lowest first."""
    found: list[MapLayer] = []
    if selection["fill"]:
        found.append(_fill(t, selection["fill"], selection["scheme"]))
    makers = {"population": _population, "stops": _stops, "offers": _offers, "actors": _actors}
    found += [
        data.kept(name, t.language, make=lambda make=make: make(t))
        for name, make in makers.items()
        if name in selection["show"]
    ]
    found.append(data.kept("places", t.language, _place_key(selection), make=lambda: place_layer(t, places)))
    spot = _found(t, selection["found"])
    if spot is not None:
        found.append(spot)
    own = quarters_model.layer(chosen=selection["quarter"]) if "quarters" in selection["show"] else None
    if own is not None:
        found.append(own)
    if selection["quarter"] is not None:
        moves = mapview.moves_to("map", selection["quarter"])
        found.append(quarters_model.outline(selection["quarter"], move_view=moves))
    if selection["district"] is not None:
        found.append(
            highlight_layer(
                data.boundaries(), selection["district"], move_view=mapview.moves_to("map", selection["district"])
            )
        )
    return found


def _place_key(selection: Selection) -> tuple[Any, ...]:
    return tuple(selection[name] for name in ("kinds", *FILTERS))


def symbols(t: Texts) -> dict[str, Any]:
    """Return the symbol of each kind of facility, named in the page's language."""
    kinds = data.frame("facility_kinds")
    return catalogue_symbols(kinds, label=f"plural_{t.language}")


def _with_words(t: Texts, frame: gpd.GeoDataFrame, names: tuple[str, ...]) -> tuple[gpd.GeoDataFrame, list[Field]]:
    """Add the popup's lines, in words, as columns ``popup_…``."""
    words = map_list.words(t, frame)
    extra = {f"popup_{name}": words[t(f"map.list.{name}")].to_numpy() for name in names}
    return frame.assign(**extra), [Field(t(f"map.list.{name}"), f"popup_{name}") for name in names]


def place_layer(t: Texts, places: gpd.GeoDataFrame) -> MapLayer:
    """Return the layer of places with what is known about each in its popup."""
    frame, fields = _with_words(t, places, POPUP)
    return places_layer(
        frame, symbols=symbols(t), fields=fields, attributions=attributions.of_places(t, places["source_licence"])
    )


def _found(t: Texts, ref: str | None) -> MapLayer | None:
    """Return a mark for the stop or place that was searched for; None for areas and for what has no position."""
    if ref is None:
        return None
    entries = data.gazetteer()
    spot = entries[(entries["ref"] == ref) & entries["type"].isin(["stop", "place"])]
    if spot.empty or spot.geometry.isna().all():
        return None
    mark = {"found": Symbol(t("map.search.mark"), "star", "", "#d55e00")}
    columns = {"id": "ref", "title": "name", "symbol": "mark"}
    return point_layer("found", spot.assign(mark="found"), symbols=mark, columns=columns, style=PointStyle(size=38))


def _offers(t: Texts) -> MapLayer:
    offers = data.offers()
    fields = [Field(t("map.list.operator"), "operator"), Field(t("map.list.more"), "description")]
    return offers_layer(offers, symbols=symbols(t), fields=fields, attributions=attributions.of_layer(t, "offers"))


def _actors(t: Texts) -> MapLayer:
    actors = _actor_rows(t)
    labels = {kind: t(f"organization_type.{kind}") for kind in ORGANIZATION_TYPES}
    fields = [Field(t("map.list.roles"), "role_labels"), Field(t("map.list.date"), "source_date")]
    return actors_layer(
        actors, symbols=actor_symbols(labels), fields=fields, attributions=attributions.of_layer(t, "actors")
    )


def _actor_rows(t: Texts) -> gpd.GeoDataFrame:
    roles = data.catalogue().roles
    actors = data.actors()
    labels = [
        ", ".join(roles[role].label.of(t.language) for role in text.split(";")) if isinstance(text, str) else None
        for text in actors["roles"]
    ]
    return actors.assign(role_labels=labels)


def _stops(t: Texts) -> MapLayer:
    stops = data.frame("stops")
    labels = {mode: t(f"mode.{mode}") for mode in MODES}
    named = attributions.of_layer(t, "stops")
    return stops_layer(stops[stops["in_city"]], symbols=stop_symbols(labels), attributions=named)


def _population(t: Texts) -> MapLayer:
    found, colours = population_classes(), sequential(POPULATION_SCALE, len(population_classes()))
    return population_layer(
        data.frame("population_cells"), found, colours, attributions=attributions.of_layer(t, "population")
    )


def population_classes() -> Classes:
    """Return the classes of people per cell."""
    return classes(data.frame("population_cells")["population"], scheme="breaks", breaks=POPULATION_BREAKS)


def _fill(t: Texts, code: str, scheme: str) -> MapLayer:
    values = indicators.indicator_values(code)
    found = classes(values["value"], scheme=scheme)
    details = pd.DataFrame(
        {
            "value": [indicator_text(t, code, value) for value in values["value"]],
            "date": [t.date(day) for day in values["reference_date"]],
        }
    )
    fields = [Field(indicator_name(t, code), "value"), Field(t("map.list.date"), "date")]
    return choropleth_layer(data.boundaries(), found, sequential(SCALE, len(found)), details=details, fields=fields)


def show_legend(
    t: Texts, items: list[LegendItem], *, title: str = "", digits: int = 0, factor: float = 1.0, counted: bool = True
) -> None:
    """Write legend items as a list: picture, words, number."""
    rows = "".join(
        f"<li>{picture(swatch_svg(item))}<span>{html_text(legend_text(t, item, digits, factor, counted=counted))}</span></li>"
        for item in items
    )
    if rows:
        head = f"<strong>{html_text(title)}</strong>" if title else ""
        st.html(f'<div class="qk-legend-box">{head}<ul class="qk-legend">{rows}</ul></div>')


def picture(svg: str) -> str:
    """Return an image element; Streamlit's cleaner takes inline SVG away, a data address stays."""
    whole = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f'<img alt="" src="data:image/svg+xml;base64,{b64encode(whole.encode()).decode()}">'


def indicator_name(t: Texts, code: str) -> str:
    """Return an indicator's name with its unit, in the page's language."""
    return f"{data.catalogue().indicators[code].label.of(t.language)} ({unit_name(t, code)})"


def unit_name(t: Texts, code: str) -> str:
    """Return the unit of an indicator as people write it."""
    unit = data.catalogue().indicators[code].unit
    key = "unit." + unit.replace(" ", "_").replace("/", "_per_")
    return t(key) if t.has(key) else unit


def indicator_text(t: Texts, code: str, value: float) -> str:
    """Return a value with its unit."""
    return f"{t.number(value, digits=indicator_digits(code))}\u00a0{unit_name(t, code)}"


def indicator_digits(code: str) -> int:
    """Return how many decimals an indicator is written with."""
    return 0 if data.catalogue().indicators[code].measure == "count" else 1


def source_notes(t: Texts, selection: Selection, places: gpd.GeoDataFrame) -> list[str]:
    """Name the sources of everything that is shown."""
    notes = [credit.text for credit in (*attributions.of_places(t, places["source_licence"]), *attributions.base(t))]
    notes += [credit.text for name in selection["show"] for credit in attributions.of_layer(t, name)]
    if selection["fill"]:
        found = indicators.indicator_values(selection["fill"])["source"].dropna()
        notes += sorted({facts.source(t, each) for each in found})
    return notes
