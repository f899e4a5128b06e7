"""The area of an own Quartier in one of three ways: join districts, draw, or take over GeoJSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.corners import corners_of, corners_text
from geo.errors import QuartierError
from views import data, mapview, quarters_model, ui, upload

if TYPE_CHECKING:
    from layers.maplayer import MapLayer
    from views.entry_draft import Draft
    from views.texts import Texts

WAYS = ("join", "draw", "file")
HEIGHT = 480
LONGEST = 400_000


def show(t: Texts, draft: Draft, *, locked: bool) -> None:
    """Write the choice of the way, and the way itself."""
    st.subheader(t("quarters.area"), anchor=False)
    if locked:
        mapview.show_map(t, _outline(draft), key=f"area_{draft.key}", height=HEIGHT)
        return
    key = f"quarter_way_{draft.key}"
    st.session_state.setdefault(key, "draw" if draft.values["polygon"] else "join")
    way = st.segmented_control(
        t("quarters.way"), WAYS, format_func=lambda name: t(f"quarters.way.{name}"), key=key, required=True,
    )  # fmt: skip
    {"join": _join, "draw": _draw, "file": _file}[way](t, draft)


def put_districts(draft: Draft, numbers: list[int]) -> None:
    """Let a form's area be joined from districts."""
    draft.put("district_ids", ";".join(str(number) for number in sorted(numbers)) or None)
    draft.put("polygon", None)


def put_polygon(draft: Draft, text: str) -> None:
    """Let a form's area be a polygon, as `geo.quarter.text_of` writes it."""
    draft.put("polygon", text)
    draft.put("district_ids", None)


def _numbers(draft: Draft) -> list[int]:
    return [int(number) for number in str(draft.values["district_ids"] or "").split(";") if number]


def _join(t: Texts, draft: Draft) -> None:
    names = data.district_names()
    key = f"quarter_join_{draft.key}"
    st.session_state[key] = [number for number in _numbers(draft) if number in names]
    st.markdown(t("quarters.join.text"))
    st.multiselect(
        t("quarters.join"), sorted(names, key=lambda number: names[number]), format_func=names.__getitem__,
        placeholder=t("quarters.join.choose"), key=key,
        on_change=lambda: put_districts(draft, st.session_state[key]),
    )  # fmt: skip
    click = mapview.show_map(t, _outline(draft), key=f"join_{draft.key}", height=HEIGHT)
    if click is not None and click.layer == "district" and click.id in map(str, names):
        put_districts(draft, sorted(set(_numbers(draft)) ^ {int(click.id)}))
        st.rerun()


def _outline(draft: Draft) -> list[MapLayer]:
    """Return the area as it stands, if it is one."""
    from layers.quarters import quarters_layer

    try:
        area = quarters_model.area_of(draft.values)
    except QuartierError:
        return []
    found = {"new": (str(draft.values["name"] or ""), area.geometry)}
    return [quarters_layer(found, chosen="new", selectable=False, named=False)]


def _draw(t: Texts, draft: Draft) -> None:
    """Write the map to draw on, and the corners as a list to type."""
    from layers.draw import DrawTexts, draw_layer

    state = _drawing(draft)
    st.markdown(t("quarters.draw.text"))
    words = DrawTexts(**{name: t(f"quarters.draw.{name}") for name in ("middle", "remove", "undo", "clear", "corner")})
    layers = [draw_layer(state["start"], texts=words, turn=state["turn"], move_view=True)]
    if draft.values["polygon"] and not _corners(draft):
        st.caption(t("quarters.draw.parts"))
        layers = [*_outline(draft), *layers]
    drawn = mapview.show_drawing(t, layers, key=f"draw_{draft.key}", height=HEIGHT)
    if drawn is not None:
        state["text"] = corners_text(drawn.corners)
        _take(draft, state, list(drawn.corners))
    key = f"quarter_corners_{draft.key}"
    st.session_state[key] = state["text"]
    st.text_area(
        t("quarters.draw.corners"), key=key, height=140, help=t("quarters.draw.corners.help"), max_chars=LONGEST,
        on_change=_typed, args=(draft, state, key),
    )  # fmt: skip
    _say(t, draft)


def _corners(draft: Draft) -> list[tuple[float, float]]:
    """Return the corners of the area as it stands, if it is one ring; else none."""
    import shapely

    text = draft.values["polygon"]
    if not text:
        return []
    polygon = shapely.from_geojson(text, on_invalid="ignore")
    parts = list(shapely.get_parts(polygon)) if polygon is not None else []
    if len(parts) != 1 or parts[0].geom_type != "Polygon" or len(parts[0].interiors):
        return []
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(parts[0].exterior)[:-1]]


def _typed(draft: Draft, state: dict[str, Any], key: str) -> None:
    """Take over typed corners: the map begins anew with them."""
    state["text"] = st.session_state[key]
    try:
        corners = corners_of(state["text"])
    except QuartierError as problem:
        _refuse(draft, problem)
        state["seen"] = None
        return
    state["start"], state["turn"] = corners, state["turn"] + 1
    _take(draft, state, corners)


def _take(draft: Draft, state: dict[str, Any], corners: list[tuple[float, float]]) -> None:
    """Let the corners be the area; an area that is none is refused, and the form has none."""
    from geo.quarter import text_of_points

    try:
        put_polygon(draft, text_of_points(corners)) if corners else _refuse(draft, None)
    except QuartierError as problem:
        _refuse(draft, problem)
    else:
        st.session_state.pop(f"quarter_fault_{draft.key}", None)
    state["seen"] = draft.values["polygon"]


def _drawing(draft: Draft) -> dict[str, Any]:
    """Return what is being drawn; it begins anew where the form got another area in another way."""
    key = f"quarter_draw_{draft.key}"
    state = st.session_state.get(key)
    if state is None or state["seen"] != draft.values["polygon"]:
        start = _corners(draft)
        turn = 0 if state is None else state["turn"] + 1
        state = {"turn": turn, "start": start, "text": corners_text(start), "seen": draft.values["polygon"]}
        st.session_state[key] = state
    return state


def _refuse(draft: Draft, problem: QuartierError | None) -> None:
    st.session_state[f"quarter_fault_{draft.key}"] = problem
    draft.put("polygon", None)
    draft.put("district_ids", None)


def _say(t: Texts, draft: Draft) -> None:
    problem = st.session_state.get(f"quarter_fault_{draft.key}")
    if problem is not None:
        ui.error(t, problem)


def _file(t: Texts, draft: Draft) -> None:
    """Write the field to paste GeoJSON and the upload of a file."""
    from exchange.area_file import FILE_BYTES
    from exchange.limits import MIB

    st.markdown(t("quarters.file.text"))
    key = f"quarter_upload_{draft.key}"
    given = upload.field(t, t("quarters.file.upload"), ["geojson", "json"], megabytes=FILE_BYTES // MIB, key=key)
    mark = f"quarter_file_{draft.key}"
    if given is not None and st.session_state.get(mark) != given.file_id:
        st.session_state[mark] = given.file_id
        _uploaded(draft, given.getvalue(), given.name)
    key = f"quarter_paste_{draft.key}"
    pasted = st.text_area(t("quarters.file.paste"), key=key, height=140, max_chars=LONGEST)
    if st.button(t("quarters.file.take"), key=f"quarter_take_{draft.key}", disabled=not pasted):
        _polygon(draft, pasted)
        st.rerun()
    _say(t, draft)
    mapview.show_map(t, _outline(draft), key=f"file_{draft.key}", height=HEIGHT)


def _uploaded(draft: Draft, content: bytes, name: str) -> None:
    from exchange.area_file import area_text

    try:
        text = area_text(content, name)
    except QuartierError as problem:
        _refuse(draft, problem)
        return
    _polygon(draft, text)


def _polygon(draft: Draft, text: str) -> None:
    from geo.quarter import text_of

    try:
        put_polygon(draft, text_of(text))
    except QuartierError as problem:
        _refuse(draft, problem)
    else:
        st.session_state.pop(f"quarter_fault_{draft.key}", None)
