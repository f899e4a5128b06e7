"""A map inside a page of its own, without streamlit-folium: what it needs as text that the page embeds."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Any, Final

from layers.assets import ADDRESS, OWN_SCRIPTS, STATIC

if TYPE_CHECKING:
    import folium

_PICTURE: Final = re.compile(r"url\((?:\"|')?(images/[^)\"']*)(?:\"|')?\)")
_FONT: Final = re.compile(r"url\(\"\.\./fonts/([^\"]*)\"\)")
_DATA: Final = "data:application/json;base64,"


def map_scripts() -> str:
    """Return Leaflet, its groups of markers and our own scripts as one script."""
    paths = ["vendor/leaflet/leaflet.js", "vendor/markercluster/leaflet.markercluster.js"]
    paths += [f"map/{name}.js" for name in OWN_SCRIPTS]
    texts = ((STATIC / path).read_text(encoding="utf-8") for path in paths)
    return "\n;".join(re.sub(r"//# sourceMappingURL=.*", "", text) for text in texts)


def map_styles() -> str:
    """Return the style sheets of the map with the font inside; Leaflet's pictures, which our maps do not use, are left out."""
    leaflet = (STATIC / "vendor/leaflet/leaflet.css").read_text(encoding="utf-8")
    groups = (STATIC / "vendor/markercluster/MarkerCluster.css").read_text(encoding="utf-8")
    own = (STATIC / "map/map.css").read_text(encoding="utf-8")
    return "\n".join([_PICTURE.sub("none", leaflet), groups, _FONT.sub(lambda hit: f"url({_font(hit[1])})", own)])


def _font(name: str) -> str:
    return "data:font/woff2;base64," + base64.b64encode((STATIC / "fonts" / name).read_bytes()).decode("ascii")


def map_element(base: folium.Map, name: str) -> str:
    """Return the script that draws a map of `layers.basemap.base_map` into the element ``map_<name>``.

    The map is the script's variable of the same name. The same map gives the same text.

    Parameters
    ----------
    name
        A word of our own; only ``a-z``.
    """
    base._id, base._name = name, "map"  # noqa: SLF001 -- folium makes a random one
    elements: list[Any] = [base, *base._children.values()]  # noqa: SLF001
    return "\n".join(each._template.module.__dict__["script"](each, {}).strip() for each in elements)  # noqa: SLF001


def published(url: str) -> Any:
    """Return the content that `layers.assets.publish` made available under `url`."""
    if url.startswith(_DATA):
        return json.loads(base64.b64decode(url.removeprefix(_DATA)))
    return json.loads((STATIC / url.removeprefix(ADDRESS)).read_text(encoding="utf-8"))
