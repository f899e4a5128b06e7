"""Opening hours: only what can be said without guessing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.datapackage.hours import parse_hours


@pytest.mark.parametrize(
    ("text", "hours", "remark"),
    [
        (
            "Mo+Do 11:00-19:00; Di+Fr 11:00-17:00; Sa 10:00-14:00 (Grundmuster seit 2018)",
            "Mo,Th 11:00-19:00; Tu,Fr 11:00-17:00; Sa 10:00-14:00",
            "Grundmuster seit 2018",
        ),
        ("Mo-Fr 09:00-22:00; Sa-So 10:00-18:00", "Mo-Fr 09:00-22:00; Sa-Su 10:00-18:00", ""),
        ("Mo-Mi,Fr 06:00-08:00; Do 06:00-08:00,16:00-19:00", "Mo-We,Fr 06:00-08:00; Th 06:00-08:00,16:00-19:00", ""),
        ("Sa geschlossen; So 09:00-18:00", "Sa off; Su 09:00-18:00", ""),
        ("jeden 3. Samstag im Monat 14:00-17:00", "Sa[3] 14:00-17:00", ""),
        ("täglich 10:00-24:00", "Mo-Su 10:00-24:00", ""),
        ("24/7", "24/7", ""),
        ("Fr 10:00-13:00 (offene Sprechstunde, Stand 2021)", "Fr 10:00-13:00", "offene Sprechstunde, Stand 2021"),
    ],
)
def test_days_and_times_are_transformed(text, hours, remark):
    assert parse_hours(text) == (hours, remark)


@pytest.mark.parametrize(
    "text",
    [
        "Saison: täglich 08:00-19:30",
        "24/7 (telefonisch)",
        "täglich 09:00-17:00 (Winter 2022/23)",
        "Mo,Do,Fr 06:00-18:00; Mi nur Kurse",
        "Mi 06:30-09:30,10:00-12:30 (Frauen),13:00-21:30",
        "Mo-Fr nachmittags",
        "32 Stunden/Woche",
        "Nov-März 20:00-06:00",
        "Mo-Fr 08:00-14:00 (bis 14:45)",
        "jeden 1. Samstag im Monat",
        "Mo 25:00-26:00",
        "Mo 18:00-09:00",
        "Mo 09:60-10:00",
        "",
    ],
)
def test_everything_else_stays_text(text):
    assert parse_hours(text)[0] == ""


@given(st.text())
def test_no_text_breaks_it(text):
    hours, _ = parse_hours(text)
    assert hours == "" or hours[:2] in {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "24"}
