"""The gap analysis to take away: table, map, picture, one page PDF and the passport that rebuilds the table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from geo.version import VERSION
from views import data, data_state, gaps_card, gaps_classes, gaps_format, gaps_map, map_layers, pictures

if TYPE_CHECKING:
    from collections.abc import Callable

    from exchange.gap_files import TableTexts
    from exchange.gap_pdf import SheetTexts
    from exchange.map_picture import Picture
    from geo.gaps import GapResult
    from views.texts import Texts

COLUMNS = (
    "area_name", "verdict", "target_group", "target_population", "target_population_max", "share_beyond",
    "share_beyond_low", "share_beyond_high", "share_draws_low", "share_draws_high", "draws_gap", "median_nearest_m",
    "mean_nearest_m", "mean_to_street_m", "median_third_m", "mean_third_m", "places_known", "places_unlocated",
    "places_approximate", "places_unreached", "places_per_1000", "required", "coverage", "coverage_draws_low",
    "coverage_draws_high", "deficit", "surplus", "opportunities", "gravity", "access_2sfca_per_1000",
    "access_e2sfca_per_1000", "inventory_state", "inventory_date", "expected_count",
)  # fmt: skip
TABLE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(t: Texts, result: GapResult, measure: str, scheme: str) -> None:
    """Write the download buttons; every file is made when it is asked for."""
    st.header(t("gaps.files"), anchor=False)
    st.markdown(t("gaps.files.text") + (" " + t("gaps.files.state.text") if data_state.is_local() else ""))
    name = f"quartierskarte-{result.kind}"
    files: tuple[tuple[str, Callable[[], bytes], str, str], ...] = (
        ("csv", partial(_csv, result), "csv", "text/csv"),
        ("xlsx", partial(_xlsx, t, result), "xlsx", TABLE),
        ("geojson", partial(_geojson, result), "geojson", "application/geo+json"),
        ("gpkg", partial(_gpkg, t, result), "gpkg", "application/geopackage+sqlite3"),
        ("pdf", partial(_pdf, t, result, measure, scheme), "pdf", "application/pdf"),
        ("svg", partial(_svg, t, result, measure, scheme), "svg", "image/svg+xml"),
        ("png", partial(_png, t, result, measure, scheme), "png", "image/png"),
        ("passport", partial(_passport, result), "json", "application/json"),
    )
    with st.container(horizontal=True, key="gap_files"):
        for label, make, ending, media in files:
            suffix = "-pass" if label == "passport" else ""
            st.download_button(
                t(f"gaps.files.{label}"), make, f"{name}{suffix}.{ending}", media, on_click="ignore", key=f"gap_{label}"
            )
        if data_state.is_local():
            st.download_button(
                t("gaps.files.state"), data_state.zipped, "quartierskarte-daten.zip", "application/zip",
                on_click="ignore", key="gap_state",
            )  # fmt: skip


def _csv(result: GapResult) -> bytes:
    from exchange.gap_files import gap_csv

    return gap_csv(result, "district")


def _xlsx(t: Texts, result: GapResult) -> bytes:
    from exchange.gap_files import gap_xlsx

    return gap_xlsx(result, "district", table_texts(t, result))


def _geojson(result: GapResult) -> bytes:
    from exchange.gap_files import gap_geojson

    return gap_geojson(result, "district", data.frame("districts"))


def _gpkg(t: Texts, result: GapResult) -> bytes:
    from exchange.gap_files import gap_gpkg

    return gap_gpkg(result, "district", data.frame("districts"), table_texts(t, result))


def _passport(result: GapResult) -> bytes:
    from geo.gap_output import table_text
    from geo.passport import make_passport, passport_text

    table = table_text([result], "district", "csv")
    inputs = data_state.inputs()
    return passport_text(make_passport(inputs, (result.kind,), "district", "csv", result.settings, table)).encode()


def _svg(t: Texts, result: GapResult, measure: str, scheme: str = "usual") -> bytes:
    from exchange.map_picture import picture_svg

    heavy = data.frame("boroughs")
    return picture_svg(
        picture(t, result, measure, scheme), data.frame("districts"), id_column="district_id", heavy=heavy
    ).encode()


def _png(t: Texts, result: GapResult, measure: str, scheme: str = "usual") -> bytes:
    from exchange.map_picture import png

    return png(_svg(t, result, measure, scheme).decode())


def _pdf(t: Texts, result: GapResult, measure: str, scheme: str = "usual") -> bytes:
    from exchange.gap_pdf import gap_pdf

    areas, heavy = data.frame("districts"), data.frame("boroughs")
    return gap_pdf(
        picture(t, result, measure, scheme), sheet_texts(t, result), areas, id_column="district_id", heavy=heavy
    )


def _scale(t: Texts, metres: float) -> str:
    """Write the length of a scale bar: whole kilometres without a decimal."""
    text = t.distance(metres) if metres % 1000 else f"{t.number(metres / 1000)} km"
    return text.replace("\u00a0", " ")


def _data_state(t: Texts, result: GapResult) -> str:
    created = str(data.package().descriptor.get("created") or "")[:10]
    return t("gaps.files.data_state", version=result.data_version, date=t.date(created))


def method(t: Texts, result: GapResult) -> list[tuple[str, str]]:
    """Return name and text of everything that says how a result was made."""
    settings, group = result.settings, data.catalogue().target_groups[result.target_group]
    rows = [
        (t("gaps.method.what"), data.catalogue().kinds[result.kind].plural.of(t.language)),
        (t("gaps.measure.target_population"), f"{group.label.of(t.language)} ({group.note.of(t.language)})"),
        (t("gaps.standard"), gaps_card.standard_text(t, result)),
        (t("gaps.method"), t(f"gaps.method.{settings.walk.method}")),
        (t("gaps.decay"), gaps_card.decay_text(t, result)),
        (t("gaps.pace"), f"{t.number(settings.kmh, digits=1)} km/h"),
        (
            t("gaps.method.limits"),
            t("gaps.method.limits.text", gap=t.percent(settings.gap_share), covered=t.percent(settings.covered_share)),
        ),
        (t("gaps.method.draws"), t("gaps.method.draws.text", draws=settings.draws, seed=settings.seed)),
        (t("gaps.method.capacity"), t(f"gaps.capacity.{result.capacity.basis}")),
        (t("gaps.method.unlocated"), gaps_card.located_text(t, result) or t("common.no")),
        (t("gaps.stale"), gaps_card.stale_text(t, result)),
        (t("common.sources"), "; ".join(gaps_card.sources(t, result))),
        (t("gaps.method.version"), f"{VERSION}; {result.data_version}; {result.data_hash[:16]}"),
    ]
    return [row for row in rows if row[1]]


def table_texts(t: Texts, result: GapResult) -> TableTexts:
    """Return the words of the table files."""
    from exchange.gap_files import TableTexts

    verdicts = {verdict: t(f"verdict.{verdict}") for verdict in result.areas["verdict"].unique()}
    states = {state: t(f"inventory.{state}") for state in ("complete", "partial", "unknown")}
    groups = {name: entry.label.of(t.language) for name, entry in data.catalogue().target_groups.items()}
    return TableTexts(
        table_sheet=t("gaps.files.sheet"),
        method_sheet=t("gaps.files.method_sheet"),
        columns={
            name: t(f"gaps.column.{name}") if t.has(f"gaps.column.{name}") else t(f"gaps.measure.{name}")
            for name in COLUMNS
        },
        words={"verdict": verdicts, "inventory_state": states, "target_group": groups},
        unknown=t("common.unknown"),
        no_way=t("gaps.no_way"),
        yes=t("common.yes"),
        no=t("common.no"),
        method=method(t, result),
        method_heading=(t("gaps.files.what"), t("gaps.files.how")),
    )


def sheet_texts(t: Texts, result: GapResult) -> SheetTexts:
    """Return the words of the one-page PDF: classes with their districts, and the method."""
    from exchange.gap_pdf import SheetTexts

    rows = result.level("district")
    found = [
        (f"{t(f'verdict.{name}')} ({t.number(len(names))})", ", ".join(sorted(names)))
        for name, names in rows.groupby("verdict")["area_name"]
    ]
    return SheetTexts(
        language=t.language,
        program=t("home.title"),
        date=_data_state(t, result),
        map_alt=t("gaps.files.map_alt", kind=data.catalogue().kinds[result.kind].plural.of(t.language)),
        result_title=t("gaps.files.result"),
        result=found,
        method_title=t("gaps.files.method_sheet"),
        method=method(t, result),
    )


def picture(t: Texts, result: GapResult, measure: str, scheme: str = "usual") -> Picture:
    """Return the map of a measure with legend and notes, ready for SVG, PNG and PDF."""
    from exchange.map_picture import Picture
    from layers.palette import UNKNOWN

    found, colours, silent = gaps_classes.measured(result, measure, scheme)
    items = gaps_map.legend_items(result, measure, scheme)
    factor, digits = gaps_format.factor(measure), gaps_format.digits(measure)
    legend = [
        (pictures.area_fill(item.fill), map_layers.legend_text(t, item, digits, factor, counted=True)) for item in items
    ]
    return Picture(
        title=data.catalogue().kinds[result.kind].plural.of(t.language) + ": " + t(f"gaps.measure.{measure}"),
        subtitle=gaps_card.standard_text(t, result),
        fills=pictures.fills(found, colours, no_statement=silent),
        legend_title=t(f"gaps.measure.{measure}") + gaps_format.unit(measure),
        legend=legend,
        other=pictures.area_fill(UNKNOWN),
        notes=[f"{t('common.sources')}: {'; '.join(gaps_card.sources(t, result))}", _data_state(t, result)],
        north=t("gaps.files.north"),
        distance=lambda metres: _scale(t, metres),
    )
