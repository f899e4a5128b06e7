"""Section "Gaps": the verdict for every kind of facility, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from exchange.dossier.model import Block, Bullets, Missing, Paragraph, Section, in_area
from exchange.wording import is_unknown
from geo.card_texts import sections
from geo.quarter import MINIMUM_POPULATION

if TYPE_CHECKING:
    from exchange.dossier.words import Words
    from exchange.wording import Texts
    from geo.area import Area
    from geo.cards import Line
    from geo.profile import GapCard

ORDER = ("gap", "partly", "covered", "no_target_population", "no_standard", "no_distance", "no_statement")
EXPLAINED = ("gap", "partly")
_NO_WORD = re.compile(r"[^0-9a-zäöüß]+")
_ONE_DECIMAL = ("kmh", "detour", "supply", "required", "deficit")


def gaps(words: Words, area: Area, cards: Sequence[GapCard]) -> Section:
    """Return the section: kinds by verdict, and a card for everything that is a gap or partly one."""
    t = words.t
    if area.withheld:
        text = t("profile.people.withheld", minimum=MINIMUM_POPULATION)
        return Section("gaps", t("profile.gaps"), (Paragraph(text), Paragraph(t("profile.gaps.withheld"))))
    by_verdict = {name: [card for card in cards if card.verdict == name] for name in ORDER}
    lines = [
        f"{t(f'verdict.{name}')}: {', '.join(words.kind(card.kind) for card in found)}"
        for name, found in by_verdict.items()
        if found and name != "no_statement"
    ]
    blocks: list[Block] = [Paragraph(t("profile.gaps.text"))]
    blocks += [Bullets(t("profile.gaps.verdicts"), tuple(lines))] if lines else []
    blocks += [card_block(words, card) for name in EXPLAINED for card in by_verdict[name]]
    unknown = by_verdict["no_statement"]
    if unknown:
        names = ", ".join(words.kind(card.kind) for card in unknown)
        text = t("profile.gaps.no_statement", kinds=names)
        blocks.append(Missing(text, "inventory", t("profile.to.inventory"), in_area(area)))
    return Section("gaps", t("profile.gaps"), tuple(blocks))


def card_block(words: Words, card: GapCard) -> Bullets:
    """Return why a verdict is what it is, in sentences."""
    title = f"{words.kind(card.kind)}: {words.t(f'verdict.{card.verdict}')}"
    parts = ((name, " ".join(sentence(words, line) for line in lines)) for name, lines in sections(card.lines))
    return Bullets(title, tuple(f"{part_title(words, name)} {said}".strip() for name, said in parts))


def part_title(words: Words, part: str) -> str:
    """Return the heading of a part of a card; the verdict needs none."""
    return "" if part == "verdict" else words.t(f"card.part.{part}")


def sentence(words: Words, line: Line) -> str:
    """Return one line of a card in words."""
    return words.t(line.key, **{name: _param(words, name, value) for name, value in line.params.items()})


def status(t: Texts, text: object) -> str:
    """Return the status of a standard in the reader's language, where the catalogue has it."""
    if not isinstance(text, str):
        return t("common.unknown")
    key = "standard.status." + _NO_WORD.sub("_", text.casefold()).strip("_")
    return t(key) if t.has(key) else text


def _param(words: Words, name: str, value: Any) -> Any:
    t = words.t
    writers = {
        "target_group": lambda: words.group(value),
        "kind": lambda: words.kind(value),
        "date": lambda: t.date(value),
        "year": lambda: str(value),
        "status": lambda: status(t, value),
        "coverage": lambda: t.percent(value),
        **dict.fromkeys(_ONE_DECIMAL, lambda: t.number(value, digits=1)),
    }
    if name in writers:
        return writers[name]()
    if name == "threshold_m":  # a limit is told exactly, a measured walk is not
        return f"{t.number(value, digits=0 if float(value).is_integer() else 1)}\u00a0m"
    if name.endswith("_m"):
        return t.distance(value)
    if name.startswith("share"):
        return t.percent(value)
    return round(value) if isinstance(value, float) and not is_unknown(value) else value
