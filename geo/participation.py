"""Who came and who did not: participants by district, language and age, as far as they chose to say, against the population.

An evening is no sample: thirty people say little about thousands. So a group is called missing only where that few
of it would hardly have come by chance, and nothing is said at all where few chose to say. What nobody said is counted
as unsaid, never as zero, and counts of one or two people are not published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan, log, nan, sqrt
from typing import Final, Literal

Verdict = Literal["missing", "less", "as_expected", "few", "no_comparison"]

FEWEST_SAID: Final = 8
"""Answers from which a dimension is compared with the population."""
FEWEST_SHOWN: Final = 3
"""Smaller counts (but 0) are shown as "fewer than 3": in a small room one person is easily known."""
CHANCE: Final = 0.05
"""A group is called missing, or less than expected, if that few would come by chance in fewer than 1 of 20 evenings."""


@dataclass(frozen=True, slots=True)
class Population:
    """What a group is compared with.

    Attributes
    ----------
    share
        Share of the people of the area, 0 to 1; NaN = unknown.
    date, source, of
        When, from where, and of which area the share is; empty = not stated.
    proxy
        Code of what is counted in its place, where the group itself is not counted: no verdict then; empty = itself.
    """

    share: float
    date: str = ""
    source: str = ""
    of: str = ""
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One group of participants.

    Attributes
    ----------
    value
        Code of the group.
    count
        Participants; None = at most `FEWEST_SHOWN` − 1 and at least 1, or hidden so that no such number can be computed.
    share
        Of those who said something; NaN = hidden, or nobody said anything.
    low, high
        Where the share of a room like this one lies with 95 % (Wilson); NaN as `share`.
    population
        What it is compared with.
    verdict
        ``missing`` (nobody, and not by chance), ``less`` (fewer than by chance), ``as_expected``, ``few`` (too few
        answers to say), ``no_comparison`` (nobody counts that group of the population).
    """

    value: str
    count: int | None
    share: float
    low: float
    high: float
    population: Population
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Dimension:
    """Participants by one question: how many there were, how many said something, and the groups."""

    name: str
    total: int
    said: int
    groups: tuple[Group, ...]

    @property
    def unsaid(self) -> int:
        """Participants who chose not to say."""
        return self.total - self.said

    @property
    def missing(self) -> tuple[str, ...]:
        """Codes of the groups that are missing or fewer than expected."""
        return tuple(group.value for group in self.groups if group.verdict in {"missing", "less"})


def dimension(
    name: str, counts: Mapping[str | None, int], population: Mapping[str, Population], *, publish: bool = True
) -> Dimension:
    """Compare what participants said with the population.

    Parameters
    ----------
    name
        Code of the question.
    counts
        Participants by what they said; None = did not say.
    population
        What each group is compared with, in the order to show. Groups that only participants named follow, the
        largest first, without comparison.
    publish
        Hide small counts, and a second one where the first could be computed from the rest.
    """
    said = {value: count for value, count in counts.items() if value is not None and count > 0}
    all_said = sum(said.values())
    others = sorted(said.keys() - population.keys(), key=lambda value: (-said[value], value))
    known = {**population, **{value: Population(nan) for value in others}}
    hidden = _hidden({value: said.get(value, 0) for value in known}) if publish else frozenset()
    compared = sum(said.get(value, 0) for value in population)
    groups = [
        _group(value, (said.get(value, 0), all_said, compared), one, hide=value in hidden)
        for value, one in known.items()
    ]
    return Dimension(name, all_said + counts.get(None, 0), all_said, tuple(groups))


def _group(value: str, counted: tuple[int, int, int], population: Population, *, hide: bool) -> Group:
    """Make a group of its count, that of all who said something, and that of the groups the population has as well."""
    count, said, compared = counted
    verdict: Verdict = "no_comparison" if population.proxy else _verdict(count, compared, population.share)
    if hide or said == 0:
        return Group(value, None if hide else count, nan, nan, nan, population, verdict)
    return Group(value, count, count / said, *wilson(count, said), population, verdict)


def _verdict(count: int, said: int, share: float) -> Verdict:
    if isnan(share):
        return "no_comparison"
    if said < FEWEST_SAID:
        return "few"
    if at_most(count, said, share) < CHANCE:
        return "missing" if count == 0 else "less"
    if count == 0:
        return "few"
    return "as_expected"


def _hidden(counts: Mapping[str, int]) -> frozenset[str]:
    """Return the groups whose count is not shown: the small ones, and one more where they could be computed from their sum."""
    small = [value for value, count in counts.items() if 0 < count < FEWEST_SHOWN]
    if small and sum(counts[value] for value in small) < 2 * FEWEST_SHOWN - 1:
        larger = sorted((count, value) for value, count in counts.items() if count >= FEWEST_SHOWN)
        small += [value for _, value in larger[:1]]
    return frozenset(small)


def at_most(count: int, said: int, share: float) -> float:
    """Return the probability that at most `count` of `said` people belong to a group of that `share` (binomial)."""
    if not 0.0 <= share <= 1.0:
        return nan
    if share == 0.0 or count >= said:
        return 1.0
    if share == 1.0:
        return 0.0
    from math import exp, lgamma

    def one(hits: int) -> float:
        ways = lgamma(said + 1) - lgamma(hits + 1) - lgamma(said - hits + 1)
        return exp(ways + hits * log(share) + (said - hits) * log(1.0 - share))

    return min(1.0, sum(one(hits) for hits in range(count + 1)))


def wilson(count: int, said: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share (Wilson 1927); NaN for nobody."""
    if said <= 0:
        return nan, nan
    z = 1.959964
    share = count / said
    middle = (share + z * z / (2 * said)) / (1 + z * z / said)
    half = z / (1 + z * z / said) * sqrt(share * (1 - share) / said + z * z / (4 * said * said))
    return max(0.0, middle - half), min(1.0, middle + half)
