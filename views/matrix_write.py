"""Storing one cell of the matrix of actors and roles: a statement with evidence, or that somebody looked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from views import data, storage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.area import Area
    from store import Store
    from views.texts import Texts

STATES = ("exists", "verified_none", "unknown")
Row = dict[str, Any]


def set_cell(t: Texts, area: Area, owner: str, role: str, said: Mapping[str, Any], *, day: str) -> bool:
    """Store what is so with an actor's role in an area; True = stored. All of it, or nothing.

    ``exists``: a statement for the area (a new one, or the one that is there with newer evidence). ``verified_none`` and
    ``unknown``: statements for the area are taken out of use, and that somebody asked the actor is kept as an observation.

    Raises
    ------
    ValidationError, ConflictError, StateError
        The store refuses a value, or somebody else was faster.
    """
    return storage.write(t, lambda store: _write(t, store, area, owner, role, said, day)) is not None


def _write(t: Texts, store: Store, area: Area, owner: str, role: str, said: Mapping[str, Any], day: str) -> bool:
    from store import create, retire, together, update

    actor, url, note = storage.actor(), said["url"].strip() or None, said["note"].strip() or None
    mine = statements(area, owner, role)
    with together(store, actor) as target:
        if said["state"] == "exists":
            values = {"date": day, "evidence_url": url, "note": note, "basis": "stated"}
            if mine:
                known = {name: value for name, value in values.items() if value is not None}
                update(target, actor, "organization_roles", mine[0]["id"], known, version=int(mine[0]["version"]))
            else:
                row = {"organization_id": owner, "role": role} | reach(area) | values
                create(target, actor, "organization_roles", row)
        else:
            for row in mine:
                retire(target, actor, "organization_roles", row["id"], version=int(row["version"]))
        before = observation(owner, role)
        values = {"state": said["state"], "reference_date": day, "note": note or url, "source": t("inventory.source")}
        if before is not None:
            update(target, actor, "observations", before["id"], values, version=int(before["version"]))
        elif said["state"] != "exists":
            about = {"subject": "role", "subject_value": role, "organization_id": owner}
            create(target, actor, "observations", about | values)
    return True


def reach(area: Area) -> dict[str, str | None]:
    """Return for which area a statement holds: that of a Quartier names the districts it touches."""
    if area.level == "city":
        return {"area_level": "city", "area_ids": None}
    if area.level == "borough":
        return {"area_level": "borough", "area_ids": area.id}
    return {"area_level": "district", "area_ids": ";".join(str(number) for number in area.district_ids)}


def statements(area: Area, owner: str, role: str) -> list[Row]:
    """Return what sources state about the role of an actor in an area: of its own area, or without a named one."""
    rows = data.entries("organization_roles")
    mine = rows[(rows["organization_id"] == owner) & (rows["role"] == role) & (rows["basis"] == "stated")]
    wanted = {str(number) for number in (area.borough_ids if area.level == "borough" else area.district_ids)}
    level = "borough" if area.level == "borough" else "city" if area.level == "city" else "district"
    return [
        row
        for row in _plain(mine)
        if row["area_level"] is None or (row["area_level"] == level and (level == "city" or wanted & _ids(row)))
    ]


def _ids(row: Row) -> set[str]:
    return set(str(row["area_ids"] or "").split(";"))


def observation(owner: str, role: str) -> Row | None:
    """Return what was found last when somebody asked the actor about the role."""
    rows = data.entries("observations")
    same = (rows["subject"] == "role") & (rows["subject_value"] == role) & (rows["organization_id"] == owner)
    found = _plain(rows[same.fillna(value=False)])
    return max(found, key=lambda row: str(row["reference_date"] or "")) if found else None


def _plain(rows: Any) -> list[Row]:
    known = rows.astype(object).where(rows.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in known]
