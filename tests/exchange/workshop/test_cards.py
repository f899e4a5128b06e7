"""Cards and form: every number once on card and sticker, whole pages, nothing beside the paper, no question for names."""

from collections import Counter
from dataclasses import replace

import pytest

from exchange.workshop.cards import ON_A_PAGE, card_numbers, cards_pdf, form_pdf, hundreds
from exchange.workshop.material import CATEGORIES, Occasion
from geo.errors import ParameterError
from tests.exchange.workshop.room import HOSTILE, material_of, outside, pages, text_of


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    return material_of(tmp_path_factory.mktemp("room"))


def test_categories_have_a_hundred_each_whatever_else_is_printed():
    numbers = card_numbers(CATEGORIES, 2, first=5)
    assert [each[0] for each in numbers.values()] == [105, 205, 305, 405]
    assert all(len(each) == 2 * ON_A_PAGE for each in numbers.values())
    assert card_numbers(("idea",), 2, first=5) == {"idea": numbers["idea"]}
    for name, mine in card_numbers(CATEGORIES, 12, first=1).items():
        assert set(mine) <= set(hundreds(CATEGORIES)[name])
    assert not set(hundreds(("need",))["need"]) & set(hundreds(("idea",))["idea"])


@pytest.mark.parametrize(("count", "first"), [(0, 1), (-1, 1), (13, 1), (10_000, 1), (1, 0), (1, 93), (2, 90), (12, 5)])
def test_no_cards_and_too_many_cards_are_refused(count, first):
    with pytest.raises(ParameterError, match="Use a value from 1 to"):
        card_numbers(CATEGORIES, count, first=first)


def test_every_number_stands_on_its_card_and_on_its_sticker(material):
    made = pages(cards_pdf(replace(material, occasion=Occasion(categories=("need", "idea"))), pages=1))
    assert len(made) == 2
    for page, first in zip(made, (101, 201), strict=True):
        numbers = Counter(word for word in page.extract_text().split() if word.isdigit())
        assert numbers == dict.fromkeys(map(str, range(first, first + ON_A_PAGE)), 2)
        assert outside(page) == []
    assert "Was fehlt hier?" in made[0].extract_text()
    assert "Idee" in made[1].extract_text()


def test_the_form_has_three_pages_and_asks_for_no_names(material):
    made = form_pdf(material)
    assert len(pages(made)) == 3
    said = " ".join(text_of(made).split())
    assert "Protokoll: Nordost" in said
    assert "keine Namen" in said
    for word in ("Unterschrift", "Anwesenheitsliste", "Telefon", "E-Mail"):
        assert word not in said.replace("keine Unterschriften", "")


@pytest.mark.slow
def test_cards_and_form_speak_english(material):
    english = replace(material, words=replace(material.words, t=type(material.words.t)("en")))
    assert "What is missing here?" in text_of(cards_pdf(english, pages=1))
    assert "What we agreed on" in text_of(form_pdf(english))


@pytest.mark.slow
def test_hostile_texts_stay_in_the_head_of_the_form(material):
    for at in range(0, len(HOSTILE), 4):
        text = " ".join(HOSTILE[at : at + 4])
        made = form_pdf(replace(material, occasion=Occasion(title=text, question=text * 2, code=text, date="x" * 200)))
        assert len(pages(made)) == 3
        assert all(outside(page) == [] for page in pages(made))
