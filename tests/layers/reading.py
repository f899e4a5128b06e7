"""What the browser would read: the values inside the JavaScript that the layers produce."""

import json
import re
from typing import Any

from streamlit_folium import _get_feature_group_string, _get_header, _get_map_string

_LITERAL = re.compile(r"JSON\.parse\('([^']*)'\)")
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


def literals(script: str) -> list[str]:
    """Return what stands between the quotes of every literal in `script`."""
    return _LITERAL.findall(script)


def value_of(inner: str) -> Any:
    """Do what JavaScript does: undo the string's escapes, then parse JSON."""
    return json.loads(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), inner))


def data_of(layer: Any) -> dict[str, Any]:
    """Return the description that `layer` (a MapLayer) hands to the browser."""
    return value_of(literals(layer.source)[-1])


def map_scripts(base: Any, groups: list[Any]) -> tuple[str, str, list[str]]:
    """Return (script of the base map, header, scripts of the groups) just as streamlit-folium sends them."""
    base.get_root().render()
    header = _get_header(base)
    script = _get_map_string(base)
    return script, header, [_get_feature_group_string(group, base, i) for i, group in enumerate(groups)]
