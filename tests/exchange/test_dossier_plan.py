"""The section of needs, goals and steps: only of the area, goals without indicator, an end before the start, what is overdue."""

import pytest

from exchange.dossier.model import Bullets, Missing, Table
from geo.area import named_area
from tests.exchange.dossier_city import city, texts_of

AREA = {"area_level": "district", "area_id": "4"}
GOAL = {
    "id": "g1", **AREA, "topic": "young", "title": "Ein Ort für Jugendliche", "description": None, "indicator": None,
    "indicator_text": None, "unit": None, "baseline": None, "baseline_date": None, "target_value": None, "target_date": None,
    "current_value": None, "current_date": None, "status": "draft", "note": None,
}  # fmt: skip
STEP = {
    "id": "s1", **AREA, "title": "Raum suchen", "description": None, "topic": None, "organization_id": None, "partners": None,
    "resources_text": None, "start_date": None, "end_date": None, "status": "planned", "example_step": None, "note": None,
}  # fmt: skip
MILESTONE = {
    "id": "m1", **AREA, "kind": "goals", "title": None, "planned_date": "2026-01", "done_date": None, "organization_id": None,
}  # fmt: skip
NEED = {"id": "n1", **AREA, "title": "Ruhige Plätze", "status": "open"}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return city(tmp_path_factory.mktemp("city"))


def section(tiny, rows, level="district", number=4):
    tiny.plan = lambda kind: rows.get(kind, [])
    area = named_area(tiny.sources.load, level, number)
    tiny.forget(area)
    made = tiny.section(area, "plan")
    assert "⟦" not in texts_of(made)
    return made


def table(made, caption):
    return next(block for block in made.blocks if isinstance(block, Table) and block.caption == caption)


def test_without_entries_it_says_so_and_where_to_add_them(tiny):
    (only,) = section(tiny, {}).blocks
    assert isinstance(only, Missing)
    assert only.page == "plan"
    assert "Nordost" in only.text


def test_entries_of_other_areas_stay_away(tiny):
    other = [GOAL | {"area_id": "3"}, GOAL | {"area_level": "quartier"}, GOAL | {"area_level": "city"}]
    assert isinstance(section(tiny, {"goals": other}).blocks[0], Missing)
    assert table(section(tiny, {"goals": other}, "city", 0), "Ziele").rows


def test_a_goal_without_indicator_says_what_is_missing(tiny):
    (row,) = table(section(tiny, {"goals": [GOAL]}), "Ziele").rows
    assert row[2] == "Noch kein Indikator"
    assert "Noch nicht messbar, es fehlt: ein Indikator, ein Zielwert, ein Zieldatum." in row[3]
    assert row[4] == "noch kein Schritt"


def test_a_measured_goal_says_how_far_it_is_and_names_its_steps(tiny):
    measured = GOAL | {"indicator_text": "Plätze", "unit": "Plätze", "baseline": 0.0, "target_value": 40.0, "target_date": "2027",
                       "current_value": 10.0, "current_date": "2026-10", "status": "agreed"}  # fmt: skip
    link = {"from_entity": "goals", "from_id": "g1", "to_entity": "steps", "to_id": "s1"}
    made = section(tiny, {"goals": [measured], "steps": [STEP], "plan_links": [link]})
    (row,) = table(made, "Ziele").rows
    assert row[2] == "Plätze: Zielwert 40 Plätze bis 2027"
    assert "25\u00a0%" in row[3]
    assert row[4] == "Raum suchen"


def test_an_end_before_the_start_is_named(tiny):
    wrong = STEP | {"start_date": "2027-05-01", "end_date": "2027-04-01"}
    (row,) = table(section(tiny, {"steps": [wrong]}), "Schritte").rows
    assert "Ende vor Beginn, bitte prüfen" in row[2]
    same_month = STEP | {"start_date": "2027-05-20", "end_date": "2027-05"}
    (row,) = table(section(tiny, {"steps": [same_month]}), "Schritte").rows
    assert "Ende vor Beginn" not in row[2]


def test_a_step_names_who_is_in_charge_and_who_helps(tiny):
    names = tiny.sources.load("organizations")
    first, second = (str(key) for key in names["id"].head(2))
    step = STEP | {"organization_id": first, "partners": f"{second};gone"}
    (row,) = table(section(tiny, {"steps": [step]}), "Schritte").rows
    assert row[1] == f"{names['name'][0]}; mit {names['name'][1]}, unbekannt"
    (row,) = table(section(tiny, {"steps": [STEP]}), "Schritte").rows
    assert row[1] == "noch niemand zuständig"


def test_what_is_late_is_said_first(tiny):
    late = STEP | {"end_date": "2026-11-01", "status": "running"}
    made = section(tiny, {"steps": [late], "milestones": [MILESTONE], "needs": [NEED]})
    overdue = next(block for block in made.blocks if isinstance(block, Bullets) and block.title == "Überfällig")
    assert len(overdue.items) == 2
    assert "Raum suchen: sollte bis 01.11.2026 fertig sein" in overdue.items[1].replace(" 1.11.", " 01.11.")
    assert any(isinstance(block, Bullets) and block.items == ("Ruhige Plätze (offen)",) for block in made.blocks)
