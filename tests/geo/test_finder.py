"""The answers of the finder: what fits, in which order, and what is said when nothing fits."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geo.catalogue import loader
from geo.finder import Answer, Wishes, find, fitting_rows
from geo.finder_places import NO, UNKNOWN, YES, FinderPlaces, prepare_places
from geo.finder_walks import DISTRICT, LINE, NOWHERE, STREET, walks, way
from geo.finder_where import Start, at_district, at_lonlat, at_point
from geo.opening import ZONE
from geo.routing import DEFAULT_DETOUR
from geo.situations import Situation, situations
from geo.sources import open_package
from tests.factories import Tables, base_tables, degrees, metres, place, uid, write_package

MONDAY = datetime(2026, 11, 23, 15, tzinfo=ZONE)


def prepared(folder: Path, tables: Tables | None = None, **more: object) -> tuple[FinderPlaces, dict[str, Situation]]:
    package = open_package(write_package(folder, tables))
    load = loader(package)
    return prepare_places(package, load=load, **more), dict(situations(load))


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> tuple[FinderPlaces, dict[str, Situation]]:
    return prepared(tmp_path_factory.mktemp("city"))


def names(places: FinderPlaces, answer: Answer) -> list[str]:
    return [places.table["name"].iloc[match.row] for match in answer.matches]


def start(column: float, row: float) -> Start:
    return Start(*metres(column, row), 1, "typed")


def ask(city: tuple[FinderPlaces, dict[str, Situation]], what: str, where: Start, **wishes: object) -> Answer:
    places, known = city
    return find(places, known[what], where, Wishes(**wishes), moment=MONDAY)


def test_a_place_fits_by_kind_by_people_or_by_role(city) -> None:
    places, known = city
    fits = {
        name: {places.table["name"].iloc[row] for row in fitting_rows(places, each)} for name, each in known.items()
    }
    assert fits["ageing"] == {"Treff Nord", "Verborgene Hilfe"}  # the library is for children: not for this need
    assert fits["children"] == {"Schule Süd", "Bücherei ohne Ort"}
    assert fits["advice"] == {"Treff Nord"}  # its organization has the role


def test_the_nearest_comes_first_and_what_nobody_can_locate_last(city) -> None:
    near_library = ask(city, "children", start(1.9, 0.1))
    assert names(city[0], near_library) == ["Bücherei ohne Ort", "Schule Süd"]
    near_school = ask(city, "children", start(0.5, 0.45))
    assert names(city[0], near_school) == ["Schule Süd", "Bücherei ohne Ort"]
    assert [match.method for match in near_school.matches] == [STREET, DISTRICT]
    hidden = ask(city, "ageing", start(1, 1)).matches[-1]
    assert (hidden.method, np.isnan(hidden.distance_m)) == (NOWHERE, True)


def test_the_way_follows_the_streets_and_else_the_detoured_line(city, tmp_path) -> None:
    places, _ = city
    tables = base_tables()
    tables["street_nodes"], tables["street_edges"] = [], []
    without, _ = prepared(tmp_path, tables)
    row = places.table["name"].to_list().index("Treff Nord")
    on_streets, straight = walks(places, start(1, 1)), walks(without, start(1, 1))
    assert on_streets.distance_m[row] == pytest.approx(1000, abs=1)  # 500 m east, 500 m north
    assert straight.distance_m[row] == pytest.approx(DEFAULT_DETOUR * 500 * 2**0.5, abs=1)
    assert (on_streets.method[row], straight.method[row]) == (STREET, LINE)
    line = way(places, start(1, 1), row)
    length = np.hypot(*np.diff(line, axis=0).T).sum()
    assert length == pytest.approx(1000, abs=1)
    assert way(without, start(1, 1), row).shape == (0, 2)


def test_unknown_is_never_no_and_comes_after_yes(city) -> None:
    answer = ask(city, "children", start(1.9, 0.1), step_free=True)
    assert names(city[0], answer) == ["Schule Süd", "Bücherei ohne Ort"]  # farther, but known
    assert [match.known["step_free"] for match in answer.matches] == [YES, UNKNOWN]
    assert (answer.total, answer.dropped) == (2, ())


def test_languages_are_known_unknown_or_not_spoken(city) -> None:
    places, _ = city
    school = places.table["name"].to_list().index("Schule Süd")
    hall = places.table["name"].to_list().index("Treff Nord")
    assert (places.speaks("tr")[school], places.speaks("ar")[school], places.speaks("tr")[hall]) == (YES, NO, UNKNOWN)
    assert (places.speaks("de") == YES).all()


def test_open_now_uses_the_hours(city) -> None:
    assert ask(city, "advice", start(1, 1), open="now").matches[0].known["open"] == YES
    saturday = ask(city, "advice", start(1, 1), open="saturday")
    assert (names(city[0], saturday), saturday.dropped) == (["Treff Nord"], ("open",))


def test_when_nothing_fits_the_wish_that_costs_the_way_is_dropped(tmp_path) -> None:
    tables = base_tables()
    tables["locations"] += [
        place("Nah", "senior_meeting", (1.1, 1.0), district=4, wheelchair="no", languages="Türkisch"),
        place("Fern", "senior_meeting", (0.1, 0.1), district=1, wheelchair="yes", languages="Deutsch"),
    ]
    tables["locations"][1] |= {"wheelchair": "no", "languages": "Deutsch"}
    tables["locations"][3] |= {"wheelchair": "no", "languages": "Deutsch"}
    city = prepared(tmp_path, tables)
    answer = ask(city, "ageing", start(1, 1), step_free=True, language="tr")
    assert (names(city[0], answer), answer.dropped) == (["Nah"], ("step_free",))
    assert answer.matches[0].known == {"step_free": NO, "language": YES}
    hopeless = ask(city, "ageing", start(1, 1), step_free=True, language="tr", group="children")
    assert hopeless.total > 0


def test_costs_count_only_where_they_are_known(tmp_path) -> None:
    costs = pd.DataFrame({"service_id": [uid("Unterricht"), uid("Mittagstisch")], "amount": [0.0, 4.5]})
    places, _ = prepared(tmp_path, costs=costs)
    free = dict(zip(places.table["name"], places.free.tolist(), strict=True))
    assert free == {"Schule Süd": YES, "Treff Nord": NO, "Bücherei ohne Ort": UNKNOWN, "Verborgene Hilfe": UNKNOWN}


def test_a_start_is_always_inside_the_city(city) -> None:
    places, _ = city
    assert at_district(places, 99) is None
    inside = at_district(places, 1)
    assert inside is not None
    assert (inside.x, inside.y) == pytest.approx(metres(0.5, 0.5), abs=1)
    outside = at_point(places, *metres(52, 0.5), "device")
    assert (outside.district_id, outside.outside_m) == (2, pytest.approx(50_000, abs=2))
    assert (outside.x, outside.y) == pytest.approx(metres(2, 0.5), abs=2)
    assert at_lonlat(places, float("nan"), 52.0, "device") is None
    spot = at_lonlat(places, *degrees(0.5, 0.5), "tap")
    assert spot is not None
    assert (spot.x, spot.y) == pytest.approx(metres(0.5, 0.5), abs=1)
    assert spot.district_id == 1


@pytest.mark.slow
def test_the_real_package_answers_every_situation() -> None:
    package = open_package(Path(__file__).parents[2] / "data")
    load = loader(package)
    places = prepare_places(package, load=load)
    for situation in situations(load).values():
        for number in places.districts["district_id"].iloc[::10]:
            where = at_district(places, int(number))
            assert where is not None
            assert find(places, situation, where, Wishes(), moment=MONDAY).matches, (situation.situation, number)
