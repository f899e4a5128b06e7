"""What the routes read from: handed in by the server, so that nothing here opens a database or reads settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.catalogue import Load
    from store import Store


@dataclass(frozen=True)
class Source:
    """Where the routes get what they show.

    Attributes
    ----------
    store
        Returns the open store, or None as long as nobody has written anything.
    load
        Returns a resource of the data package by its name.
    area
        Returns the polygon (EPSG:25832) of an own Quartier by its identifier; None if it is not known.
    """

    store: Callable[[], Store | None]
    load: Load
    area: Callable[[str], Any] = lambda _identifier: None
