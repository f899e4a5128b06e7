"""The words of a note that say what it is about: folded, without filler, without endings; for comparing notes only.

Notes come from phones: capitals, umlauts (``Bänke``, ``Baenke``), plurals and typing errors differ, the meaning does
not. The result is for a comparison and never shown.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MOST_WORDS: Final = 60
"""Words of a note that are compared; nobody needs more to say what a note is about."""

_SHORTEST: Final = 3
_LONGEST: Final = 40
_WORD: Final = re.compile(r"\w+", re.UNICODE)
_DIGRAPHS: Final = (
    (re.compile(r"ae"), "a"),
    (re.compile(r"oe"), "o"),
    (re.compile(r"(?<![aeoq])ue"), "u"),
)
_ENDINGS: Final = (("ern", "em", "er", "en", "es", "e", "n", "s"), 4)
"""Endings that are taken off, the longest first, and how many letters stay at least."""

_FILLER_TEXT: Final = """
aber alle alles als also am an auch auf aus bei beim bin bis bitte da damit dann das dass dein dem den denn der des
die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines einfach er es etwas
euch fehlen fehlt finde finden fuer gab ganz geben gerne gibt gut haben hat hatten hier hin ich ihm ihn ihr im immer
in ins ist ja jede jeder jedes jetzt kann kein keine keinen keiner koennen koennte leider machen man manche mehr
mein meine mich mir mit moechte moechten muessen muss nach neu neue neuen neuer neues nicht nie noch nur ob oder ort
ohne oft schon sehr sein seit sich sie sind so soll sollen sollte sollten sonst speziell ueber um und uns unser
unsere unten vom von vor wann war waere warum was weg weil wenig weniger wenn wer werden wie wieder will wir wird wo
wollen wuensche wuenschen wuerde zu zum zur zwischen brauchen braucht mehrere viel viele vielen vieler
a about also and are as at be but by can could for from has have here i if in is it its just like lot lots many more
much my need needed needs new no not of on only or our please really should so some that the their them there they
this to too us very want wants was we were what when where which who will wish with would you
"""
_FILLER: Final = frozenset(_FILLER_TEXT.split())
"""Words that say nothing about the topic, in German and English, folded as `words` folds."""


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text` that carry its meaning, each once, in its order; empty if there are none.

    Accents and umlauts are folded (``ä`` and ``ae`` are the same), short words, filler and inflection endings are
    taken off. A note of filler only keeps its words, so that two such notes can still be the same. Never raises.
    """
    plain = [_folded(word) for word in _WORD.findall(unicodedata.normalize("NFKC", text))[: 4 * MOST_WORDS]]
    telling = [word for word in plain if len(word) >= _SHORTEST and word not in _FOLDED_FILLER]
    return tuple(dict.fromkeys(_stem(word) for word in telling or plain))[:MOST_WORDS]


def _folded(word: str) -> str:
    spread = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(sign for sign in spread if not unicodedata.combining(sign)).replace("ı", "i")
    for digraph, letter in _DIGRAPHS:
        plain = digraph.sub(letter, plain)
    return plain[:_LONGEST]


def _stem(word: str) -> str:
    endings, stays = _ENDINGS
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= stays:
            return word[: -len(ending)]
    return word


_FOLDED_FILLER: Final = frozenset(_folded(word) for word in _FILLER)
