"""The offline kit of an evening: everything that is printed, the page that works without a network, one folder or ZIP."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from exchange.workshop.cards import PAGES_OF_A_CATEGORY, card_numbers, cards_pdf, form_pdf
from exchange.workshop.map_pdf import map_pdf
from exchange.workshop.paper_columns import paper_template
from exchange.workshop.sheets import SHEETS, sheet_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from exchange.workshop.material import Material

_LINE_END: Final = "\r\n"


@dataclass(frozen=True, slots=True)
class KitChoice:
    """What goes into a kit: paper sizes of the map, pages of cards for each category, first number in its hundred."""

    sheets: tuple[str, ...] = tuple(SHEETS)
    pages: int = PAGES_OF_A_CATEGORY
    first: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a kit: its name, and what makes it."""

    name: str
    make: Callable[[], bytes]


def kit_parts(
    material: Material, choice: KitChoice | None = None, *, page: Callable[[], bytes] | None = None
) -> list[Part]:
    """Return the files of a kit in the order of a folder; nothing is made yet.

    Parameters
    ----------
    material
        Area, words and occasion.
    choice
        Paper sizes and cards.
    page
        Makes the HTML file that works without a network; None = without it.

    Raises
    ------
    ParameterError
        A paper size that does not exist, or too many cards.
    """
    choice, t = choice or KitChoice(), material.words.t
    numbers = card_numbers(material.occasion.categories, choice.pages, first=choice.first)
    parts = []
    for name in choice.sheets:
        sheet = sheet_named(name).name
        parts.append(Part(t("paper.kit.map", sheet=sheet), lambda sheet=sheet: map_pdf(material, sheet)))  # type: ignore[misc]
    parts += [
        Part(t("paper.kit.cards"), lambda: cards_pdf(material, pages=choice.pages, first=choice.first)),
        Part(t("paper.kit.form"), lambda: form_pdf(material)),
        Part(t("paper.kit.table"), lambda: paper_template(t, numbers)),
    ]
    if page is not None:
        parts.append(Part(t("paper.kit.page"), page))
    return [Part(t("paper.kit.readme"), lambda: _readme(material, choice, with_page=page is not None)), *parts]


def made(parts: Sequence[Part]) -> Iterator[tuple[str, bytes]]:
    """Make the files of a kit one after the other; whoever iterates can show how far it is, or stop."""
    for part in parts:
        yield part.name, part.make()


def kit_zip(files: Sequence[tuple[str, bytes]], folder: str) -> bytes:
    """Return the files of a kit as ZIP with one folder; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(f"{folder}/{name}")  # dated 1980-01-01
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def write_kit(parts: Sequence[Part], folder: Path) -> Iterator[Path]:
    """Write the files of a kit into a folder (made if it is not there), one after the other."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made(parts):
        path = folder / name
        path.write_bytes(content)
        yield path


def folder_name(material: Material) -> str:
    """Return the name of the kit's folder: of level and number of the area, never of text from outside."""
    area = material.area
    key = "".join(sign for sign in area.id if sign.isascii() and (sign.isalnum() or sign == "-"))
    return f"{material.words.t('paper.kit.folder')}-{area.level}-{key}"


def _readme(material: Material, choice: KitChoice, *, with_page: bool) -> bytes:
    """Return what is in the kit and how to use it, as text that every program opens."""
    t, occasion = material.words.t, material.occasion
    files = [
        f"{name}{_LINE_END}    {t(f'paper.kit.about.{key}')}"
        for key, name in (
            ("map", t("paper.kit.map", sheet=" / ".join(choice.sheets))),
            ("cards", t("paper.kit.cards")),
            ("form", t("paper.kit.form")),
            ("table", t("paper.kit.table")),
            ("page", t("paper.kit.page")),
        )
        if key != "page" or with_page
    ]
    grid = material.grid
    facts = [
        t("paper.kit.area", name=material.area.name),
        *([t("paper.kit.question", question=" ".join(occasion.question.split()))] if occasion.question else []),
        *([t("paper.map.code", code=occasion.code)] if occasion.code else []),
        t("paper.kit.grid", grid=grid.key, side=grid.side_m, last=grid.last),
    ]
    blocks = [
        t("paper.kit.title", name=material.area.name),
        _LINE_END.join(facts),
        _LINE_END.join(files),
        _LINE_END.join(f"{number}. {t(f'paper.kit.step.{number}')}" for number in range(1, 6)),
        t("paper.kit.privacy"),
        f"{t('common.sources')}:{_LINE_END}" + _LINE_END.join(material.sources),
    ]
    return b"\xef\xbb\xbf" + (2 * _LINE_END).join(blocks).encode("utf-8", errors="replace") + _LINE_END.encode()
