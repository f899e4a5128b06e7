"""Layers and legend of the gaps page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from layers.choropleth import choropleth_layer
from layers.columns import Field
from layers.highlight import highlight_layer
from layers.places import places_layer
from views import data, gaps_format, map_layers, place_filter, quarters_model
from views.gaps_classes import legend_items, measured

if TYPE_CHECKING:
    from geo.gaps import GapResult
    from layers.maplayer import MapLayer
    from views.state import Selection
    from views.texts import Texts

DETAILS = ("verdict", "share_beyond", "mean_nearest_m", "places_known")


def layers(t: Texts, result: GapResult, selection: Selection) -> list[MapLayer]:
    """Return the measure as coloured districts, the places of the kind, and the chosen district."""
    measure, scheme = selection["measure"], selection["classes"]
    key = (result.kind, repr(result.settings), measure, scheme, t.language)
    found = [data.kept("gap_layer", *key, make=lambda: _areas(t, result, measure, scheme)), _places(t, result.kind)]
    if selection["district"] is not None:
        found.append(highlight_layer(data.boundaries(), selection["district"]))
    if selection["quarter"] is not None:
        found.append(quarters_model.outline(selection["quarter"]))
    return found


def _areas(t: Texts, result: GapResult, measure: str, scheme: str) -> MapLayer:
    rows = result.level("district").set_index("area_id")
    found, colours, silent = measured(result, measure, scheme)
    details = pd.DataFrame(
        {name: [gaps_format.cell(t, name, value) for value in rows[name]] for name in DETAILS}, index=rows.index
    )
    if measure not in DETAILS:
        details[measure] = [gaps_format.cell(t, measure, value) for value in rows[measure]]
    fields = [Field(t(f"gaps.measure.{name}"), name) for name in details.columns]
    return choropleth_layer(data.boundaries(), found, colours, no_statement=silent, details=details, fields=fields)


def _places(t: Texts, kind: str) -> MapLayer:
    places = place_filter.filtered_places(kinds=(kind,))
    own = places.assign(kind=kind)
    fields = [Field(t("map.list.address"), "address"), Field(t("map.list.operator"), "operator")]
    return data.kept(
        "gap_places", kind, t.language, make=lambda: places_layer(own, symbols=map_layers.symbols(t), fields=fields)
    )


def legend(t: Texts, result: GapResult, measure: str, scheme: str) -> None:
    """Write the legend below the map."""
    title = t(f"gaps.measure.{measure}") + gaps_format.unit(measure)
    digits, factor = gaps_format.digits(measure), gaps_format.factor(measure)
    map_layers.show_legend(t, legend_items(result, measure, scheme), title=title, digits=digits, factor=factor)
