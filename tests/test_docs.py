"""The documents say what is true: settings, languages, files, commands."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from views import settings
from views.texts import LANGUAGES

_VARIABLE = re.compile(r"\b(?:QK_[A-Z_]+|DATABASE_URL)\b")
_DEVELOPERS_ONLY = {"QK_CHROMIUM", "QK_REQUIRE_BROWSER", "QK_REQUIRE_POSTGRES"}
_INSIDE_ONLY = {"QK_BENCH_DATA", "QK_BENCH_POINTS"}
_ROOMS = ("geo", "store", "layers", "exchange", "workshop", "views", "scripts", "bench", "tests")
_DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/architecture.md")


def _read(root: Path, name: str) -> str:
    return (root / name).read_text(encoding="utf-8")


def _table_of_settings(root):
    rows = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \|$", _read(root, "README.md"), re.MULTILINE)
    return {name: (meaning, default) for name, meaning, default in rows}


def test_every_variable_in_the_code_is_documented(root):
    files = [path for room in _ROOMS for path in (root / room).rglob("*.py")] + list(root.glob("*.py"))
    used = {name for path in files if path != Path(__file__) for name in _VARIABLE.findall(path.read_text("utf-8"))}
    assert used - _DEVELOPERS_ONLY - _INSIDE_ONLY == set(_table_of_settings(root))
    assert used & _DEVELOPERS_ONLY <= set(_VARIABLE.findall(_read(root, "CONTRIBUTING.md")))


def test_the_settings_of_the_pages_are_in_the_table(root):
    assert set(settings.VARIABLES) <= set(_table_of_settings(root))


def test_every_base_map_is_in_the_table(root):
    meaning, default = _table_of_settings(root)["QK_BASEMAP"]
    assert set(settings.BASEMAPS) <= set(re.findall(r"`(\w+)`", meaning))
    assert default == f"`{settings.load({}).basemap}`"


@pytest.mark.parametrize("name", _DOCUMENTS)
def test_every_link_and_picture_leads_to_a_file(root, name):
    targets = re.findall(r"\]\((?!https?://)([^)#]+)\)", _read(root, name))
    missing = [target for target in targets if not (root / name).parent.joinpath(target).exists()]
    assert missing == []


@pytest.mark.parametrize("name", _DOCUMENTS)
def test_every_named_path_exists(root, name):
    folders = "|".join((*_ROOMS, "docs", "data", r"\.ci", r"\.streamlit"))
    paths = re.findall(rf"(?<![\w/])(?:{folders})/[\w./-]*\w/?", _read(root, name))
    missing = sorted({path for path in paths if not (root / path).exists()})
    assert missing == []


def test_publiccode_has_what_a_catalogue_needs(root):
    described = yaml.safe_load(_read(root, "publiccode.yml"))
    project = tomllib.loads(_read(root, "pyproject.toml"))["project"]
    assert described["softwareVersion"] == project["version"]
    assert described["legal"]["license"] == project["license"]
    assert set(described["localisation"]["availableLanguages"]) == {language[:2] for language in LANGUAGES}
    for words in described["description"].values():
        assert len(words["genericName"]) <= 35
        assert len(words["shortDescription"]) <= 150
        assert 500 <= len(words["longDescription"]) <= 10_000
        assert all(len(feature) <= 100 for feature in words["features"])
        assert all((root / picture).exists() for picture in words.get("screenshots", []))


def test_the_licence_is_the_one_named(root):
    assert _read(root, "LICENSE").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")


def test_locks_are_made_from_the_direct_dependencies_and_hold_hashes_only(root):
    project = tomllib.loads(_read(root, "pyproject.toml"))
    direct = {"requirements.txt": project["project"]["dependencies"]}
    direct["requirements-dev.txt"] = [*direct["requirements.txt"], *project["dependency-groups"]["dev"]]
    for name, dependencies in direct.items():
        lock = _read(root, name)
        pins = re.findall(r"^([a-z0-9-]+)==\S+(?: ; [^\\]+)? \\\n    --hash=", lock, re.MULTILINE)
        assert {re.split(r"[<>=[]", each)[0] for each in dependencies} <= set(pins)
        assert len(pins) == len(re.findall(r"^[a-z0-9-]+==", lock, re.MULTILINE))
        assert "://" not in lock
        assert "--" not in re.sub(r"--hash=sha256:[0-9a-f]{64}", "", lock)


def test_the_short_list_is_the_same_in_both_locks(root):
    pins = [
        dict(re.findall(r"^([a-z0-9-]+)==(\S+)", _read(root, name), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    ]
    assert pins[0].items() <= pins[1].items()
