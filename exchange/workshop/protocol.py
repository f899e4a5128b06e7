"""The protocol of an evening: one content for PDF, DOCX and HTML, the same for an evening with phones and one on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exchange.dossier.model import Block, Bullets, Dossier, Facts, Missing, Paragraph, Picture, Section, Table
from exchange.workshop.map_drawing import Style, map_drawing
from exchange.workshop.protocol_people import people_blocks
from exchange.workshop.signs import NoteMark
from geo.crs import from_lonlat, point_xy

if TYPE_CHECKING:
    from exchange.dossier.words import Words
    from exchange.wording import Texts
    from exchange.workshop.evening import Evening, Item
    from exchange.workshop.material import Material
    from store.workshop import Became, Note

_MAP_POINTS: Final = 500.0  # width of the map; a line of the page is about as wide
_RIM: Final = 15.0
_PICTURE_PIXELS: Final = 640.0
_LONGEST_TITLE: Final = 160


def protocol(evening: Evening, words: Words, *, today: str, material: Material | None = None) -> Dossier:
    """Return the protocol as sections that writers turn into PDF, DOCX and HTML.

    Parameters
    ----------
    evening
        What was said, weighed and agreed.
    words
        The language.
    today
        ISO date.
    material
        Area, grid and streets for the map; None = the area is not known any more, then there is no map.
    """
    t, session = words.t, evening.session
    sections = [
        Section("overview", t("protocol.file.overview"), _overview(t, evening)),
        Section("said", t("protocol.file.said"), _said(t, evening)),
        Section("agreed", t("protocol.file.agreed"), _agreed(t, evening)),
        Section("map", t("protocol.file.map"), _map(t, evening, material)),
        Section("people", t("protocol.people"), people_blocks(t, evening, _districts(material))),
        Section("unknown", t("protocol.file.unknown"), _unknown(t, evening, material)),
    ]
    return Dossier(
        language=t.language,
        program=t("home.title"),
        title=t("protocol.file.title", title=" ".join(session.title.split())),
        subtitle=f"{session.area_name} · {' '.join(session.question.split())}",
        date=t("protocol.file.date", evening=t.day(session.created_at[:10]), today=t.day(today)),
        sections=tuple(section for section in sections if section.blocks),
        sources_title=t("common.sources"),
        sources=(t("protocol.file.source"), *(material.sources if material is not None else ())),
        contents_title=t("protocol.file.contents"),
    )


def place_of(evening: Evening, note: Note) -> str:
    """Return the code of the cell a note stands in; empty without one."""
    if note.grid_code:
        return note.grid_code
    if note.lon is None or note.lat is None or evening.grid is None:
        return ""
    x, y = point_xy(from_lonlat([note.lon], [note.lat]), name="note")[0]
    return evening.grid.code_at(float(x), float(y)) or ""


def _overview(t: Texts, evening: Evening) -> tuple[Block, ...]:
    session, notes = evening.session, evening.notes
    came = [
        f"{t(f'session.channel.{name}')} {t.number(count)}"
        for name, count in evening.channels.items()
        if count
    ]  # fmt: skip
    took = t.number(evening.participants) if evening.participants else t("protocol.file.nobody_counted")
    voted = t.plural("protocol.file.voters", evening.voters) if evening.voters else ""
    steps = [one for item in evening.items for one in item.became]
    rows = (
        (t("protocol.file.area"), session.area_name, ""),
        (t("protocol.file.phase"), t(f"session.phase.{session.phase}"), ""),
        (t("protocol.fact.notes"), t.number(len(notes)), ", ".join(came)),
        (t("protocol.fact.dots"), t.number(sum(item.dots for item in evening.items)), voted),
        (t("protocol.fact.devices"), took, t("protocol.file.devices.note")),
        (t("protocol.file.agreements"), t.number(len(steps)), ""),
    )
    lines = [t("protocol.file.question", question=" ".join(session.question.split()))]
    lines.append(t("protocol.file.anonymous" if session.anonymous else "protocol.file.not_anonymous"))
    lines.append(t("protocol.file.deletion", day=t.day(session.deletion_date)))
    return (Facts(rows), Bullets("", tuple(lines)))


def _map(t: Texts, evening: Evening, material: Material | None) -> tuple[Block, ...]:
    if material is None:
        return (Missing(t("protocol.file.no_area"), "", ""),)
    placed = [(item, note) for item, note in evening.notes if note.lon is not None and note.lat is not None]
    xy = point_xy(from_lonlat([note.lon for _, note in placed], [note.lat for _, note in placed]), name="notes")
    marks = [
        NoteMark(str(item.number), float(x), float(y), note.category)
        for (item, note), (x, y) in zip(placed, xy, strict=True)
        if material.grid.code_at(float(x), float(y)) is not None
    ]
    grid = material.grid
    style = Style(grid.width_m / (_MAP_POINTS - 2 * _RIM), 1.0, _RIM)
    alt = t("protocol.file.map.alt", name=material.area.name, placed=len(marks), notes=len(evening.notes))
    drawn = map_drawing(material, style, title=alt, north=t("gaps.files.north"), notes=marks)
    high = _PICTURE_PIXELS * drawn.height / drawn.width
    caption = t("protocol.file.map.caption", name=material.area.name)
    picture = Picture(drawn.svg, alt, caption, _PICTURE_PIXELS, high)
    side = t("protocol.file.map.scale", side=grid.side_m, grid=grid.key)
    return picture, Paragraph(f"{t('protocol.file.map.signs')} {side}")


def _said(t: Texts, evening: Evening) -> tuple[Block, ...]:
    if not evening.items:
        return (Missing(t("protocol.results.none"), "", ""),)
    head = tuple(t(f"protocol.file.column.{name}") for name in ("number", "text", "category", "field", "dots"))
    rows = tuple(_row(t, evening, item) for item in evening.items)
    notes = {
        (at, 1): "  ·  ".join(_line(t, evening, note) for note in item.notes)
        for at, item in enumerate(evening.items)
        if item.is_group
    }
    return (Table(t("protocol.file.said.caption"), head, rows, notes),)


def _row(t: Texts, evening: Evening, item: Item) -> tuple[str, ...]:
    categories = dict.fromkeys(t(f"session.category.{note.category}") for note in item.notes)
    places = dict.fromkeys(place for note in item.notes if (place := place_of(evening, note)))
    return (
        str(item.number),
        " ".join(item.title.split()),
        ", ".join(categories),
        ", ".join(places) or t("protocol.file.no_place"),
        t.number(item.dots),
    )


def _line(t: Texts, evening: Evening, note: Note) -> str:
    place = place_of(evening, note)
    marks = ", ".join(
        part for part in (t("protocol.file.card", number=note.sticker) if note.sticker else "", place) if part
    )
    return " ".join(note.text.split()) + (f" ({marks})" if marks else "")


def _agreed(t: Texts, evening: Evening) -> tuple[Block, ...]:
    rows = [(item, one) for item in evening.items for one in item.became]
    if not rows:
        return (Missing(t("protocol.file.nothing_agreed"), "", ""),)
    head = tuple(
        t(f"protocol.file.column.{name}") for name in ("from", "becomes", "what", "responsible", "until", "state")
    )
    table = Table(t("protocol.file.agreed.caption"), head, tuple(_step(t, item, one) for item, one in rows))
    return table, Paragraph(t("protocol.file.agreed.today"))


def _step(t: Texts, item: Item, one: Became) -> tuple[str, ...]:
    state = t(f"value.{one.resource}.status.{one.status}") if one.status else t("common.unknown")
    return (
        str(item.number),
        t(f"entry.kind.{one.resource}"),
        _short(one.title),
        one.responsible or (t("plan.nobody") if one.resource == "steps" else "–"),
        t.day(one.date) if one.date else (t("plan.undated") if one.resource in {"steps", "goals"} else "–"),
        t("plan.log.retired") if one.is_retired else state,
    )


def _unknown(t: Texts, evening: Evening, material: Material | None) -> tuple[Block, ...]:
    """Return what nobody knows, each in one sentence; nothing is silently left out."""
    notes = [note for _, note in evening.notes]
    steps = [one for item in evening.items for one in item.became if one.resource == "steps" and not one.is_retired]
    by_code = [note for note in notes if note.channel == "paper" and note.grid_code and note.lon is not None]
    counted = {
        "protocol.file.unknown.place": sum(note.lon is None for note in notes),
        "protocol.file.unknown.hidden": evening.not_shown,
        "protocol.file.unknown.nothing": sum(not item.became for item in evening.items),
        "protocol.file.unknown.responsible": sum(one.responsible is None for one in steps),
        "protocol.file.unknown.date": sum(one.date is None for one in steps),
    }
    lines = [t.plural(key, count) for key, count in counted.items() if count]
    if by_code and material is not None:
        metres = round(material.grid.cell("A1").uncertainty_m)
        lines.append(t.plural("protocol.file.unknown.cell", len(by_code), metres=metres))
    return tuple(Missing(line, "", "") for line in lines) or (Paragraph(t("protocol.file.unknown.none")),)


def _districts(material: Material | None) -> dict[str, str]:
    """Return the names of the city's districts by their number as text."""
    if material is None:
        return {}
    frame = material.load("districts")
    return {str(number): str(name) for number, name in zip(frame["district_id"], frame["name"], strict=True)}


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1] + "…"
