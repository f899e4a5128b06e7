"""Raw tables for the tests of the build: made in code, and the real ones where they lie beside the repository."""

import pytest

from scripts.datapackage import organizations, targets
from scripts.datapackage.build import build_package
from tests.scripts import raw_city


@pytest.fixture
def city_files():
    """Return the raw tables of the little city: name → text."""
    return raw_city.files()


@pytest.fixture
def raw(tmp_path, city_files):
    """Return a folder with the raw tables of the little city; the reviewed tables fit them."""
    with pytest.MonkeyPatch.context() as patch:
        raw_city.strip_tables(patch, tmp_path)
        yield raw_city.write(tmp_path / "raw", city_files)
    organizations._operator_table.cache_clear()
    targets._patterns.cache_clear()


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """Return the build of the little city."""
    folder = tmp_path_factory.mktemp("city")
    with pytest.MonkeyPatch.context() as patch:
        raw_city.strip_tables(patch, folder)
        yield build_package(raw_city.write(folder / "raw", raw_city.files()))
    organizations._operator_table.cache_clear()
    targets._patterns.cache_clear()


@pytest.fixture(scope="session")
def real_raw(root):
    """Return the folder of the real raw tables."""
    folder = root.parent / "shared" / "data"
    if not (folder / "places.csv").is_file():
        pytest.skip("the raw tables are not beside the repository (../shared/data)")
    return folder


@pytest.fixture(scope="session")
def real_build(real_raw):
    """Return the build of the real city."""
    return build_package(real_raw)
