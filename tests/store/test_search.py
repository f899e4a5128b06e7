"""Search as you type: the same answers on both databases, from the package and from local work."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import create, create_many, retire, search, update
from store.search_index import fold
from tests.factories import degrees, uid


def titles(store, query, **more):
    return [hit.title for hit in search(store, query, **more)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Südstraße", "suedstrasse"),
        ("SÜDSTRASSE", "südstr"),
        ("Café Müller", "cafe mueller"),
        ("Kulturtreff Hainholz e.V.", "kulturtreff hainholz e v"),
        ("Ärzte", "aerzte"),
        ("ﬁx", "fix"),
    ],
)
def test_spellings_of_the_same_word_are_the_same(one, other):
    assert fold(one) == fold(other)


@given(st.text(max_size=40))
def test_folding_leaves_words_with_one_blank_and_is_stable(text):
    once = fold(text)
    assert once == " ".join(once.split())
    assert not set(once) & set("'\"*:&|!()\\")


def test_beginnings_of_words_are_found_in_any_order(store, local):
    create(
        store,
        local,
        "locations",
        {"name": "Nachbarschaftstreff Südstadt", "kind": "senior_meeting", "street": "Stephansplatz"},
    )
    for query in ("nach", "süd nachb", "SUEDST nachb", "steph nachbar", "südstadt"):
        assert titles(store, query) == ["Nachbarschaftstreff Südstadt"]
    assert titles(store, "stadt steph") == []  # a word is found by its beginning


def test_rows_of_the_package_and_added_ones_are_found_together(store, local):
    create(store, local, "organizations", {"name": "Schule für alle e. V."})
    assert titles(store, "schule") == ["Schule für alle e. V.", "Schule Süd"]
    assert titles(store, "schule", names=["locations"]) == ["Schule Süd"]
    assert titles(store, "schule", limit=1) == ["Schule für alle e. V."]


def test_what_begins_with_the_query_comes_first(store, local):
    for name in ("Treff am Bücherschrank", "Bücherstube", "Alte Bücher"):
        create(store, local, "locations", {"name": name, "kind": "library"})
    found = titles(store, "bücher", names=["locations"])
    assert found == ["Bücherei ohne Ort", "Bücherstube", "Alte Bücher", "Treff am Bücherschrank"]


def test_changes_and_retirements_show_at_once(store, local):
    update(store, local, "locations", uid("Schule Süd"), {"name": "Waldschule"}, version=0)
    assert titles(store, "wald") == ["Waldschule"]
    assert titles(store, "schule süd") == []
    retire(store, local, "locations", uid("Schule Süd"), version=1, with_dependents=True)
    assert titles(store, "wald") == []
    made = create(store, local, "organizations", {"name": "Eins"})
    update(store, local, "organizations", made.id, {"name": "Zwei"}, version=1)
    assert (titles(store, "eins"), titles(store, "zwei")) == ([], ["Zwei"])


def test_a_hit_says_what_and_where_it_is(store, local):
    lon, lat = degrees(1.5, 0.5)
    made = create(store, local, "locations", {"name": "Standort", "kind": "library", "lon": lon, "lat": lat})
    (hit,) = search(store, "standort", names=["locations"], district_id=2)
    assert (hit.resource, hit.id, hit.kind, hit.district_id) == ("locations", made.id, "library", 2)
    assert search(store, "standort", names=["locations"], district_id=1) == []


@pytest.mark.parametrize(
    "query", ["", " ", "!!", "'", '"', "*", "a'b\"c:*&|!()", "-- DROP", "\x00", "{{7*7}}", "a " * 500]
)
def test_any_query_is_only_words(store, local, query):
    create(store, local, "organizations", {"name": "x"})
    assert isinstance(search(store, query), list)


def test_internal_contacts_are_not_found(store, local):
    base = {"title_de": "Geheimnummer", "organization_id": uid("Verein")}
    hidden = create(store, local, "contacts", base)
    assert titles(store, "geheim") == []
    update(store, local, "contacts", hidden.id, {"is_public": True}, version=1)
    assert titles(store, "geheim") == ["Geheimnummer"]
    update(store, local, "contacts", hidden.id, {"is_public": False}, version=2)
    assert titles(store, "geheim") == []


def test_many_hits_are_cut_to_the_limit_and_ordered(store, local):
    create_many(store, local, "organizations", [{"name": f"Gruppe {n:03d}"} for n in range(200)])
    assert titles(store, "gru", limit=3) == ["Gruppe 000", "Gruppe 001", "Gruppe 002"]
    assert titles(store, "gruppe 19", limit=2) == ["Gruppe 190", "Gruppe 191"]
