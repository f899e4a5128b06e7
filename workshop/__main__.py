"""Command line of the workshop: python -m workshop COMMAND.

kit --area AREA --out FOLDER       write the offline kit: maps, cards, form, table, the page without internet
story FILE                         say what is wrong with a storyline, or write it as one HTML file
protocol CODE --out FOLDER         write the protocol of a session: PDF, DOCX, HTML, CSV, GeoJSON
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.errors import QuartierError
from workshop.kit_command import add_command as add_kit
from workshop.protocol_command import add_command as add_protocol
from workshop.stage.command import add_command as add_story

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT_DATA: Final = Path(__file__).resolve().parent.parent / "data"
COMMANDS: Final = (add_kit, add_story, add_protocol)
FAILED: Final = 2


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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m workshop", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder of the data package")
    commands = parser.add_subparsers(dest="command", required=True)
    for add in COMMANDS:
        add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
