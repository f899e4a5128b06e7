"""The results page: what came out, what became of it, who was not reached; with the code only what was shown."""

from __future__ import annotations

import pytest

from store import LOCAL
from store.workshop import agree, moderate, open_group, tell, vote
from tests.e2e.hostile import HOSTILE
from tests.views.store_steps import beside, words
from tests.views.workshop_steps import begin, phone, to_phase
from views import storage

pytestmark = pytest.mark.slow


def _evening(store):
    made = begin(store, area_level="borough", area_id="1", area_name="Mitte")
    actor, (bench, park, hidden) = phone(store, made, ["Mehr Bänke", "Bänke im Park", "Geheimes"])
    moderate(store, LOCAL, made.id, [hidden.id], "hidden")
    group = open_group(store, LOCAL, made.id, "Sitzen", [bench.id, park.id])
    for at in range(18):
        other, _ = phone(store, made)
        tell(store, other, made.id, {"age_group": "30_59", "district_id": "1"} if at < 17 else {"age_group": "18_29"})
    made = to_phase(store, made, "vote")
    vote(store, actor, made.id, group.id, 4)
    agree(store, LOCAL, made.id, "steps", {"title": "Zwei Bänke aufstellen"}, group_id=group.id)
    return to_phase(store, made, "closed"), group


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_host_sees_results_what_became_of_them_and_who_was_not_reached(open_page, store_folder, language):
    with beside(store_folder) as store:
        made, _ = _evening(store)
    page = open_page("protocol", session=made.id, lang=language)
    assert not page.exception
    assert [each.value for each in page.error] == []
    said = words(page)
    assert "⟦" not in said
    assert "Sitzen" in said
    assert "4 Punkte" in said or "4 dots" in said
    assert {"de": "Nicht oder kaum erreicht\\: 60 Jahre und älter", "en": "Not or hardly reached\\: 60"}[
        language
    ] in said
    assert "Geheimes" not in said
    links = [each.proto.label for each in page.get("page_link")]
    assert any("Zwei Bänke aufstellen" in label for label in links)
    table = next(each.value for each in page.dataframe if len(each.value) == 3)
    assert "0" in set(table.iloc[:, 1])


def test_small_counts_are_not_shown(open_page, store_folder):
    with beside(store_folder) as store:
        made = begin(store)
        for age in ("under_18", *["30_59"] * 12, *["60_74"] * 9):
            actor, _ = phone(store, made)
            tell(store, actor, made.id, {"age_group": age})
    page = open_page("protocol", session=made.id)
    counts = set(page.dataframe[0].value.iloc[:, 1])
    assert "1" not in counts
    assert "zu klein zum Zeigen" in counts


def test_paper_only_makes_no_statement_about_people(open_page, store_folder):
    with beside(store_folder) as store:
        made = begin(store)
    page = open_page("protocol", session=made.id)
    assert "keine Aussage" in words(page)
    assert not page.dataframe


def test_with_the_code_everybody_sees_what_was_shown_and_no_more(open_page, store_folder, monkeypatch):
    with beside(store_folder) as store:
        made, _ = _evening(store)
    monkeypatch.setattr(storage, "actor", lambda: None)
    page = open_page("protocol", code=f"{made.code[:4]}-{made.code[4:]}".lower())
    said = words(page)
    assert "Sitzen" in said
    assert "Geheimes" not in said
    assert "Wer nicht erreicht" not in said
    for wrong in ({"code": "ABCD2345"}, {"session": made.id}, {"code": "<script>"}):
        page = open_page("protocol", **wrong)
        assert "Sitzen" not in words(page)
        assert not page.exception


def test_hostile_notes_are_only_text(open_page, store_folder):
    texts = [text for text in HOSTILE.values() if len(text) <= 500 and text.isprintable()]
    with beside(store_folder) as store:
        made = begin(store, title=HOSTILE["script"][:200], question=HOSTILE["template"])
        phone(store, made, texts)
    page = open_page("protocol", session=made.id)
    assert not page.exception
    for each in (*page.markdown, *page.caption, *page.header):
        assert "<script" not in each.value.replace("\\<", "")
