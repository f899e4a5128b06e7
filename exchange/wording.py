"""The words on screens and in files: gettext catalogues, one per language, and numbers as the language writes them.

Code holds message keys only; the sentences live in ``views/texts/<language>/<topic>.po``. The catalogues are read as
text (Babel) and turned into standard :class:`gettext.GNUTranslations` when they have changed: nobody has to compile them.
"""

from __future__ import annotations

import gettext
import hashlib
import io
import math
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from numbers import Integral
from pathlib import Path
from typing import Any

import babel
from babel import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from geo.whole_file import write_whole

FOLDER = Path(__file__).resolve().parent.parent / "views" / "texts"
LANGUAGES = {"de": "Deutsch", "en": "English"}
DEFAULT_LANGUAGE = "de"
PLAIN = "de-simple"
"""Einfache Sprache: sentences where there are any, else the German ones."""
FINDER_LANGUAGES = {
    "de": "Deutsch",
    PLAIN: "Einfache Sprache",
    "en": "English",
    "tr": "Türkçe",
    "ar": "العربية",
    "uk": "Українська",
    "ru": "Русский",
    "pl": "Polski",
    "fa": "فارسی",
}
"""Languages of the finder; the other pages speak `LANGUAGES`."""
RIGHT_TO_LEFT = frozenset({"ar", "fa"})
UNKNOWN_KEY = "common.unknown"
_ISO = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def topic_files(language: str) -> list[Path]:
    """Return the catalogue files of one language, one per topic."""
    files = sorted((FOLDER / language).glob("*.po"))
    if not files:
        raise FileNotFoundError(FOLDER / language)
    return files


@cache
def catalogue(language: str) -> gettext.GNUTranslations:
    """Read the catalogues of one language, all topics together; raises FileNotFoundError for a language that has none."""
    translations = gettext.GNUTranslations(io.BytesIO(_compiled(language)))
    if language == PLAIN:
        translations.add_fallback(catalogue(DEFAULT_LANGUAGE))
    elif language not in LANGUAGES:
        translations.add_fallback(_SeenGerman())
    return translations


def _compiled(language: str) -> bytes:
    """Return the catalogues of one language as a .mo file, kept beside them the way Python keeps what it has compiled.

    Its name holds the hash of the sources; where the folder cannot be written it is made anew by every process.
    """
    sources = [path.read_bytes() for path in topic_files(language)]
    folder = FOLDER / language / "__pycache__"
    maker = [babel.__version__.encode(), Path(__file__).read_bytes()]
    name = hashlib.sha256(b"\0".join(maker + sources)).hexdigest()[:20]
    kept = folder / f"{name}.mo"
    with suppress(Exception):  # whatever is wrong with it, it can be made anew
        content = kept.read_bytes()
        gettext.GNUTranslations(io.BytesIO(content))
        return content
    content = _compile(sources, language.split("-", maxsplit=1)[0])
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            _keep(content, kept)
    return content


def _keep(content: bytes, kept: Path) -> None:
    kept.parent.mkdir(exist_ok=True)
    for old in kept.parent.glob("*.mo"):
        old.unlink(missing_ok=True)
    write_whole(kept, content)


def _compile(sources: list[bytes], locale: str) -> bytes:
    together = Catalog(locale=locale)
    for source in sources:
        for message in read_po(io.BytesIO(source), locale=locale):
            if message.id:
                together[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, together)
    return compiled.getvalue()


class _SeenGerman(gettext.NullTranslations):
    """German sentences that say that they are German: what a language of the finder lacks."""

    def gettext(self, message: str) -> str:
        """Return the German sentence, marked; the key itself where there is none."""
        german = catalogue(DEFAULT_LANGUAGE).gettext(message)
        return message if german == message else f"[Deutsch] {german}"


@cache
def is_draft(language: str) -> bool:
    """Tell whether nobody has reviewed a language yet: a file's header says ``X-Review: machine draft``.

    Whoever has read the sentences and confirms them removes that line from the file.
    """
    headers = (path.read_text(encoding="utf-8").split("\n\n", 1)[0] for path in topic_files(language))
    return any("X-Review: machine draft" in header for header in headers)


@dataclass(frozen=True)
class Texts:
    """Sentences, numbers and dates of one language.

    ``language`` is one of :data:`LANGUAGES`, or :data:`PLAIN`.
    """

    language: str = DEFAULT_LANGUAGE

    @property
    def locale(self) -> Locale:
        """The Babel locale that numbers follow."""
        return Locale.parse(self.language.split("-")[0])

    def has(self, key: str) -> bool:
        """Tell whether the catalogue holds ``key``."""
        return catalogue(self.language).gettext(key) != key

    def __call__(self, key: str, **params: Any) -> str:
        """Return the sentence of ``key`` with ``params`` filled in; numbers are formatted by the language.

        A missing key is shown as itself in brackets, so that it is seen and not silently swallowed.
        """
        text = catalogue(self.language).gettext(key)
        return f"⟦{key}⟧" if text == key else self._fill(text, params)

    def plural(self, key: str, count: int, **params: Any) -> str:
        """Return the sentence of ``key`` in the form that ``count`` asks for; ``{count}`` is filled in."""
        text = catalogue(self.language).ngettext(key, key, count)
        return f"⟦{key}⟧" if text == key else self._fill(text, {"count": count, **params})

    def _fill(self, text: str, params: dict[str, Any]) -> str:
        if not params:
            return text
        return text.format_map(_Visible({name: self._plain(value) for name, value in params.items()}))

    def _plain(self, value: Any) -> str:
        if isinstance(value, bool) or value is None:
            return self(UNKNOWN_KEY) if value is None else self("common.yes" if value else "common.no")
        if isinstance(value, Integral):  # numpy's whole numbers too
            return self.number(int(value))
        if isinstance(value, float):
            return self.number(value, digits=0 if value.is_integer() else 1)
        return str(value)

    def number(self, value: float | None, *, digits: int = 0) -> str:
        """Write a number with exactly ``digits`` decimals; NaN and None become the word for unknown."""
        if is_unknown(value):
            return self(UNKNOWN_KEY)
        return format_decimal(value, format="#,##0" + ("." + "0" * digits if digits else ""), locale=self.locale)

    def percent(self, share: float | None, *, digits: int = 0) -> str:
        """Write a share (0–1) as per cent; NaN and None become the word for unknown."""
        if is_unknown(share):
            return self(UNKNOWN_KEY)
        pattern = (
            "#,##0" + ("." + "0" * digits if digits else "") + ("\u00a0%" if self.language.startswith("de") else "%")
        )
        return format_percent(share, format=pattern, locale=self.locale)

    def distance(self, metres: float | None) -> str:
        """Write a distance in metres below 1 km and in kilometres above."""
        if is_unknown(metres):
            return self(UNKNOWN_KEY)
        if metres is not None and metres < 1000:  # noqa: PLR2004 - the unit changes at one kilometre
            return f"{self.number(round(metres / 10) * 10)}\u00a0m"
        return f"{self.number(float(metres or 0) / 1000, digits=1)}\u00a0km"

    def date(self, text: object) -> str:
        """Write a reference date of the data: "2019-12-31" as 31.12.2019, a month or year as it is; notes translated.

        Unknown, "not stated" and empty become the words for undated.
        """
        if not isinstance(text, str) or text in {"", "not stated"}:
            return self("common.date_unknown")
        reported = text.startswith("reported ")
        plain = text.removeprefix("reported ").removesuffix(", ref date not stated").removeprefix("ca ")
        written = self("common.or").join(self.day(part) for part in plain.split(" or "))
        if text.startswith("ca "):
            written = self("common.about", date=written)
        return self("common.reported", date=written) if reported else self("common.as_of", date=written)

    def day(self, text: str) -> str:
        """Write an ISO date, month or year without "as of"; any other text stays as it is."""
        match = _ISO.fullmatch(text)
        if not match:
            return text
        year, month, day = match.groups()
        if day:
            return format_date(
                date(int(year), int(month), int(day)), format=self("common.date_pattern"), locale=self.locale
            )
        return format_date(date(int(year), int(month), 1), format="MM/yyyy", locale=self.locale) if month else year


class _Visible(dict[str, str]):
    """Leave an unfilled placeholder readable instead of failing in front of the user."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def is_unknown(value: Any) -> bool:
    """Tell whether ``value`` is None, NaN, NA or an infinite number."""
    if value is None:
        return True
    try:
        return not math.isfinite(value)
    except TypeError:
        return True
