"""A dossier made of nothing but one odd text in every place, to be driven through every writer."""

from exchange.dossier.model import Bars, Bullets, Dossier, Facts, Missing, Paragraph, Picture, Section, Table
from exchange.map_svg import document_svg, text_svg


def odd(text: str) -> Dossier:
    """Return a dossier in which every block says `text`."""
    picture = document_svg(300, 100, [text_svg(text[:80], 5, 50, size=12)], title=text[:80])
    blocks = (
        Facts(((text, text, text),)),
        Paragraph(text),
        Bullets(text, (text, "letzte Zeile")),
        Table(
            text,
            (text, "Spalte"),
            ((text, text), ("Zeile", "unbekannt")),
            {(0, 1): text},
            frozenset({(0, 1)}),
            "unbekannt",
        ),
        Bars(text, text, ((text, 3.0, text), ("ohne Zahl", float("nan"), "unbekannt"))),
        Picture(picture, text, text, 300, 100),
        Missing(text, "entry", text),
    )
    section = Section("one", text, blocks)
    return Dossier(
        "de", "Programm", text, text, "heute", (section,), "Quellen", ("Testquelle", text), "Ergänzen:", "Inhalt"
    )
