"""Loading the whole data package: cold within 1 second, again for a rerun within 20 milliseconds."""

import subprocess
import sys

from bench.compare import Comparison, compare_measured, within_budget
from geo.sources import open_package
from scripts.serve import ROOT
from views import data

COLD_BUDGET_S, RERUN_BUDGET_S = 1.0, 0.020
_NEW_PROCESS = """
import time
import geopandas
from geo.sources import open_package, read
before = time.perf_counter()
package = open_package("data")
rows = sum(len(read(package, name)) for name in package.names)
print(time.perf_counter() - before, rows)
"""


def run() -> list[Comparison]:
    """Read every resource in a new process (imports not counted), then from the memory of this one."""
    rows = sum(len(data.frame(name)) for name in open_package(ROOT / "data").names)
    cold = compare_measured(
        "data package, cold",
        in_a_new_process,
        lambda: (COLD_BUDGET_S, rows),
        against="budget",
        limit=1.0,
        same=lambda ours, theirs: ours == theirs,
    )
    return [cold, within_budget("data package, on a rerun", from_memory, RERUN_BUDGET_S)]


def in_a_new_process() -> tuple[float, int]:
    """Return the seconds of reading everything, and the number of rows."""
    done = subprocess.run([sys.executable, "-c", _NEW_PROCESS], cwd=ROOT, capture_output=True, text=True, check=True)
    seconds, rows = done.stdout.split()
    return float(seconds), int(rows)


def from_memory() -> int:
    """Ask for every frame as a rerun of a page does; returns the number of rows."""
    return sum(len(data.frame(name)) for name in data.package().names)
