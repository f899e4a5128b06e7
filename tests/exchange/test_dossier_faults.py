"""Broken or odd data: a sensible dossier in every format."""

import pytest

from exchange.dossier.files import FORMATS, written
from geo.area import named_area
from tests.e2e.hostile import HOSTILE
from tests.exchange.dossier_city import city, texts_of
from tests.factories import base_tables


def assert_every_format(maker, number):
    dossier = maker.dossier(named_area(maker.sources.load, "district", number))
    assert "⟦" not in texts_of(dossier)
    for kind in FORMATS:
        assert len(written(dossier, kind)) > 1000
    return texts_of(dossier)


def test_organisations_in_a_circle_of_parents(tmp_path):
    rows = base_tables()["organizations"]
    ids = [row["id"] for row in rows]
    circle = [row | {"parent_organization_id": after} for row, after in zip(rows, [*ids[1:], ids[0]], strict=True)]
    assert len(circle) > 1
    assert_every_format(city(tmp_path, organizations=circle), 4)


def test_places_without_a_coordinate_are_counted_and_said(tmp_path):
    rows = [row | {"lon": None, "lat": None} for row in base_tables()["locations"]]
    text = assert_every_format(city(tmp_path, locations=rows), 4)
    assert "Bekannte Orte mit bekannter Lage: 0 von" in text


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tag", "template", "backtick", "formula", "emoji", "direction", "arabic", "long"])
def test_hostile_and_foreign_names_of_actors_and_places(tmp_path, name):
    own = {"arabic": "مركز الجيران في الحي", "long": "Nachbarschaftstreff " * 25}
    text = own.get(name) or HOSTILE[name].replace("\x00", "")
    tables = base_tables()
    changed = {
        kind: [row | {"name": f"{text} {at}"} for at, row in enumerate(tables[kind])]
        for kind in ("organizations", "locations")
    }
    said = assert_every_format(city(tmp_path, **changed), 4)
    assert text.strip()[:10] in said
