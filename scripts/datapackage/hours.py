"""Opening hours: from the wording of the source to the opening_hours syntax of OpenStreetMap.

Only what can be said without guessing is transformed: days, times, "täglich", "geschlossen", "24/7"
and "n-th weekday of the month". Seasons, events, parts of a house or conditions stay text.
Syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

from __future__ import annotations

import re

DAYS = {"Mo": "Mo", "Di": "Tu", "Mi": "We", "Do": "Th", "Fr": "Fr", "Sa": "Sa", "So": "Su"}
_LONG_DAYS = {
    "Montag": "Mo", "Dienstag": "Tu", "Mittwoch": "We", "Donnerstag": "Th",
    "Freitag": "Fr", "Samstag": "Sa", "Sonntag": "Su",
}  # fmt: skip
_DAY = "(?:" + "|".join(DAYS) + ")"
_SPAN = r"\d{2}:\d{2}-\d{2}:\d{2}"
_RULE = re.compile(rf"(?P<days>täglich|{_DAY}(?:[-+,]{_DAY})*) (?P<times>{_SPAN}(?:,{_SPAN})*|geschlossen)")
_NTH = re.compile(rf"(?:jeden )?(?P<nth>[1-5])\. (?P<day>{'|'.join(_LONG_DAYS)}) im Monat (?P<times>{_SPAN})")
# Remarks at the end that say when or for whom the hours were stated, not on which days they hold.
_HARMLESS = re.compile(r"Stand \d{4}|Grundmuster seit \d{4}|[\w ]+, (?:Stand|ab \w+) \d{4}|Notfälle")
_REMARK = re.compile(r"(?P<rules>[^()]*?) \((?P<remark>[^()]*)\)")


def parse_hours(text: str) -> tuple[str, str]:
    """Return (opening_hours or "", remark); "" if the text cannot be expressed without guessing.

    "Mo+Do 11:00-19:00; Sa 10:00-14:00 (Stand 2022)" → ("Mo,Th 11:00-19:00; Sa 10:00-14:00", "Stand 2022").
    """
    rules, remark = text, ""
    match = _REMARK.fullmatch(text)
    if match is not None:
        if not _HARMLESS.fullmatch(match["remark"]):
            return "", match["remark"]
        rules, remark = match["rules"], match["remark"]
    if rules == "24/7":
        return "24/7", remark
    parts = [_rule(part) for part in rules.split("; ")]
    return ("; ".join(parts), remark) if all(parts) else ("", remark)


def _rule(text: str) -> str:
    nth = _NTH.fullmatch(text)
    if nth is not None and _times_hold(nth["times"]):
        return f"{_LONG_DAYS[nth['day']]}[{nth['nth']}] {nth['times']}"
    match = _RULE.fullmatch(text)
    if match is None:
        return ""
    days = re.sub(_DAY, lambda day: DAYS[day[0]], match["days"]).replace("+", ",").replace("täglich", "Mo-Su")
    if match["times"] == "geschlossen":
        return f"{days} off"
    return f"{days} {match['times']}" if _times_hold(match["times"]) else ""


def _times_hold(times: str) -> bool:
    """Tell whether every time is a time of day and every span ends after it starts."""
    spans = [span.split("-") for span in times.split(",")]
    return all(_is_time(start) and _is_time(end) and start < end for start, end in spans)


def _is_time(text: str) -> bool:
    hour, minute = text.split(":")
    return (int(hour), int(minute)) <= (24, 0) and int(minute) < 60  # noqa: PLR2004 - an hour
