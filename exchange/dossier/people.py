"""Section "People": number, trend, age, households, origin, situation, beside the city and similar districts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from exchange.dossier.model import Bars, Block, Facts, Missing, Paragraph, Section, Table
from geo.figures import GROUPS
from geo.quarter import MINIMUM_POPULATION

if TYPE_CHECKING:
    from exchange.dossier.words import Words
    from geo.figures import Figure
    from geo.profile import Profile

_FEWEST_BARS = 2


def people(words: Words, own: Profile, others: Sequence[tuple[str, Sequence[Figure]]]) -> Section:
    """Return the section; `others` are names and figures of what the area is compared with, the city first."""
    t = words.t
    head: list[Block] = [
        Facts((_population(words, own), *_size(words, own))),
        *_method(words, own),
        *_trend(words, own),
    ]
    tables = [_table(words, own, group, others) for group in GROUPS]
    drawn = [
        _bars(
            words,
            [one for one in own.origin if not _is_citizenship(one)],
            t("profile.people.origin"),
            t("profile.trend.people"),
        ),
        _bars(
            words,
            [one for one in own.origin if _is_citizenship(one)],
            t("profile.people.citizenship"),
            t("profile.trend.people"),
        ),
        _bars(words, own.households, t("profile.people.households"), t("profile.people.count")),
    ]
    unknown = [words.figure(code) for code in own.missing]
    rest: list[Block] = [
        Missing(t("profile.people.missing", names=", ".join(unknown)), "sources", t("profile.to.sources"))
    ]
    blocks = (*head, *(block for block in (*tables, *drawn) if block is not None), *(rest if unknown else []))
    return Section("people", t("profile.people"), blocks)


def _method(words: Words, own: Profile) -> list[Block]:
    """Say of an own Quartier how its figures are made, or that there are none and why."""
    if own.area.level != "quarter":
        return []
    if own.area.withheld:
        return [Paragraph(words.t("profile.people.withheld", minimum=MINIMUM_POPULATION))]
    return [Paragraph(words.t("profile.people.method.joined" if own.area.whole else "profile.people.method.drawn"))]


def _population(words: Words, own: Profile) -> tuple[str, str, str]:
    return (words.figure("population"), words.written(own.population), words.origin(own.population))


def _size(words: Words, own: Profile) -> list[tuple[str, str, str]]:
    t = words.t
    hectares = own.area.area_m2 / 10_000
    rows = [(t("profile.people.area"), t("profile.hectares", number=t.number(hectares)), t("profile.people.area.note"))]
    if own.population.value == own.population.value and hectares > 0:
        density = t.number(own.population.value / hectares, digits=1)
        rows.append((t("profile.people.density"), t("profile.people.density.value", number=density), ""))
    return rows


def _trend(words: Words, own: Profile) -> list[Block]:
    t, found = words.t, own.trend
    past = [
        (
            t.day(point.date) + (f" ({t('common.estimate')})" if point.estimate else ""),
            point.value,
            t.number(point.value),
        )
        for point in found.own
    ]
    blocks: list[Block] = []
    if len(past) >= _FEWEST_BARS:
        blocks.append(Bars(t("profile.trend.past", name=own.area.name), t("profile.trend.people"), tuple(past)))
    if found.change is None:
        return [*blocks, Paragraph(t("profile.trend.unknown"))]
    first, last = found.forecast[0], found.forecast[-1]
    key = "profile.trend.more" if found.change >= 0 else "profile.trend.less"
    text = t(
        key,
        unit=_unit(words, own),
        start=t.day(first.date),
        end=t.day(last.date),
        before=t.number(first.value),
        after=t.number(last.value),
        change=t.percent(abs(found.change), digits=1),
    )
    source = words.source(last.source)
    return [*blocks, Paragraph(f"{text} {t('profile.trend.source', source=source)}")]


def _unit(words: Words, own: Profile) -> str:
    found = own.trend
    if found.unit_level == own.area.level:
        return own.area.name
    key = f"profile.trend.unit.{found.unit_level}"
    return words.t(key, name=found.unit_name, members=", ".join(found.unit_members))


def _table(words: Words, own: Profile, group: str, others: Sequence[tuple[str, Sequence[Figure]]]) -> Table | None:
    """Return the figures of a group side by side; a value that is not the area's own says so below it."""
    t = words.t
    mine = {figure.code: figure for figure in own.figures}
    beside = [(name, {figure.code: figure for figure in found}) for name, found in others]
    codes = [code for code in GROUPS[group] if code in mine]
    if not codes:
        return None
    rows, notes = [], {}
    for at, code in enumerate(codes):
        cells = [_cell(words, mine[code], own)]
        notes[at, 1] = _note(words, mine[code], own)
        for column, (_, found) in enumerate(beside, start=2):
            other = found.get(code)
            cells.append(t("common.unknown") if other is None or not other.own else words.written(other))
            if other is not None and other.own and other.date != mine[code].date:
                notes[at, column] = t.date(other.date)
        rows.append((words.figure(code), *cells))
    head = (t("profile.figure"), own.area.name, *(name for name, _ in beside))
    return Table(t(f"profile.people.{group}"), head, tuple(rows), notes, quiet=t("common.unknown"))


def _note(words: Words, figure: Figure, own: Profile) -> str:
    if figure.level == "city" and own.area.level != "city":
        return ""
    return "; ".join(filter(None, (words.span(figure), words.origin(figure))))


def _cell(words: Words, figure: Figure, own: Profile) -> str:
    """Return a value; one of the whole city is no value of a part of it."""
    if figure.level == "city" and own.area.level != "city":
        return words.t("common.unknown")
    return words.written(figure)


def _bars(words: Words, counts: Sequence[Figure], title: str, value: str) -> Bars | None:
    known = [figure for figure in counts if figure.high > 0]
    if len(known) < _FEWEST_BARS:
        return None
    note = words.t.date(known[0].date)
    rows = [
        (
            _short(words.figure(figure.code)),
            figure.value,
            f"{words.t.number(figure.value)} {_range(words, figure)}".strip(),
        )
        for figure in sorted(known, key=lambda figure: -figure.value)
    ]
    return Bars(f"{title} ({note}, {words.source(known[0].source)})", value, tuple(rows))


def _range(words: Words, figure: Figure) -> str:
    low, high = words.t.number(figure.low), words.t.number(figure.high)
    return "" if low == high else f"({words.t('profile.span', low=low, high=high)})"


def _is_citizenship(figure: Figure) -> bool:
    return figure.code.startswith("citizenship_")


def _short(name: str) -> str:
    return name.removesuffix(" (Zensus 2011)").removesuffix(" (census 2011)").removeprefix("Staatsangehörigkeit ")
