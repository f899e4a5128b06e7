"""The rooms and the arrows between them, the style, and the types hold."""

import ast
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

NOT_ROOMS = {"tests", "docs", "data", "static", "var"}
_COMPARED_WHERE_INSTALLED = {"pandana"}  # a measurement that says so uses it, nothing needs it
_LINT = "from importlinter.cli import lint_imports_command as lint; lint()"


def _run(root, *command):
    done = subprocess.run([sys.executable, *command], cwd=root, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def settings(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]


def test_every_room_is_under_the_contracts(root, settings):
    rooms = {path.parent.name for path in root.glob("*/__init__.py")} - NOT_ROOMS
    assert rooms == set(settings["importlinter"]["root_packages"])


def test_imports_follow_the_arrows(root):
    code, output = _run(root, "-c", _LINT, "--no-cache")
    assert code == 0, output


def test_a_wrong_arrow_is_noticed(tmp_path, root, settings):
    for room in settings["importlinter"]["root_packages"]:
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
    (tmp_path / "pyproject.toml").write_bytes((root / "pyproject.toml").read_bytes())
    (tmp_path / "geo" / "wrong.py").write_text("import layers\nimport folium\n")
    code, output = _run(tmp_path, "-c", _LINT, "--no-cache")
    assert code == 1
    assert "geo.wrong -> layers" in output
    assert "geo.wrong -> folium" in output


def test_style(root):
    code, output = _run(root, "-m", "ruff", "check", "--no-cache", ".")
    assert code == 0, output


def test_layout(root):
    code, output = _run(root, "-m", "ruff", "format", "--no-cache", "--check", ".")
    assert code == 0, output


@pytest.mark.slow
def test_types(root):
    code, output = _run(root, "-m", "mypy")
    assert code == 0, output


def test_only_sources_layers_and_exchange_convert_coordinates(root):
    rooms = ("geo", "views", "store", "bench")
    files = [path for room in rooms for path in (root / room).rglob("*.py") if path.stem not in {"sources", "crs"}]
    found = [str(path) for path in files if ".to_crs(" in path.read_text(encoding="utf-8")]
    assert found == []


def test_no_file_is_longer_than_one_concept(root):
    rooms = [path.parent for path in root.glob("*/__init__.py")]
    files = [path for room in rooms if room.name not in NOT_ROOMS for path in room.rglob("*.py")]
    lengths = {str(path.relative_to(root)): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {name: length for name, length in lengths.items() if length > 300} == {}


@cache
def _distributions():
    return packages_distributions()


def _imported(files):
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    whole = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.split(".")[0] for name in whole | parts} - sys.stdlib_module_names


@pytest.mark.parametrize("for_developers", [False, True])
def test_every_imported_library_is_declared(root, settings, for_developers):
    rooms = set(settings["importlinter"]["root_packages"])
    used = {"tests", "scripts", "bench"} if for_developers else rooms - {"scripts", "bench"}
    files = [path for room in used for path in (root / room).rglob("*.py")]
    files += [] if for_developers else [root / "app.py", root / "server.py"]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    listed = project["project"]["dependencies"] + (project["dependency-groups"]["dev"] if for_developers else [])
    declared = {canonicalize_name(Requirement(each).name) for each in listed}
    libraries = _imported(files) - rooms - {"tests", "start", "server", "app"} - _COMPARED_WHERE_INSTALLED
    homes = _distributions()
    missing = {name for name in libraries if not declared & set(map(canonicalize_name, homes.get(name, [])))}
    assert missing == set()
