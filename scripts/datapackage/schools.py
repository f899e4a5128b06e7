"""Schools: from the forms the directory lists to the kinds of facility they offer."""

from __future__ import annotations

import re
from collections import Counter

from scripts.datapackage.names import split_text

_FORMS = (
    (re.compile(r"FöS|SKG"), "special_school"),
    (re.compile(r"Berufsbildende|Bildungsangebot"), "vocational_school"),
    (re.compile(r"Abendgymnasium|Kolleg"), "adult_education"),
    (re.compile(r"Grundschule|Primarstufe|chulkindergarten"), "primary_school"),
    (re.compile(r"Gymnasium|Gymnasialzweig|IGS|KGS|Hauptschule|Realschule|Oberschule"), "secondary_school"),
)
_PREFIX, _NO_FORM = "Schulformen: ", re.compile(r"Schulnummer \d+|(Ganztagsschule( \(o\. ZB\))?|Ganztag)")


def school_kinds(facts: str) -> dict[str, list[str]]:
    """Return kind → forms of a school, the main kind first.

    The main kind has the most forms; of equals, the one listed first. ValueError for a form nobody
    knows and for a school without any form.
    """
    if not facts.startswith(_PREFIX):
        raise ValueError(f"no school forms in {facts!r}")
    forms = [part for part in split_text(facts.removeprefix(_PREFIX)) if not _NO_FORM.fullmatch(part)]
    kinds: dict[str, list[str]] = {}
    for form in forms:
        kinds.setdefault(_kind(form), []).append(form)
    if not kinds:
        raise ValueError(f"no school forms in {facts!r}")
    counts = Counter({kind: len(listed) for kind, listed in kinds.items()})
    return {kind: kinds[kind] for kind, _ in counts.most_common()}


def _kind(form: str) -> str:
    for pattern, kind in _FORMS:
        if pattern.search(form):
            return kind
    raise ValueError(f"unknown school form {form!r}")
