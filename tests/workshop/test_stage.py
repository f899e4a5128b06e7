"""The stage without a browser: scenes, the page, what is embedded, the shelf and its address, the command line."""

import asyncio
import base64
import gzip
import hashlib
import html
import json
import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from geo.area import named_area
from geo.errors import DataFileError, ParameterError
from geo.print_grid import print_grid
from geo.sources import open_package
from geo.storyline import Filters, GapFill, IndicatorFill, Step, Storyline, View, storyline_text
from tests.e2e.hostile import HOSTILE
from tests.factories import base_tables, write_package
from workshop.__main__ import main
from workshop.stage.material import material_of
from workshop.stage.page import Extras, stage_page
from workshop.stage.plain_story import plain_storyline
from workshop.stage.routes import stage_app
from workshop.stage.scene import scene
from workshop.stage.shelf import STAGES, Shelf

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_package(tmp_path_factory.mktemp("tiny"), base_tables())


@pytest.fixture(scope="module")
def material(folder):
    return material_of(open_package(folder), "de")


def spec_of(page):
    return json.loads(re.search(r'id="qk-spec">(.*?)</script>', page.html, re.DOTALL)[1])


def test_a_step_says_what_is_not_known(material):
    found = scene(material, Step("x", kinds=("library",), fill=IndicatorFill("population"), district=1, second=2))
    assert [layer.key for layer in found.layers] == ["choropleth", "places"]
    assert len(found.chosen) == 2
    assert found.spec["sentence"] == "x"
    assert [each["name"] for each in found.spec["districts"]] == [
        material.district_names[1],
        material.district_names[2],
    ]
    assert [len(each["facts"]) for each in found.spec["districts"]] == [2, 2]
    assert found.spec["unknown"]
    assert any("OpenStreetMap" in text for text in found.spec["sources"])


def test_none_is_said_only_where_the_inventory_is_complete(material):
    states = {row["kind"]: row for row in material.facts(1).kinds.to_dict("records")}
    for kind, row in states.items():
        (district,) = scene(material, Step("x", kinds=(kind,), district=1)).spec["districts"]
        value = district["facts"][-1][1]
        if row["inventory_state"] == "complete":
            assert value == str(row["known"])
        else:
            assert value == (f"mind. {row['known']}" if row["known"] else "unbekannt")


def test_a_gap_step_has_the_measure_of_every_district(material):
    found = scene(material, Step("x", fill=GapFill("library", "mean_nearest_m"), district=1))
    assert found.spec["legends"][0]["title"].startswith(material.words.kind("library"))
    assert found.spec["districts"][0]["facts"][-1][1]


@pytest.mark.parametrize("show", ["actors", "offers", "stops", "population"])
def test_every_further_layer_can_be_shown(material, show):
    found = scene(material, Step("x", show=(show,)))
    assert [layer.key for layer in found.layers] == [show]
    assert found.spec["legends"]


def test_filters_of_a_step_leave_places_out(material):
    every = scene(material, Step("x", kinds=tuple(material.known.kinds))).layers[0].count
    none = scene(material, Step("x", kinds=tuple(material.known.kinds), filters=Filters(operators=("nobody",))))
    assert every > 0
    assert none.layers[0].count == 0


def test_what_the_package_does_not_have_is_an_error(material):
    for step in (Step("y", district=99), Step("y", kinds=("castle",)), Step("y", fill=IndicatorFill("income"))):
        with pytest.raises(DataFileError, match="unknown value"):
            stage_page(material, Storyline("x", "de", (step,)))
    with pytest.raises(ParameterError):
        stage_page(material, Storyline("x"))
    with pytest.raises(ParameterError):
        stage_page(
            material, Storyline("x", "de", (Step("y", fill=GapFill("library", "verdict", {"standard_id": "?"})),))
        )


def test_the_page_embeds_everything_and_calls_nobody(material):
    storyline = Storyline("Titel", "de", (Step("eins", kinds=("library",), view=View(52.37, 9.73, 12)),))
    page = stage_page(material, storyline, Extras(grid=print_grid(named_area(material.load, "district", 1).geometry)))
    assert len(page.html.encode()) < MEGABYTE
    assert "⟦" not in page.html
    assert not re.search(r"(?:src|href)=", re.sub(r"<script.*?</script>", "", page.html, flags=re.DOTALL))
    assert not re.search(r"url\((?!data:|#)", re.search(r"<style>(.*?)</style>", page.html, re.DOTALL)[1])
    script = re.findall(r"<script>(.*?)</script>", page.html, re.DOTALL)
    assert len(script) == 1
    digest = base64.b64encode(hashlib.sha256(script[0].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in page.policy
    assert "connect-src 'none'" in page.policy
    assert html.unescape(re.search(r'Policy" content="([^"]*)"', page.html)[1]) == page.policy
    assert page.html == stage_page(material, storyline, Extras(grid=print_grid(
        named_area(material.load, "district", 1).geometry))).html  # fmt: skip


def test_only_the_live_stage_may_ask_its_own_server(material):
    page = stage_page(material, Storyline("x", "de", (Step("y"),)), Extras(live=True))
    assert "connect-src 'self'" in page.policy
    assert spec_of(page)["live"] is True


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_texts_come_out_of_the_page_as_they_went_in(material, name):
    text = HOSTILE[name][:300]
    page = stage_page(material, Storyline(text[:120], "en", (Step(text),)))
    spec = spec_of(page)
    assert spec["steps"][0]["sentence"] == text
    assert spec["title"] == text[:120]
    assert page.html.count("</script>") == 3
    title = re.search(r"<title>(.*?)</title>", page.html, re.DOTALL)[1]
    assert "<" not in title
    assert html.unescape(title) == text[:120].replace("\x00", "\ufffd")


@pytest.mark.parametrize("language", ["de", "en"])
def test_grid_codes_lie_where_the_paper_has_them(folder, language):
    material = material_of(open_package(folder), language)
    grid = print_grid(named_area(material.load, "district", 1).geometry)
    spec = spec_of(stage_page(material, Storyline("x", language, (Step("y"),)), Extras(grid=grid)))["grid"]
    assert spec["key"] == grid.key
    assert len(spec["cells"]) == grid.columns * grid.rows
    assert spec["cells"][0][0] == "A1"
    assert spec["cells"][-1][0] == grid.last == spec["last"]
    assert len(spec["lines"]) == grid.columns + grid.rows + 2
    assert spec["cells"][1][1] > spec["cells"][0][1]  # B1 lies east of A1
    assert spec["cells"][grid.columns][2] < spec["cells"][0][2]  # A2 lies south of it


@pytest.mark.parametrize(("level", "number"), [("district", 1), ("borough", 1), ("city", 0)])
def test_a_plain_storyline_for_every_area(material, level, number):
    area = named_area(material.load, level, number)
    story = plain_storyline(material, area, question="Was  fehlt\nhier?")
    assert story.title == area.name
    assert story.steps[-1].sentence == "Was fehlt hier?"
    assert stage_page(material, story).html


def test_the_area_of_the_evening_is_outlined_where_no_district_is(material):
    story = Storyline("x", "de", (Step("y"), Step("z", kinds=("library",))))
    for level, outlined in (("district", False), ("borough", True), ("city", False)):
        page = stage_page(material, story, Extras(area=named_area(material.load, level, 1)))
        layers = [len(step["layers"]) for step in spec_of(page)["steps"]]
        assert layers == ([1, 2] if outlined else [0, 1])
    own = replace(named_area(material.load, "borough", 1), level="quarter", name="</script>{{7*7}}")
    assert stage_page(material, story, Extras(area=own)).html.count("</script>") == 3


def test_a_stage_stays_at_its_address(tmp_path):
    shelf = Shelf(tmp_path)
    name = shelf.put("<b>ä</b>")
    assert shelf.put("<b>ä</b>") == name
    assert gzip.decompress(Shelf(tmp_path).get(name)).decode() == "<b>ä</b>"
    for strange in ("", "..", "a" * 32, "../../" + "a" * 26, name.upper()):
        assert strange == name or shelf.get(strange) is None


def test_the_shelf_forgets_the_oldest(tmp_path):
    shelf = Shelf(tmp_path, ("stage", ".html.gz", 3))
    names = []
    for number in range(4):
        names.append(shelf.put(str(number)))
        when = time.time() - 100 + number
        os.utime(tmp_path / "stage" / f"{names[-1]}.html.gz", (when, when))
    shelf.put("new")
    assert [shelf.get(name) is not None for name in names] == [False, False, True, True]


def ask(app, path, **headers):
    """Return status, headers and body of a GET request, without a server."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        "http_version": "1.1", "scheme": "http", "server": ("localhost", 80), "client": ("localhost", 1),
    }  # fmt: skip
    with ThreadPoolExecutor(1) as pool:  # a browser test before it may have left a loop running in this thread
        pool.submit(asyncio.run, app(scope, receive, send)).result()
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:])


def test_the_server_sends_the_stages_own_policy(tmp_path, material):
    page = stage_page(material, Storyline("x", "de", (Step("y"),)), Extras(live=True))
    name = Shelf(tmp_path, STAGES).put(page.html)
    app = stage_app(Shelf(tmp_path))
    status, headers, body = ask(app, f"/w/stage/{name}")
    assert (status, body.decode()) == (200, page.html)
    assert headers["content-security-policy"] == f"{page.policy}; frame-ancestors 'self'"
    assert headers["x-content-type-options"] == "nosniff"
    assert "content-encoding" not in headers
    _, headers, packed = ask(app, f"/w/stage/{name}", accept_encoding="br, gzip")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == body
    assert ask(app, "/w/stage/" + "0" * 32)[0] == 404
    assert ask(app, "/w/stage/../../etc")[0] == 404


def test_command_line(folder, tmp_path, capsys):
    good, bad, out = tmp_path / "s.json", tmp_path / "bad.json", tmp_path / "o.html"
    good.write_text(storyline_text(Storyline("x", "en", (Step("y", kinds=("library",)),))), encoding="utf-8")
    bad.write_text('{"format": "quartierskarte-storyline", "version": 1, "steps": [{"kinds": 3}]}', encoding="utf-8")
    assert main(["--data", str(folder), "story", str(good), "--check"]) == 0
    assert main(["--data", str(folder), "story", str(bad), "--check"]) == 1
    said = capsys.readouterr().out
    assert "steps/1/sentence" in said
    assert "steps/1/kinds" in said
    assert "title" in said
    assert main(["--data", str(folder), "story", str(good), "--html", str(out), "--grid", "1"]) == 0
    assert '<html lang="en">' in out.read_text(encoding="utf-8")
    assert main(["--data", str(folder), "story", str(good), "--html", str(out), "--grid", "77"]) == 2
    assert main(["--data", str(folder), "story", str(tmp_path / "none.json"), "--check"]) == 2
