"""The HTML of a dossier, read by a parser: landmarks, headings, captions, nothing from elsewhere, hostile texts are only text."""

from html.parser import HTMLParser
from itertools import pairwise

import pytest

from exchange.dossier.html import dossier_html
from exchange.dossier.words import printable
from geo.area import named_area
from tests.e2e.hostile import HOSTILE
from tests.exchange.dossier_city import city
from tests.exchange.dossier_odd import odd

VOID = {"meta", "br", "wbr", "link"}
KNOWN = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "p", "strong", "span", "h1", "h2", "h3", "nav", "ul", "li",
    "main", "section", "div", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "small", "figure",
    "figcaption", "footer", "wbr", "svg", "rect", "path", "text", "g", "defs", "circle", "pattern", "clippath",
}  # fmt: skip


class Read(HTMLParser):
    """What a document consists of: tags with attributes in order, text by tag, and whether tags are nested as they should be."""

    def __init__(self, made: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[str, str]] = []
        self.feed(made.decode())
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in {"style", "title"}:
            self.words.append((self.open[-1], data))

    def text(self, tag=None) -> str:
        return "".join(data for own, data in self.words if tag in {None, own})

    def all(self, tag):
        return [attributes for own, attributes in self.tags if own == tag]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    maker = city(tmp_path_factory.mktemp("city"))
    return Read(dossier_html(maker.dossier(named_area(maker.sources.load, "district", 4))))


def test_language_landmarks_and_headings(page):
    assert page.all("html") == [{"lang": "de"}]
    for landmark in ("header", "nav", "main", "footer"):
        assert len(page.all(landmark)) == 1
    levels = [int(tag[1]) for tag, _ in page.tags if tag in {"h1", "h2", "h3"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert {link["href"][1:] for link in page.all("a")} <= ids


def test_every_table_has_caption_and_headings(page):
    tables = page.all("table")
    assert len(tables) == len(page.all("caption")) >= 5
    assert {cell["scope"] for cell in page.all("th")} == {"row", "col"}


def test_a_picture_has_a_name(page):
    drawn = [svg for svg in page.all("svg") if svg.get("aria-hidden") != "true"]
    assert drawn
    assert all(svg["role"] == "img" for svg in drawn)
    titles = [tag for tag, _ in page.tags if tag == "title"]
    assert len(titles) == 1 + len(drawn)
    assert "Karte" in page.text("figcaption")


def test_it_stands_alone(page):
    for tag, attributes in page.tags:
        assert tag != "script"
        assert not {"src", "srcset", "style"} & attributes.keys()
        assert attributes.get("href", "#").startswith("#")


def test_what_is_missing_says_where_to_add_it(page):
    assert "Ergänzen in der Quartierskarte: Angaben bestätigen" in page.text("p")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_only_text(name):
    text = HOSTILE[name]
    read = Read(dossier_html(odd(text)))
    assert {tag for tag, _ in read.tags} <= KNOWN
    assert not any(key.startswith("on") for _, attributes in read.tags for key in attributes)
    shown = printable(text)
    assert read.text("h1") == shown
    assert [shown in read.text(tag) for tag in ("p", "li", "td", "th", "dt", "dd", "small")] == [True] * 7


def test_right_to_left_text_says_so_and_long_words_may_break():
    assert {"dir": "auto"} in Read(dossier_html(odd("مركز الجيران في الحي"))).all("h1")
    assert Read(dossier_html(odd("x" * 500))).all("wbr")
