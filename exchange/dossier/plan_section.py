"""Section "Needs, goals and steps": milestones, what is overdue, needs, ideas, goals with measure, steps with who and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from exchange.dossier.model import Block, Bullets, Missing, Paragraph, Section, Table
from exchange.dossier.words import text_or
from geo.plan import first_day, last_day, milestone_states, missing_for_measuring, overdue, progress
from geo.plan_path import STAGES, paths

if TYPE_CHECKING:
    from exchange.dossier.words import Words
    from geo.area import Area

Row = Mapping[str, Any]
Rows = Callable[[str], Sequence[Row]]
KINDS: Final = ("needs", "ideas", "goals", "steps", "milestones")
_OWN_AREA: Final = "quartier"


def plan_section(words: Words, area: Area, rows: Rows, organizations: Mapping[str, str], *, today: str) -> Section:
    """Return the section; without any entry it says so.

    Parameters
    ----------
    words, area
        Language and area.
    rows
        Gives the rows of a resource of all areas: those of `KINDS`, ``noted_gaps`` and ``plan_links``; None = unknown.
    organizations
        Name by id.
    today
        ISO date.
    """
    t = words.t
    mine = {kind: [row for row in rows(kind) if _belongs(row, area)] for kind in KINDS}
    if not any(mine.values()):
        none = Missing(t("profile.plan.none", name=area.name), "plan", t("profile.to.plan"))
        return Section("plan", t("profile.plan"), (none,))
    blocks: list[Block | None] = [
        _milestones(words, mine["milestones"]),
        _overdue(words, mine, organizations, date.fromisoformat(today)),
        _titles(words, "needs", mine["needs"]),
        _titles(words, "ideas", mine["ideas"]),
        _goals(words, mine["goals"], _results(rows)),
        _steps(words, mine["steps"], organizations),
    ]
    return Section("plan", t("profile.plan"), tuple(block for block in blocks if block is not None))


def _belongs(row: Row, area: Area) -> bool:
    level = _OWN_AREA if area.level == "quarter" else area.level
    return bool(row["area_level"] == level and (level == "city" or str(row["area_id"]) == area.id))


def _results(rows: Rows) -> Callable[[str], list[str]]:
    """Return what gives the titles of the steps that serve a goal."""
    known = {(kind, str(row["id"])): row for kind in STAGES for row in rows(kind)}
    found = paths(rows("plan_links"), known)
    return lambda goal: [str(known[node]["title"]) for node in found.results(("goals", goal)) if node[0] == "steps"]


def _milestones(words: Words, rows: Sequence[Row]) -> Table:
    t = words.t
    lines = [
        (t(f"value.milestones.kind.{kind}"), _milestone(words, row)) for kind, row in milestone_states(rows).items()
    ]
    lines += [(_milestone_name(words, row), _milestone(words, row)) for row in rows if row["kind"] == "other"]
    head = (t("profile.plan.milestone"), t("profile.plan.state"))
    return Table(t("profile.plan.milestones"), head, tuple(lines), quiet=t("plan.milestone.open"))


def _milestone_name(words: Words, row: Row) -> str:
    label = words.t(f"value.milestones.kind.{row['kind']}")
    return f"{label}: {row['title']}" if text_or(row["title"]) else label


def _milestone(words: Words, row: Row | None) -> str:
    t = words.t
    if row is None:
        return t("plan.milestone.open")
    if text_or(row["done_date"]):
        return t("profile.plan.done", date=t.day(row["done_date"]))
    if not text_or(row["planned_date"]):
        return t("plan.milestone.undated")
    return t("plan.milestone.planned", date=t.day(row["planned_date"]))


def _overdue(
    words: Words, mine: Mapping[str, Sequence[Row]], organizations: Mapping[str, str], today: date
) -> Bullets | None:
    t = words.t
    found = overdue(goals=mine["goals"], steps=mine["steps"], milestones=mine["milestones"], today=today)
    by_id = {str(row["id"]): row for kind in ("goals", "steps", "milestones") for row in mine[kind]}
    lines = []
    for one in found:
        row = by_id[one.id]
        name = _milestone_name(words, row) if one.kind == "milestones" else str(row["title"])
        reason = t(f"plan.reason.{one.reason}", date=t.day(one.since.isoformat()))
        owner = organizations.get(str(row.get("organization_id")), "")
        lines.append(f"{name}: {', '.join(filter(None, (reason, t.plural('plan.late', one.days), owner)))}")
    return Bullets(t("profile.plan.overdue"), tuple(lines)) if lines else None


def _titles(words: Words, kind: str, rows: Sequence[Row]) -> Bullets | None:
    t = words.t
    lines = tuple(f"{row['title']} ({_status(words, kind, row)})" for row in rows)
    return Bullets(t(f"profile.plan.{kind}"), lines) if lines else None


def _status(words: Words, kind: str, row: Row) -> str:
    return words.t(f"value.{kind}.status.{row['status']}")


def _goals(words: Words, rows: Sequence[Row], steps_of: Callable[[str], list[str]]) -> Block:
    t = words.t
    if not rows:
        return Missing(t("profile.plan.no_goal"), "plan", t("profile.to.plan"))
    topics = list(words.catalogue.topics)
    ordered = sorted(rows, key=lambda row: topics.index(row["topic"]) if row["topic"] in topics else len(topics))
    lines = [
        (
            str(row["title"]),
            words.topic(str(row["topic"])),
            _aim(words, row),
            f"{_status(words, 'goals', row)}. {_measured(words, row)}",
            "; ".join(steps_of(str(row["id"]))) or t("profile.plan.no_step"),
        )
        for row in ordered
    ]
    head = tuple(t(f"profile.plan.goal.{name}") for name in ("title", "topic", "aim", "state", "steps"))
    return Table(t("profile.plan.goals"), head, tuple(lines), quiet=t("profile.plan.no_step"))


def _aim(words: Words, row: Row) -> str:
    t = words.t
    known = words.catalogue.indicators
    name = words.figure(row["indicator"]) if row["indicator"] in known else text_or(row["indicator_text"])
    name = name or text_or(row["indicator"]) or t("plan.goal.no_indicator")
    parts = [] if row["target_value"] is None else [t("plan.goal.target", value=_value(words, row, "target_value"))]
    parts += [t("plan.until", end=t.day(row["target_date"]))] if text_or(row["target_date"]) else []
    return f"{name}: {' '.join(parts)}" if parts else name


def _value(words: Words, row: Row, column: str) -> str:
    number = row[column]
    written = words.t.number(number, digits=0 if number is None or float(number).is_integer() else 2)
    return f"{written} {row['unit']}" if number is not None and text_or(row["unit"]) else written


def _measured(words: Words, row: Row) -> str:
    """Say how far a goal is, or what keeps it from being measured."""
    t = words.t
    lacks = missing_for_measuring(row)
    if lacks:
        return t("profile.plan.not_measurable", lacks=", ".join(t(f"plan.lacks.{name}") for name in lacks))
    found = progress(row)
    if found is None:
        return t("plan.goal.no_value")
    return t(
        "plan.goal.away" if found.away else "plan.goal.progress",
        share=t.percent(found.share),
        now=_value(words, row, "current_value"),
        start=_value(words, row, "baseline"),
        date=t.date(row["current_date"]),
    )


def _steps(words: Words, rows: Sequence[Row], organizations: Mapping[str, str]) -> Block:
    t = words.t
    if not rows:
        return Paragraph(t("profile.plan.no_steps"))
    lines = []
    for row in sorted(rows, key=lambda row: (row["start_date"] or row["end_date"] or "9999", str(row["title"]))):
        partners = [organizations.get(key, t("common.unknown")) for key in (row["partners"] or "").split(";") if key]
        owner = organizations.get(str(row["organization_id"]), "") or t("plan.nobody")
        who = f"{owner}; {t('profile.plan.with', names=', '.join(partners))}" if partners else owner
        lines.append(
            (
                str(row["title"]),
                who,
                _span(words, row),
                text_or(row["resources_text"]),
                _status(words, "steps", row),
            )
        )
    head = tuple(t(f"profile.plan.step.{name}") for name in ("title", "who", "when", "resources", "state"))
    return Table(t("profile.plan.steps"), head, tuple(lines))


def _span(words: Words, row: Row) -> str:
    """Return from when to when; an end before the start is named as the mistake it is."""
    t = words.t
    start, end = text_or(row["start_date"]), text_or(row["end_date"])
    if start and end:
        written = t("plan.span", start=t.day(start), end=t.day(end))
        first, last = first_day(start), last_day(end)
        return f"{written} ({t('profile.plan.wrong_order')})" if first and last and last < first else written
    if start:
        return t("plan.from", start=t.day(start))
    return t("plan.until", end=t.day(end)) if end else t("plan.undated")
