"""Run all measurements, or those named, and print what came out.

    python -m bench [NAME…]

The exit code is 1 only when two sides gave different answers: times depend on the machine, answers do not.
"""

import argparse
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from types import ModuleType

from bench.compare import Comparison

_HEADS = ("task", "ours", "theirs", "ratio", "aim", "same answer", "compared with")


def measurements() -> dict[str, ModuleType]:
    """Return every module of this folder that has a `run`, by name."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))
    modules = {name: import_module(f"bench.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "run")}


def seconds(value: float) -> str:
    """Write a duration with three digits that mean something."""
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.3g} ms"


def table(comparisons: Iterable[Comparison]) -> str:
    """Write the comparisons below each other, columns aligned; a ratio above the aim has a mark."""
    rows = [_HEADS, *map(_row, comparisons)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def _row(each: Comparison) -> tuple[str, ...]:
    mark = "" if each.ratio <= each.limit else " !"
    answer = "yes" if each.same else "NO"
    times = (seconds(each.ours_s), seconds(each.theirs_s), f"{each.ratio:.2f}{mark}", f"≤ {each.limit:g}")
    return (each.task, *times, answer, each.against)


def main(arguments: list[str]) -> int:
    """Run the command line; returns the exit code."""
    known = measurements()
    summary = "\n".join(f"  {name}: {(module.__doc__ or '').splitlines()[0]}" for name, module in known.items())
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=f"{__doc__}\nMeasurements:\n{summary}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="what to measure (everything)")
    names = parser.parse_args(arguments).names
    unknown = [name for name in names if name not in known]
    if unknown:
        parser.error(f"unknown measurement {unknown[0]!r}; there are {', '.join(known)}")
    comparisons = []
    for name in names or known:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        comparisons += known[name].run()
    print(table(comparisons))
    return 0 if all(each.same for each in comparisons) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
