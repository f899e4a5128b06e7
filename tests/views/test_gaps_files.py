"""What the gaps page hands out: every file opens, and the passport rebuilds the table byte for byte."""

from __future__ import annotations

import io
import json

import openpyxl
import pypdf
import pytest

from geo.gap_settings import GapSettings
from geo.passport import read_passport, rebuild
from geo.standards import OwnValue
from views import data, gaps_files
from views.texts import Texts

pytestmark = pytest.mark.slow


@pytest.fixture
def result(monkeypatch, root):
    monkeypatch.setenv("QK_DATA", str(root / "data"))
    data.current_settings.cache_clear()
    yield data.gap_result("library", GapSettings(own=OwnValue(1500, "m"), draws=20))
    data.current_settings.cache_clear()


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_workbook_says_how_it_was_made(result, language):
    t = Texts(language)
    book = openpyxl.load_workbook(io.BytesIO(gaps_files._xlsx(t, result)))
    assert len(book.sheetnames) == 2
    table, method = (list(book[name].values) for name in book.sheetnames)
    assert len(table) == 52
    assert all(heading and "⟦" not in heading for heading in table[0])
    assert any(
        t("gaps.standard.is_own", value="1.500" if language == "de" else "1,500", unit=t("gaps.own_unit.m")) == row[1]
        for row in method
    )


def test_the_passport_rebuilds_the_table_byte_for_byte(result):
    passport = read_passport(gaps_files._passport(result).decode(), name="p")
    assert rebuild(passport, data.gap_inputs()).encode() == gaps_files._csv(result)


@pytest.mark.parametrize("measure", ["verdict", "mean_nearest_m"])
def test_the_page_is_one_page_with_title_and_legend(result, measure):
    pages = pypdf.PdfReader(io.BytesIO(gaps_files._pdf(Texts("de"), result, measure))).pages
    assert len(pages) == 1
    text = pages[0].extract_text()
    assert "Bibliotheken" in text
    assert "1.500" in text


def test_geojson_has_every_district(result):
    features = json.loads(gaps_files._geojson(result))["features"]
    assert len(features) == 51
    assert {feature["properties"]["verdict"] for feature in features} >= {"gap", "covered"}


def test_the_picture_has_no_foreign_address(result):
    svg = gaps_files._svg(Texts("de"), result, "share_beyond").decode()
    assert ",0 km" not in svg
    assert svg.startswith("<svg")
    assert "href=" not in svg
