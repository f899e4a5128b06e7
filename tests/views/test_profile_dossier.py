"""Dossiers on the profile page: three formats of one area, and a run over several with progress, stop and ZIP."""

import io
import time
import zipfile

import pytest

from store import LOCAL, create
from tests.factories import base_tables, write_package
from tests.views.store_steps import beside

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


def test_a_run_has_what_people_added_and_own_quartiere(open_page, store_folder, tiny):
    with beside(store_folder, tiny) as store:
        quarter = create(store, LOCAL, "quarters", {"name": "Süden <b>", "district_ids": "1;2"})
        values = {"area_level": "quartier", "area_id": quarter.id, "title": "Ruhige Plätze {{7*7}}"}
        create(store, LOCAL, "needs", values)
        topic = store.ground.frame("topics")["topic"].iloc[0]
        create(store, LOCAL, "goals", values | {"title": "Ein Treff", "topic": topic})
    page = open_page("profile", package=tiny, area=f"quartier:{quarter.id}")
    assert not page.exception
    page.button_group(key="dossier_kinds").set_value(["html"]).run()
    page.button(key="dossier_start").click().run()
    run = page.session_state["dossier_run"]
    until_ready(page)
    (name,) = zipfile.ZipFile(io.BytesIO(run.result())).namelist()
    text = zipfile.ZipFile(io.BytesIO(run.result())).read(name).decode()
    assert "-quarter-" in name
    assert "Süden &lt;b&gt;" in text
    assert "Ruhige Plätze {{7*7}} (offen)" in text
    assert "Ein Treff" in text
