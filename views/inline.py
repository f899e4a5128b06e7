"""The inline scripts of the pages. The server allows exactly these by their hash: no other may be added elsewhere."""

from __future__ import annotations


def language_script(language: str) -> str:
    """Return the script that says what the page really speaks; the page shell comes from the server and says German."""
    return f"<script>document.documentElement.lang = {language[:2]!r};</script>"
