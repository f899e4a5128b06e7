"""Files that are there either whole or not at all."""

import os

import pytest

from geo.whole_file import PRIVATE, write_whole


def test_a_file_is_whole_or_not_there(tmp_path, monkeypatch):
    path = tmp_path / "a.pdf"
    write_whole(path, b"old")
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="only there a file says who may read it")
@pytest.mark.parametrize(("given", "mode"), [({}, 0o644), ({"mode": PRIVATE}, 0o600)])
def test_a_file_can_be_read_by_those_whom_it_is_for(tmp_path, given, mode):
    write_whole(tmp_path / "a", b"x", **given)
    assert (tmp_path / "a").stat().st_mode & 0o777 == mode


def test_without_its_folder_nothing_is_written(tmp_path):
    with pytest.raises(OSError, match="none"):
        write_whole(tmp_path / "none" / "a", b"x")
