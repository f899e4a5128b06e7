"""Export → import gives the same content: every format, random texts, an empty store."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.content import content_of_store
from exchange.export import FORMATS, export
from exchange.flat import flat_rows
from exchange.session import ImportSession
from store import LOCAL
from tests.exchange.round_trip import EMPTY, ENDINGS, content_of_plan, contents, known, read_in_process

pytestmark = pytest.mark.slow

TABLES = ("csv", "xlsx", "geojson", "gpkg")
shared = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.mark.parametrize("kind", TABLES)
@shared
@given(data=st.data())
def test_table_formats_give_back_every_row(kind, words, data):
    content = data.draw(contents(words))
    session = read_in_process(export(content, kind, words), kind, words)
    plan = session.plan(EMPTY, {})
    assert [p for p in plan.problems if p.severity == "error"] == []
    assert flat_rows(content_of_plan(plan)) == flat_rows(content)


@pytest.mark.parametrize("kind", ["hsds-json", "hsds-package"])
@shared
@given(data=st.data())
def test_hsds_gives_back_everything_with_its_identifiers(kind, words, data):
    content = data.draw(contents(words))
    session = read_in_process(export(content, kind, words), kind, words)
    plan = session.plan(EMPTY, {})
    assert plan.problems == ()
    assert known(content_of_plan(plan)) == known(content)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_tiny_city_comes_back_from_a_workbook_in_both_languages(language, content, words):
    session = read_in_process(export(content, "xlsx", words, language=language), "xlsx", words)
    assert flat_rows(content_of_plan(session.plan(EMPTY, {}))) == flat_rows(content)


@pytest.mark.parametrize("kind", FORMATS)
def test_an_empty_store_holds_the_same_content_afterwards(kind, content, words, store_of, package):
    from store import Ground

    catalogue = Ground.of_package(package)
    ground = Ground("1", "x", catalogue.names - set(content.tables), catalogue.frame)
    store = store_of(ground)
    session = ImportSession.of_file(export(content, kind, words), "x" + ENDINGS[kind], words=words)
    session.apply(store, LOCAL, session.plan(content_of_store(store, actor=LOCAL)))
    back = content_of_store(store)
    if kind.startswith("hsds"):
        assert known(back) == known(content)
    else:
        assert sorted(map(repr, map(_stated, flat_rows(back)))) == sorted(map(repr, map(_stated, flat_rows(content))))


def _stated(row):
    return {name: value for name, value in row.items() if value is not None}
