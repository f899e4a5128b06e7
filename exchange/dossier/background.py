"""A run over many areas beside everything else: as ZIP file, with its progress, and stopped when nobody looks any more."""

from __future__ import annotations

import logging
import shutil
import threading
import time
import weakref
import zipfile
from enum import StrEnum
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Final

from exchange.dossier.batch import Batch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exchange.dossier.recipe import Recipe
    from geo.area import Area

ABANDONED_S: Final = 60.0
"""A run of which nobody has asked for the progress for so long is stopped: the browser was closed."""

_TURN: Final = threading.BoundedSemaphore(1)  # a run takes two processes: one at a time is enough for a server
_STEP_S: Final = 0.2
_LOG: Final = logging.getLogger(__name__)


class State(StrEnum):
    """Where a run is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class Run:
    """A run that works in threads and processes of its own from the moment it is made; see `Batch` for the arguments."""

    def __init__(self, recipe: Recipe, areas: Sequence[Area], kinds: Sequence[str]) -> None:
        self.state = State.WAITING
        folder = mkdtemp(prefix="quartierskarte-dossiers-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)  # when the visitor's session is over
        self._path = Path(folder) / "dossiers.zip"
        self._batch = Batch(recipe, areas, kinds, self._save)
        self._zip: zipfile.ZipFile | None = None
        self._seen = time.monotonic()
        threading.Thread(target=self._work, daemon=True).start()
        threading.Thread(target=self._watch, daemon=True).start()

    @property
    def active(self) -> bool:
        """Whether it still works or waits for its turn. Asking shows that somebody is interested."""
        self._seen = time.monotonic()
        return self.state in {State.WAITING, State.RUNNING}

    @property
    def progress(self) -> tuple[int, int]:
        """How many areas are ready, and how many there are."""
        return self._batch.done, self._batch.total

    @property
    def failed(self) -> list[str]:
        """Names of the areas that could not be made."""
        return [name for name, _ in self._batch.failed]

    def stop(self) -> None:
        """Stop now; nothing of it is kept."""
        self._batch.stop()

    def result(self) -> bytes:
        """Return the ZIP file of a run that is done."""
        return self._path.read_bytes()

    def _work(self) -> None:
        while not _TURN.acquire(timeout=_STEP_S):
            if self._batch.stopped:
                self.state = State.STOPPED
                return
        try:
            self.state = State.RUNNING
            with zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as self._zip:
                self._batch.run()
            self.state = State.STOPPED if self._batch.stopped else State.DONE
        except Exception:  # noqa: BLE001 -- a thread has nobody else to tell
            _LOG.exception("dossiers of several areas")
            self.state = State.FAILED
        finally:
            _TURN.release()
            if self.state is not State.DONE:
                self._path.unlink(missing_ok=True)
            for name, reason in self._batch.failed:
                _LOG.error("dossier of %r: %s", name, reason)

    def _save(self, name: str, content: bytes) -> None:
        if self._zip is not None:
            self._zip.writestr(name, content)

    def _watch(self) -> None:
        """Stop the run when nobody asks for it any more."""
        while self.state in {State.WAITING, State.RUNNING}:
            if time.monotonic() - self._seen > ABANDONED_S:
                self.stop()
                return
            time.sleep(_STEP_S)
