"""Hostile and broken uploads are refused in time, with a sentence, and nothing else happens."""

from __future__ import annotations

import resource
import time

import pytest

from exchange.errors import MESSAGE_KEYS, UploadError
from exchange.sandbox import read_upload
from tests.exchange import hostile

pytestmark = pytest.mark.slow


def test_there_are_enough_hostile_files() -> None:
    assert len(hostile.FILES) >= 60
    assert {key for _, _, key in hostile.FILES.values()} <= set(MESSAGE_KEYS)


@pytest.mark.parametrize("case", hostile.FILES)
def test_hostile_file_is_refused_with_a_sentence(case: str) -> None:
    filename, _, key = hostile.FILES[case]
    content = hostile.content(case)
    started = time.monotonic()
    with pytest.raises(UploadError) as caught:
        read_upload(content, filename)
    assert time.monotonic() - started < 25
    assert caught.value.key == key
    assert caught.value.message.endswith(".")
    assert caught.value.remedy


def test_children_stayed_below_three_gigabytes() -> None:
    read_upload(b"a;b\n1;2\n", "a.csv")
    peak_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert peak_kb < 3 * 1024 * 1024
