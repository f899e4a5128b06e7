"""Who it is: the organisations behind one district and role, with evidence, and a way on where nobody is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from layers.escape import html_text
from views import data, facts, fresh, roles_model, ui
from views.map_list import is_blank

if TYPE_CHECKING:
    from geo.roles import RoleResult
    from views.state import Selection
    from views.texts import Texts


def show(t: Texts, selection: Selection, found: RoleResult) -> None:
    """Write the organisations of the chosen district and role."""
    role = data.catalogue().roles[selection["role"]].label.of(t.language)
    if selection["district"] is None:
        st.subheader(t("roles.who"), anchor=False)
        st.markdown(t("roles.choose"))
        return
    district = data.district_names()[selection["district"]]
    st.subheader(t("roles.who_in", role=role, district=district), anchor=False)
    rows = roles_model.who(selection["audience"], selection["district"], selection["role"])
    if not any(row["level"] == "district" for row in rows):
        st.info(t(_nobody(selection, found, known=bool(rows)), district=ui.literal(district)))
    _checked(t, roles_model.checked(found, selection["district"], selection["role"]))
    for level in roles_model.LEVELS:
        listed = [row for row in rows if row["level"] == level]
        if listed:
            st.markdown(f"**{t(f'roles.level.{level}')}**")
            st.html('<ul class="qk-actors">' + "".join(_entry(t, row) for row in listed) + "</ul>")


def _nobody(selection: Selection, found: RoleResult, *, known: bool) -> str:
    """Return the key of the sentence about a district without anybody of its own."""
    said = roles_model.checked(found, selection["district"], selection["role"])
    state = "" if said is None else {"verified_none": ".checked", "exists": ".exists"}.get(said["state"], "")
    return ("roles.nobody_here" if known else "roles.nobody") + state


def _checked(t: Texts, said: dict[str, Any] | None) -> None:
    """Say what those found who looked, for which area and when."""
    if said is not None:
        words = {name: t(f"roles.checked.{name}.{said[name]}") for name in ("state", "level")}
        st.markdown(t("roles.checked", date=t.date(said["date"]), **words))


def _entry(t: Texts, row: dict[str, Any]) -> str:
    lines = [
        f"<strong>{html_text(row['name'])}</strong> ({html_text(t('organization_type.' + row['organization_type']))})"
    ]
    if row["for_whom"]:
        lines.append(html_text(t("roles.for_whom", text=row["for_whom"])))
    if not is_blank(row.get("phones")):
        lines.append(html_text(t("roles.phone", numbers=row["phones"].replace(";", ", "))))
    if not is_blank(row.get("address")):
        lines.append(html_text(row["address"]))
    lines.append(
        html_text(t("roles.stated_by" if row["stated"] else "roles.derived", date=fresh.day(t, row["date"])))
        + _links(t, row)
    )
    if row.get("needs_check") is True:
        lines.append(html_text(t("roles.needs_check")))
    return "<li>" + "<br>".join(lines) + "</li>"


def _links(t: Texts, row: dict[str, Any]) -> str:
    """Return links to the evidence; only addresses of the web become links."""
    safe = [url for url in row["urls"] if url.startswith(("http://", "https://"))]
    words = [
        t("roles.evidence") if len(safe) == 1 else t("roles.evidence_of", number=at) for at in range(1, len(safe) + 1)
    ]
    return "".join(
        f' · <a href="{html_text(url)}" target="_blank" rel="noopener noreferrer">{html_text(word)}</a>'
        for url, word in zip(safe, words, strict=True)
    )


def sources(t: Texts) -> list[str]:
    """Return where statements about roles come from."""
    entries = [entry for entry in data.package().descriptor["resources"] if entry["name"] == "organization_roles"]
    return [facts.source(t, origin.get("title")) for entry in entries for origin in entry.get("sources", [])]
