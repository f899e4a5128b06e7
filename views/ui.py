"""Parts that every page shares: header with language, notes, legend, empty states, sources line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.errors import MESSAGE_KEYS as GEO_KEYS
from geo.errors import QuartierError, message_text, remedy_text, shortened
from layers.escape import html_text
from views import data
from views.inline import language_script
from views.state import Choice, Selection
from views.texts import DEFAULT_LANGUAGE, FINDER_LANGUAGES, LANGUAGES, Texts

if TYPE_CHECKING:
    from geo.problems import Problem

_FOLDER = Path(__file__).parent
STATEMENT = "barrierefreiheit"
LANGUAGE_CHOICE = Choice("lang", tuple(FINDER_LANGUAGES), DEFAULT_LANGUAGE)


def language() -> str:
    """Return the language of this visit: what the address line or the switch says, else German.

    The finder speaks more languages than the other pages, which are German for those who chose one of them.
    """
    chosen = str(Selection([LANGUAGE_CHOICE])["lang"])
    return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE


def texts() -> Texts:
    """Return the words of this visit's language."""
    return Texts(language())


def style() -> None:
    """Write what all pages look like."""
    st.html(_FOLDER / "style.css")


def footer() -> None:
    """Write what stands at the end of every page: the way to the accessibility statement."""
    chosen = str(Selection([LANGUAGE_CHOICE])["lang"])
    t = texts()
    words = html_text(t("statement.title"))
    st.html(f'<p class="qk-footer"><a href="{STATEMENT}?lang={chosen}" lang="{t.language}">{words}</a></p>')


def header(t: Texts, selection: Selection, *, title: str, lead: str = "") -> None:
    """Write the page's heading, one sentence of purpose and the language switch; then report refused address values."""
    style()
    st.html(language_script(t.language), unsafe_allow_javascript=True)
    with st.container(
        key="page_header", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.title(title, anchor=False, width="content")
        st.segmented_control(
            t("common.language"),
            [*LANGUAGES, *({selection["lang"]} - set(LANGUAGES))],
            format_func=FINDER_LANGUAGES.__getitem__,
            label_visibility="collapsed",
            required=True,
            **selection.bind("lang"),
        )
    if selection["lang"] not in LANGUAGES:
        st.caption(literal(Texts(str(selection["lang"]))("finder.german_only")))
    if lead:
        st.markdown(literal(lead))
    for name, value in selection.rejected:
        st.warning(t("error.address_value", name=t(f"choice.{name}"), value=literal(value)))


def literal(text: Any) -> str:
    """Make ``text`` safe inside Markdown: every sign that Markdown or Streamlit reads as markup is escaped."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()<>#+-.!|$:~^=" else sign for sign in str(text))


def message(t: Texts, key: str, params: Mapping[str, object]) -> str:
    """Return what is wrong and what to do, in the visitor's language; English where nobody has translated it."""
    if t.language != "en" and t.has(key):
        shown = {name: shortened(value) for name, value in params.items()}
        return f"{t(key, **shown)} {t(f'{key}.remedy', **shown)}"
    return _english(key, params)


def _english(key: str, params: Mapping[str, object]) -> str:
    """Return the English sentences of a message: each room keeps its own."""
    if key in GEO_KEYS:
        return f"{message_text(key, params)} {remedy_text(key, params)}"
    from exchange.messages import MESSAGE_KEYS as EXCHANGE_KEYS
    from store.messages import MESSAGE_KEYS as STORE_KEYS

    templates = STORE_KEYS if key in STORE_KEYS else EXCHANGE_KEYS
    shown = {name: shortened(value) for name, value in params.items()}
    return f"{templates[key].format(**shown)} {templates[f'{key}.remedy'].format(**shown)}"


def error(t: Texts, problem: QuartierError) -> None:
    """Show a known error in the visitor's language: what, which value, what to do."""
    st.error(literal(message(t, problem.key, problem.params)))


def faults(t: Texts, errors: Sequence[Problem], *, most: int) -> None:
    """List what is wrong with the data package: file, row, column, value and remedy of each, the first ``most``."""
    lines = [f"- {literal(message(t, each.key, each.params))}" for each in errors[:most]]
    more = t("sources.problems.more", count=len(errors) - most) if len(errors) > most else ""
    st.error("\n".join([t.plural("sources.problems", len(errors)), *lines, "", more]))


def empty(t: Texts, key: str, **params: Any) -> None:
    """Show an empty state that says what to do next."""
    st.info(t(key, **params))


def district_box(t: Texts, selection: Selection) -> None:
    """Write the box in which a district is chosen by name."""
    names = data.district_names()
    st.selectbox(
        t("map.district"),
        sorted(names, key=lambda number: names[number]),
        format_func=names.__getitem__,
        index=None,
        placeholder=t("map.district.placeholder"),
        **selection.bind("district"),
    )


def facts(rows: Iterable[tuple[str, str, str]]) -> None:
    """Write label, value and source note as a description list that reads well without sight."""
    items = "".join(
        f"<div><dt>{html_text(label)}</dt><dd>{html_text(value)}<small>{html_text(note)}</small></dd></div>"
        for label, value, note in rows
    )
    st.html(f'<dl class="qk-facts">{items}</dl>')


def sources(t: Texts, notes: Sequence[str]) -> None:
    """Name what the shown things come from, each source once."""
    unique = list(dict.fromkeys(note for note in notes if note))
    if unique:
        st.caption(t("common.sources") + ": " + " · ".join(literal(note) for note in unique))
    contact = data.current_settings().contact
    if contact:
        st.caption(t("common.contact", contact=literal(contact)))
