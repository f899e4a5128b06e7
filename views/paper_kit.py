"""The offline kit: what is on the papers, one click to make everything, one file to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.workshop import CATEGORIES, spaced_code
from views import areas, data, session_invite, session_model, stage_build, story_model, ui
from views.texts import LANGUAGES, Texts

if TYPE_CHECKING:
    from exchange.workshop.material import Material, Occasion
    from geo.area import Area
    from geo.storyline import Storyline
    from store.workshop import Session
    from views.state import Selection
    from workshop.kit import KitChoice

SHEETS = ("A4", "A3", "A0")
_MADE = "paper_kit_made"
_LONGEST = 200


def show(t: Texts, selection: Selection, session: Session | None) -> None:
    """Write the choices, the button, and what was made."""
    st.markdown(t("paper.kit.text"))
    area = _area(t, selection, session)
    if area is None:
        return
    material, choice, story = _choices(t, area, session)
    key = (
        area.level,
        area.id,
        area.geometry.wkb,
        material.words.t.language,
        material.occasion,
        choice,
        data.package().version,
    )
    if st.button(t("paper.kit.make"), type="primary", key="paper_kit_make"):
        st.session_state[_MADE] = (key, *_make(t, material, choice, story))
    kept = st.session_state.get(_MADE)
    if kept is not None and kept[0] == key:
        _offer(t, kept[1], kept[2])


def _area(t: Texts, selection: Selection, session: Session | None) -> Area | None:
    """Return the area of the session, or the one that is chosen here."""
    if session is not None:
        found = session_model.area_of(session)
        if found is None:
            st.warning(t("paper.no_area"))
        return found
    areas.box(t, selection, city=True)
    if selection["area"] is None:
        ui.empty(t, "paper.kit.choose")
        return None
    return areas.area(str(selection["area"]))


def _choices(t: Texts, area: Area, session: Session | None) -> tuple[Material, KitChoice, Storyline | None]:
    """Write the boxes of what is printed; return the material, what goes into the kit, and what its page presents."""
    from exchange.workshop.material import Occasion
    from workshop.kit import KitChoice

    with st.container(border=True, key="paper_kit_choices"):
        left, right = st.columns(2, gap="medium")
        said = {}
        if session is None:
            key = f"{area.level}_{area.id}"
            said["title"] = left.text_input(t("paper.kit.heading"), max_chars=_LONGEST, key=f"paper_title_{key}")
            said["question"] = right.text_input(t("paper.kit.asked"), max_chars=_LONGEST, key=f"paper_question_{key}")
        day = left.date_input(t("paper.kit.date"), value=None, key="paper_date", format="DD.MM.YYYY")
        language = right.selectbox(
            t("paper.kit.language"), list(LANGUAGES), index=list(LANGUAGES).index(t.language),
            format_func=LANGUAGES.__getitem__, key=f"paper_language_{t.language}",
        )  # fmt: skip
        sheets = left.pills(t("paper.kit.sheets"), SHEETS, selection_mode="multi", default=SHEETS, key="paper_sheets")
        offered = CATEGORIES if session is None else session.categories
        kinds = right.pills(
            t("paper.kit.categories"), offered, selection_mode="multi", default=offered,
            format_func=lambda code: session_model.category(t, code), key=f"paper_kinds_{'_'.join(offered)}",
        )  # fmt: skip
        pages = left.number_input(t("paper.kit.pages"), 1, 12, 3, key="paper_pages")
        first = right.number_input(t("paper.kit.first"), 1, 92, 1, key="paper_first", help=t("paper.kit.first.help"))
        story = _story(t)
    categories = tuple(code for code in CATEGORIES if code in (kinds or offered))
    occasion = Occasion(date="" if day is None else day.isoformat(), categories=categories, **said)
    if session is not None:
        occasion = of_session(occasion, session)
    material = material_of(area, Texts(str(language)), occasion)
    return material, KitChoice(tuple(one for one in SHEETS if one in sheets), int(pages), int(first)), story


def _story(t: Texts) -> Storyline | None:
    """Return the storyline of the page that makes them, if there is one and it is wanted; None = one about the area."""
    found = story_model.current(t)
    if not found.steps:
        st.caption(t("paper.kit.story.none"))
        return None
    wanted = st.checkbox(
        t("paper.kit.story", title=ui.literal(found.title), steps=len(found.steps)), value=True, key="paper_story"
    )
    return found if wanted else None


def of_session(occasion: Occasion, session: Session) -> Occasion:
    """Return what stands on the papers of a session: title, question, and how to join by phone while that is possible."""
    from dataclasses import replace

    phones = {}
    if session.phase in {"draft", "collect"}:
        phones = {"code": spaced_code(session.code), "link": session_invite.join_link(session)}
    return replace(occasion, title=session.title, question=session.question, **phones)


def material_of(area: Area, t: Texts, occasion: Occasion | None = None) -> Material:
    """Return the material of papers for an area: what the package and people's changes say."""
    from datetime import date

    from exchange.dossier.words import Words
    from exchange.workshop.material import Material, Occasion

    words, today = Words(t, data.catalogue()), date.today().isoformat()  # noqa: DTZ011 -- the day of the server
    return Material(area, data.frame, words, data.package().descriptor, today, occasion or Occasion())


def _make(
    t: Texts, material: Material, choice: KitChoice, story: Storyline | None
) -> tuple[str, list[tuple[str, bytes]]]:
    """Make every file and show how far it is; return the folder's name and the files."""
    from workshop.kit import folder_name, kit_parts
    from workshop.kit_page import kit_page

    stage = stage_build.material(material.words.t.language)
    parts = kit_parts(material, choice, page=lambda: kit_page(material, stage, story))
    bar = st.progress(0.0, text=t("paper.kit.making"))
    files = []
    for number, part in enumerate(parts, start=1):
        bar.progress((number - 1) / len(parts), text=t("paper.kit.making.file", name=part.name))
        files.append((part.name, part.make()))
    bar.empty()
    return folder_name(material), files


def _offer(t: Texts, folder: str, files: list[tuple[str, bytes]]) -> None:
    """Write the button for everything, and one for each file."""
    from workshop.kit import kit_zip

    size = sum(len(content) for _, content in files) / 1_000_000
    st.success(t("paper.kit.made", count=len(files), size=t.number(size, digits=1)))
    st.download_button(
        t("paper.kit.all"), lambda: kit_zip(files, folder), f"{folder}.zip", "application/zip", type="primary",
        on_click="ignore", key="paper_kit_zip",
    )  # fmt: skip
    with st.expander(t("paper.kit.single")):
        for name, content in files:
            st.download_button(name, content, name, on_click="ignore", key=f"paper_kit_{name}")
