"""The protocol as files: which formats there are, what they are called, and their bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from exchange.workshop.protocol import protocol
from exchange.workshop.protocol_data import protocol_csv, protocol_geojson
from geo.errors import ParameterError

if TYPE_CHECKING:
    from exchange.dossier.words import Words
    from exchange.workshop.evening import Evening
    from exchange.workshop.material import Material

FORMATS: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
}
"""Ending → media type."""


@dataclass(frozen=True, slots=True)
class File:
    """A file: its name, media type and bytes."""

    name: str
    mime: str
    content: bytes


def protocol_file(
    ending: str, evening: Evening, words: Words, *, material: Material | None = None, today: str | None = None
) -> File:
    """Return the protocol in one of `FORMATS`; its name holds the day and nothing that people wrote.

    Parameters
    ----------
    ending
        Of `FORMATS`.
    evening, words, material
        As `exchange.workshop.protocol.protocol` takes them.
    today
        ISO date; None = now, UTC.

    Raises
    ------
    ParameterError
        Not one of `FORMATS`.
    """
    if ending not in FORMATS:
        raise ParameterError("parameter.unknown_value", name="format", value=ending, allowed=", ".join(FORMATS))
    name = f"{words.t('protocol.file.name')}-{evening.session.created_at[:10]}.{ending}"
    return File(name, FORMATS[ending], _content(ending, evening, words, material, today))


def _content(ending: str, evening: Evening, words: Words, material: Material | None, today: str | None) -> bytes:
    if ending == "csv":
        return protocol_csv(evening)
    if ending == "geojson":
        return protocol_geojson(evening)
    made = protocol(evening, words, today=today or datetime.now(UTC).date().isoformat(), material=material)
    if ending == "pdf":
        from exchange.dossier.pdf import dossier_pdf

        return dossier_pdf(made)
    if ending == "docx":
        from exchange.dossier.docx import dossier_docx

        return dossier_docx(made)
    from exchange.dossier.html import dossier_html

    return dossier_html(made)
