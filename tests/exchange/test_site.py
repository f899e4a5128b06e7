"""The static edition as files: what it holds, that it names no other host, that nothing of it is markup from outside."""

import gzip
import json
import re
from datetime import date, datetime

import numpy as np
import pytest

from exchange.site.hours import WEEKS, hours_table, minute
from exchange.site.pages import folder_of
from exchange.site.write import write_site
from exchange.wording import FINDER_LANGUAGES, Texts
from geo.catalogue import loader
from geo.opening import ZONE
from geo.sources import open_package
from tests.factories import base_tables, write_package

DAY = date(2026, 10, 19)
HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(2)">'


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    tables = base_tables()
    tables["locations"][1]["name"] = f"Treff {HOSTILE}"
    tables["districts"][0]["name"] = f"Südwest {HOSTILE}"
    package = open_package(write_package(folder / "data", tables))
    files = write_site(folder / "out", package, load=loader(package), first=DAY, contact=f"a@example.org {HOSTILE}")
    return folder / "out", files


def core(folder):
    return json.loads((folder / "data" / "core.json").read_text(encoding="utf-8"))


def test_all_languages_and_districts_are_written(site):
    folder, files = site
    assert {f"{folder_of(code)}index.html" for code in FINDER_LANGUAGES} <= set(files)
    assert {f"data/ways/{number}.json" for number in (1, 2, 3, 4)} <= set(files)
    assert all((folder / name).is_file() for name in files)
    assert (folder / "assets" / "leaflet" / "LICENSE").is_file()


def test_packed_files_hold_the_same(site):
    folder, files = site
    packed = [name for name in files if name.endswith(".packed")]
    assert len(packed) == 7
    for name in packed:
        plain = (folder / name.removesuffix(".packed")).read_bytes()
        assert gzip.decompress((folder / name).read_bytes()) == plain


def test_pages_say_their_language_and_name_no_other_host(site):
    folder, _ = site
    for code in FINDER_LANGUAGES:
        page = (folder / folder_of(code) / "index.html").read_text(encoding="utf-8")
        direction = "rtl" if code in {"ar", "fa"} else "ltr"
        assert f'<html lang="{code[:2]}" dir="{direction}">' in page
        assert "⟦" not in page
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)
        assert (Texts(code)("finder.draft") in page) == (code not in {"de", "de-simple", "en"})
        assert not re.search(r"@[A-Za-z.]+@", page)


def test_text_from_outside_is_only_text(site):
    folder, _ = site
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert page.count("<script") == 3
    assert "<img" not in page
    names = [place["name"] for place in core(folder)["places"]]
    assert f"Treff {HOSTILE}" in names


def test_the_first_page_is_small(site):
    folder, _ = site
    assert (folder / "index.html").stat().st_size < 60_000


def test_timetables_know_the_change_of_clocks_and_what_is_unknown():
    made, numbers = hours_table(["Su 01:00-05:00", None, "Mo-Fr 09:00-17:00", "Su 01:00-05:00", "kaputt"], DAY)
    assert numbers == [0, -1, 1, 0, 2]
    assert len(made[0]) == 7 * WEEKS
    sunday = (date(2026, 10, 25) - DAY).days
    assert made[0][sunday] == [60, 360, 0]  # one hour more in between
    assert made[1][(date(2026, 10, 19) - DAY).days] == [540, 1020, 0]
    assert set(map(str, made[2])) == {"None"}
    assert minute(datetime(1970, 1, 1, 1, 5, tzinfo=ZONE)) == 5


def test_the_same_day_gives_the_same_bytes(site, tmp_path):
    folder, files = site
    package = open_package(folder.parent / "data")
    write_site(tmp_path, package, load=loader(package), first=DAY, contact=f"a@example.org {HOSTILE}")
    assert all((tmp_path / name).read_bytes() == (folder / name).read_bytes() for name in files)


def test_no_position_of_a_person_can_be_in_the_files(site):
    folder, _ = site
    found = core(folder)
    assert set(found) == {"origin", "needs", "places", "timetables", "days", "districts"}
    assert np.shape(found["days"]) == (7 * WEEKS, 6)
