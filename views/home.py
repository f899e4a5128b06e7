"""Start page: three doors, what the map knows and what it does not."""

from __future__ import annotations

import streamlit as st

from views import home_facts, navigation, ui
from views.state import Selection
from views.texts import Texts


def page() -> None:
    """Show the start page."""
    t = ui.texts()
    selection = Selection([ui.LANGUAGE_CHOICE])
    ui.header(t, selection, title=t("home.title"), lead=t("home.lead"))
    _doors(t)
    left, right = st.columns([3, 2], gap="large", vertical_alignment="center")
    with left:
        _numbers(t)
        st.header(t("home.known"), anchor=False)
        st.markdown(t("home.known.text"))
        if st.button(t("home.known.link"), type="tertiary", key="open_sources"):
            st.switch_page(navigation.pages()["sources"])
    with right:
        st.image(home_facts.silhouette(), alt=t("home.silhouette"))
    ui.sources(t, [])
    selection.publish()


def _doors(t: Texts) -> None:
    pages = navigation.pages()
    doors = (("plan", "gaps"), ("find", "finder"), ("workshop", "workshop"))
    for column, (door, target) in zip(st.columns(3, gap="medium"), doors, strict=True):
        with column, st.container(border=True, height="stretch", key=f"door_{door}"):
            st.header(t(f"home.door.{door}"), anchor=False)
            st.markdown(t(f"home.door.{door}.text"))
            if st.button(t(f"home.door.{door}.open"), type="primary", key=f"open_{door}"):
                st.switch_page(pages[target])
            if door == "plan" and st.button(t("home.door.plan.profile"), key="open_profile"):
                st.switch_page(pages["profile"])


def _numbers(t: Texts) -> None:
    numbers = home_facts.headline()
    ui.facts(
        [
            (t("home.numbers.districts"), t.number(numbers["districts"]), ""),
            (t("home.numbers.population"), t.number(numbers["population"]), t("home.numbers.population_note")),
            (
                t("home.numbers.places"),
                t.number(numbers["places"]),
                t("home.numbers.places_note", located=numbers["located"]),
            ),
            (
                t("home.numbers.organizations"),
                t.number(numbers["organizations"]),
                t("home.numbers.organizations_note", actors=numbers["actors"]),
            ),
        ]
    )
