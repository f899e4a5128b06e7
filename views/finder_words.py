"""Cards in words: labels in the visitor's language, names and texts of offers marked as German."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from html import unescape
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date

from geo.finder_places import NO, YES
from geo.finder_walks import DISTRICT, NOWHERE, STREET
from geo.freshness import is_stale
from geo.speeds import walk_min
from layers.escape import html_text
from views import data
from views.texts import LANGUAGES, PLAIN, RIGHT_TO_LEFT

if TYPE_CHECKING:
    from datetime import datetime

    from geo.finder_card import Card
    from geo.opening import Span
    from views.texts import Texts

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_TAG = re.compile(r"<[^>]*>")
_LONGEST = 220
_GERMAN = ("de", PLAIN)


def german(t: Texts, text: str) -> str:
    """Return German text as HTML, marked as German where the page speaks something else."""
    safe = html_text(text)
    return safe if not text or t.language in _GERMAN else f'<span lang="de" dir="ltr">{safe}</span>'


def plain(source: str) -> str:
    """Return the text of HTML that this module made."""
    return unescape(_TAG.sub("", source))


def label(t: Texts, prefix: str, key: str, catalogue_label: str) -> str:
    """Return the name of a life situation, kind or group: from the data package, or from the language's own file."""
    if t.language in {*LANGUAGES, PLAIN}:
        return catalogue_label
    own = f"{prefix}.{key}"
    return t(own) if t.has(own) else f"[Deutsch] {catalogue_label}"


def kind_name(t: Texts, kind: str) -> str:
    """Return the name of a kind of facility."""
    entry = data.catalogue().kinds.get(kind)
    return kind if entry is None else label(t, "kind", kind, entry.label.of(t.language))


def group_name(t: Texts, group: str) -> str:
    """Return the name of a target group."""
    entry = data.catalogue().target_groups.get(group)
    return group if entry is None else label(t, "group", group, entry.label.of(t.language))


def language_name(t: Texts, code: str) -> str:
    """Return the name of a language: in itself for those who look for it, and in the page's language."""
    try:
        own, here = Locale.parse(code).get_display_name(), Locale.parse(code).get_display_name(t.locale)
    except ValueError:
        return code
    return str(own) if own == here or here is None else f"{own} ({here})"


def minutes(distance_m: float, kmh: float) -> int:
    """Return whole minutes on foot, at least one."""
    return max(1, math.ceil(walk_min(distance_m, kmh)))


def length(t: Texts, metres: float) -> str:
    """Return a distance; number and unit stay in this order between words that run from right to left."""
    text = t.distance(metres)
    return f"\u2066{text}\u2069" if t.language in RIGHT_TO_LEFT else text


def way(t: Texts, card: Card, kmh: float) -> str:
    """Return how far it is, as HTML, with how it was found."""
    if card.method == NOWHERE or not math.isfinite(card.distance_m):
        return html_text(t("finder.unknown"))
    distance = length(t, card.distance_m)
    if card.method == DISTRICT:
        parts = t("finder.way.district", distance=distance, district="\0").split("\0")
        return german(t, card.district or "").join(map(html_text, parts))
    key = "finder.way.street" if card.method == STREET else "finder.way.line"
    return html_text(t(key, minutes=minutes(card.distance_m, kmh), distance=distance))


def hours(t: Texts, card: Card, moment: datetime) -> str:
    """Return today's opening hours as HTML."""
    if card.today is None:
        if not card.hours_text:
            return html_text(t("finder.unknown"))
        parts = t("finder.hours.said", text="\0").split("\0")
        return german(t, card.hours_text[:_LONGEST]).join(map(html_text, parts))
    if not card.today:
        return html_text(t("finder.hours.closed"))
    if any(span.end - span.start >= timedelta(hours=23) and span.state == "open" for span in card.today):
        return html_text(t("finder.hours.always"))
    return html_text(", ".join(_span(t, span) for span in card.today if span.end > moment) or t("finder.hours.closed"))


def _span(t: Texts, span: Span) -> str:
    times = f"{span.start:%H:%M}–{span.end:%H:%M}"
    return times if span.state == "open" else t("finder.hours.maybe", times=times)


def step_free(t: Texts, card: Card) -> str:
    """Return whether a wheelchair gets in, with a sign beside the word."""
    signs = {"yes": "✓", "limited": "~", "no": "✗"}
    word = card.wheelchair if card.wheelchair in signs else "unknown"
    return f'<span aria-hidden="true">{signs.get(word, "?")} </span>{html_text(t(f"finder.{word}"))}'


def free(t: Texts, card: Card) -> str:
    """Return whether it costs nothing."""
    return html_text(t({YES: "finder.yes", NO: "finder.no"}.get(card.free, "finder.unknown")))


def day(text: str | None, t: Texts) -> str:
    """Return a date of the data as people write it; anything that is no date stays as it is."""
    match = _DATE.search(text or "")
    if not match:
        return text or t("finder.unknown")
    year, month, number = (int(part) if part else None for part in match.groups())
    if year is None or month is None:
        return str(year)
    pattern = "dd.MM.yyyy" if number else "MM/yyyy"
    return str(format_date(date(year, month, number or 1), format=pattern, locale=t.locale))


def known_day(t: Texts, text: str | None, today: date) -> str:
    """Return the date of an entry, marked where it is older than a year."""
    match = _DATE.search(text or "")
    said = day(text, t)
    return t("finder.card.stale", date=said) if match and is_stale(match[0], today) else said


def shown_number(number: str) -> str:
    """Return a number as people in Hannover dial it: 0511 12345 for +49 511 12345."""
    return re.sub(r"^\+49\s*", "0", number)


def dialled(number: str) -> str:
    """Return what follows ``tel:``: digits, and a plus in front."""
    return re.sub(r"(?!^\+)\D", "", number.strip())
