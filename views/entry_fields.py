"""The fields of a form: one widget each, by the field's type, with what is wrong right below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from views import entry_words, ui
from views.entry_draft import typed_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store import Field, FieldProblem
    from views.entry_draft import Draft
    from views.texts import Texts

LONG = {
    "description", "note", "text", "tasks", "members_text", "purpose", "conditions", "details", "wheelchair_note",
    "transportation", "application_process", "eligible", "area_text", "target_group_text", "topics_text",
    "finding", "resources_text",
}  # fmt: skip
BY_PROGRAM = {"district_source", "coordinate_method", "source_id", "known_count", "needs_check"}
FIRST = {
    "locations": (
        "name", "kind", "organization_id", "street", "house_number", "postal_code", "city", "district_id", "wheelchair",
        "website", "description",
    ),
    "organizations": ("name", "organization_type", "is_actor", "website", "email", "target_groups", "description"),
    "services": ("name", "kind", "organization_id", "target_groups", "description"),
    "contacts": ("title_de", "organization_id", "location_id", "email", "is_public"),
    "phones": ("number", "contact_id", "is_public"),
    "organization_roles": ("organization_id", "role", "area_level", "area_ids", "target_groups"),
    "offered_resources": ("organization_id", "resource_type", "name", "quantity", "unit", "available_text", "location_id"),
    "instruments": ("name", "kind", "purpose", "area_level", "district_ids", "responsible_office", "usable"),
    "networks": ("name", "kind", "district_ids", "area_text"),
    "committees": ("name", "kind", "level", "district_ids", "borough_ids", "tasks"),
    "noted_gaps": ("title", "facility_kind", "reference_date", "finding"),
    "needs": ("title", "topic", "target_groups", "status", "origin", "origin_note", "description"),
    "ideas": ("title", "topic", "target_groups", "status", "origin", "origin_note", "description"),
    "goals": (
        "title", "topic", "indicator", "indicator_text", "baseline", "baseline_date", "target_value", "target_date",
        "current_value", "current_date", "unit", "status", "description",
    ),
    "steps": (
        "title", "topic", "organization_id", "partners", "start_date", "end_date", "status", "resources_text", "description",
    ),
    "quarters": ("name", "kind", "note"),
    "milestones": ("kind", "title", "planned_date", "done_date", "organization_id"),
}  # fmt: skip


def show(t: Texts, draft: Draft, *, disabled: bool = False, hidden: Iterable[str] = ()) -> None:
    """Write all fields of a form: what matters first, the rest to unfold, source and date last."""
    left_out = {*BY_PROGRAM, *hidden}
    fields = [field for field in draft.kind.fields.values() if field.name not in left_out]
    names = [field.name for field in fields]
    first = [name for name in FIRST.get(draft.resource, ()) if name in names]
    first += [field.name for field in fields if field.required and field.name not in first and field.name != "source"]
    shown = first or names
    problems = visible_problems(draft)
    _columns(t, draft, [name for name in shown if name != "coordinate_quality"], problems, disabled=disabled)
    rest = [name for name in names if name not in shown or name == "coordinate_quality"]
    if rest:
        faulty = any(problem.field in rest for problem in problems)
        with st.expander(t("entry.more_fields"), expanded=faulty):
            _columns(t, draft, rest, problems, disabled=disabled)


def visible_problems(draft: Draft) -> list[FieldProblem]:
    """Return what is wrong: at once for what was typed, for what is still empty only after an attempt to save."""
    found = draft.problems()
    return found if draft.tried else [each for each in found if each.value is not None]


def _columns(t: Texts, draft: Draft, names: list[str], problems: list[FieldProblem], *, disabled: bool) -> None:
    narrow = [name for name in names if name not in LONG]
    for at in range(0, len(narrow), 2):
        for column, name in zip(st.columns(2, gap="medium"), narrow[at : at + 2], strict=False):
            with column:
                one(t, draft, name, problems, disabled=disabled)
    for name in names:
        if name in LONG:
            one(t, draft, name, problems, disabled=disabled)


def one(
    t: Texts, draft: Draft, name: str, problems: list[FieldProblem], *, disabled: bool = False, optional: bool = False
) -> None:
    """Write one field and what is wrong with it; ``optional``: the whole entry may be left out."""
    field = draft.kind.fields[name]
    label = entry_words.field_label(t, draft.kind, name)
    if field.required and field.type != "boolean" and not optional:
        label = t("entry.required", label=label)
    key = draft.widget(name)
    options = entry_words.choices(t, draft.kind, field, draft.values)
    if key not in st.session_state:
        st.session_state[key] = _for_widget(field, draft.values[name], options)
    common: dict[str, Any] = {"key": key, "on_change": _take, "args": (draft, name), "disabled": disabled}
    help_key = f"field.{name}.help"
    common["help"] = t(help_key) if t.has(help_key) else None
    _widget(t, field, label, options, draft.values[name], common)
    for problem in problems:
        if problem.field == name:
            st.warning(ui.literal(ui.message(t, problem.key, _in_words(t, draft, problem))))


def _in_words(t: Texts, draft: Draft, problem: FieldProblem) -> dict[str, Any]:
    """Return a problem's details with the names of fields as people read them."""
    found = dict(problem.params)
    for name in ("field", "first_field", "last_field"):
        if name in found:
            found[name] = entry_words.field_label(t, draft.kind, str(found[name]))
    if "fields" in found:
        names = str(found["fields"]).split(", ")
        found["fields"] = ", ".join(entry_words.field_label(t, draft.kind, name) for name in names)
    return found


def _widget(
    t: Texts, field: Field, label: str, options: dict[Any, str] | None, value: Any, common: dict[str, Any]
) -> None:
    if options is not None:
        known = options | {part: str(part) for part in _parts(field, value) if part not in options}
        write = known.__getitem__
        if field.is_list:
            st.multiselect(label, list(known), format_func=write, placeholder=t("entry.choose_many"), **common)
        else:
            st.selectbox(label, list(known), format_func=write, index=None, placeholder=t("entry.choose"), **common)
    elif field.type == "boolean":
        words = {True: t("common.yes"), False: t("common.no")}
        st.selectbox(
            label, [True, False], format_func=words.__getitem__, index=None, placeholder=t("entry.choose"), **common
        )
    elif field.type == "integer":
        st.number_input(label, value=None, step=1, **common)
    elif field.type == "number":
        fine = field.name in {"lon", "lat"}
        st.number_input(label, value=None, step=0.0001 if fine else 1.0, format="%.6f" if fine else "%.10g", **common)
    elif field.name in LONG:
        st.text_area(label, height=100, **common)
    else:
        st.text_input(label, **common)


def _parts(field: Field, value: Any) -> list[Any]:
    if value is None:
        return []
    return str(value).split(";") if field.is_list else [value]


def _for_widget(field: Field, value: Any, options: dict[Any, str] | None) -> Any:
    if options is not None and field.is_list:
        return _parts(field, value)
    if options is None and field.type == "string":
        return value or ""
    return value


def _take(draft: Draft, name: str) -> None:
    """Take over what a widget holds, before the page is written anew."""
    draft.typed[name] = typed_value(draft.kind.fields[name], st.session_state[draft.widget(name)])
    if name == "area_level":
        for other in {"area_id", "area_ids"} & draft.kind.fields.keys():
            draft.put(other, None)
