"""Errors of files in and out; their texts are in `exchange.messages`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exchange.messages import MESSAGE_KEYS
from geo.errors import QuartierError, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "MESSAGE_KEYS",
    "ConnectError",
    "ExchangeError",
    "ExportError",
    "MappingError",
    "UploadError",
    "message_text",
    "remedy_text",
]


def message_text(key: str, params: Mapping[str, object]) -> str:
    """Return the English message of `key` with `params` filled in; KeyError for an unknown key."""
    return MESSAGE_KEYS[key].format(**{name: shortened(value) for name, value in params.items()})


def remedy_text(key: str, params: Mapping[str, object]) -> str:
    """Return the English sentence that says what to do about `key`."""
    return message_text(f"{key}.remedy", params)


class ExchangeError(QuartierError):
    """Base of all errors of files in and out; `key` and `params` as in `geo.errors`."""

    def __init__(self, key: str, /, **params: object) -> None:
        self.key = key
        self.params = dict(params)
        Exception.__init__(self, f"{self.message} {self.remedy}")

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return message_text(self.key, self.params)

    @property
    def remedy(self) -> str:
        """What to do, in English."""
        return remedy_text(self.key, self.params)


class UploadError(ExchangeError):
    """An uploaded file is refused; nothing of it was taken over."""


class MappingError(ExchangeError):
    """A column mapping or its template does not fit the table."""


class ExportError(ExchangeError):
    """A file cannot be made from the content asked for."""


class ConnectError(ExchangeError):
    """Another host may not be asked, did not answer, or answered something else than asked for."""
