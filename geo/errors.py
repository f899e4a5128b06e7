"""Error tree of the domain and every message it can speak.

A message has a *key* (``"data.file_missing"``) and *params*; the English text is made from the
template under that key in `MESSAGE_KEYS`. What to do about it stands under ``key + ".remedy"``.
Pages translate by key and never have to read an English sentence. Templates use ``!r`` for every
value from outside, so that control characters, marks and line breaks are visible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.messages import MESSAGE_KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "MESSAGE_KEYS",
    "CrsError",
    "DataFileError",
    "GeometryError",
    "ParameterError",
    "QuartierError",
    "SchemaError",
    "message_text",
    "remedy_text",
    "shortened",
]

MAX_VALUE_LENGTH = 120
MAX_LIST_LENGTH = 2000
_LISTS = frozenset({"allowed", "available"})


def shortened(value: object, *, length: int = MAX_VALUE_LENGTH) -> object:
    """Return `value`, a text longer than `length` characters cut and ended with ``…``."""
    if isinstance(value, str) and len(value) > length:
        return value[: length - 1] + "…"
    return value


def message_text(key: str, params: Mapping[str, object]) -> str:
    """Return the English message of `key` with `params` filled in; KeyError for an unknown key."""
    shown = {
        name: shortened(value, length=MAX_LIST_LENGTH if name in _LISTS else MAX_VALUE_LENGTH)
        for name, value in params.items()
    }
    return MESSAGE_KEYS[key].format(**shown)


def remedy_text(key: str, params: Mapping[str, object]) -> str:
    """Return the English sentence that says what to do about `key`."""
    return message_text(f"{key}.remedy", params)


class QuartierError(Exception):
    """Base of all errors raised by the domain.

    Parameters
    ----------
    key
        Message key in `MESSAGE_KEYS`.
    **params
        Values of the template's fields. Never a resident's address or coordinate.

    Attributes
    ----------
    key, params
        As given; pages translate with them.
    """

    def __init__(self, key: str, /, **params: object) -> None:
        self.key = key
        self.params: dict[str, object] = dict(params)
        super().__init__(f"{message_text(key, params)} {remedy_text(key, params)}")

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return message_text(self.key, self.params)

    @property
    def remedy(self) -> str:
        """What to do, in English."""
        return remedy_text(self.key, self.params)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by key and params, so that the error survives a process border."""
        return (_rebuilt, (type(self), self.key, self.params))


def _rebuilt(kind: type[QuartierError], key: str, params: dict[str, object]) -> QuartierError:
    return kind(key, **params)


class DataFileError(QuartierError):
    """A file of the data package is missing, unreadable or not what its descriptor says."""


class SchemaError(QuartierError):
    """A table's columns or values do not fit its schema."""


class CrsError(QuartierError):
    """Coordinates are in another reference system than the one needed."""


class GeometryError(QuartierError):
    """A geometry is missing, broken or of the wrong type."""


class ParameterError(QuartierError):
    """A function got a value it cannot work with."""
