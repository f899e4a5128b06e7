"""Address search in the form of a place: suggestions with their precision, one of them confirmed by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.errors import QuartierError
from views import data, settings, storage, ui

if TYPE_CHECKING:
    from exchange.geocode import Answer, Suggestion
    from exchange.geocode_book import AddressBook
    from exchange.geocode_online import Service
    from views.entry_draft import Draft
    from views.texts import Texts

_FILLED = ("street", "house_number", "postal_code", "city")


def show(t: Texts, draft: Draft) -> Suggestion | None:
    """Write the search; return the suggestion that is looked at, for the map. Only the button changes the form."""
    text = _asked(t, draft)
    if not text:
        return None
    try:
        answer = _answer(draft, text)
    except QuartierError as problem:
        ui.error(t, problem)
        return None
    if answer.state == "nothing":
        st.info(t("address.nothing"))
    elif answer.state != "clear":
        st.info(t(f"address.{answer.state}"))
    if answer.left_out:
        st.caption(t("address.left_out", count=answer.left_out))
    if not answer.suggestions:
        return None
    key = f"address_choice_{draft.key}_{text}"
    chosen = st.radio(
        t("address.choose"), range(len(answer.suggestions)), index=0 if answer.clear else None, key=key,
        format_func=lambda number: _words(t, answer.suggestions[number]),
    )  # fmt: skip
    st.button(
        t("address.take"), key=f"address_take_{draft.key}", disabled=chosen is None, on_click=_take,
        args=(draft, answer, chosen),
    )  # fmt: skip
    return None if chosen is None else answer.suggestions[chosen]


def _asked(t: Texts, draft: Draft) -> str:
    """Write the box and the button; return what was last asked for."""
    key, asked = f"address_text_{draft.key}", f"address_asked_{draft.key}"
    st.session_state.setdefault(key, _address(draft))
    left, right = st.columns([5, 2], vertical_alignment="bottom")
    left.text_input(
        t("address.search"), key=key, help=t("address.search.help"), on_change=_ask, args=(key, asked), max_chars=300
    )
    right.button(t("address.go"), key=f"address_go_{draft.key}", on_click=_ask, args=(key, asked), width="stretch")
    return str(st.session_state.get(asked, ""))


def _ask(key: str, asked: str) -> None:
    st.session_state[asked] = st.session_state[key].strip()


def _address(draft: Draft) -> str:
    """Return the address as it stands in the form."""
    values = draft.values
    street, town = (
        " ".join(str(values[name]) for name in names if values.get(name))
        for names in (("street", "house_number"), ("postal_code", "city"))
    )
    return ", ".join(part for part in (street, town) if part) if street else ""


def _answer(draft: Draft, text: str) -> Answer:
    """Return the suggestions, asked for once; a service of another host only on behalf of people with a role."""
    from exchange.geocode import search
    from store import Operation

    kept = st.session_state.get(f"address_answer_{draft.key}")
    if kept is None or kept[0] != text:
        book = _book()
        service = _service(book) if storage.may(Operation.UPDATE) else None
        kept = (text, search(text, book, service))
        st.session_state[f"address_answer_{draft.key}"] = kept
    answer: Answer = kept[1]
    return answer


def _book() -> AddressBook:
    from exchange.geocode_book import address_book

    def make() -> AddressBook:
        rows = data.frame("locations").drop(columns="geometry")
        known = rows.astype(object).where(rows.notna(), None).to_dict("records")
        places: dict[str, dict[str, Any]] = {row["id"]: row for row in known}
        return address_book(places, data.frame("stops"), data.frame("districts"))

    return data.kept("address_book", make=make)


def _service(book: AddressBook) -> Service | None:
    """Return the service that the operator set, with its memory of answers; None if none is set."""
    from exchange.connect.http import Client
    from exchange.geocode_online import service_of
    from exchange.vocabulary import vocabulary_of

    online = settings.online()
    if online.geocoder == "none":
        return None
    words = data.shipped("vocabulary", make=lambda: vocabulary_of(data.package()))
    return data.shipped(
        "address_service", repr(online), make=lambda: service_of(online, Client(online), words, book.towns)
    )


def _words(t: Texts, one: Suggestion) -> str:
    """Say what a suggestion is, how precise, and where it comes from."""
    if one.level == "street" and one.error_m is not None:
        level = t("address.level.street_m", distance=t.distance(one.error_m))
    else:
        level = t(f"address.level.{one.level}")
    return ui.literal(" · ".join(part for part in (one.label, level, one.source) if part))


def _take(draft: Draft, answer: Answer, chosen: int) -> None:
    """Take the confirmed suggestion into the form: the pin moves; a house's address fills what is empty."""
    from exchange.geocode import confirmed

    for name, value in confirmed(answer, chosen).items():
        draft.put(name, value)
    one = answer.suggestions[chosen]
    if one.level == "exact" and not draft.values.get("street"):
        for name in _FILLED:
            value = getattr(one.address, name)
            if value and not draft.values.get(name):
                draft.put(name, value)
    st.session_state.pop(f"address_asked_{draft.key}", None)
    st.session_state[f"pin_turn_{draft.key}"] = st.session_state.get(f"pin_turn_{draft.key}", 0) + 1
