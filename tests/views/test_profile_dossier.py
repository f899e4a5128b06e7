"""Dossiers on the profile page: three formats of one area, and a run over several with progress, stop and ZIP."""

import time

import pytest

from tests.factories import base_tables, write_package

pytestmark = pytest.mark.slow


@pytest.fixture
def tiny(tmp_path):
    return write_package(tmp_path / "city", base_tables())


def labels(page) -> list[str]:
    return [button.proto.label for button in page.get("download_button")]


def until_ready(page):
    end = time.monotonic() + 90
    while not page.success:
        assert time.monotonic() < end, "waited too long"
        assert not page.exception
        time.sleep(0.2)
        page.run()


def test_three_formats_of_the_area(open_page, tiny):
    page = open_page("profile", package=tiny, area="stadtteil:4")
    assert labels(page)[:3] == ["Dossier (PDF)", "Dossier (PowerPoint)", "Dossier (HTML)"]
    assert page.multiselect(key="dossier_areas").value == ["stadtteil:4"]


def test_all_districts_in_one_run(open_page, tiny):
    page = open_page("profile", package=tiny)
    assert page.button(key="dossier_start").disabled
    page.button(key="dossier_all").click().run()
    assert page.button(key="dossier_start").label == "4 Dossiers erstellen"
    page.button(key="dossier_start").click().run()
    assert not page.exception
    until_ready(page)
    assert page.success[0].value == "4 Gebiete sind fertig."
    assert "Alle herunterladen (ZIP)" in labels(page)
    page.button(key="dossier_again").click().run()
    assert page.button(key="dossier_start")


def test_a_run_can_be_stopped(open_page, tiny):
    page = open_page("profile", package=tiny)
    page.button(key="dossier_all").click().run()
    page.button(key="dossier_start").click().run()
    if not page.success:  # it is quick
        run = page.session_state["dossier_run"]
        page.button(key="dossier_cancel").click().run()
        assert not page.exception
        assert "Abgebrochen" in page.info[0].value
        end = time.monotonic() + 30
        while run.state in {"waiting", "running"}:
            assert time.monotonic() < end
            time.sleep(0.05)
        assert run.state == "stopped"
        assert page.button(key="dossier_start")
