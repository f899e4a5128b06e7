"""Legend and credits of the map page: every shown layer is explained and credited, in the page's language."""

from __future__ import annotations

import base64
import html
import re

import pytest

pytestmark = pytest.mark.slow


def _legends(page) -> str:
    return html.unescape(" ".join(each.proto.body for each in page.get("html") if "qk-legend" in each.proto.body))


def _captions(page) -> str:
    return " ".join(each.value.replace("\\", "") for each in page.caption)


def test_every_layer_has_its_symbols_in_the_legend(open_page):
    legend = _legends(open_page("map", show="actors,offers,stops,population", kinds="library"))
    for title in ("Akteure mit Rolle im Quartier", "Angebote", "Haltestellen", "Bevölkerung je Hektar (Schätzung)"):
        assert f"<strong>{title}</strong>" in legend
    assert re.search(r"Stadtbahn[^<]*\(\d+\)", legend)


def test_outlined_symbols_are_outlines_in_the_legend_too(open_page):
    legend = _legends(open_page("map", show="offers", kinds="-"))
    picture = base64.b64decode(re.search(r"base64,([^\"]+)", legend)[1]).decode()
    assert 'fill="#ffffff" stroke="#' in picture


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("de", ("© OpenStreetMap-Mitwirkende", "bearbeitet", "Haltestellen: DB InfraGO", "öffentliche Seiten")),
        ("en", ("© OpenStreetMap contributors", "edited", "Stops: DB InfraGO", "public pages")),
    ],
)
def test_everything_shown_is_credited_in_the_language_of_the_page(open_page, lang, words):
    said = _captions(open_page("map", show="stops", lang=lang))
    for each in words:
        assert each in said
    if lang == "en":
        assert "Mitwirkende" not in said
        assert "bearbeitet" not in said


def test_inventories_are_listed_complete_ones_first(open_page):
    table = open_page("sources").dataframe[0].value
    states = list(table["Bestand"])
    assert states == sorted(states, key=["vollständig", "teilweise", "unbekannt"].index)
    names = [name.casefold() for name, state in zip(table["Art"], states, strict=True) if state == "vollständig"]
    assert names == sorted(names)
