"""The offline kit: all files for one area, readable, the same codes everywhere, from the command line too."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from itertools import pairwise

import pytest

from exchange.workshop.material import Occasion
from geo.errors import ParameterError
from geo.print_grid import grid_of_key
from geo.sources import open_package, read
from geo.storyline import Step, Storyline
from store import LOCAL, Ground, create, open_store, workshop
from tests.exchange.workshop.evenings import with_paper
from tests.exchange.workshop.room import material_of, pages, text_of
from tests.factories import write_package
from tests.store.workshop.sessions import opened_session
from workshop.area_words import area_named, area_of_session
from workshop.kit import KitChoice, folder_name, kit_parts, kit_zip, made, write_kit
from workshop.kit_page import area_storyline, kit_page
from workshop.stage.material import material_of as stage_material

pytestmark = pytest.mark.slow

GERMAN = [
    "LIESMICH.txt", "Karte-A4.pdf", "Karte-A3.pdf", "Karte-A0.pdf", "Kaertchen.pdf", "Protokoll-Formular.pdf",
    "Beitraege-abtippen.xlsx",
]  # fmt: skip


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    return material_of(tmp_path_factory.mktemp("room"))


@pytest.fixture(scope="module")
def files(material):
    return dict(made(kit_parts(material, KitChoice(pages=1), page=lambda: b"<!doctype html>")))


def test_a_kit_has_everything_to_print_and_the_page(files):
    assert list(files) == [*GERMAN, "Werkstatt-ohne-Internet.html"]
    assert all(files.values())
    assert files["Werkstatt-ohne-Internet.html"] == b"<!doctype html>"


def test_the_text_beside_it_names_every_file_and_the_grid(files, material):
    said = files["LIESMICH.txt"].decode("utf-8-sig")
    for name in files:
        if not name.startswith(("LIESMICH", "Karte")):
            assert name in said
    assert "Nordost" in said
    assert grid_of_key(re.search(r"Kennung ([\d-]+)", said).group(1)) == material.grid
    assert "\r\n" in said


def test_maps_of_all_sizes_have_the_same_codes(files, material):
    for name in ("Karte-A4.pdf", "Karte-A3.pdf", "Karte-A0.pdf"):
        said = pages(files[name])[0].extract_text().split()
        assert {"A1", material.grid.last} <= set(said) | {"".join(pair) for pair in pairwise(said)}


def test_without_the_page_nobody_speaks_of_it(material):
    parts = kit_parts(material, KitChoice(sheets=("A4",), pages=1))
    assert [part.name for part in parts] == ["LIESMICH.txt", "Karte-A4.pdf", *GERMAN[4:]]
    assert "Internet.html" not in parts[0].make().decode()


def test_a_kit_in_english_has_english_names(material):
    english = replace(material, words=replace(material.words, t=type(material.words.t)("en")))
    names = [part.name for part in kit_parts(english, KitChoice(sheets=("A0",)))]
    assert names == ["README.txt", "map-A0.pdf", "cards.pdf", "protocol-form.pdf", "notes-to-type.xlsx"]
    assert folder_name(english) == "workshop-district-4"


@pytest.mark.parametrize("choice", [KitChoice(sheets=("A5",)), KitChoice(pages=0), KitChoice(pages=999)])
def test_what_cannot_be_printed_is_refused_before_anything_is_made(material, choice):
    with pytest.raises(ParameterError):
        kit_parts(material, choice)


def test_a_kit_is_written_file_by_file_and_can_be_zipped(material, tmp_path):
    parts = kit_parts(material, KitChoice(sheets=("A4",), pages=1))
    writing = write_kit(parts, tmp_path / "mappe")
    assert next(writing).name == "LIESMICH.txt"
    assert [path.name for path in (tmp_path / "mappe").iterdir()] == ["LIESMICH.txt"]
    assert len(list(writing)) == len(parts) - 1
    content = list(made(parts))
    packed = kit_zip(content, "mappe")
    assert packed == kit_zip(content, "mappe")
    archive = zipfile.ZipFile(io.BytesIO(packed))
    assert archive.testzip() is None
    assert archive.namelist() == [f"mappe/{part.name}" for part in parts]


def test_the_name_of_the_folder_never_comes_from_outside(material):
    area = replace(material.area, id="../../x", name="<b>/..\\x")
    assert folder_name(replace(material, area=area)) == "werkstatt-district-x"


def test_areas_are_named_in_one_word(tmp_path):
    package = open_package(write_package(tmp_path))
    load = lambda name: read(package, name)  # noqa: E731 -- as the pages hand it in
    assert area_named(load, "stadtteil:4").name == "Nordost"
    assert area_named(load, " Stadtbezirk:2 ").level == "borough"
    assert area_named(load, "stadt").level == "city"
    assert area_named(load, "district:1").id == "1"
    for text in (
        "",
        "stadtteil",
        "stadtteil:x",
        "stadtteil:99",
        "land:1",
        "quartier:x",
        "stadtteil:" + "9" * 400,
        "stadtteil:²",
    ):
        with pytest.raises(ParameterError):
            area_named(load, text)
    assert area_of_session(load, "district", "77") is None


def test_own_quartiere_come_from_the_store(tmp_path):
    package = open_package(write_package(tmp_path / "city"))
    load = lambda name: read(package, name)  # noqa: E731
    store = open_store(f"sqlite:///{tmp_path}/store.sqlite", ground=Ground.of_package(package))
    made_one = create(store, LOCAL, "quarters", {"name": "Oben", "district_ids": "3;4", "kind": "existing"})
    area = area_named(load, f"quartier:{made_one.id}", store)
    assert (area.name, area.district_ids) == ("Oben", (3, 4))
    with pytest.raises(ParameterError, match="quartier:"):
        area_named(load, "quartier:unknown", store)
    store.close()


@pytest.fixture(scope="module")
def stage(material, tmp_path_factory):
    package = open_package(write_package(tmp_path_factory.mktemp("stage")))
    return stage_material(package, "de")


def test_the_page_of_a_kit_is_about_its_area_with_the_grid_of_the_paper(material, stage):
    asked = replace(
        material, occasion=Occasion(question="Was fehlt am Platz?", categories=("need", "idea"), date="2026-12-03")
    )
    html = kit_page(asked, stage).decode()
    assert html == kit_page(asked, stage).decode()
    assert material.grid.key in html
    assert "Was fehlt am Platz?" in html
    assert "kit-district-4-2026-12-03" in html
    assert "default-src &#39;none&#39;" in html


@pytest.mark.parametrize("level", ["borough", "city"])
def test_the_page_of_a_larger_area_shows_all_of_its_grid(tmp_path, level):
    material = material_of(tmp_path, level=level, number=2)
    view = area_storyline(material).steps[0].view
    assert (round(view.lat, 1), round(view.lon, 1)) == (52.4, 9.7)
    assert 9 <= view.zoom <= 17


def test_a_storyline_of_ones_own_is_what_the_page_presents(material, stage):
    story = Storyline("Eigene", "en", (Step("Ein Satz nur für heute."),))
    assert "Ein Satz nur für heute." in kit_page(material, stage, story).decode()
    assert "Ein Satz nur" not in kit_page(material, stage, Storyline("Leer", "de")).decode()


@pytest.fixture
def city(tmp_path, monkeypatch):
    """Return the folder of a package beside a store of its own."""
    monkeypatch.setenv("QK_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return write_package(tmp_path / "city")


def test_the_commands_write_kit_and_protocol_of_a_session(city, tmp_path, capsys, material):
    from workshop.__main__ import main

    package = open_package(city)
    store = open_store(ground=Ground.of_package(package))
    opened = opened_session(
        store, area_id="4", area_name="Nordost", title="Abend <b>", question="Was fehlt?", categories=["need"]
    )
    with_paper(store, material)
    store.close()
    out = tmp_path / "out"
    assert main(["--data", str(city), "kit", "--session", opened.code, "--out", str(out), "--sheet", "A4", "--pages", "1",
                 "--address", "https://karte.example/"]) == 0  # fmt: skip
    assert "Abend <b>" in text_of((out / "Karte-A4.pdf").read_bytes())
    assert len(pages((out / "Kaertchen.pdf").read_bytes())) == 1
    assert (out / "Werkstatt-ohne-Internet.html").stat().st_size > 100_000
    evening = next(each for each in _sessions(package) if each.title == "Abend im Nordosten")
    assert main(["--data", str(city), "protocol", evening.code, "--out", str(out)]) == 0
    made_files = sorted(path.suffix for path in out.glob("protokoll-*"))
    assert made_files == [".csv", ".docx", ".geojson", ".html", ".pdf"]
    assert "Laternen beantragen" in text_of(next(out.glob("protokoll-*.pdf")).read_bytes())
    assert main(["--data", str(city), "protocol", "ABCD-2345", "--out", str(out)]) == 2
    assert "Abend im Nordosten" in capsys.readouterr().err
    assert main(["--data", str(city), "kit", "--out", str(out)]) == 2
    (tmp_path / "story.json").write_text("{}")
    story = ["--story", str(tmp_path / "story.json")]
    assert main(["--data", str(city), "kit", "--area", "stadtteil:4", "--out", str(out), *story]) == 2


def _sessions(package):
    store = open_store(ground=Ground.of_package(package))
    found = workshop.sessions(store, LOCAL)
    store.close()
    return found
