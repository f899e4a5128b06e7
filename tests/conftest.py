"""What every test shares: the project's root and how hypothesis works."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.spread import WholeFiles, turn

ROOT = Path(__file__).resolve().parent.parent

# The machine that tests may be slow and shared: no deadline per example; the same examples every time.
settings.register_profile(
    "project",
    deadline=None,
    derandomize=True,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("project")


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the repository's folder."""
    return ROOT


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark whatever uses the browser, so that nobody can forget to; where processes share the tests, sort them."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: turn(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Keep together what shares a browser and its servers, or the database server."""
    return WholeFiles(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_configure(config: pytest.Config) -> None:
    """Leave slow tests out of a choice by marker that does not speak of them: that is the part to run all the time."""
    chosen = config.option.markexpr
    if chosen and "slow" not in chosen:
        config.option.markexpr = f"({chosen}) and not slow"
