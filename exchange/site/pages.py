"""The pages: one per language, everything inline that the first answer needs."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from babel import Locale

from exchange.wording import DEFAULT_LANGUAGE, FINDER_LANGUAGES, LANGUAGES, PLAIN, RIGHT_TO_LEFT, Texts, is_draft
from geo.finder_places import FOR_ALL
from geo.speeds import WALKING_KMH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.catalogue import Catalogue
    from geo.situations import Situation

ASSETS: Final = Path(__file__).parent / "assets"
_WORD: Final = re.compile(r"@([A-Z]+|finder\.[a-z_.]+)@")
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CODE_LENGTH: Final = 2


@dataclass(frozen=True)
class Edition:
    """What all pages share: names by key, the core content, date, contact, version."""

    catalogue: Catalogue
    situations: Mapping[str, Situation]
    core: Mapping[str, Any]
    date: str
    contact: str
    version: str


def page_html(edition: Edition, language: str) -> str:
    """Return the whole page in one language."""
    t = Texts(language)
    script = _script("rules.js", "app.js")
    early = _script("early.js").replace("@ROOT@", _root(language)).replace("@VERSION@", edition.version)
    parts = {
        "LANG": language[:2],
        "DIR": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "POLICY": _policy(early, script),
        "EARLY": early,
        "TITLE": _safe(t("finder.title")),
        "ROOT": _root(language),
        "STYLE": (ASSETS / "site.css").read_text(encoding="utf-8"),
        "LANGUAGES": _languages(language),
        "DRAFT": f"<p><strong>{_safe(t('finder.draft'))}</strong></p>" if is_draft(language) else "",
        "NEEDS": _options(
            {name: _label(t, "situation", name, each.label) for name, each in edition.situations.items()}
        ),
        "DISTRICTS": _options({entry["id"]: entry["name"] for entry in edition.core["districts"]}),
        "SPOKEN": _options(_spoken(t, edition)),
        "GROUPS": _options(_groups(t, edition)),
        "STATE": _safe(t("finder.site.state", date=edition.date)),
        "CONTACT": _safe(t("finder.contact", contact=edition.contact) if edition.contact else t("finder.contact.none")),
        "NOSCRIPT": _without_script(edition),
        "PAGE": _json(_page(t, edition)),
        "SCRIPT": script,
    }
    template = (ASSETS / "page.html").read_text(encoding="utf-8")
    return _WORD.sub(lambda hit: parts[hit[1]] if hit[1] in parts else _safe(t(hit[1])), template)


def _script(*names: str) -> str:
    """Return scripts as one, without comments and indents."""
    lines = [line.strip() for name in names for line in (ASSETS / name).read_text(encoding="utf-8").splitlines()]
    return "\n".join(line for line in lines if line and not line.startswith("// "))


def folder_of(language: str) -> str:
    """Return the folder of a language's page: the first language lies at the top."""
    return "" if language == DEFAULT_LANGUAGE else f"{language}/"


def _root(language: str) -> str:
    return "" if language == DEFAULT_LANGUAGE else "../"


def _page(t: Texts, edition: Edition) -> dict[str, Any]:
    email = _EMAIL.search(edition.contact)
    german = Texts(DEFAULT_LANGUAGE)
    root = _root(t.language)
    keys = sorted(set(re.findall(r'"(finder\.[a-z_.]+[a-z])"', (ASSETS / "app.js").read_text(encoding="utf-8"))))
    cards = ("way", "address", "today", "stop", "step_free", "languages", "free", "for", "website", "date", "unknown")
    levels = ("district", "borough", "city")
    wishes = ("step_free", "language", "open", "group", "free")
    keys += [f"finder.card.{name}" for name in cards] + [f"finder.level.{name}" for name in levels]
    keys += [f"finder.more.{name}" for name in wishes] + ["finder.map.you"]
    kinds, groups = edition.catalogue.kinds, edition.catalogue.target_groups
    return {
        "language": t.language[:2],
        "root": root,
        "data": f"{root}data/",
        "assets": f"{root}assets/",
        "version": edition.version,
        "mail": email[0] if email else "",
        "kmh": {str(pace): speed for pace, speed in WALKING_KMH.items()},
        "needs": dict.fromkeys(edition.situations, 1),
        "kinds": {name: _label(t, "kind", name, entry.label) for name, entry in kinds.items()},
        "groups": {name: _label(t, "group", name, entry.label) for name, entry in groups.items()},
        "words": {key: t(key) for key in dict.fromkeys(keys) if german.has(key)},
    }


def _label(t: Texts, prefix: str, key: str, label: Any) -> str:
    if t.language in {*LANGUAGES, PLAIN}:
        return str(label.of(t.language))
    return t(f"{prefix}.{key}") if t.has(f"{prefix}.{key}") else f"[Deutsch] {label.de}"


def _languages(here: str) -> str:
    links = []
    for code, name in FINDER_LANGUAGES.items():
        current = ' aria-current="page"' if code == here else ""
        links.append(f'<li><a href="{_root(here)}{folder_of(code)}" lang="{code[:2]}"{current}>{_safe(name)}</a></li>')
    return "".join(links)


def _spoken(t: Texts, edition: Edition) -> dict[str, str]:
    named = {code for place in edition.core["places"] for code in place.get("codes", ())}
    own = [code for code in FINDER_LANGUAGES if len(code) == _CODE_LENGTH]
    found = {}
    for code in dict.fromkeys([*own, *sorted(named)]):
        locale = Locale.parse(code)
        name, here = locale.get_display_name(), locale.get_display_name(t.locale)
        found[code] = str(name) if here in {name, None} else f"{name} ({here})"
    return found


def _groups(t: Texts, edition: Edition) -> dict[str, str]:
    named = {group for each in edition.situations.values() for group in each.target_groups} - FOR_ALL
    entries = edition.catalogue.target_groups.items()
    return {name: _label(t, "group", name, entry.label) for name, entry in entries if name in named}


def _options(labels: Mapping[Any, str]) -> str:
    return "".join(f'<option value="{_safe(str(value))}">{_safe(label)}</option>' for value, label in labels.items())


def _without_script(edition: Edition) -> str:
    """Return whom to call where a browser runs no scripts: the offices with a phone."""
    offices = {
        office["name"]: office["phones"][0]
        for entry in edition.core["districts"]
        for office in entry["offices"]
        if office["phones"]
    }
    rows = "".join(
        f'<li>{_safe(name)}: <a href="tel:{_safe(phone.replace(" ", ""))}">{_safe(phone)}</a></li>'
        for name, phone in offices.items()
    )
    return f"<ul>{rows}</ul>"


def _policy(*scripts: str) -> str:
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' {allowed}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _safe(text: str) -> str:
    return html.escape(text, quote=True)
