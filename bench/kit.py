"""The offline kit of one district, in a new process: within 20 seconds; the protocol of 200 notes: within 3."""

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.compare import Comparison, compare_measured, within_budget
from exchange.workshop.evening import Evening, Item
from exchange.workshop.protocol_files import FORMATS, protocol_file
from geo.area import named_area
from geo.crs import points_from_xy, to_lonlat
from geo.sources import open_package
from scripts.serve import ROOT
from store.workshop import Note, Session
from workshop.command_material import load_of, material_for

KIT_BUDGET_S, PROTOCOL_BUDGET_S = 20.0, 3.0
DISTRICT, NOTES = 12, 200


def run() -> list[Comparison]:
    """Write a whole kit (imports, data and every file counted) and the protocol of a full evening in all formats."""
    files = kit()[1]
    written = compare_measured(
        "offline kit of one district, cold",
        kit,
        lambda: (KIT_BUDGET_S, files),
        against="budget",
        limit=1.0,
        same=lambda ours, theirs: ours == theirs,
        rounds=3,
    )
    return [written, within_budget(f"protocol of {NOTES} notes, all formats", protocol, PROTOCOL_BUDGET_S)]


def kit() -> tuple[float, list[str]]:
    """Return the seconds of the command and the names of the files."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "workshop", "kit", "--area", f"stadtteil:{DISTRICT}", "--out", folder]
        before = time.perf_counter()
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        return time.perf_counter() - before, sorted(path.name for path in Path(folder).iterdir())


def protocol() -> list[str]:
    """Write the protocol of an evening in every format; returns the names of the files."""
    package = open_package(ROOT / "data")
    load = load_of(package)
    material = material_for(package, load, named_area(load, "district", DISTRICT), "de")
    grid = material.grid
    codes = [
        grid.code_at(grid.west + (0.5 + at % 20) * grid.side_m, grid.north - (0.5 + at % 20) * grid.side_m)
        for at in range(NOTES)
    ]
    spots = [grid.cell(code or "A1").spot(at) for at, code in enumerate(codes)]
    points = to_lonlat(points_from_xy([x for x, _ in spots], [y for _, y in spots]))
    items = tuple(
        Item(at + 1, note.id, note.text, is_group=False, notes=(note,), dots=NOTES - at, became=())
        for at, note in enumerate(
            replace(_note(at), lon=float(points.x.iloc[at]), lat=float(points.y.iloc[at]), grid_code=codes[at])
            for at in range(NOTES)
        )
    )
    evening = Evening(_session(), items, channels={"phone": 0, "host": 0, "paper": NOTES}, grid=grid)
    return [
        protocol_file(name, evening, material.words, material=material, today="2026-12-04").name for name in FORMATS
    ]


def _note(at: int) -> Note:
    text = "Auf dem Weg zur Haltestelle fehlt Licht, vor allem im Winter und am Abend."
    return Note(
        id=f"note {at}", session_id="s", participant_id=None, category=("need", "idea")[at % 2], text=text, lon=None, lat=None,
        grid_code=None, sticker=str(at), state="shown", was_shown=True, group_id=None, channel="paper", paper_dots=0,
        created_at="2026-12-03T18:00:00Z", version=1, number=1,
    )  # fmt: skip


def _session() -> Session:
    return Session(
        id="s", code="ABCD2345", title="Abend", question="Was fehlt?", area_level="district", area_id=str(DISTRICT),
        area_name="Vahrenheide", categories=("need", "idea"), anonymous=True, consent_text="", languages=("de",), dots=5,
        moderation="show", phase="closed", deletion_date="2027-03-01", created_at="2026-12-03T17:00:00Z", created_by="local",
        version=1, number=1,
    )  # fmt: skip
