"""A layer as the browser gets it: immutable text, cheap to keep, turned into folium objects per run.

folium objects cannot be shared between runs (streamlit-folium changes them), so a page caches
`MapLayer` objects and calls `groups` each time. In the browser static/map/retain.js compares key and
digest: an unchanged layer is left alone, whatever else changes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import folium
from folium.template import Template

from geo.errors import ParameterError
from layers.escape import literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layers.attribution import Attribution

_KINDS: Final = ("points", "areas", "grid", "quarters", "draw", "view")


@dataclass(frozen=True)
class MapLayer:
    """One layer of the map.

    Attributes
    ----------
    key
        Name of the layer, unique on a map; clicks on the layer carry it.
    source
        JavaScript expression that makes the layer; holds outside text only as `escape.literal`.
    digest
        Hash of everything that is drawn: equal digest, equal picture.
    count
        Number of things on the map (points, areas with a known value, cells).
    credits
        Texts of the layer's credits.
    """

    key: str
    source: str
    digest: str
    count: int
    credits: tuple[str, ...] = ()


def make_layer(
    key: str, kind: str, data: dict[str, Any], *, count: int, attributions: Sequence[Attribution] = ()
) -> MapLayer:
    """Return the layer `key` that static/map/<kind>.js draws from `data` (JSON, NaN not allowed)."""
    if kind not in _KINDS:
        raise ParameterError("parameter.unknown_value", name="kind", value=kind, allowed=", ".join(_KINDS))
    credits_ = [[each.text, each.url] for each in attributions]
    content = literal({**data, "count": count, "attributions": credits_})
    digest = hashlib.sha256(f"{key}\n{kind}\n{content}".encode()).hexdigest()[:20]
    source = f"QK.layer({literal(key)},{literal(kind)},{literal(digest)},function(){{return {content}}})"
    return MapLayer(
        key=key, source=source, digest=digest, count=count, credits=tuple(each.text for each in attributions)
    )


def groups(layers: Iterable[MapLayer]) -> list[folium.FeatureGroup]:
    """Return new folium objects for streamlit-folium's ``feature_group_to_add``.

    Raises
    ------
    ParameterError
        Two layers have the same key.
    """
    found: dict[str, folium.FeatureGroup] = {}
    for layer in layers:
        if layer.key in found:
            raise ParameterError("parameter.unknown_value", name="key", value=layer.key, allowed="each key once")
        found[layer.key] = _Group(layer)
    return list(found.values())


class _Group(folium.FeatureGroup):
    """What streamlit-folium takes for a feature group; its script is the layer's source."""

    _template = Template("{% macro script(this, kwargs) %}var {{ this.get_name() }} = {{ this.source }};{% endmacro %}")

    def __init__(self, layer: MapLayer) -> None:
        super().__init__(control=False)
        self.source = layer.source

    def render(self, **_kwargs: Any) -> str:
        """Write nothing into the figure: streamlit-folium takes the script from the template."""
        return ""
