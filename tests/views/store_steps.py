"""Short steps for tests of the pages that write: the store beside the page, and what a page shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from streamlit.testing.v1 import AppTest

from geo.sources import open_package
from store import Ground, Store, open_store

ROOT = Path(__file__).parents[2]


@contextmanager
def beside(folder: Path, package: Path | None = None) -> Iterator[Store]:
    """Open the page's store as a second person would."""
    ground = Ground.of_package(open_package(package or ROOT / "data"))
    store = open_store(f"sqlite:///{folder / 'quartierskarte.sqlite'}", ground=ground)
    try:
        yield store
    finally:
        store.close()


def words(page: AppTest) -> str:
    """Return everything that a page says."""
    kinds = (
        page.title,
        page.header,
        page.subheader,
        page.markdown,
        page.caption,
        page.info,
        page.success,
        page.warning,
        page.error,
    )
    return " ".join(str(element.value) for kind in kinds for element in kind)


def field(page: AppTest, kind: str, name: str):
    """Return the widget of a form's field."""
    return next(
        each for each in getattr(page, kind) if str(each.key).startswith("draft_") and each.key.endswith(f"_{name}")
    )


def button(page: AppTest, beginning: str):
    """Return the button whose key begins like this."""
    return next(each for each in page.button if str(each.key).startswith(beginning))
