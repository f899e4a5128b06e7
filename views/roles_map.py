"""One role on the map: who is there at which level, or how far the nearest is, and the places that are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.joins import with_item
from layers.actors import ORGANIZATION_TYPES, actor_symbols, actors_layer
from layers.choropleth import choropleth_layer
from layers.classify import classes
from layers.columns import Field
from layers.highlight import highlight_layer
from layers.legend import LegendItem, class_legend
from layers.palette import UNKNOWN, Fill, sequential
from views import data, fresh, map_layers, mapview, quarters_model, roles_matrix, roles_model

if TYPE_CHECKING:
    from geo.roles import RoleResult
    from layers.clicks import Click
    from layers.maplayer import MapLayer
    from views.state import Selection
    from views.texts import Texts

SCALE = "YlGnBu"
_SHOWN = roles_model.STATES[:-1]  # the unknown is no class: it is hatched


def show(t: Texts, selection: Selection, found: RoleResult) -> Click | None:
    """Draw map and legend; return a click."""
    role = selection["role"]
    states, distance = roles_model.states(found)[role], roles_model.distances(found)[role]
    details = pd.DataFrame(
        {
            "state": [t(f"roles.level.{state}") for state in states],
            "distance": [t.distance(value) for value in distance],
        },
        index=states.index,
    )
    fields = [Field(data.catalogue().roles[role].label.of(t.language), "state"), Field(t("roles.nearest"), "distance")]
    values = distance
    if selection["rolemap"] == "state":
        values = states.map({state: float(at) for at, state in enumerate(_SHOWN)})
        groups = classes(values, scheme="breaks", breaks=[at + 0.5 for at in range(len(_SHOWN) - 1)])
        colours = [roles_matrix.COLOURS[state] for state in _SHOWN]
    else:
        groups = classes(values)
        colours = list(sequential(SCALE, len(groups)))
    layers = [choropleth_layer(data.boundaries(), groups, colours, details=details, fields=fields), _places(t, role)]
    if selection["district"] is not None:
        layers.append(highlight_layer(data.boundaries(), selection["district"]))
    if selection["quarter"] is not None:
        layers.append(quarters_model.outline(selection["quarter"]))
    click = mapview.show_map(t, layers, key="roles", height=540, first=True)
    if selection["rolemap"] == "state":
        items = [
            LegendItem("symbol", Fill(colour), count, label=t(f"roles.level.{state}"))
            for state, colour, count in zip(_SHOWN, colours, groups.counts, strict=True)
            if count
        ]
        items += (
            [LegendItem("symbol", UNKNOWN, groups.unknown, label=t("roles.level.unknown"))] if groups.unknown else []
        )
        map_layers.show_legend(t, items, title=t("roles.legend"))
    else:
        map_layers.show_legend(t, class_legend(groups, colours), title=t("roles.nearest.legend"))
    return click


def _places(t: Texts, role: str) -> MapLayer:
    """Return the places of the organisations that have the role, as far as their position is known."""
    actors = data.actors()
    mine = actors[with_item(actors["roles"], role) & actors.geometry.notna()].drop_duplicates("id")
    labels = {kind: t(f"organization_type.{kind}") for kind in ORGANIZATION_TYPES}
    dates = [fresh.day(t, date) for date in mine["roles_date"]]
    fields = [Field(t("roles.address"), "address"), Field(t("roles.newest"), "date_text")]
    return actors_layer(mine.assign(date_text=dates), symbols=actor_symbols(labels), fields=fields)
