"""A hint that a note may hold personal data: a telephone number, an e-mail address, somebody's name.

A hint for the host before a note is shown, no decision: it would rather be wrong than silent. Nothing it finds leaves
the function as anything but positions in the note.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from geo.first_names import FIRST_NAMES

Kind = Literal["phone", "email", "handle", "salutation", "said", "first_name"]

MOST_CHARACTERS: Final = 10_000
"""Of a note; the rest is not read."""

_FEWEST_DIGITS: Final = 7
_MOST_DIGITS: Final = 15
_PHONE: Final = re.compile(r"(?<![\w.,])(?:\+|00|0|\(0)[\d()\s/.\-–]{5,24}\d(?!\w)")
_EMAIL: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63})*(?:\.|\(dot\))[a-z]{2,20}(?!\w)",
    re.IGNORECASE,
)
_HANDLE: Final = re.compile(r"(?<![\w@.])@[A-Za-z0-9_.]{3,30}\w")
_NAME: Final = r"(?:[^\W\d_][\w'’.-]{0,40})"
_TITLES: Final = r"(?:\s+(?:Dr|Prof|Pfarrer|Pfarrerin|Pastor|Pastorin|von|van|de|el|al|Dipl)\b\.?){0,3}"
_SALUTATION: Final = re.compile(
    r"(?<!\w)(?P<word>frau|herrn?|fr\.|hr\.|familie|fam\.|dr\.|prof\.|mr\.?|mrs\.?|ms\.?|miss|pani?|pan|madame|monsieur|"
    r"señora?|signora?|господин|госпожа|пані?|السيدة?|آقای|خانم)"
    rf"{_TITLES}\s+(?P<name>{_NAME})",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(rf"(?<!\w)(?P<name>{_NAME})\s+(?:Hanım|Hanim|Bey|Abla|Abi|Teyze|Amca)(?!\w)")
_SAID: Final = re.compile(
    r"(?<!\w)(?:ich\s+heiße|ich\s+heisse|mein\s+name\s+ist|meine?\s+name:|name:|ich\s+bin\s+(?:die|der)|my\s+name\s+is|i\s+am\s+called|"
    r"benim\s+adım|adım|nazywam\s+się|mam\s+na\s+imię|меня\s+зовут|мене\s+звати|اسمي)"
    rf"\s+(?P<name>{_NAME})",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"(?<![\w-])[^\W\d_][\w'’]{1,40}(?![\w-])")
_NO_NAME_TEXT: Final = """
am an auf aus bei beim bin bis da das dass dem den der des die doch du durch ein eine einem einer er es für gegen
hat haben holle ich ihr im in ist kann man mit muss nach nicht oder ohne ohnehin schon sein sich sie sind soll sucht
über um und unter von vor war was weil wenn wer werden wie will wird wir zu zum zur and are can for from in is
of on or the to was who will with
"""
_NO_NAME: Final = frozenset(_NO_NAME_TEXT.split())
_AFTER_OF: Final = re.compile(
    r"\s*-?\s*(?:straße|strasse|str\.|platz|weg|allee|schule|kirche|haus|park|ufer|damm|kita)", re.IGNORECASE
)
_SPELLED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ł": "l"})


@dataclass(frozen=True, slots=True)
class Hint:
    """What may be personal in a note, and where: ``text[start:end]``."""

    kind: Kind
    start: int
    end: int


def name_hints(text: str) -> list[Hint]:
    """Return what may be personal in a note, in its order, without overlaps; empty where nothing looks like it.

    Found are telephone numbers (7 to 15 digits, beginning with 0 or +), e-mail addresses (also "(at)"), handles
    (@name), a salutation with a name in some languages ("Frau Yılmaz", "Ayşe Hanım", "Mrs Miller"), "ich heiße …",
    and common first names, unless they belong to a street, a school or the like. Never raises.
    """
    read = text[:MOST_CHARACTERS]
    found = sorted(_all(read), key=lambda hint: (hint.start, -hint.end))
    kept: list[Hint] = []
    for hint in found:
        if not kept or hint.start >= kept[-1].end:
            kept.append(hint)
    return kept


def may_hold_name(text: str) -> bool:
    """Return whether `name_hints` finds anything."""
    return bool(name_hints(text))


def _all(text: str) -> Iterator[Hint]:
    for match in _PHONE.finditer(text):
        if _FEWEST_DIGITS <= sum(sign.isdigit() for sign in match[0]) <= _MOST_DIGITS:
            yield Hint("phone", *match.span())
    for match in _EMAIL.finditer(text):
        yield Hint("email", *match.span())
    for match in _HANDLE.finditer(text):
        yield Hint("handle", *match.span())
    careful = any(sign.isupper() for sign in text)
    for kind, pattern in _NAMED:
        for match in pattern.finditer(text):
            if _can_be_name(match["name"], careful=careful):
                yield Hint(kind, *match.span())
    for match in _WORD.finditer(text):
        if _folded(match[0]) in FIRST_NAMES and not _AFTER_OF.match(text, match.end()):
            yield Hint("first_name", *match.span())


_NAMED: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("salutation", _SALUTATION),
    ("salutation", _AFTER),
    ("said", _SAID),
)


def _can_be_name(word: str, *, careful: bool) -> bool:
    """Return whether a word can be a name: capital where the note has capitals at all; scripts without them always can."""
    if word.casefold() in _NO_NAME:
        return False
    first = word[0]
    return not careful or first.isupper() or first.upper() == first.lower()


def _folded(word: str) -> str:
    spread = unicodedata.normalize("NFKD", word.casefold().translate(_SPELLED))
    return "".join(sign for sign in spread if not unicodedata.combining(sign))
