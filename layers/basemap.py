"""The map itself: drawn once, byte-identical for the same arguments, so that the view survives every rerun."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import folium
from folium.elements import JSCSSMixin
from folium.template import Template

from geo.errors import ParameterError
from layers.assets import ADDRESS, MAP_CSS, MAP_JS, use_local_assets
from layers.bases import BASE_NAMES, TILE_BASES
from layers.escape import literal
from layers.shapes import PATTERNS, SHAPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.attribution import Attribution
    from layers.boundaries import Boundaries
    from layers.streets import Streets

MIN_ZOOM: Final = 9
MAX_ZOOM: Final = 19


@dataclass(frozen=True)
class MapTexts:
    """The map's own words, in the page's language.

    Attributes
    ----------
    language
        Code of the page's language, e.g. "de": numbers are written its way.
    map
        Name of the map for screen readers.
    zoom_in, zoom_out, whole_city, close
        Names of the buttons.
    group
        Name of a group of symbols; ``{count}`` is replaced by their number.
    approximate
        Said beside the name of a place whose spot is only roughly known.
    new_window
        Said behind a link.
    """

    language: str
    map: str
    zoom_in: str
    zoom_out: str
    whole_city: str
    close: str
    group: str
    approximate: str
    new_window: str


@dataclass(frozen=True)
class Start:
    """First view: centre in degrees and zoom level."""

    lat: float
    lon: float
    zoom: float


def base_map(
    boundaries: Boundaries,
    *,
    texts: MapTexts,
    base: str = "streets",
    streets: Streets | None = None,
    start: Start | None = None,
    addressed: bool = False,
    seen: str | None = None,
    attributions: Sequence[Attribution] = (),
) -> folium.Map:
    """Return the base map: background, boundaries with names, scale bar, credits, no data layer.

    Parameters
    ----------
    boundaries
        From `layers.boundaries.publish_boundaries`; a click on a district is reported as layer "district".
    texts
        The map's own words.
    base
        ``"none"``, ``"streets"`` (needs `streets`; contacts no other host) or a name of `layers.bases`.
    streets
        From `layers.streets.publish_streets`.
    start
        First view; None = the whole city.
    addressed
        Keep the view in the page's address as ``?view=lat,lon,zoom`` (see static/map/address.js).
    seen
        Address that the frame reports to (POST, nothing in it) when the districts have been painted; None = to nobody.
    attributions
        Credits of boundaries and streets.

    Raises
    ------
    ParameterError
        An unknown base; "streets" without `streets`.
    """
    if base not in BASE_NAMES:
        raise ParameterError("parameter.unknown_value", name="base", value=base, allowed=", ".join(BASE_NAMES))
    if base == "streets" and streets is None:
        raise ParameterError("parameter.wrong_type", name="streets", found="NoneType", expected="Streets")
    use_local_assets()
    south, west, north, east = boundaries.bounds
    result = folium.Map(
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=11,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        zoom_snap=1 if base in TILE_BASES else 0.25,
    )
    # As arguments folium would give them to its tile layer only, and groups of markers need them on the map.
    result.options.update(min_zoom=MIN_ZOOM, max_zoom=MAX_ZOOM)
    spec = {
        "url": boundaries.url,
        "bounds": boundaries.bounds,
        "start": asdict(start) if start else None,
        "addressed": addressed,
        "seen": seen,
        "streets": streets.url if streets and base == "streets" else None,
        "tiles": _tiles(base),
        "texts": asdict(texts),
        "shapes": {name: asdict(shape) for name, shape in SHAPES.items()},
        "patterns": {name: asdict(pattern) for name, pattern in PATTERNS.items()},
        "attributions": [[each.text, each.url] for each in attributions],
        "images": f"{ADDRESS}vendor/leaflet/images/",
    }
    result.add_child(_Base(literal(spec)))
    return result


def _tiles(base: str) -> dict[str, Any] | None:
    if base not in TILE_BASES:
        return None
    tiles = TILE_BASES[base]
    credit = [tiles.attribution.text, tiles.attribution.url]
    return {"url": tiles.url, "maxZoom": tiles.max_zoom, "attribution": credit, "dated": tiles.dated}


class _Base(JSCSSMixin):
    """Hands the description to static/map/base.js and names the files it needs."""

    _template = Template(
        "{% macro script(this, kwargs) %}QK.base({{ this._parent.get_name() }},{{ this.spec }});{% endmacro %}"
    )
    default_js = list(MAP_JS)  # noqa: RUF012  # as folium declares it
    default_css = list(MAP_CSS)  # noqa: RUF012

    def __init__(self, spec: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's own
        self._name = "Base"
        self.spec = spec

    def render(self, **_kwargs: Any) -> str:
        """Write nothing into the figure: streamlit-folium takes script and links from the class."""
        return ""
