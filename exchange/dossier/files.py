"""The formats of a dossier, and what its files are called."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from exchange.dossier.model import Dossier
    from geo.area import Area

_LONGEST: Final = 40
_ID_SIGNS: Final = 8  # of a Quartier's long identifier
_LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Format:
    """How a dossier is written: ending of the file and media type."""

    suffix: str
    media: str


FORMATS: Final = {
    "pdf": Format("pdf", "application/pdf"),
    "pptx": Format("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "html": Format("html", "text/html"),
}


def written(dossier: Dossier, kind: str) -> bytes:
    """Return the dossier in one of `FORMATS`; only the writer that is needed is imported."""
    if kind == "pdf":
        from exchange.dossier.pdf import dossier_pdf

        return dossier_pdf(dossier)
    if kind == "pptx":
        from exchange.dossier.pptx import dossier_pptx

        return dossier_pptx(dossier)
    from exchange.dossier.html import dossier_html

    return dossier_html(dossier)


def file_name(area: Area, kind: str) -> str:
    """Return what the file of an area is called: only letters, digits and hyphens, whatever the area's name is."""
    plain = unicodedata.normalize("NFKD", area.name.translate(_LETTERS)).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-")
    number = re.sub(r"[^A-Za-z0-9]+", "", area.id)[:_ID_SIGNS]
    return "-".join(filter(None, ("quartierskarte", area.level, number, name))) + f".{FORMATS[kind].suffix}"
