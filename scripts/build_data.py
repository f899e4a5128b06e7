"""Build the data package from the raw tables: `python scripts/build_data.py --raw DIR --out data`.

Deterministic: the same raw tables give the same bytes. `--report FILE` measures the errors of the
estimates and writes them into the document FILE (docs/data-method.md).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from scripts.datapackage.build import build_package  # noqa: E402 - the path must be known first
from scripts.datapackage.raw import RawDataError  # noqa: E402
from scripts.datapackage.report import block, with_block  # noqa: E402


def main(arguments: list[str] | None = None) -> int:
    """Build, write and say what was written; return the exit code."""
    parser = argparse.ArgumentParser(description="Build the data package of Quartierskarte Hannover.")
    parser.add_argument("--raw", type=Path, required=True, help="folder with the raw tables")
    parser.add_argument("--out", type=Path, help="folder of the data package")
    parser.add_argument("--report", type=Path, help="document that gets the measured errors")
    options = parser.parse_args(arguments)
    if options.out is None and options.report is None:
        parser.error("nothing to do: give --out DIR or --report FILE")
    try:
        build = build_package(options.raw)
        if options.report is not None:
            text = options.report.read_text(encoding="utf-8")
            table = block(build.measured)
            options.report.write_text(with_block(text, table), encoding="utf-8")
            print(table)
    except RawDataError as error:
        print(error, file=sys.stderr)
        return 1
    if options.out is not None:
        write(build.files, options.out)
        total = sum(len(content) for content in build.files.values())
        print(f"{options.out}: {len(build.files)} files, {total:,} bytes")
    return 0


def write(files: dict[str, bytes], out: Path) -> None:
    """Write the files of the package."""
    for name, content in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
