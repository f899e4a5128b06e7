"""Many dossiers in one run: child processes make them side by side, each is handed on when it is ready, stopping really stops."""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import exchange
from exchange.dossier.child import FAILED
from exchange.dossier.files import file_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from exchange.dossier.recipe import Recipe
    from geo.area import Area

PROCESSES: Final = 2
_ROOT: Final = str(Path(exchange.__file__).resolve().parent.parent)
_START: Final = "import sys; sys.path.insert(0, sys.argv[1]); from exchange.dossier.child import main; main()"
_ONE_THREAD: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


@dataclass
class Batch:
    """A run over areas.

    Attributes
    ----------
    recipe
        What the dossiers are made of.
    areas, kinds
        What is made: every area in each of these formats.
    save
        Takes file name and content of each dossier; called from several threads, one at a time.
    processes
        How many dossiers are made at the same time.
    done, failed
        How many areas are ready; name and reason of those that could not be made.
    """

    recipe: Recipe
    areas: Sequence[Area]
    kinds: Sequence[str]
    save: Callable[[str, bytes], None]
    processes: int = PROCESSES
    done: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _children: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _error: BaseException | None = None

    @property
    def total(self) -> int:
        """How many areas are asked for."""
        return len(self.areas)

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stop.is_set()

    def run(self, tell: Callable[[Batch], None] = lambda _: None) -> None:
        """Make all; `tell` is called after each one. Returns when all are ready or after `stop`.

        Raises
        ------
        OSError
            A file could not be saved: the run is stopped.
        """
        waiting: queue.SimpleQueue[Area] = queue.SimpleQueue()
        for area in self.areas:
            waiting.put(area)
        count = max(1, min(self.processes, self.total))
        threads = [threading.Thread(target=self._work, args=(waiting, tell), daemon=True) for _ in range(count)]
        for thread in threads:
            thread.start()
        try:
            for thread in threads:
                thread.join()
        except BaseException:
            self.stop()
            raise
        if self._error is not None:
            raise self._error

    def stop(self) -> None:
        """Stop now: the children are killed in the middle of what they do; nothing half is saved."""
        self._stop.set()
        with self._lock:
            for child in self._children:
                child.kill()

    def _work(self, waiting: queue.SimpleQueue[Area], tell: Callable[[Batch], None]) -> None:
        child = self._child()
        if child is None:
            return
        try:
            _send(child, self.recipe)
            while not self.stopped:
                self._one(child, waiting.get_nowait())
                tell(self)
        except queue.Empty:
            pass
        except OSError as error:  # the child was killed, or a file could not be saved
            self._end_with(error)
        except (EOFError, pickle.UnpicklingError) as error:
            self._end_with(ChildProcessError(str(error)))
        except BaseException as error:  # noqa: BLE001 -- shown by `run`, in the thread that waits
            self._end_with(error)
        finally:
            _end(child)

    def _one(self, child: subprocess.Popen[bytes], area: Area) -> None:
        _send(child, (area, self.kinds))
        state, made = pickle.load(child.stdout)  # type: ignore[arg-type]  # noqa: S301 -- from our own child
        with self._lock:
            if self.stopped:
                return
            if state == FAILED:
                self.failed.append((area.name, str(made)))
            else:
                for kind, content in made.items():
                    self.save(file_name(area, kind), content)
            self.done += 1

    def _child(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self.stopped:
                return None
            child = subprocess.Popen(  # noqa: S603 -- our own interpreter, our own code, no user text
                [sys.executable, "-I", "-c", _START, _ROOT],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=os.environ | _ONE_THREAD,
                start_new_session=True,
            )
            self._children.append(child)
            return child

    def _end_with(self, error: BaseException) -> None:
        """Remember why a run ended before its end; a child that `stop` killed is no reason."""
        if not self.stopped:
            self._error = self._error or error
            self.stop()


def _send(child: subprocess.Popen[bytes], what: Any) -> None:
    pickle.dump(what, child.stdin)  # type: ignore[arg-type]
    child.stdin.flush()  # type: ignore[union-attr]


def _end(child: subprocess.Popen[bytes]) -> None:
    """Close the child's input, on which it ends by itself; kill it if it does not."""
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    try:
        child.wait(timeout=5)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
