"""The one-page guide for hosts calls buttons and pages what they are called on the screen."""

from __future__ import annotations

import re

from babel.messages.pofile import read_po

from views.texts import topic_files


def _sentences() -> list[str]:
    found = []
    for path in topic_files("de"):
        with path.open("rb") as source:
            found += [str(entry.string) for entry in read_po(source)]
    return found


def test_everything_the_guide_quotes_is_on_a_page(root):
    guide = (root / "docs" / "workshop-guide.md").read_text(encoding="utf-8")
    quoted = set(re.findall(r"„([^“]+)“", guide))
    assert len(quoted) > 6
    shown = _sentences()
    assert {name for name in quoted if not any(text.startswith(name) for text in shown)} == set()


def test_every_way_the_guide_names_leads_through_pages_that_exist(root):
    guide = (root / "docs" / "workshop-guide.md").read_text(encoding="utf-8")
    steps = {
        part.strip(" |*.:,()")
        for way in re.findall(r"(?:Werkstatt|Runde|Planen) → [^|:.,)\n]+", guide)
        for part in way.split("→")
    }
    assert len(steps) > 8
    shown = set(_sentences())
    assert {step for step in steps if step not in shown} == set()
