"""The field that takes a file says its limits in the page's language; every page uses it."""

from pathlib import Path

from views.texts import Texts
from views.upload import field


def test_the_fields_own_words_are_written_by_the_page(monkeypatch):
    said = []
    monkeypatch.setattr("views.upload.st.html", said.append)
    monkeypatch.setattr("views.upload.st.caption", said.append)
    monkeypatch.setattr("views.upload.st.file_uploader", lambda label, types, **_: (label, types))
    assert field(Texts("de"), "Karte", ("csv", "xlsx"), megabytes=64, key="k") == ("Karte", ["csv", "xlsx"])
    style, limits = said
    assert 'content: "Datei wählen"' in style
    assert "64 MB" in limits
    assert "CSV, XLSX" in limits


def test_no_page_writes_streamlits_own_field():
    pages = [path for path in Path("views").glob("*.py") if path.name != "upload.py"]
    assert [path.name for path in pages if "file_uploader(" in path.read_text("utf-8")] == []
