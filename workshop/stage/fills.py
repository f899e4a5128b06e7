"""What the districts of a step are coloured by: layer, legend, the value of each district, and what is unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from exchange.measure_words import cell, digits, factor, unit
from geo.gap_settings import settings_from_dict
from geo.storyline import GapFill, IndicatorFill
from layers.choropleth import choropleth_layer
from layers.classify import classes
from layers.columns import Field
from layers.legend import class_legend
from layers.palette import sequential
from workshop.gap_classes import legend_items, measured
from workshop.stage.legend import Legend, legend_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exchange.wording import Texts
    from layers.classify import Classes
    from layers.maplayer import MapLayer
    from workshop.stage.material import Material

SCALE = "YlGnBu"


@dataclass(frozen=True)
class Coloured:
    """Coloured districts.

    Attributes
    ----------
    layer, legend
        The map layer and its legend.
    name
        What the colours say, with its unit.
    values
        The value of each district in words; one without a value says so.
    unknown
        Sentences on what is not known.
    sources
        What the values come from.
    """

    layer: MapLayer
    legend: Legend
    name: str
    values: Mapping[int, str]
    unknown: tuple[str, ...]
    sources: tuple[str, ...]

    def short_sources(self, t: Texts) -> tuple[str, ...]:
        """Return the source of most values, and how many others there are: what can be read from far away."""
        rest = len(self.sources) - 1
        return (*self.sources[:1], t.plural("stage.source.more", rest)) if rest > 0 else self.sources


def coloured(material: Material, fill: IndicatorFill | GapFill | None) -> Coloured | None:
    """Return the coloured districts of a step; None without a fill."""
    if fill is None:
        return None
    return _indicator(material, fill) if isinstance(fill, IndicatorFill) else _gap(material, fill)


def _indicator(material: Material, fill: IndicatorFill) -> Coloured:
    t, words = material.t, material.words
    entry = material.catalogue.indicators[fill.code]
    decimals = 0 if entry.measure == "count" else 1
    own = words.unit(entry.unit)
    name = f"{entry.label.of(t.language)} ({own})"
    ids = list(material.boundaries.district_ids)
    rows = material.indicator(fill.code).reindex(ids)
    values = {
        number: t.number(value, digits=decimals) + ("" if pd.isna(value) else f"\u00a0{own}")
        for number, value in rows["value"].items()
    }
    found = classes(rows["value"], scheme=fill.scheme)
    details = pd.DataFrame(
        {"value": list(values.values()), "date": [t.date(day) for day in rows["reference_date"]]}, index=ids
    )
    fields = [Field(name, "value"), Field(t("map.list.date"), "date")]
    colours = sequential(SCALE, len(found))
    known = rows.dropna(subset=["value"])
    return Coloured(
        layer=choropleth_layer(material.boundaries, found, colours, details=details, fields=fields),
        legend=legend_of(t, name, class_legend(found, colours), digits=decimals),
        name=name,
        values=values,
        unknown=_without_value(material, found, silent=0),
        sources=_origins(material, known),
    )


def _origins(material: Material, known: pd.DataFrame) -> tuple[str, ...]:
    """Return each source with the dates of its values, the one of most values first."""
    found = []
    for source, rows in known.groupby(known["source"].fillna(""), sort=False):
        days = dict.fromkeys(day for day in rows["reference_date"].sort_values() if isinstance(day, str))
        dates = ", ".join(material.t.date(day) for day in list(days)[-1:]) or material.t("common.date_unknown")
        older = material.t.plural("stage.source.older", len(days) - 1) if len(days) > 1 else ""
        found.append((len(rows), f"{material.words.source(source or None)}, {dates}{older}"))
    return tuple(text for _, text in sorted(found, key=lambda pair: -pair[0]))


def _gap(material: Material, fill: GapFill) -> Coloured:
    t, measure = material.t, fill.measure
    result = material.gap(fill.kind, settings_from_dict(fill.settings))
    rows = result.level("district").set_index("area_id")
    found, colours, silent = measured(result, measure, fill.classes)
    title = f"{material.words.kind(fill.kind)}: {t(f'gaps.measure.{measure}')}{unit(measure)}"
    values = {int(number): cell(t, measure, value) for number, value in rows[measure].items()}
    details = pd.DataFrame({"value": list(values.values())}, index=list(values))
    layer = choropleth_layer(
        material.boundaries,
        found,
        colours,
        no_statement=silent,
        details=details,
        fields=[Field(t(f"gaps.measure.{measure}"), "value")],
    )
    items = legend_items(result, measure, fill.classes)
    return Coloured(
        layer=layer,
        legend=legend_of(t, title, items, digits=digits(measure), factor=factor(measure)),
        name=title,
        values=values,
        unknown=(*_without_value(material, found, silent=len(silent)), t("stage.unknown.ways")),
        sources=(t("stage.source.gaps", version=result.data_version),),
    )


def _without_value(material: Material, found: Classes, *, silent: int) -> tuple[str, ...]:
    t, total = material.t, len(material.boundaries.district_ids)
    unknown = total - sum(found.counts) - silent
    sentences = []
    if silent:
        sentences.append(t.plural("stage.unknown.silent", silent, total=total))
    if unknown:
        sentences.append(t.plural("stage.unknown.values", unknown, total=total))
    return tuple(sentences)
