"""The stage in a real browser: from the file system without a network, by keys alone, with hostile texts, without barriers."""

from __future__ import annotations

import csv
import io
import json

import pytest

from geo.area import named_area
from geo.print_grid import print_grid
from geo.sources import open_package
from geo.storyline import GapFill, IndicatorFill, Step, Storyline, View, one_line
from scripts.chromium import wait_until
from tests.e2e.hostile import HOSTILE
from workshop.stage.material import material_of
from workshop.stage.page import Extras, stage_page

DISTRICT, OTHER = 21, 12
KINDS = ("library", "neighbourhood_meeting", "family_centre")
STEPS = (
    Step("Das ist Hannover."),
    Step("Menschen und Treffpunkte.", kinds=KINDS, fill=IndicatorFill("population"), view=View(52.37, 9.74, 11.5)),
    Step("Zwei Stadtteile.", kinds=KINDS, fill=IndicatorFill("population"), district=DISTRICT, second=OTHER),
    Step("Wege zur Schule.", fill=GapFill("primary_school", "mean_nearest_m"), show=("stops",), district=DISTRICT),
)
# Everything that has to be read from eight metres, and what its letters measure in pixels.
READ_FROM_AFAR = (
    "#sentence, #unknown, #sources, #legends li, #legends h2, #facts td, #one dd, .leaflet-control-scale-line"
)


@pytest.fixture(scope="module")
def materials(root):
    package = open_package(root / "data")
    return {language: material_of(package, language) for language in ("de", "en")}


@pytest.fixture(scope="module")
def files(materials, tmp_path_factory):
    """The address of the same stage in both languages."""
    folder = tmp_path_factory.mktemp("stage")
    found = {}
    for language, material in materials.items():
        grid = print_grid(named_area(material.load, "district", DISTRICT).geometry)
        path = folder / f"{language}.html"
        path.write_text(stage_page(material, Storyline("Probe", language, STEPS), Extras(grid=grid)).html, "utf-8")
        found[language] = path.as_uri()
    return found


@pytest.fixture
def stage(page_factory, files):
    """Hand over `stage(language="de", **window)`: the open stage, its browser without a network."""

    def opened(language="de", address="", width=1280, height=720, **window):
        page = page_factory(width, height, reduced_motion="reduce", accept_downloads=True, **window).page
        page.context.set_offline(offline=True)
        page.goto(address or files[language])
        page.wait_for_selector("body[data-ready]")
        return page

    return opened


def at_step(page, number):
    page.wait_for_selector(f"body[data-step='{number}']")


def wait_for_layers(page, *keys, name="map_a"):
    """Wait until exactly these layers are on a map."""
    want = json.dumps(sorted(keys))
    layers = f"Object.keys(JSON.parse(document.getElementById({name!r}).dataset.layers || '{{}}')).sort()"
    wait_until(page, f"JSON.stringify({layers}) === JSON.stringify({want})")


def test_keys_and_presenter_play_the_steps(stage):
    page = stage()
    assert page.get_attribute("#map_a", "data-districts") == "51"
    ways = [
        ("ArrowRight", 2), ("PageDown", 3), ("Space", 4), ("PageDown", 4), ("ArrowLeft", 3), ("PageUp", 2), ("End", 4),
        ("Home", 1), ("ArrowLeft", 1), ("ArrowDown", 2), ("ArrowUp", 1),
    ]  # fmt: skip
    for key, number in ways:
        page.keyboard.press(key)
        at_step(page, number)
        assert page.text_content("#sentence") == STEPS[number - 1].sentence
    page.reload()
    page.wait_for_selector("body[data-ready]")
    page.keyboard.press("End")
    page.reload()
    at_step(page, 4)


def test_each_step_shows_its_layers_legend_sources_and_what_is_not_known(stage):
    page = stage()
    page.keyboard.press("ArrowRight")
    at_step(page, 2)
    wait_for_layers(page, "choropleth", "places")
    assert json.loads(page.get_attribute("#map_a", "data-layers"))["choropleth"] == 51
    assert page.locator("#legends li:visible").count() >= 5
    assert "OpenStreetMap" in page.text_content("#sources")
    assert page.text_content("#unknown span").strip()
    assert page.locator("#map_b:visible").count() == 0
    page.keyboard.press("ArrowRight")
    at_step(page, 3)
    for name in ("map_a", "map_b"):
        wait_for_layers(page, "choropleth", "places", "highlight", name=name)
    assert page.locator("figcaption:visible").count() == 2
    zooms = page.evaluate("[Stage.maps.a.getZoom(), Stage.maps.b.getZoom()]")
    assert zooms[0] == zooms[1]
    assert page.locator("#facts tbody tr").count() == 3
    page.keyboard.press("ArrowRight")
    at_step(page, 4)
    wait_for_layers(page, "choropleth", "stops", "highlight")
    assert page.locator("#map_b:visible").count() == 0


def test_letters_are_large_enough_for_eight_metres(stage):
    page = stage()
    for number in range(1, len(STEPS) + 1):
        at_step(page, number)
        small = page.evaluate(
            "selector => [...document.querySelectorAll(selector)].filter(node => node.textContent.trim() && "
            "parseFloat(getComputedStyle(node).fontSize) < 0.025 * innerWidth - 0.01).map(node => node.outerHTML)",
            READ_FROM_AFAR,
        )
        assert small == []
        hidden = page.evaluate(
            "() => ['sentence', 'unknown', 'sources'].filter(id => { const box = document.getElementById(id)"
            ".getBoundingClientRect(); return box.bottom > innerHeight + 1 || box.right > innerWidth + 1; })"
        )
        assert hidden == []
        page.keyboard.press("ArrowRight")


def test_quiet_dark_help_and_list_by_keyboard(stage):
    page = stage()
    page.keyboard.press("End")
    at_step(page, 4)
    page.keyboard.press("q")
    assert page.locator("#tools:visible, .leaflet-control-zoom:visible, #counter:visible").count() == 0
    assert page.locator("#legends:visible, #sources:visible, #unknown:visible").count() == 3
    page.keyboard.press("q")
    page.keyboard.press("b")
    assert page.locator("#dark").is_visible()
    page.keyboard.press("ArrowLeft")
    at_step(page, 3)
    assert not page.locator("#dark").is_visible()
    page.keyboard.press("l")
    rows = page.locator("#rows table").last.locator("tbody tr")
    assert rows.count() >= 1
    assert page.locator("#rows caption").count() == 4  # two districts, areas, places
    page.keyboard.press("ArrowLeft")  # the list is read, not left
    page.keyboard.press("Escape")
    at_step(page, 3)
    page.keyboard.press("?")
    assert "PageDown" in page.text_content("#keys")


def note(page, text, *, kind=0, code="", sticker=""):
    page.locator("#note_kind input").nth(kind).check()
    page.fill("#note_text", text)
    page.fill("#note_grid", code)
    page.fill("#note_sticker", sticker)
    page.click("#note_save")


def test_notes_are_entered_kept_and_exported(stage, materials):
    page = stage()
    page.keyboard.press("n")
    note(page, "Eine Bank", code=" c 4 ", sticker="17")
    note(page, '=1+1; "Semikolon"', kind=1)
    page.fill("#note_grid", "ZZ99")
    assert page.get_attribute("#note_grid", "aria-invalid") == "true"
    note(page, "nirgends", code="ZZ99")
    assert page.evaluate("Stage.notes.size") == 2
    page.fill("#note_text", "")
    page.fill("#note_grid", "")
    page.click("#note_place")
    page.mouse.click(300, 400)
    page.fill("#note_text", "Hier")
    page.click("#note_save")
    with page.expect_download() as loading:
        page.click("#save_json")
    found = json.loads(loading.value.path().read_text("utf-8"))
    grid = print_grid(named_area(materials["de"].load, "district", DISTRICT).geometry)
    assert (found["format"], found["version"], found["grid"]) == ("quartierskarte-notes", 1, grid.key)
    bank, formula, here = found["notes"]
    assert (bank["text"], bank["category"], bank["grid_code"], bank["sticker"]) == ("Eine Bank", "need", "C4", "17")
    assert (formula["lon"], formula["grid_code"], formula["category"]) == (None, None, "idea")
    assert abs(here["lat"] - 52.4) < 0.2
    with page.expect_download() as loading:
        page.click("#save_csv")
    rows = list(csv.DictReader(io.StringIO(loading.value.path().read_text("utf-8-sig")), delimiter=";"))
    assert [row["text"] for row in rows] == ["Eine Bank", '\'=1+1; "Semikolon"', "Hier"]
    assert rows[0]["id"] == bank["id"]
    page.reload()
    page.wait_for_selector("body[data-ready][data-notes='3']")
    page.wait_for_selector("#map_a[data-notes='2']", state="attached")


def test_a_browser_that_keeps_nothing_says_so(stage):
    page = stage()
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    page.keyboard.press("n")
    note(page, "Eine Bank")
    assert page.locator(".notes_lost").count() == 1
    assert page.evaluate("Stage.notes.size") == 1


def test_hostile_texts_stay_texts_everywhere(stage, materials, tmp_path):
    texts = [one_line(text[:300]) for text in HOSTILE.values()]
    material = materials["de"]
    steps = tuple(Step(text, kinds=KINDS, district=DISTRICT) for text in texts)
    path = tmp_path / "hostile.html"
    path.write_text(stage_page(material, Storyline(texts[0][:120], "de", steps)).html, "utf-8")
    page = stage(address=path.as_uri())
    for number, text in enumerate(texts, start=1):
        at_step(page, number)
        assert page.text_content("#sentence") == text
        assert page.locator("#sentence *").count() == 0
        page.keyboard.press("ArrowRight")
    rows = [
        {"id": str(at), "category": ("need", "idea")[at % 2], "text": text, "lon": 9.73, "lat": 52.37 + at / 1000,
         "grid_code": text, "sticker": text, "created_at": text}
        for at, text in enumerate(HOSTILE.values())
    ]  # fmt: skip
    file = {"format": "quartierskarte-notes", "version": 1, "notes": [*rows, {"id": 1}, None, "x"]}
    page.keyboard.press("n")
    page.set_input_files("#open_json", {
        "name": "n.json", "mimeType": "application/json", "buffer": json.dumps(file).encode("utf-8", "surrogatepass"),
    })  # fmt: skip
    page.wait_for_selector(f"#map_a[data-notes='{len(rows)}']", state="attached")
    shown = page.locator("#note_list .qk-title").all_text_contents()
    assert sorted(shown) == sorted(text[:500] for text in HOSTILE.values())
    assert page.locator("#note_list .qk-card :not(p)").count() == 0
    page.keyboard.press("Escape")
    page.wait_for_selector(f"body[data-notes='{len(rows)}']")
    assert page.locator("#feed .latest p").count() == len(rows)
    assert page.locator("#feed .latest p *").count() == 0
    page.keyboard.press("l")
    page.keyboard.press("Escape")
    assert page.evaluate("window.hacked") is None
    assert page.locator("#map_a canvas").count() >= 1  # nothing went blank


@pytest.mark.parametrize(("language", "width"), [("de", 1280), ("en", 390)])
def test_no_barriers(stage, check_axe, language, width):
    page = stage(language, width=width, height=720 if width == 1280 else 844)
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    at_step(page, 3)
    check_axe(page)
    for key in ("n", "l", "?"):
        page.keyboard.press(key)
        page.wait_for_selector("dialog[open]")
        check_axe(page)
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog[open]", state="detached")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
