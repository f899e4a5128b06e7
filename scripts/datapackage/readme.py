"""Files for people, made from the descriptor: `README.md` and `LICENSES.md` of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEAD = """# Data of Quartierskarte Hannover

Made by `scripts/build_data.py` from raw tables; do not edit by hand. This file is made from
`datapackage.json` (Frictionless Data Package), which also holds the columns of every table
(title, description, unit, constraints), sizes and SHA-256 sums.

- Empty cells mean *unknown*, never 0. Census counts left empty are secret: 0 to 2.
- Lists inside a cell are separated by `;`. Identifiers are UUIDs (version 5) made from the source's keys.
- GeoJSON and `lon`/`lat` are EPSG:4326, `x`/`y` are EPSG:25832 (metres).
- How population was estimated, and how far it errs: `docs/data-method.md`. Licences: `LICENSES.md`.

| resource | file | rows | date | licence |
|---|---|---|---|---|
"""

_FACTS = """
## Facts only

Where a source has no open licence, only facts were taken from it (name, address, opening hours, a
number with its date), no text and no database. The source stands in each row. What the project adds
(structure, joins, identifiers, catalogue) is offered under CC BY 4.0, "Quartierskarte Hannover".
"""


def data_readme(descriptor: Mapping[str, Any]) -> str:
    """Return the text of `data/README.md`."""
    resources = descriptor["resources"]
    lines = [_overview(resource) for resource in resources]
    return _HEAD + "\n".join(lines) + "\n" + "".join(_section(resource) for resource in resources)


def _overview(resource: Mapping[str, Any]) -> str:
    licences = ", ".join(licence["name"] for licence in resource["licenses"])
    cells = [f"`{resource['name']}`", f"`{resource['path']}`", str(resource["rowCount"]),
             resource["referenceDate"], licences]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _section(resource: Mapping[str, Any]) -> str:
    lines = [
        f"\n## {resource['name']}: {resource['title']}\n",
        f"{resource['description']}\n",
        f"- File: `{resource['path']}`, {resource['rowCount']} rows",
        f"- Source: {'; '.join(_link(source) for source in resource['sources'])}",
        f"- Licence: {'; '.join(licence['title'] for licence in resource['licenses'])}",
        f"- Reference date: {resource['referenceDate']}",
        f"- CRS: {resource['crs'] or 'none (no coordinates)'}",
        f"- Derivation: {resource['derivation']}",
        f"- Limits: {resource['limits']}" if resource["limits"] else "",
        f"- Columns: {', '.join('`' + field['name'] + '`' for field in resource['schema']['fields'])}",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _link(source: Mapping[str, Any]) -> str:
    return f"[{source['title']}]({source['path']})" if "path" in source else source["title"]


def licences_text(descriptor: Mapping[str, Any]) -> str:
    """Return the text of `data/LICENSES.md`: attribution of each source, resources by licence."""
    lines = ["# Licences of the data\n", "Made from `datapackage.json`; do not edit by hand.\n", "## Attribution\n"]
    lines += [f"- {_link(source)}" for source in descriptor["sources"]]
    lines.append("\n## Resources by licence\n")
    for licence in descriptor["licenses"]:
        names = [f"`{r['name']}`" for r in descriptor["resources"] if licence in r["licenses"]]
        title = licence["title"] if licence["name"] == "facts-only" else f"[{licence['title']}]({licence['path']})"
        lines.append(f"- {title}: {', '.join(names)}")
    lines.append("\nTables of places mix licences: column `source_licence` names the one of each row.")
    return "\n".join(lines) + "\n" + _FACTS
