"""Names: comparing organizations and making slugs, without guessing."""

from __future__ import annotations

import re
import unicodedata

_LEGAL = re.compile(r"\b(e\.\s?v\.|ev|ggmbh|gmbh|e\.?g\.?)(?=\W|$)")
_OFFICE = re.compile(r"\(\s*geschäftsstelle\s*\)")
_NOT_WORD = re.compile(r"[^0-9a-zäöü]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def name_key(name: str) -> str:
    """Return what two spellings of one name share.

    Case, punctuation, legal form ("e.V.", "gGmbH", "eG" …) and the word "(Geschäftsstelle)" do not
    count: "Diakonisches Werk Hannover gGmbH" and "Diakonisches Werk Hannover" are the same body.
    """
    text = unicodedata.normalize("NFC", name).casefold()
    text = _LEGAL.sub(" ", _OFFICE.sub(" ", text))
    return " ".join(_NOT_WORD.sub(" ", text).split())


def slug(text: str) -> str:
    """Return lower-case ASCII words joined by "_", e.g. "Straße 5" → "strasse_5"."""
    lowered = unicodedata.normalize("NFC", text).lower().translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode("ascii")
    return "_".join(re.sub(r"[^0-9a-z]+", " ", plain).split())


def split_text(text: str) -> list[str]:
    """Return the parts of a "; "-separated text, in order, without empty ones and repeats."""
    parts = (part.strip() for part in text.split(";"))
    return list(dict.fromkeys(part for part in parts if part))


def web_address(text: str) -> str:
    """Return the address of a website with its scheme, "kargah.de" → "https://kargah.de"; "" stays ""."""
    return text if not text or "://" in text else f"https://{text}"


def join_list(values: list[str]) -> str:
    """Return a list as the package writes it inside a cell: ";" and no spaces, no repeats."""
    return ";".join(dict.fromkeys(values))


def join_notes(*notes: str) -> str:
    """Return several remarks as one text."""
    return "; ".join(dict.fromkeys(note for note in notes if note))
