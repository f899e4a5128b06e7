"""From package and store to the sections of an area: what the profile page shows and every file writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from exchange.dossier.actors import WhoDoesWhat, in_charge_table, who_does_what
from exchange.dossier.area_map import area_map
from exchange.dossier.gap_section import gaps
from exchange.dossier.knowledge import knowledge
from exchange.dossier.model import Block, Bullets, Dossier, Facts, Missing, Paragraph, Section, in_area
from exchange.dossier.people import people
from exchange.dossier.places import means, offered
from exchange.dossier.plan_section import plan_section
from exchange.dossier.words import Words
from geo.actor_matrix import actor_matrix, role_answers, tables_of
from geo.actor_network import actor_network, combinations
from geo.area import named_area
from geo.figures import figures
from geo.gaps import gap_table
from geo.peers import peer_rates, peers
from geo.profile import Profile, gap_cards, profile
from geo.quarter import inputs_with

if TYPE_CHECKING:
    from geo.area import Area
    from geo.figures import Figure
    from geo.gap_settings import GapSettings
    from geo.peers import Peer
    from geo.profile import GapCard, Sources
    from geo.reach import Reach

KEYS: Final = ("overview", "who", "people", "places", "means", "gaps", "plan", "knowledge")
_MOST_GAPS: Final = 6


@dataclass
class Maker:
    """Makes the parts of dossiers; what several of them need is computed once.

    Attributes
    ----------
    sources
        Package, frames, inputs and gap analysis of the districts.
    reach, settings
        Walks and settings of the gap analysis, for own Quartiere.
    words
        The language.
    today
        ISO date.
    confirmed
        Day of the last confirmation of places, by their id.
    plan
        Gives the rows of a resource of the plan (``goals``, ``steps`` …) of all areas; None = unknown.
    """

    sources: Sources
    reach: Callable[[], Reach]
    settings: GapSettings
    words: Words
    today: str
    confirmed: Mapping[str, str] = field(default_factory=dict)
    plan: Callable[[str], Sequence[Mapping[str, Any]]] = lambda _: ()
    _kept: dict[Any, Any] = field(default_factory=dict, repr=False)

    def profile(self, area: Area) -> Profile:
        """Return the profile of an area."""
        return self._once(("profile", _key(area)), lambda: profile(self.sources, area))

    def cards(self, area: Area) -> list[GapCard]:
        """Return verdicts and reasons for an area."""
        return self._once(("cards", _key(area)), lambda: gap_cards(self._sources_of(area), area))

    def who(self, area: Area) -> WhoDoesWhat:
        """Return everything about the actors of an area."""
        return self._once(("who", _key(area)), lambda: self._who(area))

    def peers(self, area: Area) -> list[Peer]:
        """Return the areas most like an area."""
        level = "borough" if area.level == "borough" else "district"
        load, inputs = self.sources.load, self.sources.inputs
        values = self._once(("rates", level), lambda: peer_rates(load, inputs, level))
        return self._once(("peers", _key(area)), lambda: peers(load, inputs, area, values))

    def section(self, area: Area, key: str) -> Section:
        """Return one of the parts in `KEYS`."""
        makers: dict[str, Callable[[], Section]] = {
            "overview": lambda: self._overview(area),
            "people": lambda: people(self.words, self.profile(area), self._others(area)),
            "places": lambda: offered(self.words, self.profile(area), today=self.today, confirmed=self.confirmed),
            "means": lambda: means(self.words, self.profile(area)),
            "who": lambda: who_does_what(self.words, area, self.who(area)),
            "gaps": lambda: gaps(self.words, area, self.cards(area)),
            "plan": lambda: plan_section(self.words, area, self.plan, self._organizations(), today=self.today),
            "knowledge": lambda: knowledge(self.words, self.profile(area), today=self.today, confirmed=self.confirmed),
        }
        return self._once((key, "section", _key(area)), makers[key])

    def dossier(self, area: Area) -> Dossier:
        """Return the whole dossier of an area, with its map."""
        t = self.words.t
        sections = tuple(self.section(area, key) for key in KEYS)
        own = self.profile(area)
        located = int(own.places.geometry.notna().sum())
        note = Paragraph(t("profile.map.caption", located=located, known=len(own.places)))
        drawn = area_map(self.words, self.sources.load, own)
        first = replace(sections[0], blocks=(*sections[0].blocks, drawn, note))
        return Dossier(
            language=t.language,
            program=t("profile.program"),
            title=area.name,
            subtitle=self.subtitle(area),
            date=t(
                "profile.dossier.date",
                today=t.day(self.today),
                version=str(self.sources.package.descriptor.get("version", "")),
            ),
            sections=(first, *sections[1:]),
            sources_title=t("common.sources"),
            sources=tuple(self.named_sources(area)),
            to_add=t("profile.to_add"),
            contents_title=t("profile.contents"),
        )

    def forget(self, area: Area) -> None:
        """Drop what was computed for an area: many dossiers in one run need not stay in memory."""
        key = _key(area)
        self._kept = {name: value for name, value in self._kept.items() if key not in name}

    def subtitle(self, area: Area) -> str:
        """Return what an area is: a district of a borough, a borough with its districts, an own Quartier."""
        t, names = self.words.t, self._district_names(area)
        if area.level == "district":
            return t("profile.subtitle.district", borough=area.borough)
        if area.level == "city":
            return t("profile.subtitle.city")
        return t(f"profile.subtitle.{area.level}", districts=", ".join(names))

    def named_sources(self, area: Area) -> list[str]:
        """Return where the figures and places come from."""
        own = self.profile(area)
        figures_used = (own.population, *own.figures)
        named = [self.words.source(figure.source) for figure in figures_used if figure.source]
        licences = sorted({str(text) for text in own.places["source_licence"].dropna()})
        return list(dict.fromkeys([*named, self.words.t("profile.source.boundaries"), *licences]))

    def _overview(self, area: Area) -> Section:
        t, own, cards, who = self.words.t, self.profile(area), self.cards(area), self.who(area)
        place_count = t.number(len(own.places))
        actors = int((who.matrix.actors["level"] == "district").sum())
        rows = [
            (
                self.words.figure("population"),
                self.words.written(own.population),
                self.words.origin(own.population, with_source=False),
            ),
            (t("profile.overview.places"), place_count, t("profile.overview.places.note")),
            (t("profile.overview.actors"), t.number(actors), t("profile.overview.actors.note")),
        ]
        if own.trend.change is not None:
            sign = "+" if own.trend.change >= 0 else "−"
            change = f"{sign}{t.percent(abs(own.trend.change), digits=1)}"
            unit = own.trend.unit_name if own.trend.unit_level != area.level else area.name
            rows.append((t("profile.overview.trend"), change, t("profile.overview.trend.note", unit=unit)))
        blocks: list[Block] = [Facts(tuple(rows)), *self._overview_lines(area, cards, who)]
        return Section("overview", t("profile.overview"), tuple(blocks))

    def _overview_lines(self, area: Area, cards: list[GapCard], who: WhoDoesWhat) -> list[Block]:
        t, words = self.words.t, self.words
        found = [words.kind(card.kind) for card in cards if card.verdict == "gap"]
        partly = [words.kind(card.kind) for card in cards if card.verdict == "partly"]
        lines = []
        if found:
            lines.append(t("profile.overview.gaps", kinds=", ".join(found[:_MOST_GAPS])))
        if partly:
            lines.append(t("profile.overview.partly", kinds=", ".join(partly[:_MOST_GAPS])))
        like = self.peers(area)
        if like:
            lines.append(t("profile.overview.similar", names=", ".join(peer.name for peer in like)))
        blocks: list[Block] = [in_charge_table(words, area, who.answers)]
        blocks += [Bullets("", tuple(lines))] if lines else []
        return [*blocks, *self._not_known(area, cards, who)]

    def _not_known(self, area: Area, cards: list[GapCard], who: WhoDoesWhat) -> list[Block]:
        """Say plainly what nobody knows here, each with the page to add it on."""
        t = self.words.t
        blocks: list[Block] = []
        nobody = sum(answer.level is None and not answer.verified_none for answer in who.answers)
        if not (who.matrix.actors["level"] == "district").any():
            blocks.append(
                Missing(
                    t("profile.who.nobody", name=area.name),
                    "entry",
                    t("profile.to.entry"),
                    {"resource": "organizations"},
                )
            )
        elif nobody:
            text = t.plural("profile.overview.roles_unknown", nobody)
            blocks.append(Missing(text, "roles", t("profile.to.roles"), in_area(area)))
        silent = sum(card.verdict == "no_statement" for card in cards)
        if silent:
            text = t.plural("profile.overview.no_statement", silent)
            blocks.append(Missing(text, "inventory", t("profile.to.inventory")))
        return blocks or [Paragraph(t("profile.overview.all_known"))]

    def _others(self, area: Area) -> list[tuple[str, list[Figure]]]:
        """Return name and figures of the city and of the areas most like this one."""
        if area.level == "city":
            return []
        load = self.sources.load
        level = "borough" if area.level == "borough" else "district"
        likes = [named_area(load, level, peer.area_id) for peer in self.peers(area)]
        found = []
        for other in (named_area(load, "city", 0), *likes):
            made = self._once(
                ("figures", other.level, other.id),
                lambda one=other: figures(load, self.sources.inputs.cells, one, known=self.sources.indicators),
            )
            found.append((other.name, made))
        return found

    def _who(self, area: Area) -> WhoDoesWhat:
        load = self.sources.load
        tables = self._once(("tables",), lambda: tables_of(load))
        matrix = actor_matrix(tables, area)
        groups = [name for name, entry in self.words.catalogue.target_groups.items() if name]
        return WhoDoesWhat(
            matrix,
            role_answers(tables, self.sources.inputs, area),
            actor_network(load, area, matrix.actors),
            combinations(load, area, groups),
        )

    def _sources_of(self, area: Area) -> Sources:
        """Return the sources for gap cards: of an own Quartier it stands in the tables as a district of its own."""
        if area.level != "quarter":
            return self.sources
        inputs = inputs_with(self.sources.inputs, area)
        return replace(
            self.sources, inputs=inputs, gap=lambda kind: gap_table(inputs, self.reach(), kind, self.settings)
        )

    def _organizations(self) -> dict[str, str]:
        rows = self.sources.load("organizations")
        return self._once(("organizations",), lambda: dict(zip(rows["id"], rows["name"].astype(str), strict=True)))

    def _district_names(self, area: Area) -> list[str]:
        rows = self.sources.load("districts")
        return sorted(str(name) for name in rows.loc[rows["district_id"].isin(list(area.district_ids)), "name"])

    def _once(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]


def _key(area: Area) -> tuple[str, str]:
    return area.level, area.id
