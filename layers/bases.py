"""The catalogue of base maps. Each one but "none" and "streets" calls another host: the operator's choice."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from layers.attribution import Attribution


@dataclass(frozen=True)
class TileBase:
    """Raster tiles of another host.

    Attributes
    ----------
    url
        Leaflet template with ``{z}``, ``{x}``, ``{y}``; web Mercator.
    attribution
        The credit that the provider's terms want.
    max_zoom
        Finest level that the provider has; the map enlarges it beyond.
    dated
        The credit has to carry month and year of the retrieval (the browser adds them).
    """

    url: str
    attribution: Attribution
    max_zoom: int
    dated: bool = False


TILE_BASES: Final = MappingProxyType(
    {
        # https://basemap.de/web-raster/ · CC BY 4.0
        "basemap_de": TileBase(
            url="https://sgx.geodatenzentrum.de/wmts_basemapde/tile/1.0.0/de_basemapde_web_raster_grau"
            "/default/GLOBAL_WEBMERCATOR/{z}/{y}/{x}.png",
            attribution=Attribution("© basemap.de / BKG, CC BY 4.0", "https://basemap.de/"),
            max_zoom=18,
            dated=True,
        ),
        # https://operations.osmfoundation.org/policies/tiles/ · ODbL
        "osm": TileBase(
            url="https://tile.openstreetmap.org/{z}/{x}/{y}.png",
            attribution=Attribution("© OpenStreetMap contributors", "https://www.openstreetmap.org/copyright"),
            max_zoom=19,
        ),
        # https://gdz.bkg.bund.de/index.php/default/wmts-topplusopen-wmts-topplus-open.html · dl-de/by-2-0
        "topplus": TileBase(
            url="https://sgx.geodatenzentrum.de/wmts_topplus_open/tile/1.0.0/web_grau"
            "/default/WEBMERCATOR/{z}/{y}/{x}.png",
            attribution=Attribution(
                "© BKG, dl-de/by-2-0",
                "https://sgx.geodatenzentrum.de/web_public/gdz/datenquellen/datenquellen_topplusopen.html",
            ),
            max_zoom=18,
            dated=True,
        ),
    }
)
BASE_NAMES: Final = ("none", "streets", *TILE_BASES)
