"""Two sides of one task, timed in turn on the same machine, and whether they gave the same answer."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Comparison:
    """The outcome of one comparison.

    `ours_s` and `theirs_s` are medians in seconds, `ratio` the median of the ratios round by round (a machine
    that slows down during the run slows both sides). `limit` is the ratio aimed at, `same` whether the
    answers agreed in every round, `against` what the other side is.
    """

    task: str
    against: str
    ours_s: float
    theirs_s: float
    ratio: float
    limit: float
    same: bool


def compare(
    task: str,
    ours: Callable[[], Any],
    theirs: Callable[[], Any],
    *,
    against: str,
    limit: float,
    same: Callable[[Any, Any], bool],
    rounds: int = 5,
) -> Comparison:
    """Time two functions in turn, after one warm-up of each; `same(our answer, their answer)` judges a round."""
    return compare_measured(
        task, _timed(ours), _timed(theirs), against=against, limit=limit, same=same, rounds=rounds, warm_up=True
    )


def compare_measured(
    task: str,
    ours: Callable[[], tuple[float, Any]],
    theirs: Callable[[], tuple[float, Any]],
    *,
    against: str,
    limit: float,
    same: Callable[[Any, Any], bool],
    rounds: int = 5,
    warm_up: bool = False,
) -> Comparison:
    """Like `compare`, for sides that measure themselves and return (seconds, answer)."""
    if warm_up:
        ours()
        theirs()
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    return Comparison(
        task=task,
        against=against,
        ours_s=median(our[0] for our, _ in pairs),
        theirs_s=median(their[0] for _, their in pairs),
        ratio=median(our[0] / their[0] for our, their in pairs),
        limit=limit,
        same=all(same(our[1], their[1]) for our, their in pairs),
    )


def within_budget(task: str, work: Callable[[], Any], budget_s: float, *, rounds: int = 3) -> Comparison:
    """Compare a function with a fixed time; its answer has to be the same in every round."""
    first = work()
    return compare_measured(
        task,
        _timed(work),
        lambda: (budget_s, first),
        against="budget",
        limit=1.0,
        same=lambda ours, theirs: bool(ours == theirs),
        rounds=rounds,
    )


def _timed(task: Callable[[], Any]) -> Callable[[], tuple[float, Any]]:
    def timed() -> tuple[float, Any]:
        before = time.perf_counter()
        answer = task()
        return time.perf_counter() - before, answer

    return timed
