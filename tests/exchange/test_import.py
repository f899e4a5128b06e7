"""From file to batch: plan, decisions, one transaction, undo."""

from __future__ import annotations

import pytest

from exchange.apply import apply_plan
from exchange.content import content_of_store
from exchange.errors import ExchangeError, MappingError
from exchange.flat import flat_rows
from exchange.plan import Decision, Update
from exchange.session import ImportSession
from exchange.template import write_template
from store import LOCAL, batches, login, undo_batch, update
from store.errors import ConflictError, PermissionDeniedError
from tests.factories import degrees, metres, uid

pytestmark = pytest.mark.slow

X, Y = (f"{value:.1f}".replace(".", ",") for value in metres(0.25, 1.25))
OFFICE = f"""Erhebung im Stadtbezirk;;;;;;;;;
Einrichtung;Art;Träger;Straße und Hausnummer;PLZ;Telefon;Öffnungszeiten;Rechtswert;Hochwert;Ansprechpartner
Café für Ältere;Seniorentreff;Mütterzentrum e. V.;Nordweg 7;30159;0511/168-0;Mo–Fr 10–18;{X};{Y};Büro
Schule Süd;Grundschule;Stadt;Südstraße 1;30159;;;;;
Werkstatt;Raumstation;;;;;;;;
Lesecafé;Bibliothek;Mütterzentrum;;01067;;;;;
"""


def counts(store):
    return {name: len(rows) for name, rows in content_of_store(store, actor=LOCAL).tables.items()}


@pytest.fixture
def session(words):
    return ImportSession.of_file(OFFICE.encode("cp1252"), "Erhebung.csv", words=words)


def test_an_office_spreadsheet_becomes_places_in_one_batch(session, store):
    before = counts(store)
    plan = session.plan(content_of_store(store, actor=LOCAL))
    assert plan.left_out == {4: "same", 5: "error"}
    shares = []
    done = session.apply(store, LOCAL, plan, progress=shares.append)
    assert shares[-1] == 1.0
    after = counts(store)
    added = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    assert added == {
        "organizations": 1,
        "locations": 2,
        "services": 2,
        "services_at_location": 2,
        "organizations_at_location": 2,
        "contacts": 1,
        "phones": 1,
        "schedules": 1,
    }
    rows = {row["name"]: row for row in flat_rows(content_of_store(store, actor=LOCAL))}
    cafe, reading = rows["Café für Ältere"], rows["Lesecafé"]
    assert (cafe["kind"], cafe["operator"], cafe["district"]) == ("senior_meeting", "Mütterzentrum e. V.", 3)
    assert (cafe["lon"], cafe["lat"]) == pytest.approx(degrees(0.25, 1.25), abs=1e-6)
    assert cafe["contact"] is None, "contacts are internal until somebody says they are public"
    assert reading["operator"] == "Mütterzentrum e. V.", "the same organisation without its legal form"
    assert reading["postal_code"] == "01067"
    assert done.batch_id == batches(store, LOCAL)[0].id


def test_undo_takes_everything_back(session, store):
    before = counts(store)
    done = session.apply(store, LOCAL, session.plan(content_of_store(store, actor=LOCAL)))
    assert counts(store) != before
    undo_batch(store, LOCAL, done.batch_id)
    assert counts(store) == before


def test_importing_the_same_file_again_adds_nothing(session, store):
    session.apply(store, LOCAL, session.plan(content_of_store(store, actor=LOCAL)))
    again = session.plan(content_of_store(store, actor=LOCAL))
    assert not any(again.creates.values())
    assert again.updates == ()


def test_a_merge_fills_gaps_and_overwrites_only_what_is_chosen(words, store):
    text = "Name;Art;Straße;Hausnr.;PLZ;Webseite;Barrierefrei\nSchule Süd;Grundschule;Südstraße;1;30159;a.de;nein\n"
    session = ImportSession.of_file(text.encode(), "a.csv", words=words)
    content = content_of_store(store, actor=LOCAL)
    (match,) = session.matches(content)[2]
    assert match.place_id == uid("Schule Süd")
    assert match.proposal == "merge"
    assert match.differences == ("wheelchair",)
    assert session.plan(content).updates == (Update(uid("Schule Süd"), {"website": "https://a.de"}, 0),)
    chosen = {2: Decision("merge", uid("Schule Süd"), frozenset({"wheelchair"}))}
    plan = session.plan(content, chosen)
    assert plan.updates[0].changes == {"website": "https://a.de", "wheelchair": "no"}
    assert plan.creates["services"] == [], "the school has its offer already"
    session.apply(store, LOCAL, plan)
    place = content_of_store(store).rows("locations")[uid("Schule Süd")]
    assert (place["wheelchair"], place["website"]) == ("no", "https://a.de")


def test_a_place_changed_meanwhile_stops_the_whole_import(words, store):
    text = "Name;Art;Straße;Hausnr.;PLZ;Webseite\nSchule Süd;Grundschule;Südstraße;1;30159;a.de\nNeu;Bibliothek;;;;\n"
    session = ImportSession.of_file(text.encode(), "a.csv", words=words)
    plan = session.plan(content_of_store(store, actor=LOCAL))
    update(store, LOCAL, "locations", uid("Schule Süd"), {"note": "anders"}, version=0)
    before = counts(store)
    with pytest.raises(ConflictError):
        session.apply(store, LOCAL, plan)
    assert counts(store) == before
    assert batches(store, LOCAL) == []


def test_only_editors_may_import(session, store):
    plan = session.plan(content_of_store(store, actor=LOCAL))
    with pytest.raises(PermissionDeniedError):
        apply_plan(store, login("nobody"), plan, label="x")
    with pytest.raises(PermissionDeniedError):
        apply_plan(store, None, plan, label="x")


def test_field_rules_of_the_store_are_told_before_anything_is_stored(words, store):
    name = "x" * 600
    session = ImportSession.of_file(f"Name;Art\n{name};Bibliothek\nGut;Bibliothek\n".encode(), "a.csv", words=words)
    plan = session.plan(content_of_store(store, actor=LOCAL))
    (problem,) = plan.problems
    assert (problem.row, problem.column, problem.key) == (2, "name", "value.too_long")
    assert problem.message
    assert plan.left_out == {2: "error"}
    assert [row["name"] for row in plan.creates["locations"]] == ["Gut"]
    session.apply(store, LOCAL, plan)


@pytest.mark.parametrize(
    ("decisions", "key"),
    [
        ({99: Decision("same")}, "plan.unknown_row"),
        ({3: Decision("perhaps")}, "plan.undecided"),
        ({3: Decision("merge")}, "plan.no_place"),
        ({3: Decision("merge", uid("nowhere"))}, "plan.no_place"),
    ],
)
def test_impossible_decisions_are_refused(session, content, decisions, key):
    with pytest.raises(ExchangeError) as caught:
        session.plan(content, decisions)
    assert caught.value.key == key


def test_rows_with_the_same_identifier_are_one_place_with_several_offers(words, store):
    key = uid("new")
    text = f"Kennung;Name;Art;Angebot\n{key};Haus;Bibliothek;Lesen\n{key};Haus;Bibliothek;Schreiben\n"
    session = ImportSession.of_file(text.encode(), "a.csv", words=words)
    plan = session.plan(content_of_store(store, actor=LOCAL))
    assert len(plan.creates["locations"]) == 1
    assert [row["name"] for row in plan.creates["services"]] == ["Lesen", "Schreiben"]


def test_rows_of_one_place_that_differ_are_told(words, content):
    key = uid("new")
    text = f"Kennung;Name;Art;PLZ\n{key};Haus;Bibliothek;30159\n{key};Haus;Bibliothek;30161\n"
    plan = ImportSession.of_file(text.encode(), "a.csv", words=words).plan(content)
    assert [(p.row, p.column, p.key, p.severity) for p in plan.problems] == [
        (3, "postal_code", "row.place_differs", "warning")
    ]
    assert [row["postal_code"] for row in plan.creates["locations"]] == ["30159"]


def test_the_template_comes_back_with_what_was_filled_in(words, store):
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(write_template(words)))
    sheet = book["Orte"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(2, heads["Name"]).value.startswith("Beispiel: ")
    filled = {"Name": "Haus", "Art": "Bibliothek", "PLZ": "01067", "Kontakt öffentlich": "ja", "Telefon": "0511 1234"}
    for head, value in filled.items():
        sheet.cell(3, heads[head]).value = value
    rules = [str(rule.sqref) for rule in sheet.data_validations.dataValidation]
    assert any(rule.startswith(sheet.cell(2, heads["Art"]).coordinate) for rule in rules)
    assert book["Listen"].sheet_state == "hidden"
    out = io.BytesIO()
    book.save(out)
    session = ImportSession.of_file(out.getvalue(), "Vorlage.xlsx", words=words)
    plan = session.plan(content_of_store(store, actor=LOCAL))
    assert plan.left_out == {2: "error"}
    assert "row.example" in [problem.key for problem in plan.problems]
    assert [row["postal_code"] for row in plan.creates["locations"]] == ["01067"]
    assert plan.creates["contacts"][0]["is_public"]


def test_every_column_of_the_template_is_understood(words):
    for language in ("de", "en"):
        session = ImportSession.of_file(write_template(words, language=language), "a.xlsx", words=words)
        assert len(session.mapping.columns) == len(session.table.columns)


def test_a_session_is_edited_step_by_step(session):
    assert session.table.header_row == 2
    assert session.with_constants({"kind": "library"}).mapping.constants == {"kind": "library"}
    text = session.template("Bezirk")
    assert session.with_template(text).mapping.columns == session.mapping.columns
    edited = session.with_mapping(session.mapping.assigned("Träger", None))
    assert "operator" not in edited.mapping.columns.values()
    assert edited.with_table("Erhebung.csv", header_row=1).table.header_row == 1
    with pytest.raises(MappingError):
        _ = session.with_table("Tabelle 7").table


TWICE = f"""Name;Art;Straße;PLZ;Telefon;Angebot;Rechtswert;Hochwert
Treff am Markt;Seniorentreff;Nordweg 7;30159;;Frühstück;{X};{Y}
Treff am Markt;Seniorentreff;Nordweg 7;30159;0511/168-0;Frühstück;{X};{Y}
Treff am Markt;Seniorentreff;Nordweg 7;30161;;Skat;{X};{Y}
"""


def test_two_rows_of_one_file_can_be_the_same_different_or_merged(words, store):
    session = ImportSession.of_file(TWICE.encode("cp1252"), "Doppelt.csv", words=words)
    content = content_of_store(store, actor=LOCAL)

    def made(decisions):
        plan = session.plan(content, decisions)
        return {name: len(rows) for name, rows in plan.creates.items()}, plan

    different = {3: Decision("different"), 4: Decision("different")}
    assert made(different)[0]["locations"] == 3
    same, plan = made({3: Decision("same"), 4: Decision("same")})
    assert (same["locations"], same["phones"], plan.left_out) == (1, 0, {3: "same", 4: "same"})
    merged, plan = made({3: Decision("merge", other_row=2), 4: Decision("merge", other_row=3)})
    assert (merged["locations"], merged["services"], merged["phones"]) == (1, 2, 1)
    assert plan.creates["locations"][0]["postal_code"] == "30159"
    assert [(p.key, p.row, p.column) for p in plan.problems] == [("row.place_differs", 4, "postal_code")]
    session.apply(store, LOCAL, plan)


def test_a_row_that_only_adds_is_proposed_to_be_merged_and_one_that_differs_is_not(words, store):
    session = ImportSession.of_file(TWICE.encode("cp1252"), "Doppelt.csv", words=words)
    content = content_of_store(store, actor=LOCAL)
    matches = session.matches(content)
    assert {number: found[0].other_row for number, found in matches.items()} == {3: 2, 4: 2}
    plan = session.plan(content)
    assert len(plan.creates["locations"]) == 2


def test_a_row_merged_with_one_that_is_left_out_stands_alone(words, store):
    session = ImportSession.of_file(TWICE.encode("cp1252"), "Doppelt.csv", words=words)
    content = content_of_store(store, actor=LOCAL)
    decisions = {2: Decision("same"), 3: Decision("merge", other_row=2), 4: Decision("same")}
    plan = session.plan(content, decisions)
    assert [plan.row_of[str(row["id"])] for row in plan.creates["locations"]] == [3]
    with pytest.raises(ExchangeError, match="merge"):
        session.plan(content, {2: Decision("merge", other_row=3)})
