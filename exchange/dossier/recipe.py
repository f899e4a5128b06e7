"""What a maker of dossiers is made of, small enough to be sent to another process: which package, and what people changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from exchange.dossier.make import Maker
from exchange.dossier.plan_section import KINDS
from exchange.dossier.words import Words
from exchange.wording import Texts
from geo.catalogue import catalogue
from geo.gap_settings import GapSettings
from geo.gaps import gap_table, measure_reach
from geo.inputs import gather, load_inputs
from geo.profile import Sources
from geo.sources import open_package, read

if TYPE_CHECKING:
    import pandas as pd

    from geo.inputs import GapInputs
    from geo.sources import Package
    from store.database import Store

PLAN: Final = (*KINDS, "noted_gaps", "plan_links")
"""Resources of the store that the section of goals and steps reads."""

_GATHERED: Final = (
    "population_cells", "districts", "locations", "services", "services_at_location",
    "facility_kinds", "target_groups", "standards", "inventory_statements",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Recipe:
    """Everything that dossiers depend on.

    Attributes
    ----------
    root
        Folder of the data package.
    language, settings
        Of the dossiers.
    today
        ISO date.
    frames
        Resources that are not those of the package: with what people changed. Empty = the package alone.
    state
        What tells one state of the store from another; part of the version in the passport.
    last_known
        Day on which each place was last known to be true, by its id.
    confirmed, plan
        As in `exchange.dossier.make.Maker`; the plan as rows by resource.
    """

    root: Path
    language: str
    settings: GapSettings
    today: str = field(default_factory=lambda: date.today().isoformat())  # noqa: DTZ011 -- the day where the program runs
    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    state: str = ""
    last_known: Mapping[str, Any] = field(default_factory=dict)
    confirmed: Mapping[str, str] = field(default_factory=dict)
    plan: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)

    def maker(self) -> Maker:
        """Return the maker; reach and gaps are measured when the first dossier asks for them."""
        package = open_package(self.root)
        plain = cache(lambda name: read(package, name))

        def load(name: str) -> pd.DataFrame:
            return self.frames[name] if name in self.frames else plain(name)

        inputs = self._inputs(package, load)
        reach = cache(lambda: measure_reach(inputs, self.settings.walk))
        gap = cache(lambda kind: gap_table(inputs, reach(), kind, self.settings))
        words = Words(Texts(self.language), catalogue(package, load=load))
        sources = Sources(package, load, inputs, gap)
        return Maker(
            sources, reach, self.settings, words, self.today, self.confirmed, lambda kind: self.plan.get(kind, ())
        )

    def _inputs(self, package: Package, load: Any) -> GapInputs:
        shipped = load_inputs(package)
        if not self.frames:
            return shipped
        frames = {name: load(name) for name in _GATHERED}
        places = frames["locations"]
        frames["locations"] = places.assign(last_known=places["id"].map(dict(self.last_known)))
        return gather(
            frames,
            network=shipped.network,
            data_version=f"{shipped.data_version}+{self.state}",
            data_hash=shipped.data_hash,
        )


def recipe_of_store(package: Package, store: Store, language: str, settings: GapSettings) -> Recipe:
    """Return the recipe of a data package with what people changed; only what everybody may see."""
    from store.resources import resources
    from store.view import view

    places = view(store, "locations", extended=True)
    known = places["last_confirmed"].fillna(places["source_date"])
    seen = places.dropna(subset=["last_confirmed"])
    return Recipe(
        package.root,
        language,
        settings,
        frames={name: view(store, name) for name in resources() if name not in PLAN},
        state="store",
        last_known=dict(zip(places["id"], known, strict=True)),
        confirmed=dict(zip(seen["id"], seen["last_confirmed"], strict=True)),
        plan={name: rows_of(view(store, name, extended=True)) for name in PLAN},
    )


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table; unknown is None."""
    known = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in known]
