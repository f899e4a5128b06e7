"""Cards for needs and ideas, to be cut and written on, each with a number for the map; and the form for the protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from exchange.map_svg import document_svg
from exchange.workshop.material import CATEGORIES
from exchange.workshop.signs import NoteMark, note_svg
from exchange.workshop.typeset import heading, typeset
from geo.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from exchange.wording import Texts
    from exchange.workshop.material import Material

ON_A_PAGE: Final = 8
PAGES_OF_A_CATEGORY: Final = 3
MOST_PAGES: Final = 12
HUNDRED: Final = 100
"""Each category has a hundred of its own: 101 is a need, 201 an idea, whatever else was printed."""

_DARK: Final = frozenset({"need", "strength"})


def card_numbers(categories: Iterable[str], pages: int = PAGES_OF_A_CATEGORY, *, first: int = 1) -> dict[str, range]:
    """Return the numbers of the cards of each category: whole pages, from `first` on in the category's hundred.

    Raises
    ------
    ParameterError
        No page, or more cards than a hundred has numbers.
    """
    most = min(MOST_PAGES, (HUNDRED - first) // ON_A_PAGE) if 1 <= first < HUNDRED else 0
    if not most:
        highest = HUNDRED - ON_A_PAGE
        raise ParameterError("parameter.out_of_range", name="first", value=first, minimum=1, maximum=highest)
    if not 1 <= pages <= most:
        raise ParameterError("parameter.out_of_range", name="pages", value=pages, minimum=1, maximum=most)
    return {
        name: range(mine[first - 1], mine[first - 1] + pages * ON_A_PAGE) for name, mine in hundreds(categories).items()
    }


def hundreds(categories: Iterable[str]) -> dict[str, range]:
    """Return every number that a card of each category can have."""
    bases = {name: HUNDRED * at for at, name in enumerate(CATEGORIES, start=1)}
    return {name: range(bases[name] + 1, bases[name] + HUNDRED) for name in categories}


def cards_pdf(material: Material, *, pages: int = PAGES_OF_A_CATEGORY, first: int = 1) -> bytes:
    """Return the cards of all categories of the evening, `pages` of eight for each, from the number `first` of its hundred."""
    t = material.words.t
    numbers = card_numbers(material.occasion.categories, pages, first=first)
    content = {
        "title": t("paper.cards.title", name=material.area.name),
        "field": t("paper.cards.field"),
        "privacy": t("paper.cards.privacy"),
        "stick": t("paper.cards.stick"),
        "groups": [_group(t, category, mine) for category, mine in numbers.items()],
    }
    return typeset("cards.typ", content, language=t.language)


def form_pdf(material: Material) -> bytes:
    """Return the form in which an evening is written down by hand; it asks for no names."""
    t, occasion = material.words.t, material.occasion
    parts: list[dict[str, Any]] = [
        _table(t, "notes", ("number", "field", "category", "text", "dots"), (7, 8, 14, 62, 9), count=20),
        _table(t, "more", ("number", "field", "category", "text", "dots"), (7, 8, 14, 62, 9), count=26) | {"new_page": True},
        _table(t, "steps", ("number", "becomes", "what", "who", "until"), (8, 16, 40, 24, 12), count=10, high=11.0)
        | {"new_page": True},
        _table(t, "people", ("age", "tally", "language", "tally", "district", "tally"), (17, 12, 17, 12, 20, 12), count=5),
        _lines(t, "missing", 2),
        _lines(t, "unknown", 2),
    ]  # fmt: skip
    content = {
        "title": heading(occasion.title) or t("paper.form.title", name=material.area.name),
        "question": heading(occasion.question),
        "program": t("home.title"),
        "kind": t("paper.form.kind"),
        "privacy": t("paper.form.privacy"),
        "fields": [
            [t("paper.form.date"), t.day(occasion.date) if occasion.date else ""],
            [t("paper.form.place"), ""],
            [t("paper.form.host"), ""],
            [t("paper.form.area"), material.area.name],
            [t("paper.form.count"), ""],
            [t("paper.form.code"), occasion.code],
        ],
        "parts": parts,
        "key": t("paper.map.key", grid=material.grid.key, date=t.day(material.today)),
    }
    return typeset("form.typ", content, language=t.language)


def _group(t: Texts, category: str, numbers: range) -> dict[str, Any]:
    sign = note_svg(NoteMark("", 0, 0, category), 14, 14, 9)
    return {
        "name": t(f"session.category.{category}"),
        "prompt": t(f"paper.cards.prompt.{category}"),
        "dark": category in _DARK,
        "sign_svg": document_svg(28, 28, [sign], title="-", ground=None),
        "pages": [[str(number) for number in numbers[at : at + ON_A_PAGE]] for at in range(0, len(numbers), ON_A_PAGE)],
    }


def _table(
    t: Texts, name: str, head: tuple[str, ...], widths: tuple[int, ...], *, count: int, high: float = 9.0
) -> dict[str, Any]:
    rows = [[str(number)] for number in range(1, count + 1)] if name == "steps" else []
    return {
        "kind": "table",
        "title": t(f"paper.form.{name}"),
        "note": t(f"paper.form.{name}.note"),
        "head": [t(f"paper.form.column.{column}") for column in head],
        "widths": list(widths),
        "count": count,
        "high": high,
        "rows": rows,
        "new_page": False,
    }


def _lines(t: Texts, name: str, count: int) -> dict[str, Any]:
    title, note = t(f"paper.form.{name}"), t(f"paper.form.{name}.note")
    return {"kind": "lines", "title": title, "note": note, "count": count, "new_page": False}
