"""Where the browser gets its files: Leaflet, plugins and geometry come from our own origin (house rule 10).

Streamlit serves ``static/`` at ``app/static/``. streamlit-folium's frame lives at
``component/<name>/index.html``, so ``../../app/static/`` is right from there, under any base path.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import folium.plugins  # noqa: F401  # defines every class whose lists are rewritten
from folium.elements import JSCSSMixin

from geo.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ADDRESS", "MAP_CSS", "MAP_JS", "OWN_SCRIPTS", "STATIC", "MissingAssetError", "publish", "use_local_assets"]

ADDRESS: Final = "../../app/static/"
"""Address of static/ as seen from streamlit-folium's frame."""

STATIC = Path(__file__).resolve().parent.parent / "static"
"""The folder that the server shows at app/static/: beside the script that Streamlit runs."""

OWN_SCRIPTS: Final = (
    "core",
    "text",
    "geometry",
    "retain",
    "groups",
    "points",
    "areas",
    "quarters",
    "draw",
    "grid",
    "labels",
    "controls",
    "address",
    "view",
    "base",
)
"""The scripts of static/map/, in the order in which they run."""


def _link(name: str, path: str) -> tuple[str, str]:
    """Return folium's (name, address) of a shipped file; the address changes when the file does."""
    version = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:10]
    return name, f"{ADDRESS}{path}?v={version}"


_LEAFLET: Final = _link("leaflet", "vendor/leaflet/leaflet.js")
_LEAFLET_CSS: Final = _link("leaflet_css", "vendor/leaflet/leaflet.css")
_CLUSTER: Final = _link("markerclusterjs", "vendor/markercluster/leaflet.markercluster.js")
_CLUSTER_CSS: Final = _link("markerclustercss", "vendor/markercluster/MarkerCluster.css")


def _write_once(path: Path, data: bytes) -> None:
    if path.exists() and path.stat().st_size == len(data):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data)


def _own_scripts() -> list[tuple[str, str]]:
    """Return the links of our own scripts: one file that holds them all, made here.

    streamlit-folium fetches script after script, each when the one before has run: a dozen cost half a second. Where the
    folder cannot be written the browser gets them one by one.
    """
    paths = [f"map/{name}.js" for name in OWN_SCRIPTS]
    data = b"\n".join((STATIC / path).read_bytes() for path in paths)
    bundle = f"cache/map-{hashlib.sha256(data).hexdigest()[:20]}.js"
    try:
        _write_once(STATIC / bundle, data)
    except OSError:
        return [_link(f"qk_{name}", path) for name, path in zip(OWN_SCRIPTS, paths, strict=True)]
    return [_link("qk_map", bundle)]


MAP_CSS: Final = [_CLUSTER_CSS, _link("qk_map_css", "map/map.css")]

MAP_JS: Final = [_CLUSTER, *_own_scripts()]
_SHIPPED: Final = dict([_LEAFLET, _LEAFLET_CSS, *MAP_JS, *MAP_CSS])
# folium loads these on every map; nothing of ours uses them.
_UNUSED: Final = frozenset(
    {
        "jquery",
        "bootstrap",
        "bootstrap_css",
        "awesome_markers",
        "awesome_markers_css",
        "awesome_markers_font_css",
        "awesome_rotate_css",
        "glyphicons_css",
        "markerclusterdefaultcss",
    }
)
_LOGGER: Final = logging.getLogger(__name__)


class MissingAssetError(LookupError):
    """A folium class was used whose files are not shipped with the app."""


class _NotShipped(list[tuple[str, str]]):
    """Stands for a list of links of which at least one is not shipped: using it says so."""

    def __init__(self, owner: str, names: list[str]) -> None:
        super().__init__()
        self.owner = owner
        self.names = names

    def __iter__(self) -> Iterator[tuple[str, str]]:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise MissingAssetError(
            f"folium's {self.owner!r} needs {self.names!r}, which is not shipped with the app: add it to "
            "scripts/vendor_assets.py and layers/assets.py"
        )


def use_local_assets() -> None:
    """Let every folium class load its files from our own origin; calling it again changes nothing.

    The lists of links of all ``JSCSSMixin`` classes are rewritten: shipped files get our address,
    jQuery, Bootstrap and the marker fonts (unused) are dropped. A class that needs any other file
    raises `MissingAssetError` when it is drawn, instead of calling another host or staying blank.
    """
    for cls in _subclasses(JSCSSMixin):
        for attribute in ("default_js", "default_css"):
            links = cls.__dict__.get(attribute)
            if links is not None and not isinstance(links, _NotShipped):
                setattr(cls, attribute, _local(cls.__name__, links))


def _local(owner: str, links: list[tuple[str, str]]) -> list[tuple[str, str]]:
    needed = [name for name, _ in links if name not in _UNUSED]
    missing = [name for name in needed if name not in _SHIPPED]
    if missing:
        return _NotShipped(owner, missing)
    return [(name, _SHIPPED[name]) for name in needed]


def _subclasses(cls: type[JSCSSMixin]) -> list[type[JSCSSMixin]]:
    found = [cls]
    for subclass in cls.__subclasses__():
        found.extend(_subclasses(subclass))
    return found


def publish(name: str, text: str) -> str:
    """Make `text` (JSON) available to the map's frame once and return its address.

    The file is ``static/cache/<name>-<hash of the text>.json``: browsers keep it, the page's messages
    stay small. Where the folder cannot be written (read-only installation) the returned address is a
    ``data:`` address that holds the text itself.

    Parameters
    ----------
    name
        A word of our own for the file's name; only ``a-z0-9-``.
    text
        What the browser will get, UTF-8.
    """
    data = text.encode("utf-8")
    file_name = _file_name(name, data)
    folder = STATIC / "cache"
    try:
        _write_once(folder / file_name, data)
    except OSError as error:
        _LOGGER.warning("Cannot write %s (%s): the map's geometry is sent with every page instead.", folder, error)
        return "data:application/json;base64," + base64.b64encode(data).decode("ascii")
    return f"{ADDRESS}cache/{file_name}"


def remember(name: str, source: str, url: str, count: int) -> None:
    """Note that `url` was published from `source` (a hash), with a number that belongs to it.

    Where the folder cannot be written nothing is noted: the next process makes it anew.
    """
    if not url.startswith(f"{ADDRESS}cache/"):
        return
    note = json.dumps({"url": url, "count": count}).encode()
    try:
        _write_once(_note(name, source), note)
    except OSError as error:
        _LOGGER.warning("Cannot write %s (%s).", _note(name, source), error)


def published(name: str, source: str) -> tuple[str, int] | None:
    """Return address and number noted for `source`; None = nothing noted, or what was published is damaged."""
    try:
        note = json.loads(_note(name, source).read_bytes())
        url, count = str(note["url"]), int(note["count"])
        file = STATIC / "cache" / url.rsplit("/", 1)[-1]
        data = file.read_bytes()
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (url, count) if file.name == _file_name(name, data) and url == f"{ADDRESS}cache/{file.name}" else None


def _note(name: str, source: str) -> Path:
    return STATIC / "cache" / f"{name}-{source}.note"


def _file_name(name: str, data: bytes) -> str:
    return f"{name}-{hashlib.sha256(data).hexdigest()[:20]}.json"
