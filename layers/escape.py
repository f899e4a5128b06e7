r"""The one place that turns text from outside into something literal (house rule 8).

Why plain JSON is not enough: branca compiles its own output as a Jinja template (``{{``, ``{%``, ``{#``),
folium puts strings into JavaScript template literals (`` ` ``, ``${``, ``\``) and into HTML,
streamlit-folium rewrites names after ``_`` and removes ``alert(coords);``. So every sign that any of
these layers could read is written as ``\uXXXX`` inside one JavaScript string.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    Json: TypeAlias = Mapping[str, "Json"] | Sequence["Json"] | str | float | bool | None

__all__ = ["html_text", "literal"]

# The backslash first: the replacements themselves contain one.
_SIGNS: Final = ("\\", "'", "<", ">", "&", "{", "}", "$", "`", "%", "#", "_", "(", "\u2028", "\u2029")
_ESCAPES: Final = tuple((sign, f"\\u{ord(sign):04x}") for sign in _SIGNS)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# U+0080–U+009F stay as they are: HTML reads their numbers as other signs.
_NOT_PLAIN: Final = re.compile("[^0-9A-Za-z .,;:!?/+*=@\x80-\x9f-]")


def literal(value: Json) -> str:
    """Return JavaScript source of an expression that gives exactly `value`.

    The source is ``JSON.parse('…')``; between the quotes stands JSON in which no sign is left that
    JavaScript, HTML, Jinja, folium or streamlit-folium could read as code.

    Parameters
    ----------
    value
        Anything JSON can hold. Unknown is None.

    Raises
    ------
    ValueError
        `value` holds NaN or an infinite number: unknown has to be None.
    TypeError
        `value` holds something that JSON cannot express.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    if _SURROGATE.search(text):  # half a character cannot be sent as UTF-8
        text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    for sign, escape in _ESCAPES:
        text = text.replace(sign, escape)
    return f"JSON.parse('{text}')"


def html_text(text: object) -> str:
    """Return `text` so that HTML, Markdown and Jinja show the same text: signs as numeric entities.

    A lone surrogate and NUL, which HTML cannot hold, become U+FFFD.
    """
    return _NOT_PLAIN.sub(_entity, str(text))


def _entity(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == 0 or _SURROGATE.match(match[0]):
        return "&#65533;"
    return f"&#{code};"
