"""The inline scripts of the pages. The server allows exactly these by their hash: no other may be added elsewhere."""

from __future__ import annotations

import json

from views.texts import FINDER_LANGUAGES, RIGHT_TO_LEFT


def language_script(language: str) -> str:
    """Return the script that says what the page really speaks; the page shell comes from the server and says German."""
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    return f"<script>Object.assign(document.documentElement, {{lang: {language[:2]!r}, dir: {direction!r}}});</script>"


def finder_script() -> str:
    """Return the script that names parts of the finder's page, which Streamlit cannot name, to screen readers.

    The answer's count becomes a live region that stays in place; every language is called in itself.
    """
    languages = {name: code[:2] for code, name in FINDER_LANGUAGES.items()}
    return (
        "<script>(() => { if (window.qkFinder) { return; } window.qkFinder = true; "
        f"const languages = {json.dumps(languages, ensure_ascii=False)}; "
        "const set = (part, name, value) => { if (part.getAttribute(name) !== value) { part.setAttribute(name, value); } }; "
        "const name = () => { "
        "document.querySelectorAll('.st-key-finder_status').forEach((part) => { set(part, 'role', 'status'); }); "
        "document.querySelectorAll('.st-key-finder_language button').forEach((part) => { "
        "const code = languages[part.textContent.trim()]; if (code) { set(part, 'lang', code); } }); }; "
        "new MutationObserver(name).observe(document.body, {childList: true, subtree: true}); name(); })();</script>"
    )
