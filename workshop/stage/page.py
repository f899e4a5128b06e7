"""The stage as one HTML file that needs nothing else: maps made with folium, scripts, styles, font, geometry, steps."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from exchange.wording import DEFAULT_LANGUAGE, Texts
from geo.errors import ParameterError
from geo.storyline import MAX_STEPS, storyline_text
from geo.storyline_read import read_storyline
from layers.basemap import MapTexts, base_map
from layers.escape import html_text
from layers.legend import swatch_svg, symbol_legend
from layers.notes import NOTE_CATEGORIES, note_symbols
from layers.quarters import quarters_layer
from layers.standalone import map_element, map_scripts, map_styles, published
from workshop.stage.grid import grid_spec
from workshop.stage.legend import picture
from workshop.stage.scene import scene

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.area import Area
    from geo.print_grid import PrintGrid
    from geo.storyline import Storyline
    from layers.maplayer import MapLayer
    from layers.symbols import Symbol
    from workshop.stage.material import Material
    from workshop.stage.scene import Scene

ASSETS: Final = Path(__file__).parent / "assets"
_BEFORE: Final = ("shim",)
_AFTER: Final = ("core", "notes", "notemap", "player", "grid", "list", "keys", "feedbox", "noteform")
_FOLLOW: Final = ("follow",)
_WORD: Final = re.compile(r"@([a-z_]+|[A-Z]+)@")
_USED: Final = re.compile(r'\bword\("([a-z_]+)"|"((?:key|quiet|notes|note|code|place|live)_[a-z_]+|nowhere)"')
_MAP_TEXTS: Final = ("map", "zoom_in", "zoom_out", "whole_city", "close", "group", "approximate", "new_window")


@dataclass(frozen=True)
class Extras:
    """What a stage has beside its storyline.

    Attributes
    ----------
    key
        Names the notes that the browser keeps: the same key, the same notes. Empty = made from the storyline.
    grid
        The grid that is printed on the paper maps; None = none.
    live
        Served by the program: notes come from a running session instead of the host's form.
    categories
        Which of `layers.notes.NOTE_CATEGORIES` are collected.
    area
        What the evening is about: a Stadtbezirk or an own Quartier is outlined on every map. None = nothing is.
    """

    key: str = ""
    grid: PrintGrid | None = None
    live: bool = False
    categories: tuple[str, ...] = NOTE_CATEGORIES
    area: Area | None = None


@dataclass(frozen=True)
class StagePage:
    """The finished page and the policy that a server sends with it (the page also carries it itself)."""

    html: str
    policy: str


def stage_page(material: Material, storyline: Storyline, extras: Extras | None = None) -> StagePage:
    """Return the page of a storyline in the material's language.

    Raises
    ------
    ParameterError
        The storyline has no step, or a gap analysis cannot be made with its settings.
    DataFileError
        A step names what the material does not have.
    """
    extras = extras or Extras()
    _require_known(storyline, material)
    t = material.t
    outline = _outline(extras.area)
    scenes = [
        replace(found, layers=(*found.layers, *outline))
        for found in (scene(material, step) for step in storyline.steps)
    ]
    script = _script(material, scenes, extras)
    policy = _policy(script, live=extras.live)
    parts = {
        "LANG": t.language[:2],
        "TITLE": html_text(storyline.title),
        "POLICY": html_text(policy),
        "STYLE": map_styles() + (ASSETS / "stage.css").read_text(encoding="utf-8"),
        "GEOMETRY": _json(_geometry(material)),
        "SPEC": _json(_spec(material, storyline, scenes, extras)),
        "SCRIPT": script,
    }
    template = (ASSETS / "stage.html").read_text(encoding="utf-8")
    html = _WORD.sub(lambda hit: parts[hit[1]] if hit[1] in parts else html_text(t(f"stage.{hit[1]}")), template)
    return StagePage(html, policy)


def _require_known(storyline: Storyline, material: Material) -> None:
    """Raise unless there are steps, and all that they name is there: another data package may lack some of it."""
    if not storyline.steps:
        raise ParameterError("parameter.out_of_range", name="steps", value=0, minimum=1, maximum=MAX_STEPS)
    data = storyline_text(storyline).encode("utf-8", errors="replace")
    for problem in read_storyline(data, material.known, name=storyline.title).problems:
        if problem.key == "storyline.unknown_value":
            raise problem.as_error()


def _outline(area: Area | None) -> tuple[MapLayer, ...]:
    """Return the outline of the evening's area; districts have their own one in the steps that are about them."""
    if area is None or area.level in {"district", "city"}:
        return ()
    found = {area.id: (area.name, area.geometry)}
    return (quarters_layer(found, key="evening", chosen=area.id, selectable=False, filled=False),)


def _policy(script: str, *, live: bool) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    rules = {
        "default-src": "'none'",
        "script-src": f"'sha256-{digest}'",
        "style-src": "'unsafe-inline'",
        "img-src": "data: blob:",
        "font-src": "data:",
        "connect-src": "'self'" if live else "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _script(material: Material, scenes: Sequence[Scene], extras: Extras) -> str:
    """Return the page's one script: no text from outside but as `layers.escape.literal`."""
    after = [*_AFTER, *(_FOLLOW if extras.live else ()), "start"]
    layers = {layer.digest: layer.source for each in scenes for layer in (*each.layers, *each.chosen)}
    made = ",".join(f"{json.dumps(digest)}:function(){{return {source}}}" for digest, source in layers.items())
    maps = ",".join(
        f"{name}:function(){{{map_element(_base(material), name)}\nreturn map_{name};}}" for name in ("a", "b")
    )
    texts = [
        *(_asset(name) for name in _BEFORE),
        map_scripts(),
        f"window.QKLayers={{{made}}};window.QKMaps={{{maps}}};",
        *(_asset(name) for name in after),
    ]
    return "\n;".join(texts)


def _asset(name: str) -> str:
    return (ASSETS / f"{name}.js").read_text(encoding="utf-8")


def _base(material: Material) -> Any:
    t = material.t
    texts = MapTexts(language=t.language, **{name: t(f"mapview.{name}") for name in _MAP_TEXTS})
    base = "none" if material.streets is None else "streets"
    return base_map(material.boundaries, texts=texts, base=base, streets=material.streets)


def _geometry(material: Material) -> dict[str, Any]:
    urls = [material.boundaries.url, *([material.streets.url] if material.streets else [])]
    return {url: published(url) for url in urls}


def _spec(material: Material, storyline: Storyline, scenes: Sequence[Scene], extras: Extras) -> dict[str, Any]:
    t = material.t
    symbols = note_symbols({category: t(f"session.category.{category}") for category in NOTE_CATEGORIES})
    steps = [
        each.spec
        | {"layers": [layer.digest for layer in each.layers], "chosen": [layer.digest for layer in each.chosen]}
        for each in scenes
    ]
    return {
        "title": storyline.title,
        "language": t.language[:2],
        "key": extras.key or hashlib.sha256(repr(storyline).encode()).hexdigest()[:16],
        "live": extras.live,
        "bounds": material.boundaries.bounds,
        "words": words(t),
        "categories": [_category(name, symbols[name]) for name in extras.categories],
        "grid": None if extras.grid is None else grid_spec(extras.grid),
        "steps": steps,
    }


def _category(name: str, symbol: Symbol) -> dict[str, Any]:
    item = symbol_legend([symbol], [0])[0]
    return {"id": name, "symbol": symbol.spec(), "picture": picture(swatch_svg(item))}


def words(t: Texts) -> dict[str, str]:
    """Return the words that the scripts use, by their key without ``stage.``."""
    source = "".join(_asset(path.stem) for path in sorted(ASSETS.glob("*.js")))
    used = {one or other for one, other in _USED.findall(source)}
    german = Texts(DEFAULT_LANGUAGE)
    return {key: t(f"stage.{key}") for key in sorted(used) if german.has(f"stage.{key}")}


def _json(value: Any) -> str:
    """Return JSON that can stand in a script element: no sign of it ends the element."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("&", "\\u0026").replace("\x7f", "\\u007f")
