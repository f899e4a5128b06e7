"""Which notes say something similar: suggestions for a host, who decides.

Each word of a note is compared with each word of the others (rapidfuzz, typing errors and compounds count), rare words
weigh more than common ones, and notes are joined while they are similar on average (average linkage). The same notes
give the same suggestions, in whatever order they come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from rapidfuzz import fuzz, process

from geo.network import FloatArray
from geo.note_words import words

ALIKE: Final = 0.25
"""Similarity (0 to 1) from which notes are suggested as a group; chosen on notes sorted by hand (`bench notes`)."""

MOST_NOTES: Final = 2_000
"""Notes that are compared at once, the first in order; a comparison of more would keep a host waiting."""

MOST_WORDS: Final = 3_000
"""Different words that are compared, those of most notes first: hostile notes must not fill the memory."""

_OTHERS: Final = 20
"""Notes about something else that are imagined beside the real ones: in a small session a shared word still counts."""
_WORDS_ALIKE: Final = 82.0
_INSIDE: Final = 0.85
_SHORTEST_INSIDE: Final = 5
_BEGINNING: Final = 6
_SAME_BEGINNING: Final = 0.6
_ONE_SIDED: Final = 0.35


@dataclass(frozen=True, slots=True)
class NoteText:
    """What is compared of a note: its id, its text, and the group it is in (None = in none)."""

    id: str
    text: str
    group_id: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Notes that could be one group.

    Attributes
    ----------
    note_ids
        Notes without a group, in the order of `suggestions`' notes sorted by id.
    group_id
        The group that is there already and that they would join; None = a new one.
    central
        The note that is most like the others: its text is a title to begin with.
    likeness
        How similar they are on average, 0 to 1.
    """

    note_ids: tuple[str, ...]
    group_id: str | None
    central: str
    likeness: float


def suggestions(notes: Sequence[NoteText], *, alike: float = ALIKE) -> list[Suggestion]:
    """Return groups that notes could form or join, the largest first; empty where nothing is alike.

    Groups that are there stay as they are: two of them are never joined, and no note is taken out of one.

    Parameters
    ----------
    notes
        Distinct ids; the first `MOST_NOTES` by id are compared.
    alike
        Least mean similarity within a suggested group, above 0 and at most 1.
    """
    ordered = sorted(notes, key=lambda note: note.id)[:MOST_NOTES]
    if len(ordered) < 2:  # noqa: PLR2004 -- a group has two notes at least
        return []
    like = likeness([note.text for note in ordered])
    taken, found = _joining(ordered, like, alike)
    free = [at for at, note in enumerate(ordered) if note.group_id is None and at not in taken]
    for members in _clusters(like[np.ix_(free, free)], alike):
        own = [free[at] for at in members]
        found.append(_suggestion(ordered, like, own, own, None))
    return sorted(found, key=lambda one: (-len(one.note_ids), -round(one.likeness, 6), one.note_ids))


def likeness(texts: Sequence[str]) -> FloatArray:
    """Return how similar each two texts are: a symmetric matrix of 0 to 1, 1 on the diagonal.

    For each direction: the weighted share of a text's words that the other one has as well, alike words counting as
    much as they are alike. The mean of both directions counts 65 %, the better one 35 %, so that a short note is
    like a long one that says the same and more.
    """
    split = [words(text) for text in texts]
    often = Counter(word for each in split for word in each)
    vocabulary = sorted(sorted(often, key=lambda word: (-often[word], word))[:MOST_WORDS])
    if not vocabulary:
        return np.eye(len(texts))
    number = {word: at for at, word in enumerate(vocabulary)}
    alike = _word_likeness(vocabulary)
    has = np.zeros((len(texts), len(vocabulary)))
    best = np.zeros((len(vocabulary), len(texts)))
    for at, each in enumerate(split):
        own = [number[word] for word in each if word in number]
        has[at, own] = 1.0
        best[:, at] = alike[:, own].max(axis=1, initial=0.0)
    weight = _weights(best)
    total = has @ weight
    shared = (has * weight) @ best
    one_way = np.divide(shared, total[:, None], out=np.zeros_like(shared), where=total[:, None] > 0.0)
    mean, better = (one_way + one_way.T) / 2.0, np.maximum(one_way, one_way.T)
    both = np.minimum(one_way, one_way.T) > 0.0
    found: FloatArray = np.where(both, (1.0 - _ONE_SIDED) * mean + _ONE_SIDED * better, 0.0)
    np.fill_diagonal(found, 1.0)
    return np.clip(found, 0.0, 1.0)


def _weights(best: FloatArray) -> FloatArray:
    """Return how much each word tells: less the more notes have it or one alike (inverse document frequency)."""
    often = best.sum(axis=1)
    weight: FloatArray = np.log1p((best.shape[1] + _OTHERS) / np.maximum(often, 1.0))
    return weight


def _word_likeness(vocabulary: Sequence[str]) -> Any:
    """Return how alike words are (float32): spelling, one inside a compound, the same beginning of two compounds."""
    found = process.cdist(vocabulary, vocabulary, scorer=fuzz.ratio, score_cutoff=_WORDS_ALIKE, dtype=np.float32)
    alike: Any = found / np.float32(100.0)
    beginnings: dict[str, list[int]] = {}
    for at, word in enumerate(vocabulary):
        if len(word) >= _BEGINNING:
            beginnings.setdefault(word[:_BEGINNING], []).append(at)
    for own in beginnings.values():
        block = np.ix_(own, own)
        alike[block] = np.maximum(alike[block], _SAME_BEGINNING)
    parts = {word: at for at, word in enumerate(vocabulary) if len(word) >= _SHORTEST_INSIDE}
    for at, word in enumerate(vocabulary):
        for length in range(_SHORTEST_INSIDE, len(word)):
            for part in (word[:length], word[-length:]):
                other = parts.get(part)
                if other is not None:
                    alike[at, other] = alike[other, at] = max(alike[at, other], _INSIDE)
    return alike


def _joining(ordered: Sequence[NoteText], like: FloatArray, alike: float) -> tuple[set[int], list[Suggestion]]:
    """Return the free notes that are like a group that is there, and one suggestion for each such group."""
    members: dict[str, list[int]] = {}
    for at, note in enumerate(ordered):
        if note.group_id is not None:
            members.setdefault(note.group_id, []).append(at)
    names = sorted(members)
    joining: dict[str, list[int]] = {}
    for at, note in enumerate(ordered):
        if note.group_id is not None or not names:
            continue
        means = [float(like[at, members[name]].mean()) for name in names]
        best = int(np.argmax(means))
        if means[best] >= alike:
            joining.setdefault(names[best], []).append(at)
    found = [_suggestion(ordered, like, own, own + members[name], name) for name, own in joining.items()]
    return {at for own in joining.values() for at in own}, found


def _clusters(like: FloatArray, alike: float) -> list[list[int]]:
    """Return the groups of two and more that average linkage makes."""
    if len(like) < 2:  # noqa: PLR2004 -- as above
        return []
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    apart = np.round(1.0 - like, 9)
    np.fill_diagonal(apart, 0.0)
    tree: Any = linkage(squareform((apart + apart.T) / 2.0, checks=False), method="average")
    labels = fcluster(tree, t=1.0 - alike, criterion="distance")
    groups: dict[int, list[int]] = {}
    for at, label in enumerate(labels):
        groups.setdefault(int(label), []).append(at)
    return [own for own in groups.values() if len(own) > 1]


def _suggestion(
    ordered: Sequence[NoteText], like: FloatArray, own: list[int], whole: list[int], group_id: str | None
) -> Suggestion:
    inside = like[np.ix_(whole, whole)]
    pairs = len(whole) * (len(whole) - 1)
    mean = float((inside.sum() - len(whole)) / pairs) if pairs else 1.0
    central = whole[int(np.argmax(np.round(inside.sum(axis=1), 9)))]
    return Suggestion(tuple(ordered[at].id for at in own), group_id, ordered[central].id, mean)
