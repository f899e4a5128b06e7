"""Which tests stay together when several processes share them, and which of them begin.

pytest-xdist has the mark `xdist_group` for that, but writes the groups where pytest 9.2 no longer reads them: every test
then goes its own way, and each process starts every server itself.
"""

from __future__ import annotations

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# What takes long begins: many short files are left, and fill up all processes to the end.
_BEGIN = (
    "tests/e2e/test_analysis_pages.py", "tests/e2e/test_finder.py", "tests/e2e/test_inventory", "tests/e2e/",
    "postgres", "tests/test_architecture.py", "tests/store/", "tests/views/", "tests/workshop/", "tests/exchange/",
)  # fmt: skip


def together(nodeid: str) -> str:
    """Return what a test belongs to: its file, or the database server."""
    return "postgres" if "postgres" in nodeid else nodeid.split("::", 1)[0]


def turn(nodeid: str) -> int:
    """Return a number that is smaller for what begins."""
    name = together(nodeid)
    return next((at for at, begin in enumerate(_BEGIN) if name.startswith(begin)), len(_BEGIN))


class WholeFiles(LoadScopeScheduling):
    """Hands out what belongs together, in the order in which it was collected."""

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)
