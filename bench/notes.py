"""Similar notes: found against notes sorted by hand, beside the usual token comparison, and within a host's patience."""

import csv
import random
import sys
from itertools import combinations

import numpy as np
from rapidfuzz import fuzz, process
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from bench.compare import Comparison, within_budget
from geo.note_groups import NoteText, suggestions
from scripts.serve import ROOT

SORTED = ROOT / "tests" / "data" / "notes_by_topic.csv"
MANY, BUDGET_S = 1_000, 1.0


def run() -> list[Comparison]:
    """Print how well both sides find what a person sorted, then measure how long a full evening takes."""
    with SORTED.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    topics, texts = [row["topic"] for row in rows], [row["text"] for row in rows]
    _say("ours", topics, _ours(texts))
    for limit in (0.4, 0.45, 0.5, 0.55, 0.6):
        _say(f"token_set_ratio from {limit}", topics, _usual(texts, limit))
    rng = random.Random(7)  # noqa: S311 -- a choice of notes
    words = [word for text in texts for word in text.split()]
    many = [NoteText(f"{at:04}", f"{rng.choice(texts)} {rng.choice(words)}") for at in range(MANY)]
    return [within_budget(f"similar notes among {MANY}", lambda: suggestions(many), BUDGET_S)]


def _ours(texts: list[str]) -> list[int]:
    found = suggestions([NoteText(f"{at:04}", text) for at, text in enumerate(texts)])
    group = {note: at for at, one in enumerate(found) for note in one.note_ids}
    return [group.get(f"{at:04}", -1 - at) for at in range(len(texts))]


def _usual(texts: list[str], limit: float) -> list[int]:
    """Join notes by the same linkage on rapidfuzz' token_set_ratio, as one would without thinking about German."""
    like = process.cdist(texts, texts, scorer=fuzz.token_set_ratio, processor=str.lower).astype("float64") / 100.0
    apart = 1.0 - like
    np.fill_diagonal(apart, 0.0)
    return [
        int(label) for label in fcluster(linkage(squareform(apart, checks=False), "average"), 1.0 - limit, "distance")
    ]


def _say(name: str, topics: list[str], groups: list[int]) -> None:
    pairs = list(combinations(range(len(topics)), 2))
    true = {pair for pair in pairs if topics[pair[0]] == topics[pair[1]]}
    found = {pair for pair in pairs if groups[pair[0]] == groups[pair[1]]}
    right = len(true & found) / max(1, len(found))
    print(f"  {name}: {right:.0%} of its pairs are right, {len(true & found) / len(true):.0%} found", file=sys.stderr)
