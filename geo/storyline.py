"""A storyline: the steps of a presentation, each one view of the map and one sentence. A small JSON file holds it.

`geo.storyline_read` reads such a file; `storyline_text` writes one, always the same bytes for the same storyline.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from geo.gap_settings import GapSettings, settings_to_dict

FORMAT: Final = "quartierskarte-storyline"
VERSION: Final = 1
LANGUAGES: Final = ("de", "en")
MAX_BYTES: Final = 1_000_000
MAX_STEPS: Final = 100
MAX_TITLE: Final = 120
MAX_SENTENCE: Final = 300
MAX_VALUES: Final = 300
MAX_ID: Final = 100
MAX_DRAWS: Final = 200
ZOOMS: Final = (9.0, 19.0)
SCHEMES: Final = ("quantiles", "equal")
SHOWN: Final = ("actors", "offers", "stops", "population")
MEASURES: Final = (
    "verdict", "share_beyond", "mean_nearest_m", "median_nearest_m", "mean_third_m", "places_per_1000", "coverage",
    "opportunities", "gravity", "access_2sfca_per_1000", "access_e2sfca_per_1000", "draws_gap",
)  # fmt: skip
CLASSES: Final = ("usual", "quantiles", "equal", "standard")
_DEGREES: Final = 5
_ZOOM_DIGITS: Final = 2


@dataclass(frozen=True, slots=True)
class View:
    """What part of the map is shown: centre in degrees (EPSG:4326) and zoom level of Leaflet."""

    lat: float
    lon: float
    zoom: float


@dataclass(frozen=True, slots=True)
class IndicatorFill:
    """Districts coloured by an indicator of the data package, in classes of a scheme of `SCHEMES`."""

    code: str
    scheme: str = SCHEMES[0]


@dataclass(frozen=True, slots=True)
class GapFill:
    """Districts coloured by a measure of the gap analysis of one kind of facility.

    ``settings`` are those of the analysis that differ from the defaults, as `geo.gap_settings.settings_to_dict` writes them;
    ``classes`` is one of `CLASSES`.
    """

    kind: str
    measure: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    classes: str = "usual"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which places are shown; an empty filter lets everything through. See `geo.place_filter`."""

    targets: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    wheelchair: tuple[str, ...] = ()
    quality: tuple[str, ...] = ()


FILTERS: Final = ("targets", "topics", "operators", "wheelchair", "quality")


@dataclass(frozen=True, slots=True)
class Step:
    """One view with its sentence.

    Attributes
    ----------
    sentence
        One sentence, as people read it; text from outside.
    kinds
        Kinds of facility whose places are shown.
    show
        Further layers, of `SHOWN`.
    fill
        What the districts are coloured by, None = nothing.
    filters
        Which of the places.
    district, second
        Numbers of the district looked at, and of another one beside it; None = none.
    view
        Part of the map; None = the district, or the whole city.
    """

    sentence: str
    kinds: tuple[str, ...] = ()
    show: tuple[str, ...] = ()
    fill: IndicatorFill | GapFill | None = None
    filters: Filters = field(default_factory=Filters)
    district: int | None = None
    second: int | None = None
    view: View | None = None


@dataclass(frozen=True, slots=True)
class Storyline:
    """A title and the steps in order; ``language`` is one of `LANGUAGES`: the one the stage speaks."""

    title: str
    language: str = LANGUAGES[0]
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the steps may name: keys of the data package's catalogue, and the districts' numbers."""

    kinds: Collection[str]
    indicators: Collection[str]
    targets: Collection[str]
    topics: Collection[str]
    operators: Collection[str]
    districts: Collection[int]
    wheelchair: Collection[str] = ("yes", "limited", "no", "unknown")
    quality: Collection[str] = ("exact", "approximate", "address", "district", "none")


def storyline_text(storyline: Storyline) -> str:
    """Return the file of a storyline: JSON, entries in a fixed order, what is at its default left out."""
    return json.dumps(storyline_dict(storyline), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def storyline_dict(storyline: Storyline) -> dict[str, Any]:
    """Return a storyline as JSON holds it."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "title": storyline.title,
        "language": storyline.language,
        "steps": [step_dict(step) for step in storyline.steps],
    }


def step_dict(step: Step) -> dict[str, Any]:
    """Return a step as JSON holds it."""
    filters = {name: list(getattr(step.filters, name)) for name in FILTERS if getattr(step.filters, name)}
    whole = {
        "sentence": step.sentence,
        "kinds": list(step.kinds),
        "show": list(step.show),
        "fill": _fill_dict(step.fill),
        "filters": filters,
        "district": step.district,
        "second": step.second,
        "view": _view_dict(step.view),
    }
    return {name: value for name, value in whole.items() if name == "sentence" or value not in (None, [], {})}


def _fill_dict(fill: IndicatorFill | GapFill | None) -> dict[str, Any] | None:
    if fill is None:
        return None
    if isinstance(fill, IndicatorFill):
        return {"indicator": fill.code, "scheme": fill.scheme}
    found: dict[str, Any] = {"gap": fill.kind, "measure": fill.measure}
    found |= {"classes": fill.classes} if fill.classes != CLASSES[0] else {}
    return {**found, "settings": dict(fill.settings)} if fill.settings else found


def _view_dict(view: View | None) -> dict[str, float] | None:
    if view is None:
        return None
    return {
        "lat": round(view.lat, _DEGREES), "lon": round(view.lon, _DEGREES), "zoom": round(view.zoom, _ZOOM_DIGITS)
    }  # fmt: skip


def changed_settings(settings: GapSettings) -> dict[str, Any]:
    """Return the settings of a gap analysis that differ from the defaults, for `GapFill`."""
    usual = settings_to_dict(GapSettings())
    return {name: value for name, value in settings_to_dict(settings).items() if value != usual[name]}


def one_line(text: str) -> str:
    """Return a text as one line: every run of white space and line ends is one blank."""
    return " ".join(text.split())
