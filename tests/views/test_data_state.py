"""With entries of their own people can still rebuild every result: the state of the data goes with the passport."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from geo.__main__ import main
from geo.gap_settings import GapSettings
from geo.reach import Method, Walk
from geo.sources import open_package
from geo.validation import validate
from store import LOCAL, confirm, create, update, view
from tests.factories import base_tables, write_package
from tests.views.store_steps import beside
from views import data, data_state, gaps_files, storage

pytestmark = pytest.mark.slow

HOSTILE = "Treff \"=1+1\", <b>\n;'{{7*7}}' Ä"


@pytest.fixture
def city(monkeypatch, store_folder, tmp_path):
    """The tiny city with one place renamed, one confirmed, one added without a position."""
    folder = write_package(tmp_path / "package")
    monkeypatch.setenv("QK_DATA", str(folder))
    data.current_settings.cache_clear()
    places = base_tables()["locations"]
    with beside(store_folder, folder) as store:
        rows = view(store, "locations", extended=True).set_index("id")
        update(
            store,
            LOCAL,
            "locations",
            places[0]["id"],
            {"name": HOSTILE},
            version=int(rows.loc[places[0]["id"], "version"]),
        )
        confirm(store, LOCAL, "locations", [places[1]["id"]])
        create(
            store, LOCAL, "locations", {"name": "Neuer Treff", "kind": "senior_meeting", "coordinate_quality": "none"}
        )
    storage.forget()
    yield folder
    data.current_settings.cache_clear()
    storage.forget()


def unpacked(folder):
    with zipfile.ZipFile(io.BytesIO(data_state.zipped())) as archive:
        archive.extractall(folder)
    return folder


@pytest.mark.parametrize("fresh", [{}, {"fresh_since": "2025-01-01", "stale_weight": 0.3}])
def test_the_passport_is_replayed_byte_for_byte_with_the_state_of_the_data(city, tmp_path, capsys, fresh):
    kind = base_tables()["locations"][1]["kind"]
    result = data.gap_result(kind, GapSettings(walk=Walk(Method.LINE), **fresh))
    table, passport = tmp_path / "table.csv", tmp_path / "passport.json"
    passport.write_bytes(gaps_files._passport(result))
    folder = unpacked(tmp_path / "state")
    assert main(["gaps", "--data", str(folder), "--passport", str(passport), "--out", str(table)]) == 0
    assert table.read_bytes() == gaps_files._csv(result)
    assert main(["gaps", "--data", str(city), "--passport", str(passport)]) == 2
    assert "made with the data 1.0.0+" in capsys.readouterr().err


def test_the_state_is_a_sound_package_with_what_people_changed(city, tmp_path):
    folder = unpacked(tmp_path / "state")
    package = open_package(folder)
    faults = [each for each in validate(package) if each.severity == "error"]
    assert {each.column for each in faults} <= {"source_id"}  # the number in the raw tables: an own entry has none
    assert HOSTILE in (folder / package.files["locations"]).read_text(encoding="utf-8").replace('""', '"')
    assert (folder / package.files["districts"]).read_bytes() == (city / package.files["districts"]).read_bytes()
    said = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert said["version"].startswith("1.0.0+")


def test_without_own_entries_the_package_itself_is_the_state(monkeypatch, store_folder, tmp_path):
    folder = write_package(tmp_path / "package")
    monkeypatch.setenv("QK_DATA", str(folder))
    data.current_settings.cache_clear()
    storage.forget()
    assert not data_state.is_local()
    assert data_state.inputs().data_hash == open_package(folder).hash
    data.current_settings.cache_clear()
