"""Writing the static edition into a folder: the same data and day give the same bytes."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from exchange.site.content import core, district_ways, origin_of, where
from exchange.site.pages import ASSETS, Edition, folder_of, page_html
from exchange.site.streets import street_content
from exchange.wording import FINDER_LANGUAGES, topic_files
from geo.catalogue import catalogue
from geo.finder import fitting_rows
from geo.finder_places import prepare_places
from geo.finder_where import where_entries
from geo.situations import situations

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

    from geo.catalogue import Load
    from geo.finder_places import FinderPlaces
    from geo.situations import Situation
    from geo.sources import Package

_STATIC: Final = Path(__file__).resolve().parents[2] / "static"
_PACKED: Final = ".json.packed"


def write_site(
    out: Path, package: Package, *, load: Load, first: date, contact: str = "", costs: pd.DataFrame | None = None
) -> list[str]:
    """Write the finder for all districts and languages; return the files, relative to `out`.

    Parameters
    ----------
    out
        Folder; made if missing. Files of the same names are written anew, others stay.
    package, load
        The data package, and what gives its tables (with what people changed).
    first
        Day of the edition: opening hours are worked out from here on.
    contact
        For questions and corrections; an e-mail address in it becomes "report a mistake".
    costs
        As in `geo.finder_places.prepare_places`.
    """
    contents = _contents(package, load, first, costs)
    packed = {name: _packed(content) for name, content in contents.items()}
    edition = Edition(
        catalogue=catalogue(package, load=load),
        situations=situations(load),
        core=contents["core"],
        date=f"{first:%d.%m.%Y}",
        contact=contact,
        version=_version([*packed.values(), f"{first} {contact}".encode()]),
    )
    files = {f"{folder_of(name)}index.html": page_html(edition, name).encode("utf-8") for name in FINDER_LANGUAGES}
    for name, content in contents.items():
        files[f"data/{name}.json"] = _plain(content)
        files[f"data/{name}{_PACKED}"] = packed[name]
    files |= _own_assets()
    files["sw.js"] = _worker(edition.version, sorted(files))
    for name, made in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made)
    shutil.copytree(_STATIC / "vendor" / "leaflet", out / "assets" / "leaflet", dirs_exist_ok=True)
    return sorted(files)


def _version(parts: list[bytes]) -> str:
    """Return what changes with anything that visitors get: data, day, programs, words."""
    words = [path for language in FINDER_LANGUAGES for path in topic_files(language)]
    files = [path.read_bytes() for path in (*sorted(ASSETS.iterdir()), *words)]
    return hashlib.sha256(b"".join([*parts, *files])).hexdigest()[:12]


def _contents(package: Package, load: Load, first: date, costs: pd.DataFrame | None) -> dict[str, Any]:
    places = answering(prepare_places(package, load=load, costs=costs), situations(load))
    found: dict[str, Any] = {"core": core(places, situations(load), load, first)}
    for number in places.districts["district_id"]:
        found[f"ways/{int(number)}"] = district_ways(places, int(number))
    found["streets"] = street_content(places, origin_of(places))
    found["where"] = where(places, where_entries(package, load=load))
    return found


def answering(places: FinderPlaces, known: Mapping[str, Situation]) -> FinderPlaces:
    """Return the places that answer any situation: the others would be carried to phones for nothing."""
    fitting = [fitting_rows(places, each) for each in known.values()]
    rows = np.unique(np.concatenate([*fitting, np.zeros(0, dtype=np.int64)]))
    return replace(
        places,
        table=places.table.iloc[rows].reset_index(drop=True),
        x=places.x[rows],
        y=places.y[rows],
        snapped=None if places.snapped is None else places.snapped.take(rows),
        free=places.free[rows],
    )


def _own_assets() -> dict[str, bytes]:
    return {
        "assets/map.js": (ASSETS / "map.js").read_bytes(),
        "icon.png": (_STATIC / "icon.png").read_bytes(),
    }


def _worker(version: str, names: list[str]) -> bytes:
    """Return the service worker with the list of everything that works offline."""
    kept = [name for name in names if not name.endswith(".json")]
    kept += ["assets/leaflet/leaflet.js", "assets/leaflet/leaflet.css"]
    folders = [name.removesuffix("index.html") or "./" for name in kept if name.endswith("index.html")]
    text = (ASSETS / "sw.js").read_text(encoding="utf-8")
    return text.replace("@VERSION@", version).replace("@FILES@", json.dumps([*folders, *kept])).encode("utf-8")


def _plain(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def _packed(content: object) -> bytes:
    return gzip.compress(_plain(content), mtime=0)
