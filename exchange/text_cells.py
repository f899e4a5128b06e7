"""Texts in tables that spreadsheets open: none of them may become a formula.

XLSX cells carry their type, so nothing is changed there. A text file has no types: a text that a
spreadsheet could take for a formula gets an apostrophe in front (the sign for "text" in Excel), and
a text that already looks like that gets one more. Reading takes exactly one off again, so that
every text comes back as it was.
"""

from __future__ import annotations

import re
from typing import Final

_DANGEROUS: Final = re.compile(r"'*[=+\-@\t\r\n|%＝＋－＠]")
_PREFIXED: Final = re.compile(r"'+[=+\-@\t\r\n|%＝＋－＠]")


def prefixed(text: str) -> str:
    """Return `text`, with an apostrophe in front if a spreadsheet could take it for a formula."""
    return "'" + text if _DANGEROUS.match(text) else text


def unprefixed(text: str) -> str:
    """Return the text that `prefixed` was given."""
    return text[1:] if _PREFIXED.match(text) else text
