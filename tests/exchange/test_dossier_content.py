"""What is in a dossier: every part, for districts, boroughs and places nobody knows anything about."""

import pytest

from exchange.dossier.make import KEYS
from exchange.dossier.model import Bullets, Facts, Missing, Table
from geo.area import named_area
from tests.exchange.dossier_city import city, texts_of


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return city(tmp_path_factory.mktemp("city"))


def blocks(section, kind):
    return [block for block in section.blocks if isinstance(block, kind)]


def test_every_part_is_there_for_every_level(tiny):
    for level, number in (("district", 4), ("borough", 2), ("city", 0)):
        dossier = tiny.dossier(named_area(tiny.sources.load, level, number))
        assert [section.key for section in dossier.sections] == list(KEYS)
        assert all(section.blocks for section in dossier.sections)
        assert "⟦" not in texts_of(dossier), "a text is missing"


def test_a_figure_has_date_level_and_source(tiny):
    section = tiny.section(named_area(tiny.sources.load, "district", 1), "people")
    label, value, note = blocks(section, Facts)[0].rows[0]
    assert (label, value) == ("Bevölkerung", "400\u00a0Personen")
    assert note == "Stand 31.12.2024, Testquelle"


def test_a_value_of_the_borough_is_labelled_as_such(tiny):
    section = tiny.section(named_area(tiny.sources.load, "district", 2), "people")
    table = next(table for table in blocks(section, Table) if table.caption == "Soziale Lage")
    assert table.rows[0][:3] == ("Arbeitslose", "8,5\u00a0%", "7,0\u00a0%")
    assert "Wert des Stadtbezirks Unten" in table.notes[0, 1]


def test_what_is_not_known_is_said_with_the_page_to_add_it(tiny):
    area = named_area(tiny.sources.load, "district", 3)
    said = {block.page for key in KEYS for block in blocks(tiny.section(area, key), Missing)}
    assert {"inventory", "entry", "sources"} <= said


def test_a_district_without_any_known_actor_says_so(tmp_path):
    lone = city(tmp_path, organizations=[], organization_roles=[], service_areas=[], organizations_at_location=[], contacts=[],
                phones=[], network_members=[], locations=[], services=[], services_at_location=[], schedules=[])  # fmt: skip
    dossier = lone.dossier(named_area(lone.sources.load, "district", 3))
    text = texts_of(dossier)
    assert "Für Nordwest selbst ist kein Akteur bekannt. Das heißt nicht, dass es keinen gibt." in text
    assert "⟦" not in text


def test_gaps_come_with_their_reasons(tiny):
    section = tiny.section(named_area(tiny.sources.load, "district", 4), "gaps")
    titles = [block.title for block in blocks(section, Bullets)]
    assert "Grundschulen: Lücke" in titles


def test_english_says_the_same_parts(tmp_path):
    dossier = city(tmp_path, language="en").dossier(named_area(city(tmp_path).sources.load, "district", 1))
    assert [section.title for section in dossier.sections][:2] == ["At a glance", "Who does what?"]
    assert "⟦" not in texts_of(dossier)


def test_what_is_known_of_roles_stands_out_and_unknown_does_not(tiny):
    section = tiny.section(named_area(tiny.sources.load, "district", 1), "who")
    table = next(table for table in blocks(section, Table) if table.caption == "Akteure und Rollen")
    unknown = tiny.words.t("profile.cell.unknown")
    cells = {(at, column): text for at, row in enumerate(table.rows) for column, text in enumerate(row) if column}
    assert table.strong == {spot for spot, text in cells.items() if text != unknown}
    assert 0 < len(table.strong) < len(cells)
