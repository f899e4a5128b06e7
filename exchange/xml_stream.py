"""XML of workbooks, streamed through expat: no tree, no document types, no entities, no outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn
from xml.parsers import expat

from exchange.errors import UploadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Attributes = dict[str, str]


def stream(
    chunks: Iterable[bytes],
    part: str,
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Parse `chunks` and call back with local names (prefix cut off).

    Raises
    ------
    UploadError
        No well-formed XML, or a document type declaration (the door for entities).
    """
    parser: Any = expat.ParserCreate()
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def refuse(*_args: object) -> NoReturn:
        raise UploadError("upload.xml_doctype", part=part)

    def local_start(name: str, attributes: Attributes) -> None:
        start(name.rpartition(":")[2], attributes)

    def local_end(name: str) -> None:
        if end is not None:
            end(name.rpartition(":")[2])

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler = local_start
    if end is not None:
        parser.EndElementHandler = local_end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UploadError("upload.xml_broken", part=part, reason=str(error)) from error
    except LookupError as error:  # an encoding that Python does not know
        raise UploadError("upload.xml_broken", part=part, reason=str(error)) from error
