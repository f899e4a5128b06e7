"""Own Quartiere as pages need them: rows of the store, their areas, and what is checked before one is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from views import data, storage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.area import Area
    from layers.maplayer import MapLayer

RESOURCE = "quarters"
EXISTING = "existing"
Row = dict[str, Any]


def rows() -> dict[str, Row]:
    """Return the Quartiere in use by their id, in alphabetical order; unknown is None. Shared: never change them."""
    if not storage.state():
        return {}
    return data.kept("quarters", make=_rows)


def _rows() -> dict[str, Row]:
    frame = data.entries(RESOURCE)
    known = frame.astype(object).where(frame.notna(), None).to_dict("records")
    found = [{str(name): value for name, value in row.items()} for row in known]
    return {row["id"]: row for row in sorted(found, key=lambda row: str(row["name"]).casefold())}


def names() -> dict[str, str]:
    """Return the names of the Quartiere in use by their id."""
    return {key: str(row["name"]) for key, row in rows().items()}


def retired_name(key: str) -> str:
    """Return the name of a Quartier that is out of use; empty if there never was one."""
    found = data.kept(
        "quarters_retired", make=lambda: {one.id: one.values["name"] for one in storage.retired(RESOURCE)}
    )
    return str(found.get(key, ""))


def area(key: str) -> Area:
    """Return the area of a Quartier in use.

    Raises
    ------
    QuartierError
        It does not fit the city (any more): another data package, for example.
    """
    return data.kept("quarter_area", key, make=lambda: area_of(rows()[key]))


def area_of(values: Mapping[str, Any]) -> Area:
    """Return the area that the fields of a Quartier, stored or not, describe; errors of `geo.quarter.quarter_of`."""
    from geo.quarter import quarter_of

    return quarter_of(data.frame, data.gap_inputs().cells, {"id": values.get("id") or "new", **values})


def checked(values: Mapping[str, Any]) -> Area:
    """Return the area of a Quartier that may be stored.

    Raises
    ------
    QuartierError
        No area, one that does not fit the city, or an existing Quartier of too few people.
    """
    from geo.errors import ParameterError
    from geo.quarter import MINIMUM_POPULATION

    found = area_of(values)
    if found.withheld and values.get("kind") == EXISTING:
        raise ParameterError("quarter.few_people", minimum=MINIMUM_POPULATION)
    return found


def places_in(key: str) -> frozenset[str]:
    """Return the places in a Quartier by their id."""
    return data.kept("quarter_places", key, make=lambda: _places_in(key))


def _places_in(key: str) -> frozenset[str]:
    places = data.places()
    inside = area(key).holds(places.geometry.to_numpy(), places["district_id"])
    return frozenset(places.loc[inside, "id"])


def middle(key: str) -> tuple[float, float]:
    """Return where the people of a Quartier live on average (metres); of one without people a point inside."""
    return data.kept("quarter_middle", key, make=lambda: _middle(key))


def _middle(key: str) -> tuple[float, float]:
    import numpy as np

    found, cells = area(key), data.gap_inputs().cells
    weights = found.cell_weights(cells) * np.nan_to_num(cells["population"].to_numpy("float64", na_value=np.nan))
    if weights.sum() <= 0:
        inside = found.geometry.representative_point()
        return float(inside.x), float(inside.y)
    x, y = (float(np.average(cells[name].to_numpy("float64"), weights=weights)) for name in "xy")
    return x, y


def people(found: Area) -> float | None:
    """Return the estimated number of people; None where it is withheld."""
    from geo.quarter import people_of

    return None if found.withheld else people_of(data.gap_inputs().cells, found)


def shapes() -> dict[str, tuple[str, Any]]:
    """Return name and polygon of every Quartier that fits the city, by id."""
    return data.kept("quarter_shapes", make=_shapes)


def _shapes() -> dict[str, tuple[str, Any]]:
    from geo.errors import QuartierError

    found = {}
    for key, name in names().items():
        try:
            found[key] = (name, area(key).geometry)
        except QuartierError:  # named with its reason on the page of Quartiere
            continue
    return found


def layer(*, chosen: str | None = None, move_view: bool = False) -> MapLayer | None:
    """Return the Quartiere as a map layer; None where there are none."""
    from layers.quarters import quarters_layer

    if not shapes():
        return None
    return data.kept(
        "quarter_layer", chosen, move_view, make=lambda: quarters_layer(shapes(), chosen=chosen, move_view=move_view)
    )


def outline(key: str, *, move_view: bool = False) -> MapLayer:
    """Return the outline of one Quartier, to be drawn over other layers."""
    from layers.quarters import quarters_layer

    found = {key: (names()[key], area(key).geometry)}
    return data.kept(
        "quarter_outline",
        key,
        move_view,
        make=lambda: quarters_layer(
            found, key="highlight", chosen=key, move_view=move_view, selectable=False, named=False, filled=False
        ),
    )
