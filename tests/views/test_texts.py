"""The catalogues: same keys and fields in both languages, every key of the code present, numbers as written here."""

from __future__ import annotations

import ast
import csv
import math
import re
import sys

import pytest
from babel.messages.pofile import read_po

from exchange import wording
from exchange.dossier.gap_section import status
from exchange.messages import MESSAGE_KEYS as EXCHANGE_KEYS
from geo.card_texts import CARD_KEYS
from geo.errors import MESSAGE_KEYS as GEO_KEYS
from geo.sources import open_package
from store.messages import MESSAGE_KEYS as STORE_KEYS
from views import settings
from views.texts import FINDER_LANGUAGES, FOLDER, LANGUAGES, PLAIN, Texts, is_draft, topic_files

MESSAGE_KEYS = GEO_KEYS | STORE_KEYS | EXCHANGE_KEYS
ERROR_KEYS = frozenset(MESSAGE_KEYS)
FIELD = re.compile(r"\{(\w+)")


def _messages(language: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in topic_files(language):
        with path.open("rb") as source:
            for entry in read_po(source):
                key = entry.id[0] if isinstance(entry.id, tuple) else entry.id
                assert key not in found, f"{key} stands twice"
                if key:
                    found[key] = list(entry.string) if isinstance(entry.string, tuple) else [entry.string]
    return found


def _used_keys() -> set[str]:
    """Keys that stand as plain text in calls of a texts object in ``views/``."""
    found = set()
    for path in (*(settings.ROOT / "views").rglob("*.py"), *(settings.ROOT / "exchange").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            first = node.args[0]
            if name in {"t", "plural"} and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    return found


def test_both_languages_have_the_same_keys() -> None:
    assert set(_messages("de")) - ERROR_KEYS == set(_messages("en"))


def test_every_error_has_a_german_sentence_with_the_same_fields() -> None:
    german = _messages("de")
    assert ERROR_KEYS - set(german) == set()
    strange = {
        key: fields
        for key in ERROR_KEYS
        if (fields := set(FIELD.findall(german[key][0])) - set(FIELD.findall(MESSAGE_KEYS[key])))
    }
    assert strange == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty(language: str) -> None:
    assert [key for key, sentences in _messages(language).items() if not all(sentences)] == []


def test_both_languages_fill_the_same_fields() -> None:
    german, english = _messages("de"), _messages("en")
    different = [
        key
        for key in set(german) - ERROR_KEYS
        if {field for text in german[key] for field in FIELD.findall(text)}
        != {field for text in english[key] for field in FIELD.findall(text)}
    ]
    assert different == []


def test_every_key_of_the_pages_has_a_sentence() -> None:
    used = _used_keys()
    assert len(used) > 30
    assert used - set(_messages("de")) == set()


def test_numbers_follow_the_language() -> None:
    assert Texts("de").number(1234.5, digits=1) == "1.234,5"
    assert Texts("en").number(1234.5, digits=1) == "1,234.5"
    assert Texts("de").percent(0.256, digits=1) == "25,6\u00a0%"
    assert Texts("de").distance(348) == "350\u00a0m"
    assert Texts("de").distance(1249) == "1,2\u00a0km"


@pytest.mark.parametrize("value", [None, math.nan, math.inf])
def test_unknown_is_a_word_and_never_zero(value: float | None) -> None:
    assert Texts("de").number(value) == "unbekannt"
    assert Texts("en").percent(value) == "unknown"
    assert Texts("de").distance(value) == "unbekannt"


def test_an_unknown_key_is_seen() -> None:
    assert Texts("de")("no.such.key") == "⟦no.such.key⟧"


def test_data_in_a_sentence_is_not_a_template() -> None:
    assert "{0.__class__}" in Texts("de")("error.address_value", name="x", value="{0.__class__}{value}")


def test_files_are_where_the_code_looks() -> None:
    assert {path.parent.name for path in FOLDER.glob("*/*.po")} == set(FINDER_LANGUAGES)


def test_plain_german_says_every_card_sentence_with_the_same_fields() -> None:
    plain, german = _messages(PLAIN), _messages("de")
    assert set(CARD_KEYS) <= set(plain)
    assert set(CARD_KEYS) <= set(german)
    for key, (sentence,) in plain.items():
        assert set(FIELD.findall(sentence)) <= set(FIELD.findall(german[key][0])), key


def test_plain_german_uses_short_sentences() -> None:
    words = [len(part.split()) for (text,) in _messages(PLAIN).values() for part in re.split(r"[.!?:]\s", text)]
    assert max(words) <= 14


def test_plain_german_falls_back_to_german() -> None:
    assert Texts(PLAIN)("common.unknown") == "unbekannt"


def _of_finder(language: str) -> dict[str, str]:
    return {key: texts[0] for key, texts in _messages(language).items() if key.split(".")[0] in _FINDER}


_FINDER = ("finder", "situation", "kind", "group")


@pytest.mark.parametrize("language", sorted(set(FINDER_LANGUAGES) - {"de"}))
def test_every_language_of_the_finder_says_everything_with_the_same_fields(language: str) -> None:
    german = {key: text for key, text in _of_finder("de").items() if key.startswith("finder.")}
    own = {key: text for key, text in _of_finder(language).items() if key.startswith("finder.")}
    assert set(own) == set(german)
    assert all(own.values())
    assert {key for key in own if set(FIELD.findall(own[key])) != set(FIELD.findall(german[key]))} == set()


@pytest.mark.parametrize("language", sorted(set(FINDER_LANGUAGES) - {*LANGUAGES, PLAIN}))
def test_drafts_are_marked_and_name_every_kind_and_situation(language: str) -> None:
    assert is_draft(language)
    tables = [("situation", "life_situations"), ("kind", "facility_kinds")]
    wanted = {
        f"{prefix}.{row[prefix]}"
        for prefix, name in tables
        for row in csv.DictReader(
            (settings.ROOT / "data" / "katalog" / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        )
    }
    assert wanted <= set(_of_finder(language))


def test_what_a_language_lacks_is_seen_to_be_german() -> None:
    assert Texts("tr")("home.title") == f"[Deutsch] {Texts('de')('home.title')}"
    assert not is_draft("de")
    assert not is_draft("en")


def test_every_table_of_the_package_has_a_name_and_says_in_german_how_it_was_made() -> None:
    names = open_package(settings.ROOT / "data").names
    german, english = Texts("de"), Texts("en")
    assert [name for name in names if not (german.has(f"resource.{name}") and english.has(f"resource.{name}"))] == []
    assert [name for name in names if not german.has(f"derivation.{name}")] == []


def test_every_status_of_a_standard_has_its_words(root) -> None:
    with (root / "data" / "katalog" / "standards.csv").open(encoding="utf-8", newline="") as file:
        statuses = {row["status"] for row in csv.DictReader(file)}
    for text in statuses:
        for language in LANGUAGES:
            assert Texts(language).has("standard.status." + re.sub(r"[^0-9a-zäöüß]+", "_", text.casefold()).strip("_"))
    assert status(Texts("en"), "Empfehlung") == "recommendation"
    assert status(Texts("en"), "neu") == "neu"


@pytest.fixture
def texts_folder(tmp_path, monkeypatch):
    """Catalogues of one language with one sentence, and `say()`, which reads them as a new process does."""
    (tmp_path / "de").mkdir()
    source = tmp_path / "de" / "one.po"
    monkeypatch.setattr(wording, "FOLDER", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)

    def say(sentence=None):
        if sentence:
            source.write_text(f'msgid ""\nmsgstr ""\n\nmsgid "key"\nmsgstr "{sentence}"\n', encoding="utf-8")
        return wording.catalogue.__wrapped__("de").gettext("key")

    return tmp_path / "de", say


def test_a_changed_sentence_is_seen_and_nothing_old_is_kept(texts_folder, monkeypatch) -> None:
    folder, say = texts_folder
    assert say("Größe") == "Größe"
    assert say("Weite") == "Weite"
    assert len(list((folder / "__pycache__").iterdir())) == 1
    monkeypatch.setattr(wording, "_compile", lambda *_: pytest.fail("compiled again"))
    assert say() == "Weite"


@pytest.mark.parametrize("damage", [b"", b"no catalogue", b"\xde\x12\x04\x95" + b"\xff" * 40, "header"])
def test_damaged_or_missing_room_for_compiled_sentences_costs_nothing_but_time(texts_folder, damage) -> None:
    folder, say = texts_folder
    say("Weite")
    (kept,) = (folder / "__pycache__").iterdir()
    kept.write_bytes(kept.read_bytes().replace(b"charset=utf-8", b"charset=utx-8") if damage == "header" else damage)
    assert say() == "Weite"
    kept.unlink()
    kept.parent.rmdir()
    kept.parent.write_text("no folder", encoding="utf-8")
    assert say() == "Weite"
