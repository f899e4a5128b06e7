"""The requirement sheet to take away: table as CSV, JSON and XLSX, one page PDF."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from geo.newbuild_assumptions import VARIANTS
from geo.newbuild_demand import PERSONS_PER_PLACE, PLACES_PER_100
from geo.newbuild_output import AGE_GROUPS, COLUMNS, group_name
from geo.version import VERSION
from views import areas, data, newbuild_assume, newbuild_charts, newbuild_keep, newbuild_result, newbuild_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from exchange.newbuild_files import NewbuildTexts
    from exchange.newbuild_pdf import NewbuildSheetTexts
    from geo.newbuild_result import Requirement
    from views.texts import Texts

TABLE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARTS = ("residents", "required", "existing", "shortfall", "shortfall_at_most", "first_short", "not_before")


def show(t: Texts, result: Requirement, area: str) -> None:
    """Write the download buttons; every file is made when it is asked for."""
    st.header(t("newbuild.files"), anchor=False)
    st.markdown(t("newbuild.files.text"))
    name = newbuild_keep.file_name(result.sheet)
    files: tuple[tuple[str, Callable[[], bytes], str, str], ...] = (
        ("pdf", partial(_pdf, t, result, area), "pdf", "application/pdf"),
        ("xlsx", partial(_xlsx, t, result, area), "xlsx", TABLE),
        ("csv", partial(_csv, result), "csv", "text/csv"),
        ("json", partial(_json, result), "json", "application/json"),
    )
    with st.container(horizontal=True, key="nb_files"):
        for label, make, ending, media in files:
            st.download_button(
                t(f"newbuild.files.{label}"), make, f"{name}.{ending}", media, on_click="ignore", key=f"nb_file_{label}"
            )


def _csv(result: Requirement) -> bytes:
    from exchange.newbuild_files import newbuild_csv

    return newbuild_csv(result)


def _json(result: Requirement) -> bytes:
    from exchange.newbuild_files import newbuild_json

    return newbuild_json(result)


def _xlsx(t: Texts, result: Requirement, area: str) -> bytes:
    from exchange.newbuild_files import newbuild_xlsx

    return newbuild_xlsx(result, table_texts(t, result, area))


def _pdf(t: Texts, result: Requirement, area: str) -> bytes:
    from exchange.newbuild_pdf import newbuild_pdf

    return newbuild_pdf(result, sheet_texts(t, result, area))


def method(t: Texts, result: Requirement, area: str) -> list[tuple[str, str]]:
    """Return name and text of everything that says how a sheet was made."""
    sheet = result.sheet
    phases = ", ".join(f"{year}: {t.number(number)}" for year, number in sorted(sheet.phasing.items()) if number)
    homes = "; ".join(
        f"{t(f'newbuild.tenure.{tenure}')}: {' / '.join(t.number(number) for number in row)}"
        for tenure, row in sheet.dwellings.items()
        if any(row)
    )
    own = ", ".join(
        newbuild_words.label(t, result.assumptions[name]) for name in sheet.own_values if name in result.assumptions
    )
    free = ", ".join(
        f"{newbuild_words.label(t, result.assumptions[name])}: {t.number(value, digits=0 if float(value).is_integer() else 1)}"
        for name, value in sheet.own_free.items()
    )
    created = str(data.package().descriptor.get("created") or "")[:10]
    rows = [
        (t("newbuild.method.area"), areas.names(t).get(area, area)),
        (t("newbuild.site"), t("newbuild.method.whole") if sheet.site is None else t("newbuild.method.site")),
        (t("newbuild.dwellings"), f"{homes} ({t('newbuild.method.rooms')})"),
        (t("newbuild.years"), phases),
        (t("newbuild.method.people"), t("newbuild.method.people.text")),
        (t("newbuild.method.supply"), t("newbuild.method.supply.text")),
        (t("newbuild.method.variants"), t("newbuild.method.variants.text")),
        (t("newbuild.method.own"), own or t("common.no")),
        (t("newbuild.method.free"), free or t("common.no")),
        (t("newbuild.method.version"), f"{VERSION}; {result.data_version}; {result.data_hash[:16]}; {t.date(created)}"),
    ]
    return [row for row in rows if row[1]]


def table_texts(t: Texts, result: Requirement, area: str) -> NewbuildTexts:
    """Return the words of the workbook."""
    from exchange.newbuild_files import NewbuildTexts

    items = {group_name(*ages): newbuild_charts.group_name(t, *ages) for ages in AGE_GROUPS}
    items |= {"all": t("newbuild.all"), "in_care": t("newbuild.in_care")}
    items |= {line.demand.name: newbuild_words.label(t, result.assumptions[line.demand.name]) for line in result.lines}
    items["primary_school_classes"] = t("newbuild.item.classes")
    units = ("persons", "places", "facilities", "classes", "year")
    variants = dict(zip(VARIANTS, newbuild_words.variants(t), strict=True))
    return NewbuildTexts(
        sheets=(t("newbuild.files.sheet"), t("newbuild.files.assumptions"), t("newbuild.files.method")),
        columns={name: variants.get(name) or t(f"newbuild.column.{name}") for name in COLUMNS},
        words={
            "part": {name: t(f"newbuild.part.{name}") for name in PARTS},
            "item": items,
            "unit": {name: t(f"newbuild.unit.{name}") for name in units},
            "known": {name: t(f"newbuild.state.{name}") for name in ("own", "all", "none", "at_least", "unknown")},
        },
        unknown=t("common.unknown"),
        yes=t("common.yes"),
        no=t("common.no"),
        assumption_head=[
            t("newbuild.files.assumption"), t("newbuild.column.unit"), *variants.values(), t("newbuild.files.own"),
            t("newbuild.files.catalogue"), t("newbuild.files.source"),
        ],
        assumptions=_assumptions(t, result),
        method_head=(t("newbuild.files.what"), t("newbuild.files.how")),
        method=method(t, result, area),
    )  # fmt: skip


def _assumptions(t: Texts, result: Requirement) -> list[tuple[str | float, ...]]:
    """Return every assumption as it counts: a chosen standard or an own value in place of the catalogue's."""
    used = {line.demand.name: line.demand for line in result.lines}
    rows: list[tuple[str | float, ...]] = []
    for rule in result.assumptions.values():
        own = rule.name in result.sheet.own_values
        values = result.sheet.own_values.get(rule.name, rule.values)
        if rule.unit in {PLACES_PER_100, PERSONS_PER_PLACE}:
            values = used[rule.name].values
        source = newbuild_assume.source(t, rule)
        if rule.name in result.sheet.standards:
            source = newbuild_words.standard_option(t, result.sheet.standards[rule.name])
        unit = t(f"newbuild.unit.{rule.unit}")
        catalogue = " / ".join(newbuild_words.plain(t, value) for value in rule.values)
        rows.append(
            (newbuild_words.label(t, rule), unit, *values, t("common.yes" if own else "common.no"), catalogue, source)
        )
    return rows


def sheet_texts(t: Texts, result: Requirement, area: str) -> NewbuildSheetTexts:
    """Return the words of the one-page PDF."""
    from exchange.newbuild_pdf import NewbuildSheetTexts

    created = str(data.package().descriptor.get("created") or "")[:10]
    table = newbuild_result.overview(t, result)
    return NewbuildSheetTexts(
        language=t.language,
        program=t("home.title"),
        date=t("newbuild.files.data_state", version=result.data_version, date=t.date(created)),
        title=t("newbuild.files.title", name=result.sheet.title or areas.names(t).get(area, area)),
        subtitle=areas.names(t).get(area, area),
        facts=newbuild_result.facts(t, result),
        table_title=table.caption,
        head=table.head,
        rows=[
            [(cell, table.notes.get((at, column), "")) for column, cell in enumerate(row)]
            for at, row in enumerate(table.rows)
        ],
        chart_title=t("newbuild.chart.residents.alt"),
        groups=[newbuild_charts.group_name(t, *ages) for ages in AGE_GROUPS],
        shades=newbuild_charts.SHADES,
        number=t.number,
        method_title=t("newbuild.files.method"),
        method=method(t, result, area),
        notes=[t("newbuild.rounding"), t("newbuild.files.limits")],
    )
