"""Numbers → classes for maps and legends, with numpy alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import ParameterError
from layers.palette import MAX_CLASSES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

FloatArray: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[np.int64]

SCHEMES: Final = ("quantiles", "equal", "breaks")


@dataclass(frozen=True)
class Classes:
    """A division of numbers into classes, and where each number went.

    Attributes
    ----------
    lowers, uppers
        Limits of each class. A class holds its upper limit; its lower limit belongs to the class
        before, or to the class itself in the first class. -inf / inf = open.
    index
        Class of each value, -1 = unknown; same length and order as the values.
    labels
        The values' own index (pandas), to look a value's class up.
    """

    lowers: tuple[float, ...]
    uppers: tuple[float, ...]
    index: IntArray
    labels: pd.Index[Any] = field(repr=False)

    @property
    def edges(self) -> tuple[float, ...]:
        """All limits, ascending; one more than classes, except for none at all."""
        return (*self.lowers[:1], *self.uppers)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many values each class holds."""
        return tuple(int((self.index == i).sum()) for i in range(len(self.uppers)))

    @property
    def unknown(self) -> int:
        """How many values are unknown."""
        return int((self.index < 0).sum())

    def series(self) -> pd.Series[int]:
        """Return `index` as a Series under the values' own index."""
        return pd.Series(self.index, index=self.labels, name="class", dtype="int64")

    def __len__(self) -> int:
        """Return the number of classes."""
        return len(self.uppers)


def classes(
    values: pd.Series[Any] | npt.ArrayLike,
    *,
    scheme: str = "quantiles",
    k: int = 5,
    breaks: Sequence[float] | None = None,
) -> Classes:
    """Divide `values` into classes.

    Parameters
    ----------
    values
        Numbers; NaN/None = unknown, gets class -1 and influences nothing.
    scheme
        ``"quantiles"``: about equally many values in each class; every limit is a value that occurs,
        equal values share a class, no class is empty; few different values each have their own.
        ``"equal"``: limits at equal steps from the smallest to the largest value. ``"breaks"``: the given
        limits between the classes, the first and the last class are open.
    k
        Number of classes wanted (1–9); fewer where there are fewer distinct values ("quantiles") or only
        one ("equal"). Not for "breaks".
    breaks
        Ascending limits for "breaks" (1–8 numbers), for example those of a planning standard: a value
        equal to a limit belongs to the class below it.

    Returns
    -------
    Classes
        Without a single known value: no class for "quantiles" and "equal".
        Infinite values are extreme for "breaks" and unknown for the other two.

    Raises
    ------
    ParameterError
        Unknown scheme; `k` or the number of breaks out of range; breaks not ascending or not finite.
    """
    if scheme not in SCHEMES:
        raise ParameterError("parameter.unknown_value", name="scheme", value=scheme, allowed=", ".join(SCHEMES))
    series = values if isinstance(values, pd.Series) else pd.Series(np.asarray(values))
    numbers = series.to_numpy(dtype="float64", na_value=np.nan)
    if scheme == "breaks":
        inner = _checked_breaks(breaks)
        lowers, uppers = (-np.inf, *inner), (*inner, np.inf)
        known = ~np.isnan(numbers)
    else:
        known = np.isfinite(numbers)
        lowers, uppers = _limits(numbers[known], scheme, _checked_k(k))
    index = np.full(len(numbers), -1, dtype=np.int64)
    if uppers:
        index[known] = np.searchsorted(np.asarray(uppers[:-1]), numbers[known], side="left")
    return Classes(lowers, uppers, index, series.index)


def _checked_k(k: int) -> int:
    if not 1 <= k <= MAX_CLASSES:
        raise ParameterError("parameter.out_of_range", name="k", value=k, minimum=1, maximum=MAX_CLASSES)
    return k


def _checked_breaks(breaks: Sequence[float] | None) -> tuple[float, ...]:
    inner = tuple(float(each) for each in breaks or ())
    if not 1 <= len(inner) < MAX_CLASSES:
        raise ParameterError(
            "parameter.out_of_range",
            name="number of breaks",
            value=len(inner),
            minimum=1,
            maximum=MAX_CLASSES - 1,
        )
    if not np.isfinite(inner).all() or not (np.diff(inner) > 0).all():
        raise ParameterError("parameter.unknown_value", name="breaks", value=inner, allowed="ascending numbers")
    return inner


def _limits(known: FloatArray, scheme: str, k: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    if not len(known):
        return (), ()
    least, most = float(known.min()), float(known.max())
    if scheme == "quantiles":
        different = np.unique(known)
        shares = np.arange(1, k + 1) / k
        wanted = different if len(different) <= k else np.quantile(known, shares, method="inverted_cdf")
    else:
        wanted = np.linspace(least, most, k + 1)[1:]
    uppers = tuple(np.unique([*wanted[:-1], most]).tolist())  # rounding must not lose the largest value
    return (least, *uppers[:-1]), uppers
