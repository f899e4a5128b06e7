"""Hostile texts come out as the same text, wherever a map can show text (house rule 8)."""

from pathlib import Path

import pytest

from scripts.serve import lay_out, serve
from tests.e2e.hostile import HOSTILE
from tests.e2e.mapframe import map_frame, point_of

PAGE = (Path(__file__).parent / "pages" / "hostile_map.py").read_text(encoding="utf-8")
TEXTS = list(HOSTILE.values())
COUNT = len(TEXTS)
NAMES = list(HOSTILE)

# Lines of a popup or tooltip as [label, value] pairs, its title and subtitle; textContent, not what is visible.
_READ = """selector => {
    const card = document.querySelector(selector + " .qk-card");
    const text = node => node && node.textContent;
    return {
        title: text(card.querySelector(".qk-title")),
        subtitle: text(card.querySelector(".qk-subtitle")),
        labels: [...card.querySelectorAll("dt")].map(text),
        values: [...card.querySelectorAll("dd")].map(text),
        tags: [...new Set([...card.querySelectorAll("*")].map(node => node.localName))].sort(),
        links: [...card.querySelectorAll("a")].map(node => [node.protocol, node.rel]),
    };
}"""


@pytest.fixture(scope="module")
def hostile(browser, tmp_path_factory):
    """One page for all texts: `(page, frame, complaints)`."""
    complaints = []
    with serve(lay_out(PAGE, tmp_path_factory.mktemp("hostile"))) as url:
        context = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="de-DE", reduced_motion="reduce")
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda line: line.type == "error" and complaints.append(line.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: _note_request(request.url, url, complaints))
        page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
        page.goto(url)
        page.wait_for_selector(".item >> nth=-1")
        drawn = {"places": COUNT, "offers": COUNT, "actors": COUNT, "stops": COUNT, "choropleth": COUNT}
        frame = map_frame(page, **drawn, highlight=1, population=2, quarters=COUNT)
        frame.evaluate("() => { window.wholeCity = [map.getCenter(), map.getZoom()]; }")
        yield page, frame, complaints
        context.close()


def _note_request(address, url, complaints):
    if not address.startswith((url, url.replace("http", "ws"), "data:", "blob:")):
        complaints.append(address)


def things(frame, layer):
    """Return for each row of `layer` where its marker is, in degrees."""
    return frame.evaluate(
        """key => {
            const found = [];
            map.qk.live.get(key).layer.eachLayer(marker => {
                const at = marker.getLatLng();
                found[marker.row] = [at.lat, at.lng];
            });
            return found;
        }""",
        layer,
    )


def rest(page, frame):
    """Close what is open and show the whole city again, at once."""
    page.mouse.move(2, 2)
    frame.evaluate("() => { map.closePopup(); map.stop(); map.setView(...wholeCity, { animate: false }); }")
    frame.wait_for_function(
        "() => !map._animatingZoom && !(map._panAnim && map._panAnim._inProgress)"
        " && !document.querySelector('.qk-popup, .qk-tip')"
    )


def read_tip(frame, title):
    """Wait for the tooltip with this title and read it."""
    frame.wait_for_function("want => document.querySelector('.qk-tip .qk-title')?.textContent === want", arg=title)
    return frame.evaluate(_READ, ".qk-tip")


@pytest.mark.parametrize("layer", ["places", "offers", "actors", "stops"])
def test_popup_and_tooltip_of_every_thing(hostile, layer):
    page, frame, _ = hostile
    for text, (lat, lon) in zip(TEXTS, things(frame, layer), strict=True):
        rest(page, frame)
        page.mouse.move(*point_of(page, frame, lat, lon))
        tip = read_tip(frame, text)
        assert (tip["labels"], tip["tags"]) == ([], ["p"])
        page.mouse.click(*point_of(page, frame, lat, lon))
        frame.wait_for_selector(".qk-popup .qk-card")
        card = frame.evaluate(_READ, ".qk-popup")
        assert card["title"] == text
        assert layer in {"actors", "stops"} or card["subtitle"].startswith(text)
        assert card["labels"] == [*TEXTS[1:3], "Netz", "x"]
        assert card["values"] == [text] * 4
        assert set(card["tags"]) <= {"p", "dl", "dt", "dd", "a"}
        assert card["links"] == []  # none of the texts is an address of the web


def test_names_of_own_quarters(hostile):
    _, frame, _ = hostile
    names = frame.eval_on_selector_all(".qk-quarter-name", "nodes => nodes.map(node => node.textContent)")
    assert sorted(names) == sorted(TEXTS)
    assert frame.locator(".qk-quarter-name *").count() == 0


def test_names_of_areas_and_lines_of_their_tooltips(hostile):
    page, frame, _ = hostile
    labels = frame.eval_on_selector_all(".qk-label", "nodes => nodes.map(node => node.textContent)")
    assert sorted(labels) == sorted(TEXTS)
    assert frame.locator(".qk-label *").count() == 0
    for i, text in enumerate(TEXTS):
        rest(page, frame)
        lat, lon = frame.evaluate(
            "i => { const at = map.qk.live.get('choropleth').layer.getLayers()[i].getBounds().getCenter(); "
            "return [at.lat, at.lng]; }", i
        )  # fmt: skip
        page.mouse.move(*point_of(page, frame, lat, lon))
        tip = read_tip(frame, text)
        assert (tip["labels"], tip["values"]) == (TEXTS[1:3], [text, text])


def test_credits(hostile):
    _, frame, _ = hostile
    shown = frame.locator(".qk-credits").text_content()
    for text in TEXTS[:-1]:
        assert text in shown
    links = frame.eval_on_selector_all(".qk-credits a", "nodes => nodes.map(node => [node.href, node.rel])")
    assert links == [["https://example.org/", "noopener noreferrer"]]


def test_names_for_screen_readers_and_buttons(hostile):
    _, frame, _ = hostile
    assert frame.locator("#map_div").get_attribute("aria-label") == TEXTS[0]
    assert frame.locator(".leaflet-control-zoom-in").get_attribute("aria-label") == TEXTS[0]
    assert frame.locator(".leaflet-control-zoom-out").get_attribute("title") == TEXTS[1]
    assert frame.locator(".qk-whole-city").get_attribute("aria-label") == TEXTS[2]
    named = frame.eval_on_selector_all(".qk-symbol", "nodes => nodes.map(node => node.getAttribute('aria-label'))")
    for text in TEXTS:
        assert any(name.startswith(text + ", ") for name in named)


def test_letters_of_symbols(hostile):
    _, frame, _ = hostile
    letters = frame.eval_on_selector_all(".qk-symbol", "nodes => nodes.map(node => node.textContent)")
    assert {text[:2] for text in TEXTS} <= set(letters)
    assert frame.locator(".qk-symbol *").count() == 0


@pytest.mark.parametrize("name", [name for name in NAMES if name != "null"])
def test_legend(hostile, name):
    page, _, _ = hostile
    item = page.locator(".item").nth(NAMES.index(name))
    assert item.locator("span").evaluate("node => node.textContent") == HOSTILE[name]
    assert item.locator("span *").count() == 0


def test_legend_shows_nul_as_replacement_sign(hostile):
    page, _, _ = hostile
    item = page.locator(".item").nth(NAMES.index("null"))
    assert item.locator("span").evaluate("node => node.textContent") == "vor\ufffdnach"


def test_no_script_ran_nothing_complained_nobody_was_called(hostile):
    page, frame, complaints = hostile
    page.wait_for_timeout(300)
    assert [each.evaluate("window.hacked") for each in page.frames] == [None] * len(page.frames)
    assert frame.evaluate("typeof hacked") == "undefined"
    assert complaints == []
