"""Areas coloured by class: any indicator or gap measure, with hatching where nothing is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.errors import ParameterError
from layers.columns import Field, field_table
from layers.maplayer import MapLayer, make_layer
from layers.palette import NO_STATEMENT, UNKNOWN, Fill, bivariate

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from layers.attribution import Attribution
    from layers.boundaries import Boundaries
    from layers.classify import Classes

KEY: Final = "choropleth"
_SIDE: Final = 3


def choropleth_layer(
    boundaries: Boundaries,
    classes: Classes,
    colours: Sequence[str],
    *,
    level: str = "district",
    no_statement: Collection[int] = (),
    details: pd.DataFrame | None = None,
    fields: Sequence[Field] = (),
    attributions: Sequence[Attribution] = (),
) -> MapLayer:
    """Return areas filled by class.

    Parameters
    ----------
    boundaries
        From `layers.boundaries.publish_boundaries`.
    classes
        Of values indexed by district (or borough) id. An area that the values do not have is unknown.
    colours
        One ``#rrggbb`` per class, e.g. ``palette.sequential("YlGnBu", len(classes))``.
    level
        ``"district"`` or ``"borough"``.
    no_statement
        Ids of areas of which something is known that allows no statement (incomplete inventory): dotted.
    details, fields
        Frame indexed by area id and the lines of the tooltip made from it.

    Raises
    ------
    ParameterError
        An id that the boundaries do not have; more classes than colours.
    """
    if len(colours) < len(classes):
        raise ParameterError(
            "parameter.out_of_range",
            name="number of colours",
            value=len(colours),
            minimum=len(classes),
            maximum=9,
        )
    index = _by_area(classes.series(), boundaries.ids(level))
    index.loc[[area for area in no_statement if index[area] < 0]] = len(colours)
    fills = [*map(Fill, colours), NO_STATEMENT]
    return _area_layer(boundaries, level, index, fills, details, fields, attributions)


def bivariate_layer(
    boundaries: Boundaries,
    one: Classes,
    other: Classes,
    *,
    level: str = "district",
    details: pd.DataFrame | None = None,
    fields: Sequence[Field] = (),
    attributions: Sequence[Attribution] = (),
) -> MapLayer:
    """Return areas filled by two measures at once: `one` turns them blue, `other` orange, both dark.

    Both classifications have at most three classes; an area unknown in one of them is unknown. See
    `choropleth_layer` for the rest.
    """
    for name, each in (("one", one), ("other", other)):
        if len(each) > _SIDE:
            raise ParameterError("parameter.out_of_range", name=name, value=len(each), minimum=1, maximum=_SIDE)
    ids = boundaries.ids(level)
    first, second = _by_area(one.series(), ids), _by_area(other.series(), ids)
    index = (first * _SIDE + second).where((first >= 0) & (second >= 0), -1)
    fills = [Fill(colour) for row in bivariate() for colour in row]
    return _area_layer(boundaries, level, index, fills, details, fields, attributions)


def _by_area(index: pd.Series[int], ids: tuple[int, ...]) -> pd.Series[int]:
    strange = [area for area in index.index if area not in ids]
    if strange:
        raise ParameterError("parameter.unknown_value", name="area id", value=strange[0], allowed=f"{ids[0]}, …")
    if index.index.has_duplicates:
        twice = index.index[index.index.duplicated()][0]
        raise ParameterError("parameter.unknown_value", name="area id", value=twice, allowed="each id once")
    return index.reindex(list(ids), fill_value=-1)


def _area_layer(
    boundaries: Boundaries,
    level: str,
    index: pd.Series[int],
    fills: Sequence[Fill],
    details: pd.DataFrame | None,
    fields: Sequence[Field],
    attributions: Sequence[Attribution],
) -> MapLayer:
    rows = pd.DataFrame(index=index.index) if details is None else details.reindex(index.index)
    data: dict[str, Any] = {
        "url": boundaries.url,
        "level": level,
        "ids": [int(each) for each in index.index],
        "index": index.tolist(),
        "fills": [_fill(each) for each in (*fills, UNKNOWN)],  # -1, the unknown, is the last one
        "fields": field_table(rows, fields, name="details"),
    }
    return make_layer(KEY, "areas", data, count=int((index >= 0).sum()), attributions=attributions)


def _fill(fill: Fill) -> list[str | None]:
    return [fill.colour, fill.pattern, fill.pattern_colour]
