"""The other end of `exchange.dossier.batch`: makes one dossier after the other in a process of its own.

It reads pickles from standard input, a `Recipe` first and then areas with formats, and answers each with a pickle on
standard output: ("made", {format: bytes}) or ("failed", message). Both ends are our own program; no file and nobody
else's bytes come this way. It ends when its input does, so nothing is left behind when the parent is gone.
"""

from __future__ import annotations

import os
import pickle
import sys
from typing import Any

MADE, FAILED = "made", "failed"


def main() -> None:
    """Answer until the input ends."""
    inward = sys.stdin.buffer
    outward = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a library prints must not get between the answers
    from exchange.dossier.files import written

    maker = None
    while True:
        try:
            job: Any = pickle.load(inward)  # noqa: S301 -- from our parent
        except EOFError:
            return
        try:
            if maker is None:
                maker = job.maker()
                continue
            area, kinds = job
            dossier = maker.dossier(area)
            maker.forget(area)
            answer: tuple[str, Any] = (MADE, {kind: written(dossier, kind) for kind in kinds})
        except Exception as error:  # noqa: BLE001 -- one area must not take the others away
            answer = (FAILED, f"{type(error).__name__}: {error}")
            if maker is None:
                _answer(outward, answer)
                return
        _answer(outward, answer)


def _answer(outward: Any, answer: tuple[str, Any]) -> None:
    pickle.dump(answer, outward)
    outward.flush()
