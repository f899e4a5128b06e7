"""The PDF of a dossier: tagged, the same bytes for the same content, long names, right-to-left and hostile text."""

import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from exchange.__main__ import main
from exchange.dossier.command import maker_of
from exchange.dossier.model import Bullets, Dossier, Paragraph, Section, Table
from exchange.dossier.pdf import dossier_pdf
from exchange.dossier.words import printable
from geo.area import named_area
from geo.errors import ParameterError
from geo.sources import open_package
from tests.e2e.hostile import HOSTILE
from tests.exchange.dossier_city import city
from tests.exchange.dossier_odd import odd
from tests.factories import base_tables, write_package

EMPTY = Dossier("de", "Programm", "Titel", "Untertitel", "heute", (), "Quellen", ("Testquelle",))


def text_of(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


def with_text(text: str) -> Dossier:
    blocks = (Paragraph(text), Bullets(text, (text,)), Table(text, (text, "Spalte"), ((text, text),), {(0, 1): text}))
    return replace(EMPTY, title=text, subtitle=text, sections=(Section("one", text, blocks),))


def test_a_district_becomes_a_tagged_pdf(tmp_path):
    maker = city(tmp_path)
    made = dossier_pdf(maker.dossier(named_area(maker.sources.load, "district", 4)))
    reader = PdfReader(io.BytesIO(made))
    assert bool(reader.trailer["/Root"]["/MarkInfo"]["/Marked"])
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert reader.metadata.title == "Nordost"
    assert "Wer macht was?" in text_of(made)


def test_the_same_content_gives_the_same_bytes(tmp_path):
    maker = city(tmp_path)
    dossier = maker.dossier(named_area(maker.sources.load, "district", 1))
    assert dossier_pdf(dossier) == dossier_pdf(dossier)


@pytest.mark.parametrize(
    "text",
    [
        "#set page(width: 1pt)",
        "{{7*7}} ${x} `rm`",
        "<script>alert(1)</script>",
        "*fett* _kursiv_ = Titel",
        "a\x00b\x1bc\u202ed",
    ],
)
def test_hostile_text_is_only_text(text):
    said = text_of(dossier_pdf(with_text(text)))
    assert said.count("Testquelle") == 1
    assert text[-2:].strip("\u202e") in said
    assert not {"\x00", "\x1b", "\u202e"} & set(said)


def test_a_name_of_500_characters_stays_readable():
    said = text_of(dossier_pdf(with_text("Nachbarschaftstreff " * 25)))
    assert said.count("Nachbarschaftstreff") >= 100


def test_right_to_left_text_is_written():
    assert dossier_pdf(with_text("مركز الجيران في الحي"))
    assert dossier_pdf(with_text("מרכז שכונתי"))


def test_the_command_writes_the_chosen_districts(tmp_path, capsys):
    package = write_package(tmp_path / "city", base_tables())
    assert (
        main(["--data", str(package), "dossier", "--district", "2", "--district", "4", "--out", str(tmp_path / "out")])
        == 0
    )
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "quartierskarte-district-2-Suedost.pdf", "quartierskarte-district-4-Nordost.pdf",
    }  # fmt: skip
    assert "2/2" in capsys.readouterr().out


def test_an_unknown_district_is_a_sentence(tmp_path, capsys):
    package = write_package(tmp_path / "city", base_tables())
    assert main(["--data", str(package), "dossier", "--district", "99", "--out", str(tmp_path / "out")]) == 2
    assert "99" in capsys.readouterr().err


def test_the_command_measures_at_the_speed_asked_for(tmp_path):
    package = open_package(write_package(tmp_path / "package"))
    assert maker_of(package, "de").settings.kmh == 4.8
    assert maker_of(package, "de", pace="frame").settings.kmh == 2.9
    assert maker_of(package, "de", own_kmh=2.0).settings.kmh == 2.0
    with pytest.raises(ParameterError, match="kmh"):
        maker_of(package, "de", own_kmh=99.0)


def test_it_says_that_it_is_pdf_ua_and_every_picture_speaks(tmp_path):
    maker = city(tmp_path)
    reader = PdfReader(io.BytesIO(dossier_pdf(maker.dossier(named_area(maker.sources.load, "district", 4)))))
    root = reader.trailer["/Root"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert root["/Lang"] == "de"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    found = list(_elements(root["/StructTreeRoot"]))
    kinds = {one["/S"] for one in found}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/L"} <= kinds
    assert all(one.get("/Alt") for one in found if one["/S"] == "/Figure")


def _elements(node):
    """Yield every element of the structure tree."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        own = kid.get_object()
        if hasattr(own, "get") and "/S" in own:
            yield own
            yield from _elements(own)


@pytest.mark.parametrize("name", HOSTILE)
def test_every_block_says_hostile_text_as_text(name):
    text = HOSTILE[name][:3000]
    pressed = re.sub("[\\s\u200b\xad]", "", text_of(dossier_pdf(odd(text))))
    assert "letzteZeile" in pressed
    assert "49" not in pressed or "49" in text  # nothing was evaluated
    if name not in {"emoji", "direction"}:  # signs that a PDF's text layer joins or turns
        assert all(word in pressed for word in re.findall(r"[A-Za-z0-9]{3,20}", printable(text)[:400]))
