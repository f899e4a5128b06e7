"""The maker of profiles for pages: the content of dossiers, remembered with the state of package and store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from views import data, fresh, plan_model, storage, walking
from views.state import Selection

if TYPE_CHECKING:
    from exchange.dossier.make import Maker
    from exchange.dossier.model import Section
    from exchange.dossier.recipe import Recipe
    from geo.area import Area
    from geo.gap_settings import GapSettings
    from views.texts import Texts


def maker(t: Texts) -> Maker:
    """Return the maker of this language and day, at the speed that the visitor has chosen."""
    today = date.today().isoformat()  # noqa: DTZ011 -- the day where the server is
    settings = walking.settings(Selection(walking.choices()))
    key = ("profile_maker", t.language, today, repr(settings))
    return data.kept(*key, make=lambda: _maker(t, today, settings))


def _maker(t: Texts, today: str, settings: GapSettings) -> Maker:
    from exchange.dossier.make import Maker
    from exchange.dossier.words import Words
    from geo.profile import Sources

    sources = Sources(data.package(), data.frame, data.gap_inputs(), lambda kind: data.gap_result(kind, settings))
    words = Words(t, data.catalogue())
    return Maker(sources, lambda: data.reach(settings.walk), settings, words, today, confirmed(), plan_rows)


def recipe(t: Texts) -> Recipe:
    """Return what dossiers are made of now, for a run in other processes."""
    from exchange.dossier.recipe import PLAN, Recipe

    today = date.today().isoformat()  # noqa: DTZ011 -- the day where the server is
    settings = walking.settings(Selection(walking.choices()))
    plain = Recipe(data.package().root, t.language, settings, today)
    if not storage.state():
        return plain
    from store.resources import resources

    return replace(
        plain,
        frames={name: data.frame(name) for name in resources() if name not in PLAN},
        state=storage.state(),
        last_known=fresh.last_known().to_dict(),
        confirmed=confirmed(),
        plan={kind: plan_rows(kind) for kind in PLAN},
    )


def section(t: Texts, area: Area, key: str) -> Section:
    """Return one part of the profile of an area."""
    return maker(t).section(area, key)


def plan_rows(kind: str) -> list[dict[str, Any]]:
    """Return the rows of a resource of the plan: see `exchange.dossier.make.Maker.plan`."""
    return plan_model.all_rows(kind) if storage.exists() else []


def confirmed() -> dict[str, str]:
    """Return the day of the last confirmation of each place that somebody confirmed."""
    if not storage.state():
        return {}
    places = data.entries("locations").dropna(subset=["last_confirmed"])
    return dict(zip(places["id"], places["last_confirmed"], strict=True))
