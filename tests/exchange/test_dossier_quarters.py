"""Dossiers of own Quartiere: the method stands beside the figures, and too few people means no figures, in every part."""

import json

import pytest

from exchange.dossier.make import KEYS
from geo.inventory import Inventory
from geo.quarter import quarter_of
from tests.exchange.dossier_city import city, texts_of
from tests.factories import base_tables, square

JOINED = {"id": "q1", "name": "Unten", "district_ids": "1;2", "polygon": None}
DRAWN = {"id": "q2", "name": "Südwest", "district_ids": None, "polygon": json.dumps(square(0, 0))}
SMALL = {"id": "q3", "name": "Neuland", "district_ids": None, "polygon": json.dumps(square(1, 1))}


@pytest.fixture(scope="module")
def maker(tmp_path_factory):
    return city(tmp_path_factory.mktemp("city"))


def section(maker, row, key):
    area = quarter_of(maker.sources.load, maker.sources.inputs.cells, row)
    return texts_of(maker.section(area, key))


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("row", [JOINED, DRAWN, SMALL], ids=lambda row: row["name"])
def test_every_part_is_written(maker, row, key):
    said = section(maker, row, key)
    assert said.strip()
    assert "⟦" not in said


def test_the_method_is_named_for_joined_and_for_drawn_areas(maker):
    assert "aus ganzen Stadtteilen" in section(maker, JOINED, "people")
    assert "100 × 100 m" in section(maker, DRAWN, "people")
    assert "je Stadtteil bekannt" in section(maker, DRAWN, "who")
    assert "je Stadtteil bekannt" not in section(maker, JOINED, "who")


def test_of_too_few_people_nothing_is_counted_and_nothing_is_zero(maker):
    people, gaps, overview = (section(maker, SMALL, key) for key in ("people", "gaps", "overview"))
    assert "Zum Schutz der Einzelnen" in people
    assert "Zum Schutz der Einzelnen" in gaps
    assert "0 Personen" not in people + overview
    assert "100 Personen" not in people + overview


def test_a_place_without_a_position_may_be_inside_a_drawn_area_and_says_so(tmp_path):
    tables = base_tables()
    for row in tables["locations"]:
        row |= {"lon": "", "lat": "", "coordinate_quality": "district", "district_source": "stated"}
    for row in tables["locations"]:
        row["district_id"] = 1
    maker = city(tmp_path, locations=tables["locations"])
    own = maker.profile(quarter_of(maker.sources.load, maker.sources.inputs.cells, DRAWN))
    library = next(kind for kind in own.kinds if kind.kind == "library")
    assert (library.known, library.inventory.state) == (0, Inventory.PARTIAL)
    assert own.unplaced == len(tables["locations"])
    assert "ohne bekannte Lage" in section(maker, DRAWN, "places")
    joined = maker.profile(quarter_of(maker.sources.load, maker.sources.inputs.cells, JOINED))
    assert (len(joined.places), joined.unplaced) == (len(tables["locations"]), 0)
