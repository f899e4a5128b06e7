"""The store's documents say what is true."""

from __future__ import annotations

import re

import pytest

from store import PERMISSIONS, Operation, resources
from store.permissions import ACCOUNT_ROLES, Role


@pytest.fixture(scope="module")
def profile(root):
    return (root / "docs" / "hsds-profile.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def text(root):
    return (root / "docs" / "store.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(resources()))
def test_every_resource_is_listed_with_all_its_fields(profile, name):
    kind = resources()[name]
    head = f"### `{name}` (HSDS `{kind.hsds}`)" if kind.hsds else f"### `{name}` (extension)"
    section = profile.split(head + "\n", 1)[1].split("\n### ", 1)[0]
    listed = set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))
    packed = (
        set(re.findall(r"`(\w+)`", section.split("Of the package:", 1)[1].split("\n", 1)[0]))
        if kind.in_package
        else set()
    )
    assert listed | packed == set(kind.fields)
    assert packed == set(kind.package_columns) - {"id"}


def test_every_key_of_the_schemas_is_explained(profile, root):
    table = profile.split("## Keys of the files", 1)[1].split("\n## ", 1)[0]
    explained = {
        key for row in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE) for key in re.findall(r"`(\w+)`", row)
    }
    used = {
        key
        for path in (root / "store" / "schemas").glob("*.json")
        for key in re.findall(r'^  "(\w+)":', path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert used - {"name", "fields", "foreignKeys"} == explained


def test_the_table_of_permissions_is_the_matrix(text):
    limited = [Role.REVIEWER, Role.HOST, Role.PARTICIPANT]
    roles = [*ACCOUNT_ROLES, *limited]
    assert f"| operation | {' | '.join(roles)} |" in text
    rows = re.findall(
        r"^\| `(\w+)` \| (.+) \|$", text.split("## Who may do what", 1)[1].split("\n## ", 1)[0], re.MULTILINE
    )
    assert {name for name, _ in rows} == set(Operation)
    for name, cells in rows:
        for role, cell in zip(roles, cells.split(" | "), strict=True):
            allowed = Operation(name) in PERMISSIONS[role]
            assert cell == (("own" if role in limited else "yes") if allowed else "no"), (name, role)


def test_every_named_file_exists(text, profile, root):
    for document in (text, profile):
        for path in re.findall(r"`((?:store|geo|tests|docs|data)/[\w./-]*\w/?)`", document):
            assert (root / path).exists() or "NNNN" in path, path


def test_the_commands_are_those_of_the_program(text, root):
    usage = (root / "store" / "__main__.py").read_text(encoding="utf-8")
    for command in re.findall(r"python -m store (\w+)", text):
        assert re.search(rf"^{command} ", usage, re.MULTILINE) or f'"{command}"' in usage
