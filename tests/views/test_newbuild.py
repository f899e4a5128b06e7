"""The page of new-build areas: the same table as the command line, faults as sentences, saved and opened again."""

import json

import pytest

from geo.__main__ import main
from geo.newbuild_file import read_sheet, sheet_text
from store import LOCAL, create, update, view
from tests.geo.newbuild_city import sheet
from tests.views.store_steps import beside, words
from views import newbuild_files, newbuild_model

pytestmark = pytest.mark.slow

HOSTILE = "<b>{{7*7}}</b> =1+1 $x$ [a](b) \u202eabc"
STATE = "newbuild_state"


@pytest.fixture
def filled(open_page):
    """Hand over `filled(**address)`: the page with the example of 400 dwellings."""

    def show(**address):
        page = open_page("newbuild", **({"area": "stadtteil:12"} | address))
        return page.button(key="nb_example").click().run()

    return show


def stored(folder, text, **fields):
    """Store a sheet beside the page; return its identifier."""
    values = {"area_level": "district", "area_id": "12", "title": HOSTILE, "sheet": text} | fields
    with beside(folder) as store:
        return create(store, LOCAL, "newbuild_sheets", values).id


def field(page, name):
    """Return a number field of the form."""
    return page.number_input(key=f"nb_{page.session_state[STATE].turn}_{name}")


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_shows_in_both_languages_and_makes_no_store(open_page, filled, store_folder, language):
    for page in (open_page("newbuild", lang=language), open_page("newbuild", area="stadtteil:12", lang=language),
                 filled(lang=language)):  # fmt: skip
        assert not page.exception
        assert [each.value for each in page.error] == []
        assert "⟦" not in words(page)
    assert not store_folder.exists()


def test_the_page_s_table_is_that_of_the_command_line(filled, root, tmp_path):
    page = filled()
    asked = newbuild_model.sheet_of(page.session_state[STATE], "stadtteil:12")
    file, out = tmp_path / "sheet.json", tmp_path / "out.csv"
    file.write_text(sheet_text(asked), encoding="utf-8")
    assert main(["newbuild", "--data", str(root / "data"), "--sheet", str(file), "--out", str(out)]) == 0
    assert newbuild_files._csv(newbuild_model.result(asked)) == out.read_bytes()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"start": 2050}, "liegt nach dem letzten"),
        ({"until": 2020}, "liegt vor dem letzten Einzug"),
        ({"until": 2120}, "mehr als 60 Jahre"),
        ({"rent_3": 1_000_000}, "mehr als 50"),
        ({"rent_3": -5}, "\\(Miete, frei finanziert, Zimmer\\: 3\\) ist \\-5"),
        ({"start": 1066}, "Geben Sie ein Jahr von 2000 bis 2150 ein"),
    ],
)
def test_a_fault_is_a_sentence_in_the_words_of_the_form(filled, changes, sentence):
    page = filled()
    for name, value in changes.items():
        page = field(page, name).set_value(value).run()
    assert not page.exception
    assert any(sentence in each.value for each in page.error), [each.value for each in page.error]
    assert "⟦" not in words(page)


def test_a_phasing_that_does_not_add_up_says_how_many_are_missing(filled):
    page = filled()
    turn, start = page.session_state[STATE].turn, page.session_state[STATE].start
    page = page.checkbox(key=f"nb_{turn}_even").uncheck().run()
    page = field(page, f"phase_{start}").set_value(0).run()
    assert any("Es fehlen" in each.value for each in page.error)


def test_an_own_value_is_marked_and_can_be_taken_back(filled):
    page = filled()
    page = field(page, "primary_school_1").set_value(90.0).run()
    assert page.session_state[STATE].own_values == {"primary_school": (100.0, 90.0, 100.0)}
    assert "eigener Wert" in words(page)
    assert "Im Katalog\\: 100 / 100 / 100\\." in words(page)
    page = page.button(key="nb_reset_primary_school").click().run()
    assert page.session_state[STATE].own_values == {}
    assert not page.exception


def test_free_places_that_somebody_knows_of_change_the_result(filled):
    page = filled()
    page = field(page, "free_daycare_3_5").set_value(1000.0).run()
    asked = newbuild_model.sheet_of(page.session_state[STATE], "stadtteil:12")
    line = next(each for each in newbuild_model.result(asked).lines if each.demand.name == "daycare_3_5")
    assert line.supply.known == "own"
    assert line.first_short == (None, None, None)


def test_a_sheet_is_saved_with_the_area_opened_and_changed(filled, open_page, store_folder):
    page = filled()
    assert page.button(key="nb_store").click().run().warning[0].value.startswith("Geben Sie dem Vorhaben")
    page = page.text_input(key=f"nb_{page.session_state[STATE].turn}_title").set_value(HOSTILE).run()
    page = page.button(key="nb_store").click().run()
    assert "gespeichert" in page.success[0].value
    with beside(store_folder) as store:
        row = view(store, "newbuild_sheets").iloc[0]
    assert (row["area_level"], row["area_id"], row["title"]) == ("district", "12", HOSTILE)
    again = open_page("newbuild", sheet=row["id"])
    assert newbuild_model.sheet_of(again.session_state[STATE], "stadtteil:12") == read_sheet(row["sheet"], name="x")
    again = field(again, "rent_3").set_value(100).run()
    again = again.button(key="nb_update").click().run()
    assert "gespeichert" in again.success[0].value
    with beside(store_folder) as store:
        assert json.loads(view(store, "newbuild_sheets").iloc[0]["sheet"])["dwellings"]["rent"][2] == 100


def test_a_double_click_stores_one_sheet_and_one_out_of_use_can_be_saved_anew(open_page, store_folder):
    page = open_page("newbuild", sheet=stored(store_folder, sheet_text(sheet(area_id="12", title="Neu"))))
    for _ in range(2):
        page = page.button(key="nb_store").click().run()
    with beside(store_folder) as store:
        assert len(view(store, "newbuild_sheets")) == 2
    page = page.button(key="nb_retire").click().run()
    page = page.button(key="nb_retire_sure").click().run()
    assert "außer Gebrauch" in page.success[0].value
    page = page.button(key="nb_store").click().run()
    with beside(store_folder) as store:
        assert len(view(store, "newbuild_sheets")) == 2


def test_two_people_at_once_lose_nothing(open_page, store_folder):
    key = stored(store_folder, sheet_text(sheet(area_id="12")))
    page = open_page("newbuild", sheet=key)
    with beside(store_folder) as store:
        update(store, LOCAL, "newbuild_sheets", key, {"note": "anders"}, version=1)
    page = page.button(key="nb_update").click().run()
    assert "inzwischen geändert" in page.error[0].value
    page = page.button(key="nb_store").click().run()
    with beside(store_folder) as store:
        assert len(view(store, "newbuild_sheets")) == 2


ABSURD = [
    "", "[]", "{}", "[" * 50_000,
    sheet_text(sheet(dwellings={"rent": (-1, 0, 10**6, 0, 0), "castle": (1, 1, 1, 1, 1)}, title=HOSTILE)),
    sheet_text(sheet(start=10**30, end=-5, until=0)),
    sheet_text(sheet(phasing={-7: 3, 99999: 1e300, 2028: 5})),
    sheet_text(sheet()).replace('"2028": 100', '"2028": NaN').replace("100,", "Infinity,"),
    sheet_text(sheet(site='{"type":"Point","coordinates":[999,-999]}')),
    sheet_text(sheet(site='{"type":"Point","coordinates":["a"]}')),
    sheet_text(sheet(site='{"type":"Polygon","coordinates":[[[9.7,52.3],[9.8,52.4],[9.8,52.3],[9.7,52.4],[9.7,52.3]]]}')),
    sheet_text(sheet(site='{"type":"Nothing"}')),
    sheet_text(sheet(own_values={"luck": (1, 1, 1), "walk_m": (1e9, -1, 0)}, own_free={"x": -1, "primary_school": 1e300})),
    sheet_text(sheet(standards={"primary_school": HOSTILE}, walk_standards={HOSTILE: "x"})),
]  # fmt: skip


def test_whatever_a_saved_sheet_holds_the_page_says_a_sentence(open_page, store_folder):
    ids = [stored(store_folder, text or " x") for text in ABSURD]
    page = open_page("newbuild")
    for key, text in zip(ids, ABSURD, strict=True):
        page.query_params["sheet"] = key
        page = page.run()
        shown = words(page)
        assert not page.exception, text[:200]
        assert "⟦" not in shown, text[:200]
        assert "Fehler aufgetreten" not in shown, text[:200]
        assert page.error, text[:200]


def test_a_sheet_belongs_to_the_area_it_was_saved_with(open_page, store_folder):
    page = open_page("newbuild", sheet=stored(store_folder, sheet_text(sheet(area_level=HOSTILE, area_id=HOSTILE))))
    assert not page.exception
    assert not page.error
    assert page.selectbox(key="widget_area").value == "stadtteil:12"


def test_a_file_is_opened_and_another_one_refused_without_harm(open_page):
    page = open_page("newbuild")
    text = sheet_text(sheet(area_id="12", title=HOSTILE, phasing={2028: 60, 2029: 40}, end=2029))
    page = page.file_uploader[0].upload("a.json", text.encode(), "application/json").run()
    assert page.selectbox(key="widget_area").value == "stadtteil:12"
    assert not page.error
    read = newbuild_model.sheet_of(page.session_state[STATE], "stadtteil:12")
    assert (read.title, read.phasing, read.dwellings["rent"]) == (HOSTILE, {2028: 60, 2029: 40}, (0, 0, 100, 0, 0))
    page = page.file_uploader[0].upload("b.json", b"\xff\x00[]", "application/json").run()
    assert "kein Bedarfsblatt" in page.error[0].value
    assert page.session_state[STATE].title == HOSTILE


def test_an_own_quartier_is_worked_out_on_its_own_area_also_on_the_command_line(
    open_page, store_folder, root, tmp_path
):
    ring = [[9.72, 52.37], [9.73, 52.37], [9.73, 52.376], [9.72, 52.376], [9.72, 52.37]]
    drawn = {"name": HOSTILE, "kind": "new_build", "polygon": json.dumps({"type": "Polygon", "coordinates": [ring]})}
    with beside(store_folder) as store:
        key = create(store, LOCAL, "quarters", drawn).id
    page = open_page("newbuild", area=f"quartier:{key}")
    page = page.button(key="nb_example").click().run()
    assert not page.error
    asked = newbuild_model.sheet_of(page.session_state[STATE], f"quartier:{key}")
    assert (asked.area_level, asked.area_id) == ("quarter", key)
    file, out = tmp_path / "sheet.json", tmp_path / "out.csv"
    file.write_text(sheet_text(asked), encoding="utf-8")
    assert main(["newbuild", "--data", str(root / "data"), "--sheet", str(file), "--out", str(out)]) == 0
    assert newbuild_files._csv(newbuild_model.result(asked)) == out.read_bytes()
    page = page.text_input(key=f"nb_{page.session_state[STATE].turn}_title").set_value("Neu").run()
    page.button(key="nb_store").click().run()
    with beside(store_folder) as store:
        row = view(store, "newbuild_sheets").iloc[0]
    assert (row["area_level"], row["area_id"]) == ("quartier", key)
    again = open_page("newbuild", sheet=row["id"])
    assert newbuild_model.sheet_of(again.session_state[STATE], f"quartier:{key}").site == asked.site
