"""Which objects of OpenStreetMap are of which kind of facility; the mapping is ``osm_tags.json``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_PATH: Final = Path(__file__).with_name("osm_tags.json")


@dataclass(frozen=True)
class Selector:
    """Tags that an object must have, all of them: value, ``*`` = any, ``~pattern`` = found in it."""

    tags: Mapping[str, str]

    def fits(self, tags: Mapping[str, str]) -> bool:
        """Tell whether an object with `tags` is meant."""
        return all(key in tags and _matches(wanted, tags[key]) for key, wanted in self.tags.items())

    def overpass(self, box: str) -> str:
        """Return the statement of Overpass QL that finds the objects in ``south,west,north,east``."""
        return f"nwr{''.join(_filter(key, wanted) for key, wanted in self.tags.items())}({box});"

    @property
    def text(self) -> str:
        """The selector as people write it: ``amenity=library``."""
        return " ".join(
            f"{key}{'' if wanted.startswith('~') else '='}{wanted}" for key, wanted in sorted(self.tags.items())
        )


@lru_cache(maxsize=1)
def tag_mapping() -> Mapping[str, tuple[Selector, ...]]:
    """Return the selectors of each kind, in the order in which kinds are tried."""
    entries = json.loads(_PATH.read_text(encoding="utf-8"))["kinds"]
    return MappingProxyType(
        {entry["kind"]: tuple(Selector(MappingProxyType(tags)) for tags in entry["selectors"]) for entry in entries}
    )


def kind_of(tags: Mapping[str, str], kinds: Collection[str]) -> tuple[str, Selector] | None:
    """Return the kind of an object and the selector that says so.

    None if no kind fits, or if the one that fits is not among `kinds`: the object is of another kind then.
    """
    for kind, selectors in tag_mapping().items():
        for selector in selectors:
            if selector.fits(tags):
                return (kind, selector) if kind in kinds else None
    return None


def query(kinds: Iterable[str], box: str, *, seconds: int, most_bytes: int) -> str:
    """Return the Overpass QL that asks for all objects of `kinds`; `box` is ``south,west,north,east``."""
    wanted = set(kinds)
    found = {s.overpass(box): None for kind, selectors in tag_mapping().items() if kind in wanted for s in selectors}
    return f"[out:json][timeout:{seconds}][maxsize:{most_bytes}];({''.join(found)});out center tags;"


def _matches(wanted: str, value: str) -> bool:
    if wanted == "*":
        return True
    return re.search(wanted[1:], value) is not None if wanted.startswith("~") else value == wanted


def _filter(key: str, wanted: str) -> str:
    if wanted == "*":
        return f"[{_quoted(key)}]"
    if wanted.startswith("~"):
        return f"[{_quoted(key)}~{_quoted(wanted[1:])}]"
    return f"[{_quoted(key)}={_quoted(wanted)}]"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
