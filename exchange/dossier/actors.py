"""Section "Who does what": who is in charge of each role, actors × roles, who works with whom, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from exchange.dossier.model import Block, Bullets, Missing, Paragraph, Picture, Section, Table, in_area
from exchange.dossier.network_svg import network_svg
from exchange.dossier.words import text_or
from geo.actor_matrix import UNKNOWN

if TYPE_CHECKING:
    from exchange.dossier.words import Words
    from geo.actor_matrix import ActorMatrix, RoleAnswer
    from geo.actor_network import ActorNetwork, Combinations
    from geo.area import Area

_MOST_NAMED, _MOST_AT_A_GLANCE = 3, 2
_CONTACT = "contact_point"


@dataclass(frozen=True)
class WhoDoesWhat:
    """Everything about the actors of an area, from `geo.actor_matrix` and `geo.actor_network`."""

    matrix: ActorMatrix
    answers: Sequence[RoleAnswer]
    network: ActorNetwork
    combinations: Combinations


def who_does_what(words: Words, area: Area, who: WhoDoesWhat) -> Section:
    """Return the section."""
    t = words.t
    own = int((who.matrix.actors["level"] == "district").sum())
    blocks: list[Block] = [
        Paragraph(t.plural("profile.who.count", own) if own else t("profile.who.nobody", name=area.name))
    ]
    if area.level == "quarter" and not area.whole:
        blocks.append(Paragraph(t("profile.who.drawn")))
    blocks.append(answers_table(words, area, who.answers))
    unknown = [words.role(answer.role) for answer in who.answers if answer.level is None and not answer.verified_none]
    if unknown:
        text = t("profile.who.role_unknown", roles=", ".join(unknown))
        blocks.append(Missing(text, "roles", t("profile.to.roles"), in_area(area)))
    if own:
        blocks.append(matrix_table(words, who.matrix, ("district", "borough")))
    blocks += network_blocks(words, who.network)
    blocks += combination_blocks(words, who.combinations)
    return Section("who", t("profile.who"), tuple(blocks))


def answers_table(words: Words, area: Area, answers: Sequence[RoleAnswer]) -> Table:
    """Return who is in charge of each role, at which level, and how to get in touch."""
    t = words.t
    rows = []
    for answer in answers:
        if answer.level is None:
            said = t("profile.who.verified_none" if answer.verified_none else "profile.who.unknown")
            rows.append((words.role(answer.role), said, "", ""))
            continue
        level = t(f"profile.who.level.{answer.level}.{area.level}")
        if answer.verified_none:
            level = f"{t('profile.who.verified_none')}; {level}"
        found = answer.nearest.to_dict("records")
        names = [contact_line(words, row) for row in found[:_MOST_NAMED]]
        if len(found) > _MOST_NAMED:
            names.append(t("profile.who.more", count=len(found) - _MOST_NAMED))
        dates = [text_or(row["date"]) for row in found]
        rows.append((words.role(answer.role), level, "; ".join(names), t.date(max(dates, default=""))))
    head = tuple(t(f"profile.who.answers.{name}") for name in ("role", "level", "who", "date"))
    return Table(t("profile.who.contacts"), head, tuple(rows), quiet=t("profile.who.unknown"))


def in_charge_table(words: Words, area: Area, answers: Sequence[RoleAnswer]) -> Table:
    """Return the concept's question on one glance: each role and who has it, with the way to the contact point."""
    t = words.t
    rows = []
    for answer in answers:
        if answer.level is None:
            said = t("profile.who.verified_none") if answer.verified_none else t("profile.who.unknown")
            rows.append((words.role(answer.role), said, ""))
            continue
        found = answer.nearest.to_dict("records")
        write = contact_line if answer.role == _CONTACT else _name_of
        names = [write(words, row) for row in found[:_MOST_AT_A_GLANCE]]
        if len(found) > _MOST_AT_A_GLANCE:
            names.append(t("profile.who.more", count=len(found) - _MOST_AT_A_GLANCE))
        rows.append((words.role(answer.role), "; ".join(names), t(f"profile.who.level.{answer.level}.{area.level}")))
    head = tuple(t(f"profile.who.answers.{name}") for name in ("role", "who", "level"))
    return Table(t("profile.who.answers"), head, tuple(rows), quiet=t("profile.who.unknown"))


def _name_of(_words: Words, row: dict[str, Any]) -> str:
    return str(row["name"])


def contact_line(words: Words, row: dict[str, Any]) -> str:
    """Return a name with the best known way to get in touch."""
    way = text_or(row["phones"]).replace(";", ", ") or text_or(row["email"]) or text_or(row["website"])
    return f"{row['name']} ({way})" if way else f"{row['name']} ({words.t('profile.who.no_contact')})"


def matrix_table(words: Words, matrix: ActorMatrix, levels: Sequence[str]) -> Table:
    """Return actors × roles with a word in each cell."""
    t = words.t
    actors = matrix.actors[matrix.actors["level"].isin(levels)]
    rows, known = [], set()
    for at, actor in enumerate(actors.to_dict("records")):
        cells = matrix.cells.loc[actor["organization_id"]]
        rows.append((str(actor["name"]), *(t(f"profile.cell.{cells[role]}") for role in matrix.cells.columns)))
        known |= {(at, column) for column, cell in enumerate(cells, start=1) if cell != UNKNOWN}
    head = (t("profile.who.actor"), *(words.role(role) for role in matrix.cells.columns))
    return Table(t("profile.who.matrix"), head, tuple(rows), strong=frozenset(known), quiet=t("profile.cell.unknown"))


def network_blocks(words: Words, network: ActorNetwork) -> list[Block]:
    """Return who works with whom, as a picture and as a list, with bridges and isolated actors."""
    t = words.t
    names = {member.id: member.name for member in network.members}
    blocks: list[Block] = []
    if network.links:
        alt = t("profile.network.alt", members=len(network.members), groups=len({group for _, group in network.links}))
        drawn = network_svg(network, title=alt)
        blocks.append(Picture(drawn.svg, alt, t("profile.network"), drawn.width, drawn.height))
        lines = []
        for group in network.groups:
            listed = ", ".join(member.name for member in network.members_of(group.id))
            lines.append(f"{group.name}: {listed or t('profile.network.no_member')}")
        blocks.append(Bullets(t("profile.network.list"), tuple(lines)))
    else:
        blocks.append(
            Missing(t("profile.network.none"), "entry", t("profile.to.entry"), {"resource": "network_members"})
        )
    if network.bridges:
        blocks.append(Paragraph(t("profile.network.bridges", names=", ".join(names[own] for own in network.bridges))))
    if network.isolated:
        listed = ", ".join(name for _, name in network.isolated)
        blocks.append(Paragraph(t("profile.network.isolated", names=listed)))
    return blocks


def combination_blocks(words: Words, found: Combinations) -> list[Block]:
    """Return target groups without a known operator, with a single one, and what operators offer only elsewhere."""
    t = words.t
    blocks: list[Block] = []
    if found.none:
        text = t("profile.combinations.none", groups=", ".join(words.group(group) for group in found.none))
        blocks.append(Missing(text, "entry", t("profile.to.entry"), {"resource": "services"}))
    if found.single:
        lines = tuple(f"{words.group(group)}: {name}" for group, name in found.single)
        blocks.append(Bullets(t("profile.combinations.single"), lines))
    if found.elsewhere:
        lines = tuple(
            f"{name}: {', '.join(words.group(group) for group in groups)}" for name, groups in found.elsewhere
        )
        blocks.append(Bullets(t("profile.combinations.elsewhere"), lines))
    return blocks


def unknown_cells(matrix: ActorMatrix) -> int:
    """Return how many cells of the matrix nobody knows."""
    return int((matrix.cells == UNKNOWN).sum().sum())
