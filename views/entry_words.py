"""What people read for kinds of entries, their fields and values: labels, titles, choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from views import data, storage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store import Entry, Field, Resource
    from views.texts import Texts

CATALOGUES = {
    "facility_kinds": "kinds", "target_groups": "target_groups", "roles": "roles", "topics": "topics",
    "indicator_definitions": "indicators",
}  # fmt: skip
CITY = "hannover"
LEVELS = ("district", "borough", "city")


def kind_label(t: Texts, name: str, *, many: bool = False) -> str:
    """Return what a kind of entry is called."""
    return t(f"entry.kinds.{name}" if many else f"entry.kind.{name}")


def field_label(t: Texts, kind: Resource, name: str) -> str:
    """Return what a field is called."""
    own = f"field.{kind.name}.{name}"
    key = own if t.has(own) else f"field.{name}"
    return t(key) if t.has(key) else name


def choices(t: Texts, kind: Resource, field: Field, values: Mapping[str, Any]) -> dict[Any, str] | None:
    """Return the possible values of a field with what people read for them; None for a free text or number."""
    if "enum" in field.constraints:
        return {value: _enum_label(t, kind, field, value) for value in field.constraints["enum"]}
    if field.name in {"area_id", "area_ids"}:
        return _areas(t, values.get("area_level"))
    if field.refers_to is None:
        return None
    return _referred(t, field.refers_to[0], as_text=field.type == "string")


def _enum_label(t: Texts, kind: Resource, field: Field, value: str) -> str:
    keys = (f"value.{kind.name}.{field.name}.{value}", f"value.{field.name}.{value}", f"{field.name}.{value}")
    shared = f"quality.{value}" if field.name == "coordinate_quality" else ""
    return next((t(key) for key in (*keys, shared) if key and t.has(key)), value)


def _areas(t: Texts, level: str | None) -> dict[Any, str]:
    if level in {"district", "borough"}:
        return _referred(t, f"{level}s", as_text=True) or {}
    return {CITY: t("entry.whole_city")} if level == "city" else {}


def _referred(t: Texts, target: str, *, as_text: bool) -> dict[Any, str] | None:
    if target in CATALOGUES:
        known = getattr(data.catalogue(), CATALOGUES[target])
        return dict(
            sorted(((key, entry.label.of(t.language)) for key, entry in known.items()), key=lambda pair: pair[1])
        )
    if target in {"districts", "boroughs"}:
        areas = data.frame(target)
        numbers = areas["district_id" if target == "districts" else "borough_id"]
        named = {
            (str(int(n)) if as_text else int(n)): str(name) for n, name in zip(numbers, areas["name"], strict=True)
        }
        return dict(sorted(named.items(), key=lambda pair: pair[1]))
    return titles(t, target) if storage.is_editable(target) else None


def titles(t: Texts, name: str) -> dict[str, str]:
    """Return the titles of all entries of a kind that the visitor may see, by identifier, in alphabetical order."""
    return data.kept("titles", name, t.language, storage.may_read_internal(), make=lambda: _titles(t, name))


def _titles(t: Texts, name: str) -> dict[str, str]:
    from store import resource

    kind = resource(name)
    rows = data.entries(name).drop(columns="geometry", errors="ignore")
    known = rows.astype(object).where(rows.notna(), None).to_dict("records")
    found = {row["id"]: title(t, kind, row) for row in known}
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))


def title(t: Texts, kind: Resource, values: Mapping[str, Any]) -> str:
    """Return what an entry is called: its label, or the names of what it links; with the district where it has one."""
    named = values.get(kind.label) if kind.label else None
    parts = (
        [value_text(t, kind, kind.label, named)] if kind.label and named is not None else _linked_names(kind, values)
    )
    district = values.get("district_id") if kind.name == "locations" else None
    if district is not None:
        parts.append(data.district_names().get(int(district), ""))
    if kind.label and kind.name in {"contacts", "organization_roles", "phones", "schedules"}:
        parts += _linked_names(kind, values)[:1]
    return ", ".join(part for part in parts if part) or t("common.unknown")


def _linked_names(kind: Resource, values: Mapping[str, Any]) -> list[str]:
    found = []
    for field in kind.fields.values():
        value = values.get(field.name)
        if field.refers_to and storage.is_editable(field.refers_to[0]) and isinstance(value, str):
            found.append(name_of(field.refers_to[0], value))
    return [name for name in found if name]


def name_of(target: str, key: str) -> str:
    """Return the name of an entry that another one refers to; empty if it is not in use."""
    return data.kept("names", target, storage.may_read_internal(), make=lambda: _names(target)).get(key, "")


def _names(target: str) -> dict[str, str]:
    from store import resource

    label, rows = resource(target).label, data.entries(target)
    return dict(zip(rows["id"], rows[label].fillna("").astype(str), strict=True)) if label else {}


def entry_title(t: Texts, entry: Entry) -> str:
    """Return what an entry is called, also one that is not in use."""
    return title(t, entry.resource, entry.values)


def value_text(t: Texts, kind: Resource, name: str, value: Any, values: Mapping[str, Any] | None = None) -> str:
    """Return a value as people read it; unknown is a word."""
    if value is None:
        return t("common.unknown")
    if isinstance(value, bool):
        return t("common.yes" if value else "common.no")
    field = kind.fields.get(name)
    if field is None:
        return str(value)
    if field.format == "polygon":
        return _corners(t, str(value))
    if isinstance(value, float):
        return t.number(value, digits=6 if name in {"lon", "lat"} else 0 if value.is_integer() else 2)
    known = choices(t, kind, field, values or {}) or {}
    parts = str(value).split(";") if field.is_list else [value]
    return ", ".join(str(known.get(part, part)) for part in parts)


def _corners(t: Texts, text: str) -> str:
    """Return how many points the border of an area has: its coordinates tell nobody anything."""
    import shapely

    shape = shapely.from_geojson(text, on_invalid="ignore")
    return t.plural("quarters.points", 0 if shape is None else int(shapely.get_num_coordinates(shape)))


def kind_names(t: Texts) -> dict[str, str]:
    """Return the kinds of facilities with their names, in alphabetical order."""
    return _referred(t, "facility_kinds", as_text=True) or {}
