"""Who took part and who was not reached, for the protocol: one table for each question, beside the population."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Final

from exchange.dossier.model import Block, Missing, Paragraph, Table
from geo.participation import FEWEST_SAID, FEWEST_SHOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exchange.wording import Texts
    from exchange.workshop.evening import Evening
    from geo.participation import Dimension, Group


COLUMNS: Final = ("group", "count", "share", "population", "verdict")


def people_blocks(t: Texts, evening: Evening, districts: Mapping[str, str]) -> tuple[Block, ...]:
    """Return the tables; who said nothing is counted as that, and without phones it says that nobody was counted."""
    if not evening.participants:
        return (Missing(t("protocol.people.nobody"), "", ""),)
    blocks: list[Block] = [Paragraph(t("protocol.people.text", fewest=FEWEST_SHOWN, said=FEWEST_SAID))]
    for one in evening.people:
        blocks.append(_table(t, one, districts))
        blocks.append(Paragraph(t("protocol.people.said", said=one.said, total=one.total, unsaid=one.unsaid)))
        missing = ", ".join(name(t, one.name, value, districts) for value in one.missing)
        if missing:
            blocks.append(Missing(t("protocol.people.missing", groups=missing), "", ""))
    if not evening.people:
        blocks.append(Missing(t("protocol.file.no_comparison"), "", ""))
    return tuple(blocks)


def _table(t: Texts, one: Dimension, districts: Mapping[str, str]) -> Table:
    head = tuple(t(f"protocol.people.{column}") for column in COLUMNS)
    rows = tuple(cells(t, one, group, districts) for group in one.groups)
    notes = {(at, 3): source(t, group) for at, group in enumerate(one.groups) if source(t, group)}
    return Table(t(f"protocol.people.{one.name}"), head, rows, notes)


def cells(t: Texts, one: Dimension, group: Group, districts: Mapping[str, str]) -> tuple[str, str, str, str, str]:
    """Return a group in words: name, count, share, share of the population, verdict; hidden and unknown are never 0."""
    return (
        name(t, one.name, group.value, districts),
        _count(t, one, group),
        _share(t, group),
        _population(t, group),
        t(f"protocol.verdict.{group.verdict}"),
    )


def name(t: Texts, dimension: str, value: str, districts: Mapping[str, str]) -> str:
    """Return what a group is called; `districts` are names by number as text."""
    if dimension == "district" and value in districts:
        return districts[value]
    key = f"protocol.{dimension}.{value}"
    return t(key) if t.has(key) else value


def _count(t: Texts, one: Dimension, group: Group) -> str:
    if not one.said:
        return t("common.unknown")
    return t("protocol.people.hidden") if group.count is None else t.number(group.count)


def _share(t: Texts, group: Group) -> str:
    if group.count is None:
        return t("protocol.people.hidden")
    if isnan(group.share):
        return t("common.unknown")
    low, high = t.percent(group.low), t.percent(group.high)
    return t("protocol.people.range", share=t.percent(group.share), low=low, high=high)


def _population(t: Texts, group: Group) -> str:
    found = group.population
    notes = [t(f"protocol.proxy.{found.proxy}")] if found.proxy else []
    notes += [found.of] if found.of else []
    text = t.percent(found.share)
    return f"{text} ({', '.join(notes)})" if notes and not isnan(found.share) else text


def source(t: Texts, group: Group) -> str:
    """Return source and date of what a group is compared with; empty without a comparison."""
    found = group.population
    if isnan(found.share) or not found.source:
        return ""
    where = t("protocol.people.cells") if found.source == "population_cells" else found.source
    return f"{where}, {t.date(found.date)}"
