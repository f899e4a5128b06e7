"""How often codes may be guessed: wrong ones are counted per asker and together, in this process's memory only."""

from __future__ import annotations

import hashlib
import math
import secrets
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from store.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from store.database import Store

WINDOW_S: Final = 60.0
PER_ASKER: Final = 20
"""Wrong codes from one address in `WINDOW_S`: a room full of people behind one Wi-Fi mistypes now and then."""
TOGETHER: Final = 300
"""Wrong codes from everywhere in `WINDOW_S`: then only addresses that once had a right one are answered."""
_MOST_KNOWN: Final = 10_000


class Throttle:
    """Counts wrong guesses; addresses are kept as salted hashes, until their window is over."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._salt = secrets.token_bytes(16)
        self._lock = threading.Lock()
        self._wrong: dict[bytes, deque[float]] = {}
        self._all: deque[float] = deque()
        self._known: dict[bytes, None] = {}

    def check(self, asker: str) -> None:
        """Raise StateError if this asker, or everybody together, has guessed wrong too often."""
        who, now = self._who(asker), self._clock()
        with self._lock:
            own = _recent(self._wrong.get(who, deque()), now)
            together = _recent(self._all, now)
            if len(own) >= PER_ASKER:
                wait = own[0] + WINDOW_S - now
            elif len(together) >= TOGETHER and who not in self._known:
                wait = together[0] + WINDOW_S - now
            else:
                return
        raise StateError("workshop.guessing", seconds=max(math.ceil(wait), 1))

    def wrong(self, asker: str) -> None:
        """Count a wrong guess."""
        who, now = self._who(asker), self._clock()
        with self._lock:
            if len(self._wrong) >= _MOST_KNOWN:
                self._wrong = {key: kept for key, kept in self._wrong.items() if _recent(kept, now)}
            self._wrong.setdefault(who, deque(maxlen=PER_ASKER)).append(now)
            _recent(self._all, now).append(now)

    def right(self, asker: str) -> None:
        """Remember that this asker knew a code."""
        with self._lock:
            if len(self._known) >= _MOST_KNOWN:
                self._known.pop(next(iter(self._known)))
            self._known[self._who(asker)] = None

    def _who(self, asker: str) -> bytes:
        return hashlib.sha256(self._salt + asker.encode("utf-8", "surrogatepass")).digest()


def _recent(times: deque[float], now: float) -> deque[float]:
    while times and times[0] <= now - WINDOW_S:
        times.popleft()
    return times


_THROTTLES: WeakKeyDictionary[Engine, Throttle] = WeakKeyDictionary()
_MAKING: Final = threading.Lock()


def throttle_of(store: Store) -> Throttle:
    """Return the one counter of an open store."""
    with _MAKING:
        return _THROTTLES.setdefault(store.engine, Throttle())
