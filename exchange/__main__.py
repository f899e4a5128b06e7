"""Command line of files in and out: python -m exchange COMMAND.

template OUT             write the XLSX template to collect places in
export FORMAT OUT        write everything as csv, xlsx, geojson, gpkg, hsds-json or hsds-package
dcat OUT                 write metadata for a portal (DCAT-AP.de): .jsonld or .ttl
check FILE               say how FILE is read, what its columns mean and what is wrong with it
import FILE              the same, and what would be added; with --apply it is stored as one batch
site OUT                 write the finder as plain pages for any web server
dossier --out FOLDER     write profiles as PDF, PPTX or HTML: --district, --borough, --quarter, --city, --all
connect [NAME]           compare a source of another host with the inventory; with --apply take it over
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from exchange.connect.command import add_command
from exchange.content import content_of_store
from exchange.dcat import Publisher, as_jsonld, as_turtle, dcat_graph
from exchange.dossier.command import add_command as add_dossiers
from exchange.export import FORMATS, export
from exchange.session import ImportSession
from exchange.template import write_template
from exchange.vocabulary import vocabulary_of
from geo.errors import QuartierError
from geo.sources import open_package, read
from store.changelog import changelog
from store.database import open_store
from store.ground import Ground
from store.permissions import LOCAL
from store.resources import resources
from store.view import view

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT_DATA: Final = Path(__file__).resolve().parent.parent / "data"
FAILED: Final = 2
_SHOWN: Final = 50


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 0, 1 if a file has errors, or 2 after a message on standard error."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except QuartierError as error:
        sys.stderr.write(f"{error.message} {error.remedy}\n")
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
    return FAILED


def _template(options: argparse.Namespace) -> int:
    words = vocabulary_of(open_package(options.data))
    options.out.write_bytes(write_template(words, language=options.language))
    return 0


def _export(options: argparse.Namespace) -> int:
    package = open_package(options.data)
    store = open_store(ground=Ground.of_package(package))
    try:
        content = content_of_store(store)
        history = changelog(store, LOCAL, list(content.versions)) if options.history else []
    finally:
        store.close()
    made = export(
        content,
        options.format,
        vocabulary_of(package),
        places=options.place or None,
        descriptor=package.descriptor,
        language=options.language,
        history=history,
    )
    options.out.write_bytes(made)
    return 0


def _dcat(options: argparse.Namespace) -> int:
    publisher = Publisher(options.publisher, options.base, options.contributor, options.email)
    graph = dcat_graph(open_package(options.data).descriptor, publisher, files=tuple(FORMATS))
    text = as_turtle(graph) if options.out.suffix == ".ttl" else as_jsonld(graph)
    options.out.write_text(text, encoding="utf-8")
    return 0


def _site(options: argparse.Namespace) -> int:
    from exchange.site.write import write_site
    from geo.opening import now

    package = open_package(options.data)
    store = open_store(ground=Ground.of_package(package))
    try:
        files = write_site(
            options.out,
            package,
            load=lambda name: view(store, name) if name in resources() else read(package, name),
            first=options.day or now().date(),
            contact=options.contact,
            costs=view(store, "cost_options"),
        )
    finally:
        store.close()
    sys.stdout.write(f"{options.out}: {len(files)} files\n")
    return 0


def _import(options: argparse.Namespace) -> int:
    package = open_package(options.data)
    store = open_store(ground=Ground.of_package(package))
    try:
        session = ImportSession.of_file(options.file.read_bytes(), options.file.name, words=vocabulary_of(package))
        if options.mapping is not None:
            session = session.with_template(options.mapping.read_text(encoding="utf-8"))
        if options.kind is not None:
            session = session.with_constants({"kind": options.kind})
        plan = session.plan(content_of_store(store, actor=LOCAL))
        for line in session.report():
            sys.stdout.write(f"{line}\n")
        for problem in plan.problems[:_SHOWN]:
            place = f"{problem.row or '-'} {problem.column or '-'}"
            sys.stdout.write(f"{problem.severity} {place}: {problem.message} {problem.remedy}\n")
        if len(plan.problems) > _SHOWN:
            sys.stdout.write(f"… {len(plan.problems) - _SHOWN} more\n")
        sys.stdout.write(f"plan: {plan.counts}\n")
        if options.command == "import" and options.apply:
            done = session.apply(store, LOCAL, plan)
            sys.stdout.write(f"stored: {done.created} added, {done.updated} changed, batch {done.batch_id}\n")
    finally:
        store.close()
    return int(any(problem.severity == "error" for problem in plan.problems))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m exchange", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder of the data package")
    parser.add_argument("--language", choices=("de", "en"), default="de", help="of headings and labels")
    commands = parser.add_subparsers(dest="command", required=True)
    template = commands.add_parser("template", help="write the XLSX template")
    template.set_defaults(run=_template)
    out = commands.add_parser("export", help="write a file with everything or some places")
    out.add_argument("format", choices=tuple(FORMATS))
    out.add_argument("--place", action="append", metavar="ID", help="only this place (several times)")
    out.add_argument("--history", action="store_true", help="HSDS only: the history of every field as metadata")
    out.set_defaults(run=_export)
    dcat = commands.add_parser("dcat", help="write DCAT-AP.de metadata")
    dcat.add_argument("--publisher", required=True)
    dcat.add_argument("--base", required=True, help="address under which the data is published")
    dcat.add_argument("--contributor", help="dcatde:contributorID")
    dcat.add_argument("--email", help="of the office to ask")
    dcat.set_defaults(run=_dcat)
    site = commands.add_parser("site", help="write the finder as plain pages")
    site.add_argument("--contact", default="", help="for questions and corrections, best an e-mail address")
    site.add_argument("--day", type=date.fromisoformat, help="first day of the opening hours (default: today)")
    site.set_defaults(run=_site)
    for one in (template, out, dcat, site):
        one.add_argument("out", type=Path)
    for name in ("check", "import"):
        command = commands.add_parser(name)
        command.add_argument("file", type=Path)
        command.add_argument("--mapping", type=Path, help="template of a mapping (JSON)")
        command.add_argument("--kind", help="kind of facility for rows without one")
        command.set_defaults(run=_import)
        if name == "import":
            command.add_argument("--apply", action="store_true", help="store what the plan says")
    add_command(commands)
    add_dossiers(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
