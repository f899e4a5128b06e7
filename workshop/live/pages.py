"""The pages in HTML: one frame, filled in the visitor's language. Text from outside is escaped in one place."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from babel.dates import format_date, format_skeleton

from exchange.wording import DEFAULT_LANGUAGE, FINDER_LANGUAGES, PLAIN, RIGHT_TO_LEFT, Texts, is_draft
from geo import workshop as rules
from layers.escape import html_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.workshop import Session

FOLDER: Final = Path(__file__).resolve().parent / "assets"
SCRIPTS: Final = ("memory.js", "call.js", "parts.js", "outbox.js", "feed.js", "map.js", "page.js")
_FIELD: Final = re.compile(r"@([A-Za-z_.0-9]+)@")
_OTHERS: Final = ' · <span lang="en">Language</span>'
_FOR_SCRIPTS: Final = (
    "live.category.", "live.status.", "live.own.", "live.reason.", "live.shown.", "live.vote.", "live.map.", "live.note.",
    "live.facts.kept", "live.leave.sure", "live.gone",
)  # fmt: skip


@lru_cache(maxsize=32)
def asset(name: str) -> str:
    """Return the text of a file that belongs to the pages."""
    return (FOLDER / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def version() -> str:
    """Return a short digest of all files, so that a browser never mixes an old script with a new page."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=1)
def keys() -> tuple[str, ...]:
    """Return all keys of these pages."""
    from babel.messages.pofile import read_po

    from exchange.wording import FOLDER as TEXTS

    with (TEXTS / DEFAULT_LANGUAGE / "live.po").open("rb") as source:
        return tuple(str(message.id) for message in read_po(source) if message.id)


def fill(template: str, t: Texts, parts: Mapping[str, str]) -> str:
    """Return a template with its fields filled: ``@KEY@`` from `parts` (HTML), ``@a.key@`` from the words (text)."""

    def one(match: re.Match[str]) -> str:
        name = match.group(1)
        return parts[name] if name in parts else html_text(t(name))

    return _FIELD.sub(one, template)


def frame(
    t: Texts, root: str, main: str, *, title: str, head: str, address: str, scripts: Sequence[str] = (), links: str = ""
) -> str:
    """Return a whole page.

    Parameters
    ----------
    root
        Path of the routes, for example ``/w`` or ``/city/w``.
    main, head
        HTML.
    title
        Text.
    address
        Path of this page, for the links to its other languages.
    """
    version_ = version()
    parts = {
        "LANG": t.language.split("-")[0],
        "DIR": _direction(t.language),
        "TITLE": html_text(title),
        "APP": f"{root.removesuffix('/w')}/app",
        "ROOT": root,
        "VERSION": version_,
        "LINKS": links,
        "LANGUAGE": html_text(FINDER_LANGUAGES[t.language]) + ("" if t.language == "en" else _OTHERS),
        "LANGUAGES": _languages(t.language, address),
        "DRAFT": f'<p class="hint">{html_text(t("live.draft"))}</p>' if is_draft(t.language) else "",
        "HEAD": head,
        "MAIN": main,
        "SCRIPTS": "".join(f'<script defer src="{root}/assets/{name}?v={version_}"></script>' for name in scripts),
    }
    return fill(asset("page.html"), t, parts)


def day(t: Texts, text: str) -> str:
    """Write a day (YYYY-MM-DD) or month (YYYY-MM) as the language does; a year as it is."""
    try:
        if len(text) == len("YYYY-MM"):
            return format_skeleton("yMMMM", date.fromisoformat(f"{text}-01"), locale=t.locale)
        return format_date(date.fromisoformat(text), format="long", locale=t.locale)
    except ValueError:
        return text


def _languages(chosen: str, address: str) -> str:
    items = []
    for code, name in FINDER_LANGUAGES.items():
        current = ' aria-current="true"' if code == chosen else ""
        spoken = code.split("-")[0]
        items.append(
            f'<li><a href="{html_text(address)}?lang={code}" lang="{spoken}" dir="{_direction(code)}" '
            f'hreflang="{spoken}"{current}>{html_text(name)}</a></li>'
        )
    return "".join(items)


def _direction(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def enter_page(t: Texts, root: str, *, problem: str = "") -> str:
    """Return the page where a code is typed; `problem` is a text."""
    shown = f'<p class="problem" role="alert">{html_text(problem)}</p>' if problem else ""
    main = fill(asset("enter.html"), t, {"ROOT": root, "PROBLEM": shown})
    title = t("live.enter.title")
    return frame(t, root, main, title=title, head=f"<h1>{html_text(title)}</h1>", address=f"{root}/")


def session_page(t: Texts, root: str, session: Session, districts: Mapping[str, str], *, code: str) -> str:
    """Return the participants' page of a session.

    Parameters
    ----------
    districts
        Names by number, for the voluntary facts.
    code
        The one in the address: the session may have got another one since this device joined.
    """
    address = f"{root}/{code}"
    consent = "live.consent.shown" if session.moderation == "show" else "live.consent.held"
    deleted = t("live.consent.deleted", date=day(t, session.deletion_date))
    parts = {
        "ROOT": root,
        "STAND": f"{root}/{session.code}/stand",
        "CONSENT": html_text(session.consent_text),
        "HOST_LANG": _host_language(session),
        "ANONYMOUS": f"<li>{html_text(t('live.consent.anonymous'))}</li>" if session.anonymous else "",
        "MODERATION": html_text(t(consent)),
        "DELETED": html_text(deleted),
        "MAXIMUM": str(rules.MAX_NOTE),
        "CATEGORIES": "".join(_category(t, one) for one in session.categories),
        "AGES": _options({age: t(f"live.age.{age}") for age in rules.AGE_GROUPS}),
        "DISTRICTS": _options(districts),
        "TONGUES": _options({code: name for code, name in FINDER_LANGUAGES.items() if code != PLAIN}, spoken=True),
        "DATA": _data(t, address, session, code),
    }
    main = fill(asset("session.html"), t, parts)
    return frame(t, root, main, title=session.title, head=head_of(session), address=address, scripts=SCRIPTS)


def head_of(session: Session) -> str:
    """Return title and question of a session, marked as what the host wrote."""
    language = _host_language(session)
    return (
        f'<h1 id="title" dir="auto"{language}>{html_text(session.title)}</h1>'
        f'<p id="question" class="question" dir="auto"{language}>{html_text(session.question)}</p>'
    )


def _host_language(session: Session) -> str:
    """Return the attribute that names the language of what the host wrote: the session's first one."""
    spoken = session.languages[0].split("-")[0] if session.languages else DEFAULT_LANGUAGE
    return f' lang="{html_text(spoken)}"'


def _category(t: Texts, name: str) -> str:
    return (
        f'<label class="choice"><input type="radio" name="category" value="{name}">'
        f'<span><span aria-hidden="true">{rules.SIGNS[name]}</span> {html_text(t(f"live.category.{name}"))}</span></label>'
    )


def _options(names: Mapping[str, str], *, spoken: bool = False) -> str:
    return "".join(
        f'<option value="{html_text(key)}"' + (f' lang="{key}"' if spoken else "") + f">{html_text(name)}</option>"
        for key, name in names.items()
    )


def _data(t: Texts, address: str, session: Session, code: str) -> str:
    """Return what the scripts need as JSON that no HTML reader takes for its end."""
    root = address.rsplit("/", 1)[0]
    leaflet = f"{root.removesuffix('/w')}/app/static/vendor/leaflet/leaflet"
    content: dict[str, Any] = {
        "code": code,
        "api": f"{address}/api/",
        "phase": session.phase,
        "deletion_date": session.deletion_date,
        "maximum": rules.MAX_NOTE,
        "leaflet": {"script": f"{leaflet}.js", "style": f"{leaflet}.css"},
        "texts": {key: t(key) for key in keys() if key.startswith(_FOR_SCRIPTS)},
    }
    text = json.dumps(content, ensure_ascii=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
