"""What became of the notes: a plain page that people can open weeks later, readable without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers.escape import html_text
from workshop.live.pages import day, frame, head_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from exchange.wording import Texts
    from store.workshop import Became, Note, Stand


def stand_page(t: Texts, root: str, found: Stand) -> str:
    """Return the page: first what something came of, then everything else, by dots and time."""
    session = found.session
    targets = _targets(found)
    agreed = [one for one in targets if one[0] in found.became]
    others = [one for one in targets if one[0] not in found.became]
    main = f'<p class="hint">{html_text(t("live.stand.lead", count=len(found.notes)))}</p>'
    main += _section(t, found, "agreed", agreed) or f"<p>{html_text(t('live.stand.nothing'))}</p>"
    main += _section(t, found, "others", others)
    main += f'<p class="hint">{html_text(t("live.stand.until", date=day(t, session.deletion_date)))}</p>'
    title = f"{t('live.stand.title')} – {session.title}"
    head = head_of(session) + f"<h2>{html_text(t('live.stand.title'))}</h2>"
    return frame(t, root, main, title=title, head=head, address=f"{root}/{session.code}/stand")


def _targets(found: Stand) -> list[tuple[str, str, list[Note]]]:
    """Return (identifier, title, notes) of every group and of every note that stands alone; most dots first."""
    groups = [(one.id, one.title, [note for note in found.notes if note.group_id == one.id]) for one in found.groups]
    alone = [(one.id, "", [one]) for one in found.notes if one.group_id is None]
    return sorted([*groups, *alone], key=lambda one: -found.totals.get(one[0], 0))


def _section(t: Texts, found: Stand, name: str, targets: list[tuple[str, str, list[Note]]]) -> str:
    if not targets:
        return ""
    items = "".join(_item(t, found, *one) for one in targets)
    return f'<h2>{html_text(t(f"live.stand.{name}"))}</h2><ul class="cards">{items}</ul>'


def _item(t: Texts, found: Stand, target: str, title: str, notes: Iterable[Note]) -> str:
    written = list(notes)
    text = f'<h3 dir="auto">{html_text(title)}</h3>' if title else ""
    if title:
        text += "<ul>" + "".join(f'<li dir="auto">{html_text(one.text)}</li>' for one in written) + "</ul>"
    else:
        text += "".join(
            f'<p class="kind">{html_text(t(f"live.category.{one.category}"))}</p>'
            f'<p class="said" dir="auto">{html_text(one.text)}</p>'
            for one in written
        )
    if target in found.totals:
        text += f'<p class="state">{html_text(t("live.vote.dots", count=found.totals[target]))}</p>'
    return f"<li>{text}{''.join(_became(t, one) for one in found.became.get(target, ()))}</li>"


_DATES: Final = {"steps": "live.stand.date", "goals": "live.stand.date"}


def _became(t: Texts, one: Became) -> str:
    unknown = t("live.stand.unknown")
    status = "live.stand.retired" if one.is_retired else f"live.state.{one.status}"
    rows = [(t("live.stand.status"), t(status) if one.status or one.is_retired else unknown)]
    if one.resource == "steps":
        rows.append((t("live.stand.responsible"), one.responsible or unknown))
    if one.resource in _DATES:
        rows.append((t(_DATES[one.resource]), day(t, one.date) if one.date else unknown))
    listed = "".join(
        f"<div><dt>{html_text(name)}</dt><dd dir='auto'>{html_text(value)}</dd></div>" for name, value in rows
    )
    kind = t(f"live.resource.{one.resource}")
    return f'<p class="state good">→ {html_text(kind)}: <bdi>{html_text(one.title)}</bdi></p><dl>{listed}</dl>'
