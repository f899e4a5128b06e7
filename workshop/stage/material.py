"""What scenes are made from: the frames of a data package or of the store, joined once, with names in one language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from exchange.dossier.words import Words
from exchange.wording import Texts
from geo.actors import actors
from geo.catalogue import catalogue
from geo.facts import district_facts
from geo.own_values import own_values, shown_codes, values_of
from geo.places import offers, places
from geo.sources import read
from geo.storyline import Known
from layers.boundaries import publish_boundaries
from layers.streets import publish_streets

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.catalogue import Catalogue, Load
    from geo.facts import DistrictFacts
    from geo.gap_settings import GapSettings
    from geo.gaps import GapResult
    from geo.sources import Package
    from layers.boundaries import Boundaries
    from layers.streets import Streets

Gap: TypeAlias = Callable[[str, "GapSettings"], "GapResult"]
"""Gives the gap analysis of a kind of facility."""


@dataclass(eq=False)
class Material:
    """Frames by name (`load`), gap analyses (`gap`) and words; what is joined is kept for as long as this object."""

    package: Package
    load: Load
    gap: Gap
    words: Words

    @property
    def t(self) -> Texts:
        """The texts of the language."""
        return self.words.t

    @property
    def catalogue(self) -> Catalogue:
        """Kinds, target groups, topics, indicators."""
        return self.words.catalogue

    @cached_property
    def places(self) -> gpd.GeoDataFrame:
        """Every place, see `geo.places.places`."""
        return places(self.package, load=self.load)

    @cached_property
    def offers(self) -> gpd.GeoDataFrame:
        """Every offer, see `geo.places.offers`."""
        return offers(self.package, load=self.load)

    @cached_property
    def actors(self) -> gpd.GeoDataFrame:
        """Every actor, see `geo.actors.actors`."""
        return actors(self.package, load=self.load)

    @cached_property
    def own_values(self) -> pd.DataFrame:
        """The newest own value of each indicator and district."""
        return own_values(self.load("indicators"))

    def indicator(self, code: str) -> pd.DataFrame:
        """Return the values of an indicator, see `geo.own_values.values_of`."""
        return values_of(self.own_values, code)

    @cached_property
    def boundaries(self) -> Boundaries:
        """The districts and boroughs, published for the map."""
        return publish_boundaries(self._frame("districts"), self._frame("boroughs"))

    @cached_property
    def streets(self) -> Streets | None:
        """The streets, published for the map; None where the package has none."""
        if not {"street_nodes", "street_edges"} <= set(self.package.names):
            return None
        return publish_streets(self.load("street_nodes"), self.load("street_edges"))

    @cached_property
    def district_names(self) -> dict[int, str]:
        """The districts by number."""
        areas = self.load("districts")
        return {int(number): str(name) for number, name in zip(areas["district_id"], areas["name"], strict=True)}

    @cached_property
    def known(self) -> Known:
        """What the steps of a storyline may name."""
        found = self.catalogue
        return Known(
            kinds=set(found.kinds),
            indicators=set(shown_codes(self.own_values, self.load("indicator_definitions"))),
            targets=set(found.target_groups),
            topics=set(found.topics),
            operators=set(self.places["organization_id"].dropna()),
            districts=set(self.district_names),
        )

    def facts(self, district: int) -> DistrictFacts:
        """Return what is known of a district."""
        if district not in self._facts:
            self._facts[district] = district_facts(self.package, district, load=self.load)
        return self._facts[district]

    @cached_property
    def _facts(self) -> dict[int, DistrictFacts]:
        return {}

    def _frame(self, name: str) -> Any:
        return self.load(name)


def material_of(package: Package, language: str) -> Material:
    """Return the material of a data package, read when it is needed and once."""
    load = cache(lambda name: read(package, name))
    words = Words(Texts(language), catalogue(package, load=load))
    return Material(package, load, gaps_of(package), words)


def gaps_of(package: Package) -> Gap:
    """Return what gives the gap analyses of a data package; nothing is read before the first one."""
    from geo.gaps import gap_table, measure_reach
    from geo.inputs import load_inputs

    inputs = cache(lambda: load_inputs(package))
    reach = cache(lambda walk: measure_reach(inputs(), walk))
    return lambda kind, settings: gap_table(inputs(), reach(settings.walk), kind, settings)
