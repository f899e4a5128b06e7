"""The check of the vendored files notices what it promises to notice."""

import shutil

import pytest

from scripts import vendor_assets


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(vendor_assets.VENDOR, tmp_path / "vendor")


def test_untouched_files_are_fine(folder):
    assert vendor_assets.problems(folder) == []
    assert (folder / vendor_assets.SUMS).read_text(encoding="utf-8") == vendor_assets.sums(folder)


def test_changed_missing_and_additional_files_are_named(folder):
    (folder / "leaflet" / "leaflet.js").write_text("evil()")
    (folder / "markercluster" / "LICENSE").unlink()
    (folder / "more.js").write_text("")
    assert vendor_assets.problems(folder) == [
        "markercluster/LICENSE is missing",
        "more.js is not listed",
        "leaflet/leaflet.js is changed",
    ]


def test_another_content_than_pinned_is_refused(tmp_path, monkeypatch):
    answer = '[{"integrity": "sha512-other", "filename": "x.tgz"}]'
    monkeypatch.setattr(vendor_assets.subprocess, "run", lambda *_, **__: type("Done", (), {"stdout": answer}))
    with pytest.raises(RuntimeError, match=r"leaflet 1\.9\.4 has integrity 'sha512-other'"):
        vendor_assets.fetch(vendor_assets.PACKAGES[0], tmp_path)
