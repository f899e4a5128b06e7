"""The selection: what the visitor has chosen, as ids and numbers, in step with the address line.

One dictionary in the session (key ``selection``) is the truth. Widgets read from it and write to it through callbacks; the
address line is parsed when it was changed from outside (a link, the back button) and written at the end of a page. Every value
from the address line is checked against what is allowed; what is not allowed is dropped and reported, never used.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import streamlit as st

_SELECTION, _PUBLISHED, _REJECTED = "selection", "selection_published", "selection_rejected"
_MAX_LENGTH = 200
VIEW = "view"
"""Entry of the address line that the map itself writes (centre and zoom)."""
STORY = "story"
"""Entry of the address line that names the storyline under way, see `views.story_model`."""
_KEPT = (VIEW, STORY)
"""Entries that stay as they are and are never read as a choice."""
_EMPTY = "-"
_ONE_OF = ("district", "quarter")
"""Choices that exclude each other: who chooses one of them lets go of the other, on every page."""


class Later(Collection[Any]):
    """Allowed values that are looked up when one of them is asked for: most visitors ask for none."""

    def __init__(self, look_up: Callable[[], Collection[Any]]) -> None:
        self._look_up = look_up

    @cached_property
    def _values(self) -> Collection[Any]:
        return self._look_up()

    def __contains__(self, value: object) -> bool:
        return value in self._values

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True)
class Choice:
    """One thing a visitor can choose.

    ``allowed`` are the permitted values (or, for numbers, the inclusive range ``(low, high)`` with ``number=True``);
    ``default`` is not written to the address line. With ``many`` the value is a tuple in the order of ``allowed``.
    """

    name: str
    allowed: Collection[Any]
    default: Any = None
    many: bool = False
    number: bool = False

    def parse(self, raw: Sequence[str]) -> tuple[Any, list[str]]:
        """Turn address-line texts into an allowed value; also return the texts that were refused."""
        if self.many and list(raw) == [_EMPTY]:
            return (), []
        good: list[Any] = []
        bad: list[str] = []
        parts = [part for text in raw for part in (text.split(",") if self.many else [text])]
        for part in parts:
            value = self._one(part[:_MAX_LENGTH])
            (bad if value is None and part else good).append(part[:_MAX_LENGTH] if value is None else value)
        good = [value for value in good if value not in ("", None)]
        if self.many:
            return tuple(value for value in self.allowed if value in good), bad
        return (good[0] if good else self.default), bad

    def _one(self, text: str) -> Any:
        if self.number:
            try:
                value = float(text)
            except ValueError:
                return None
            low, high = tuple(self.allowed)
            return value if low <= value <= high else None
        return next((value for value in self.allowed if str(value) == text), None)

    def write(self, value: Any) -> str:
        """Turn an allowed value into the address line's text."""
        if self.many:
            return ",".join(str(part) for part in value) or _EMPTY
        return f"{value:g}" if self.number else str(value)


class Selection:
    """Typed access to the session's selection for the choices of one page."""

    def __init__(self, choices: Sequence[Choice], *, query: Mapping[str, list[str]] | None = None) -> None:
        self._choices = {choice.name: choice for choice in choices}
        self._values: dict[str, Any] = st.session_state.setdefault(_SELECTION, {})
        address = _address() if query is None else dict(query)
        if address and address != st.session_state.get(_PUBLISHED):
            self._take(address)
        self._drop_what_is_no_longer_allowed()

    def _take(self, address: Mapping[str, list[str]]) -> None:
        rejected: list[tuple[str, str]] = []
        for name, choice in self._choices.items():
            if name in address:
                self._values[name], bad = choice.parse(address[name])
                self._let_go(name)
                rejected += [(name, text) for text in bad]
        st.session_state[_REJECTED] = rejected

    def _drop_what_is_no_longer_allowed(self) -> None:
        for name, choice in self._choices.items():
            value = self._values.get(name)
            if value is None or choice.number:
                continue
            if choice.many:
                self._values[name] = tuple(part for part in value if part in choice.allowed)
            elif value not in choice.allowed:
                del self._values[name]

    def __getitem__(self, name: str) -> Any:
        value = self._values.get(name)
        choice = self._choices[name]
        if value is None:
            return choice.default if not choice.many else (choice.default or ())
        return value

    def __setitem__(self, name: str, value: Any) -> None:
        if name not in self._choices:
            raise KeyError(name)
        self._values[name] = tuple(value) if self._choices[name].many else value
        self._let_go(name)

    def _let_go(self, name: str) -> None:
        if name in _ONE_OF and self._values.get(name) is not None:
            for other in _ONE_OF:
                if other != name:
                    self._values.pop(other, None)

    def bind(self, name: str) -> dict[str, Any]:
        """Return ``key`` and ``on_change`` for a widget that shows and changes this choice."""
        key = f"widget_{name}"
        st.session_state[key] = list(self[name]) if self._choices[name].many else self[name]
        return {"key": key, "on_change": _copier(self, name, key)}

    @property
    def rejected(self) -> list[tuple[str, str]]:
        """Name and text of what the address line asked for and nobody knows; each is told once."""
        return list(st.session_state.pop(_REJECTED, []))

    def publish(self) -> None:
        """Write the page's choices to the address line, leaving out what is at its default."""
        address = {}
        for name, choice in self._choices.items():
            value = self[name]
            if value is not None and value != (choice.default or () if choice.many else choice.default):
                address[name] = choice.write(value)
        if _address() != {name: [text] for name, text in address.items()}:
            kept = {name: st.query_params[name] for name in _KEPT if name in st.query_params}
            st.query_params.from_dict({**address, **kept})
        st.session_state[_PUBLISHED] = {name: [text] for name, text in address.items()}


def _copier(selection: Selection, name: str, key: str) -> Callable[[], None]:
    def copy() -> None:
        selection[name] = st.session_state[key]

    return copy


def _address() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params if name not in _KEPT}
