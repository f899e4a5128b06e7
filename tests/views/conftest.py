"""Pages run without a browser (AppTest), on the real data package or on one made in code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from views import data, storage

ROOT = Path(__file__).parents[2]
SECONDS = 60


@pytest.fixture
def store_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A data folder of the test's own, empty at first."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("QK_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, store_folder: Path) -> Callable[..., AppTest]:
    """Hand over `open_page("views.home", data=folder, **address)`: the page after its first run."""

    def run(module: str, *, package: Path | None = None, **address: str) -> AppTest:
        monkeypatch.setenv("QK_DATA", str(package or ROOT / "data"))
        data.current_settings.cache_clear()
        script = f"from views.navigation import show_page\nshow_page({module!r})\n"
        page = AppTest.from_string(script, default_timeout=SECONDS)
        for name, value in address.items():
            page.query_params[name] = value
        storage.forget()  # what the test wrote beside the pages counts at once, not after a second
        return page.run()

    yield run
    data.current_settings.cache_clear()
