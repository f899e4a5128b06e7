"""Sheets for the tests of new-build areas: the real assumptions, the tiny city of `tests.factories`."""

from dataclasses import replace
from pathlib import Path

from geo.newbuild import Sheet
from geo.newbuild_assumptions import assumptions_of
from geo.sources import open_package, read

ROOT = Path(__file__).resolve().parents[2]
HUNDRED_HOMES = Sheet(
    title="Am Hang",
    area_level="district",
    area_id="1",
    site=None,
    dwellings={"rent": (0, 0, 100, 0, 0)},
    start=2028,
    end=2028,
    until=2030,
    phasing={2028: 100},
)
"""100 dwellings with three rooms, for rent, all finished in 2028."""


def real_assumptions():
    """Return the assumptions of the data package."""
    return assumptions_of(read(open_package(ROOT / "data"), "newbuild_assumptions"))


def sheet(**changes):
    """Return `HUNDRED_HOMES` with changes."""
    return replace(HUNDRED_HOMES, **changes)
