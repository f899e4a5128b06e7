"""One point of the checklist: the question, what is known, an answer that is stored at once, and what can be added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from views import (
    data,
    entry_draft,
    entry_fields,
    entry_related,
    entry_save,
    entry_words,
    inventory_model,
    inventory_write,
    storage,
    ui,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Callable

    from views.texts import Texts

ADDED: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "contact_point": (
        ("organization_roles", ("organization_id", "role", "target_groups", "date", "evidence_url")),
        ("contacts", ("title_de", "organization_id", "email", "is_public")),
    ),
    "resource": (
        (
            "offered_resources",
            ("organization_id", "resource_type", "name", "quantity", "unit", "available_text", "conditions"),
        ),
    ),
    "meeting_place": (("locations", ("name", "kind", "organization_id", "street", "house_number", "postal_code")),),
    "network": (("networks", ("name", "kind", "area_text")),),
    "instrument": (("instruments", ("name", "kind", "responsible_office", "usable", "purpose")),),
    "facilities": (("locations", ("name", "kind", "organization_id", "street", "house_number", "postal_code")),),
}


def show(t: Texts, district: int, point: str, day: str, go: Callable[[str, str], None]) -> None:
    """Write one point that is answered with there, checked and not there, or not known."""
    st.markdown(t(f"inventory.{point}.text"))
    known(t, district, point, go)
    before = inventory_model.answer(district, {"subject": point})
    _answer(t, district, point, day, before)
    add(t, district, point)


def _answer(t: Texts, district: int, point: str, day: str, before: dict[str, Any] | None) -> None:
    state_key, note_key = f"inventory_{district}_{point}", f"inventory_note_{district}_{point}"
    mark = f"{state_key}_version"
    version = before["version"] if before else 0
    if st.session_state.get(mark) != version or state_key not in st.session_state:
        st.session_state[state_key] = before["state"] if before else None
        st.session_state[note_key] = (before or {}).get("note") or ""
        st.session_state[mark] = version
    locked = not entry_related.may_create()
    st.radio(
        t(f"inventory.{point}.question"), inventory_model.SEEN, format_func=lambda state: t(f"value.observations.state.{state}"),
        index=None, key=state_key, disabled=locked, horizontal=True,
        on_change=lambda: inventory_write.observe(t, district, point, day, state=st.session_state[state_key]),
    )  # fmt: skip
    st.text_area(
        t(f"inventory.{point}.note"), key=note_key, disabled=locked, height=100,
        on_change=lambda: inventory_write.observe(t, district, point, day, note=st.session_state[note_key].strip() or None),
    )  # fmt: skip
    if before:
        st.caption(t("inventory.answered", date=t.date(before["reference_date"])))


def known(t: Texts, district: int, point: str, go: Callable[[str, str], None]) -> None:
    """List what is known for a point; each entry opens its form."""
    rows = _known(district, point)
    if not rows:
        st.info(t(f"inventory.{point}.none"))
        return
    st.markdown(f"**{t('inventory.known', count=len(rows))}**")
    for name, row in rows:
        title = entry_words.titles(t, name).get(row["id"], row["id"])
        st.button(
            ui.literal(title), on_click=go, args=(name, row["id"]), key=f"known_{point}_{row['id']}", type="tertiary"
        )


def _known(district: int, point: str) -> list[tuple[str, dict[str, Any]]]:
    if point == "contact_point":
        roles = inventory_model.in_area("organization_roles", district, column="area_ids")
        found = [("organization_roles", row) for row in roles if row["role"] == "contact_point"]
        areas = inventory_model.in_area("contact_areas", district, column="area_id")
        return found + [("contacts", {"id": row["contact_id"]}) for row in areas if row["area_level"] == "district"]
    if point == "resource":
        return [
            ("offered_resources", row)
            for row in inventory_model.in_area("offered_resources", district, column="area_ids")
        ]
    if point == "meeting_place":
        rows = inventory_model.places(district)
        return [("locations", {"id": key}) for key in rows[rows["kind"].isin(inventory_model.MEETING_KINDS)]["id"]]
    if point == "network":
        committees = inventory_model.in_area("committees", district, column="district_ids")
        networks = inventory_model.in_area("networks", district, column="district_ids")
        return [("networks", row) for row in networks] + [("committees", row) for row in committees]
    return [("instruments", row) for row in inventory_model.in_area("instruments", district, column="district_ids")]


def add(t: Texts, district: int, point: str) -> None:
    """Write short forms for what belongs to a point."""
    if not entry_related.may_create():
        return
    for name, fields in ADDED[point]:
        place = f"{point}-{district}"
        draft = entry_draft.open_new(name, place)
        if not draft.typed:
            draft = entry_draft.start_new(name, _preset(district, point, name), place)
        with st.expander(t("entry.add", kind=entry_words.kind_label(t, name)), key=f"add_{point}_{name}"):
            for field in fields:
                entry_fields.one(t, draft, field, entry_fields.visible_problems(draft))
            pressed = st.button(
                t("entry.save.create"),
                key=f"add_{point}_{name}_save",
                type="primary",
                on_click=entry_save.attempt,
                args=(draft,),
            )
            more = _responsible(district, draft.key) if name == "contacts" else None
            if pressed and entry_save.save(t, draft, more=more) is not None:
                entry_save.notice("entry.saved")
                st.rerun()


def _responsible(district: int, key: str) -> entry_save.More:
    return lambda target, actor, made: inventory_write.responsible(target, actor, made, district, key=f"{key}-area")


def _preset(district: int, point: str, name: str) -> dict[str, Any]:
    number = str(district)
    if name == "organization_roles":
        return {
            "role": "contact_point",
            "area_level": "district",
            "area_ids": number,
            "area_text": data.district_names()[district],
        }
    if name == "contacts":
        return {"is_public": False}
    if name == "offered_resources":
        return {"area_level": "district", "area_ids": number}
    if name == "locations":
        kind = {"kind": inventory_model.MEETING_KINDS[0]} if point == "meeting_place" else {}
        return {"district_id": district, "city": entry_words.CITY.title()} | kind
    if name == "instruments":
        return {"area_level": "district", "district_ids": number}
    return {"district_ids": number, "area_text": data.district_names()[district]}


def saved(t: Texts) -> None:
    """Say that the last answer was stored."""
    if st.session_state.pop(inventory_write.SAVED, False):
        st.toast(t("inventory.saved"))
    entry_save.show_notice(t)
    storage.state()
