"""Why is this a gap? The numbers of one district, and what stands behind the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from exchange.dossier.gap_section import part_title, sentence, status
from exchange.dossier.words import Words
from geo.access import Decay
from geo.card_texts import sections
from geo.cards import card
from geo.inventory import Inventory
from views import attributions, data, fresh, gaps_format, place_filter, supply, ui
from views.texts import PLAIN, Texts, is_unknown

if TYPE_CHECKING:
    from geo.gaps import GapResult
    from geo.inputs import GapInputs
    from geo.levels import LevelName

FACTS = (
    "target_population", "share_beyond", "median_nearest_m", "mean_third_m", "places_known", "places_per_1000", "coverage",
    "access_e2sfca_per_1000",
)  # fmt: skip


BREAK = "  \n"


def show(t: Texts, inputs: GapInputs, result: GapResult, district: int | None) -> None:
    """Show the card of a district or Quartier, or of the whole city."""
    level = result.level("city" if district is None else "district").set_index("area_id")
    row = level.loc[0 if district is None else district]
    st.header(ui.literal(row["area_name"]) if district is not None else t("common.city"), anchor=False)
    st.markdown(f"**{t('verdict.' + row['verdict'])}**")
    ui.facts(
        [
            (t(f"gaps.measure.{name}"), gaps_format.cell(t, name, row[name]), _note(t, inputs, result, row, name))
            for name in FACTS
            if _said(name, row)
        ]
    )
    stale = stale_text(t, result)
    if stale:
        st.caption(ui.literal(stale))
    if district is None:
        st.caption(t("gaps.choose"))


def _said(name: str, row: Any) -> bool:
    return name != "coverage" or not is_unknown(row["coverage"])


def _note(t: Texts, inputs: GapInputs, result: GapResult, row: Any, name: str) -> str:
    if name == "target_population":
        return _people_note(t, result, row)
    if name == "share_beyond":
        return _share_note(t, row)
    if name == "places_known":
        state = t(f"inventory.{row['inventory_state']}")
        expected = (
            "" if is_unknown(row["expected_count"]) else ", " + t("gaps.expected", expected=int(row["expected_count"]))
        )
        inventory = f"{t('sources.inventory.state')}: {state}, {t.date(row['inventory_date'])}{expected}"
        return _joined(inventory, _stale_note(t, inputs, result, row))
    if name in {"median_nearest_m", "mean_third_m"}:
        return located_text(t, result)
    capacity, located = "", ""
    if name in {"coverage", "access_e2sfca_per_1000"}:
        capacity, located = t(f"gaps.capacity.{result.capacity.basis}"), located_text(t, result).rstrip(".")
    known_only = "" if row["inventory_state"] == Inventory.COMPLETE else t("gaps.known_only")
    span = gaps_format.drawn(t, row, name) if name == "coverage" else ""
    return _joined(known_only, located, capacity, t("gaps.drawn", span=span) if span else "")


def _stale_note(t: Texts, inputs: GapInputs, result: GapResult, row: Any) -> str:
    """Say how many of the places have not been confirmed for a long time."""
    places = place_filter.filtered_places(kinds=(result.kind,))
    here = inputs.places.loc[inputs.places["district_id"] == row.name, "location_id"]
    inside = places if row["area_level"] == "city" else places[places["id"].isin(set(here))]
    return fresh.note(t, inside["id"]).rstrip(".")


def _people_note(t: Texts, result: GapResult, row: Any) -> str:
    group = data.catalogue().target_groups[result.target_group]
    secret = t.plural("gaps.secret_cells", int(row["cells_secret"])) if row["cells_secret"] else ""
    return _joined(group.label.of(t.language), group.note.of(t.language), secret)


def _share_note(t: Texts, row: Any) -> str:
    low, high = t.percent(row["share_beyond_low"]), t.percent(row["share_beyond_high"])
    span = gaps_format.drawn(t, row, "share_beyond")
    between = t("gaps.between", low=low, high=high) if low != high else ""
    return _joined(between, t("gaps.drawn", span=span) if span else "")


def _joined(*notes: str) -> str:
    return "; ".join(note for note in notes if note)


def located_text(t: Texts, result: GapResult) -> str:
    """Say that walks are measured only to the places whose position is known; empty if all are."""
    city = result.level("city").iloc[0]
    known, unlocated = int(city["places_known"]), int(city["places_unlocated"])
    return t("gaps.located", located=known - unlocated, known=known) if unlocated else ""


def stale_text(t: Texts, result: GapResult) -> str:
    """Say how many places count less because nobody has confirmed them for a long time; empty if none does."""
    settings = result.settings
    if settings.fresh_since is None or not result.stale_places:
        return ""
    known = int(result.level("city")["places_known"].iloc[0])
    return t(
        "gaps.stale.said",
        count=result.stale_places,
        known=known,
        date=t.date(settings.fresh_since),
        weight=t.percent(settings.stale_weight),
    )


def words(t: Texts, inputs: GapInputs, result: GapResult, district: int | None) -> None:
    """Write the card of a district or Quartier, or of the whole city, in sentences: everyday or plain German."""
    level: LevelName = "city" if district is None else "district"
    with st.expander(t("gaps.why"), expanded=True):
        plain = t.language == "de" and st.toggle(t("gaps.plain"), key="gaps_plain")
        said = Words(Texts(PLAIN) if plain else t, data.catalogue())
        lines = card(inputs, result, level, 0 if district is None else district)
        for part, found in sections(lines):
            sentences = [ui.literal(sentence(said, line)) for line in found]
            title = f"**{ui.literal(part_title(said, part))}**"
            if part == "verdict":  # its first sentence says it all
                title, sentences = f"**{sentences[0]}**", sentences[1:]
            st.markdown(title + BREAK + (BREAK if plain else " ").join(sentences))


def standard_text(t: Texts, result: GapResult) -> str:
    """Say which standard was used, whose it is, and whether the value is the visitor's own."""
    standard = result.standard
    if standard is None:
        return t("gaps.standard.none")
    value = t.number(standard.value, digits=0 if float(standard.value).is_integer() else 1)
    if standard.own:
        return t("gaps.standard.is_own", value=value, unit=t(f"gaps.own_unit.{standard.unit}"))
    return t(
        "gaps.standard.is",
        value=value,
        unit=standard.unit,
        jurisdiction=standard.jurisdiction or t("common.unknown"),
        year=str(standard.year or t("common.date_unknown")),
        status=status(t, standard.status),
    )


def decay_text(t: Texts, result: GapResult) -> str:
    """Say how people near the threshold count; empty where no threshold of distance applies."""
    settings, standard = result.settings, result.standard
    if standard is None or standard.threshold_m is None:
        return ""
    form = t(f"gaps.decay.{settings.decay}")
    if settings.decay is Decay.HARD or settings.width_m == 0:
        return t(f"gaps.decay.{Decay.HARD}")
    return t("gaps.decay.said", form=form, width=t.number(settings.width_m))


def sources(t: Texts, result: GapResult) -> list[str]:
    """Name where the numbers of the page come from."""
    notes = [t("gaps.source.population"), t("gaps.source.streets")]
    if result.standard is not None and result.standard.source_title:
        notes.append(result.standard.source_title)
    places = place_filter.filtered_places(kinds=(result.kind,))
    credited = [credit.text for credit in attributions.of_places(t, places["source_licence"])]
    return [*notes, *supply.sources(result), *credited]
