"""Names, dates, telephone numbers, areas and target groups: read exactly or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.datapackage import tables
from scripts.datapackage.areas import Area, Gazetteer
from scripts.datapackage.dates import source_date
from scripts.datapackage.ids import make_id
from scripts.datapackage.names import join_list, join_notes, name_key, slug, split_text
from scripts.datapackage.phones import parse_phones
from scripts.datapackage.targets import target_groups, unknown_words

GAZETTEER = Gazetteer(
    districts={"Mitte": 1, "Zoo": 8, "Stöcken": 18, "Ricklingen": 40},
    boroughs={"Mitte": 1, "Ricklingen": 9, "Nord": 13},
    borough_of={1: 1, 8: 1, 18: 12, 40: 9},
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Diakonisches Werk Hannover gGmbH", "Diakonisches Werk Hannover"),
        ("AWO Region Hannover e.V. (Geschäftsstelle)", "AWO Region Hannover e. V."),
        ("Spar- und Bauverein eG", "SPAR und BAUVEREIN"),
    ],
)
def test_spellings_of_one_name_share_a_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("AG KISS Mühlenberg", "KISS Mühlenberg"), ("AWO Region Hannover", "AWO Ortsverein"), ("Süd", "Sud")],
)
def test_different_names_keep_different_keys(one, other):
    assert name_key(one) != name_key(other)


def test_slug_is_ascii():
    assert slug("Läden des täglichen Bedarfs (Groß)") == "laeden_des_taeglichen_bedarfs_gross"


def test_lists_have_no_repeats_and_no_empty_parts():
    assert split_text("a; b;;a ;c") == ["a", "b", "c"]
    assert join_list(["b", "a", "b"]) == "b;a"
    assert join_notes("", "x", "", "x", "y") == "x; y"


@pytest.mark.parametrize(
    ("text", "date", "note"),
    [
        ("2021-07", "2021-07", ""),
        ("2021-07-14", "2021-07-14", ""),
        ("", "", ""),
        ("o. D.", "", ""),
        ("unbekannt", "", ""),
        ("2018/2021", "2021", "Datum der Quelle: 2018/2021"),
        ("2020 oder später", "", "Datum der Quelle: 2020 oder später"),
        ("o. D. (nach 2024-01)", "", "Datum der Quelle: o. D. (nach 2024-01)"),
    ],
)
def test_dates_are_iso_or_explained(text, date, note):
    assert source_date(text) == (date, note)


@pytest.mark.parametrize(
    ("text", "number", "note"),
    [
        ("0511 168-42345", "+49 511 16842345", ""),
        ("+49 511 8115 - 0", "+49 511 81150", ""),
        ("0800 7708077", "+49 800 7708077", ""),
        ("0511 606-98802 (2017)", "+49 511 60698802", "2017"),
        ("0511 466068/69", "+49 511 466068", "auch Endziffer 69"),
    ],
)
def test_phones_get_one_form(text, number, note):
    assert parse_phones(text) == [(number, text, note)]


def test_two_phones_are_two():
    assert [number for number, _, _ in parse_phones("0511 168-1; 0511 168-23")] == ["+49 511 1681", "+49 511 16823"]


@pytest.mark.parametrize("text", ["16842345", "siehe Website", "<b>0511 1</b>", "0511", "+43 1 234567"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="no telephone number"):
        parse_phones(text)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Stöcken", Area("district", ("18",))),
        ("Zoo; Mitte", Area("district", ("1", "8"))),
        ("Nord", Area("borough", ("13",))),
        ("alle Stadtbezirke", Area("city", ("hannover",))),
        ("Gesamtstadt; Stöcken", Area("city", ("hannover",))),
        ("Stöcken; Nord", Area("borough", ("13",))),
        ("Mitte", Area("district", ("1",))),
        ("u. a. Stöcken", Area()),
        ("Roderbruch", Area()),
        ("", Area()),
    ],
)
def test_areas_are_official_names(text, area):
    assert GAZETTEER.parse(text) == area


def test_a_name_of_both_levels_can_mean_the_borough():
    assert GAZETTEER.parse("Ricklingen", boroughs_first=True) == Area("borough", ("9",))


def test_districts_of_an_area():
    assert GAZETTEER.district_ids(Area("borough", ("1",))) == (1, 8)
    assert GAZETTEER.district_ids(Area("district", ("40",))) == (40,)
    assert GAZETTEER.district_ids(Area("city", ("hannover",))) == ()


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Seniorinnen und Senioren; Nachbarschaft", "residents;older_people"),
        ("Wohnungslose Frauen", "homeless_people;women"),
        ("Kinder 1,5-10 Jahre", "children"),
        ("Schuhe", ""),
    ],
)
def test_target_groups_come_from_the_words(text, groups):
    assert target_groups(text) == groups


def test_every_word_of_a_target_group_names_a_group_of_the_catalogue():
    known = {row["target_group"] for row in tables.load("target_groups")}
    assert {row["target_group"] for row in tables.load("target_words")} <= known
    assert unknown_words("Familien; Schuhe") == ["Schuhe"]


@given(st.text(), st.text())
def test_ids_depend_on_table_and_key_alone(one, other):
    assert make_id("a", one) == make_id("a", one)
    assert make_id("a", one) != make_id("b", one)
    if one != other:
        assert make_id("a", one) != make_id("a", other)
