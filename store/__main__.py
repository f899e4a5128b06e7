"""Command line of the store: python -m store COMMAND.

backup FILE      write a backup while people go on working
restore FILE     put a backup in place of what is there
migrate          upgrade the tables
check            say whether everything is in order
grant WHO ROLE   give the login WHO a role (viewer, contributor, editor, admin; none = take it away)

The database is that of DATABASE_URL, else the one in the data folder QK_STORE.
"""

import argparse
import sys
from pathlib import Path

from store import check
from store.accounts import set_role
from store.backup import backup, restore
from store.database import Store, open_store
from store.errors import StoreError
from store.migrate import current_version
from store.permissions import LOCAL


def main(arguments: list[str]) -> int:
    """Run the command line; returns the exit code: 0 = done, 1 = not done, 2 = wrong use."""
    chosen = _parser().parse_args(arguments)
    try:
        store = open_store(migrate=chosen.command in ("migrate", "restore", "grant"))
        try:
            return _run(store, chosen)
        finally:
            store.close()
    except StoreError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _run(store: Store, chosen: argparse.Namespace) -> int:
    if chosen.command == "backup":
        backup(store, chosen.file)
        sys.stdout.write(f"{chosen.file}\n")
    elif chosen.command == "restore":
        restore(store, chosen.file)
        return _report(store)
    elif chosen.command == "grant":
        set_role(store, LOCAL, chosen.who, None if chosen.role == "none" else chosen.role)
    elif chosen.command == "migrate":
        sys.stdout.write(f"tables: version {current_version(store)}\n")
    else:
        return _report(store)
    return 0


def _report(store: Store) -> int:
    """Print what is there; 1 if something is broken."""
    sys.stdout.write(f"tables: version {current_version(store)}\n")
    for name, count in check.counts(store).items():
        sys.stdout.write(f"{name}: {count}\n")
    sys.stdout.write(f"content: {check.fingerprint(store)}\n")
    faults = check.faults(store)
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    sys.stdout.write("damaged\n" if faults else "in order\n")
    return 1 if faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m store", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("backup", "restore"):
        commands.add_parser(name).add_argument("file", type=Path)
    commands.add_parser("migrate")
    commands.add_parser("check")
    grant = commands.add_parser("grant")
    grant.add_argument("who")
    grant.add_argument("role")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
