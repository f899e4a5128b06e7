"""The answer as cards that read well without the map: one list, one heading per place, the phone first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from layers.escape import html_text
from views import data, finder_words
from views.texts import is_unknown

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from datetime import datetime
    from typing import Any

    import pandas as pd

    from geo.finder_card import Card
    from views.texts import Texts

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_FEW = 4


def cards_html(t: Texts, cards: Sequence[Card], *, kmh: float, moment: datetime) -> str:
    """Return all cards as one list."""
    return f'<ol class="qk-answers">{"".join(_card(t, card, kmh, moment) for card in cards)}</ol>'


def _card(t: Texts, card: Card, kmh: float, moment: datetime) -> str:
    kinds = ", ".join(html_text(finder_words.kind_name(t, kind)) for kind in card.kinds[:_FEW])
    rows = "".join(
        f"<div><dt>{html_text(t(f'finder.card.{name}'))}</dt><dd>{said}</dd></div>"
        for name, said in facts(t, card, kmh, moment)
    )
    check = f"<p><strong>{html_text(t('finder.card.check'))}</strong></p>" if card.needs_check else ""
    return (
        f"<li><h3>{finder_words.german(t, card.name)}</h3><p>{kinds}</p>{phones_html(t, card.phones)}"
        f"<dl>{rows}</dl>{check}{_mistake(t, card)}</li>"
    )


def facts(t: Texts, card: Card, kmh: float, moment: datetime) -> list[tuple[str, str]]:
    """Return what is known and unknown about a place: name of the line and its text as HTML; empty lines left out."""
    groups = ", ".join(html_text(finder_words.group_name(t, group)) for group in card.groups[:_FEW])
    unknown = html_text(t("finder.unknown"))
    rows = [
        ("way", finder_words.way(t, card, kmh)),
        ("address", finder_words.german(t, card.address or "") or unknown),
        ("today", finder_words.hours(t, card, moment)),
        ("stop", _stop(t, card)),
        ("step_free", finder_words.step_free(t, card)),
        ("languages", finder_words.german(t, ", ".join(card.languages)) or unknown),
        ("free", finder_words.free(t, card)),
        ("for", groups),
        ("website", _website(card)),
        ("date", html_text(finder_words.known_day(t, card.date, moment.date()))),
    ]
    missing = [html_text(t(f"finder.card.{name}")) for name, said in rows if said == unknown]
    rows = [(name, said) for name, said in rows if said != unknown] + [("unknown", ", ".join(missing))]
    return [(name, said) for name, said in rows if said]


def phones_html(t: Texts, phones: Sequence[str]) -> str:
    """Return the numbers as links that dial; says so where there is none."""
    if not phones:
        return f"<p>{html_text(t('finder.card.no_phone'))}</p>"
    links = []
    for number in phones[:_FEW]:
        before, after = t("finder.card.call", number="\0").split("\0")
        shown = f'<bdi dir="ltr">{html_text(finder_words.shown_number(number))}</bdi>'
        words = f"{html_text(before)}{shown}{html_text(after)}"
        links.append(f'<a class="qk-call" href="tel:{html_text(finder_words.dialled(number))}">{words}</a>')
    return f"<p>{' '.join(links)}</p>"


def _website(card: Card) -> str:
    """Return the address of the place's own page as a link, where it is a web address."""
    if not (card.website or "").startswith(("https://", "http://")):
        return ""
    return f'<a href="{html_text(card.website)}" lang="de" dir="ltr">{html_text(card.website)}</a>'


def _stop(t: Texts, card: Card) -> str:
    if card.stop is None:
        return ""
    return f"{finder_words.german(t, card.stop)} ({html_text(finder_words.length(t, card.stop_m))})"


def _mistake(t: Texts, card: Card) -> str:
    """Return the way to report a mistake: a mail to whoever runs the map; nothing where nobody is named."""
    address = _EMAIL.search(data.current_settings().contact)
    if not address:
        return ""
    subject = quote(f"{t('finder.card.mistake')}: {card.name[:80]} ({card.id})", safe="", errors="replace")
    link = html_text(f"mailto:{address[0]}?subject={subject}")
    return f'<p><a href="{link}">{html_text(t("finder.card.mistake"))}</a></p>'


def offices_html(t: Texts, offices: pd.DataFrame, district: int) -> str:
    """Return who is in charge of a district as a list; says so where nobody is known."""
    if offices.empty:
        return f"<p>{html_text(t('finder.office.none'))}</p>"
    items = []
    for row in offices.to_dict("records"):
        phones = [] if is_text_missing(row["phones"]) else str(row["phones"]).split(";")
        named = office_place(row, district)
        place = f", {finder_words.german(t, named)}" if named else ""
        level = html_text(t(f"finder.level.{row['level']}"))
        items.append(
            f"<li><strong>{finder_words.german(t, row['name'])}</strong>{place} ({level}){phones_html(t, phones)}</li>"
        )
    return f'<ul class="qk-offices">{"".join(items)}</ul>'


def office_place(row: Mapping[Hashable, Any], district: int) -> str:
    """Return the place of an office, where it lies in the district or is for the whole city; else nothing."""
    is_near = row["level"] == "city" or row["district_id"] == district
    return str(row["place"]) if is_near and not is_text_missing(row["place"]) else ""


def is_text_missing(value: object) -> bool:
    """Tell whether a text is unknown."""
    return not isinstance(value, str) and is_unknown(value)
