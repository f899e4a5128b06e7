"""Messages of the requirement sheet for new-build areas; merged into `geo.messages`."""

from __future__ import annotations

from typing import Final

# Each key has its message and its remedy.
NEWBUILD_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "newbuild.long_title": (
        "The name has {length} characters.",
        "Use at most {most}.",
    ),
    "newbuild.bad_dwellings": (
        "The number of dwellings ({tenure}, rooms: {rooms}) is {value!r}.",
        "Enter a whole number, 0 or more.",
    ),
    "newbuild.no_dwellings": (
        "The sheet has no dwelling.",
        "Enter how many dwellings of which size are built; without one there is nothing to work out.",
    ),
    "newbuild.too_many": (
        "The sheet has {value} dwellings, more than {most}.",
        "Check the numbers for a typing error.",
    ),
    "newbuild.bad_year": (
        "The year {name!r} is {value!r}.",
        "Enter a year from {first} to {last}.",
    ),
    "newbuild.start_after_end": (
        "The first move-in ({start}) is after the last one ({end}).",
        "Exchange the two years or correct one of them.",
    ),
    "newbuild.until_before_end": (
        "The last year to work out ({until}) is before the last move-in ({end}).",
        "Choose a later year, so that all dwellings count.",
    ),
    "newbuild.too_long": (
        "From {start} to {until} are more than {most} years.",
        "Choose an earlier last year: assumptions do not hold that long.",
    ),
    "newbuild.bad_phase": (
        "The number of dwellings finished in {year} is {value!r}.",
        "Enter a whole number, 0 or more.",
    ),
    "newbuild.phase_outside": (
        "In {year} {value} dwellings are finished, but people move in from {start} to {end}.",
        "Move them to one of these years, or change the first or last year.",
    ),
    "newbuild.phasing_short": (
        "The years add up to {found} dwellings, but {expected} are planned: {difference} are missing.",
        "Distribute all dwellings over the years.",
    ),
    "newbuild.phasing_over": (
        "The years add up to {found} dwellings, but only {expected} are planned: {difference} too many.",
        "Take some out of the years, or plan more dwellings.",
    ),
    "newbuild.bad_value": (
        "The assumption {name!r} ({variant}) is {value!r}.",
        "Use a number from {minimum} to {maximum}.",
    ),
    "newbuild.profile_sum": (
        "The ages at move-in of {household!r} ({variant}) add up to {found} %, not to 100.",
        "Change the shares so that they add up to 100.",
    ),
    "newbuild.household_sum": (
        "Households with children and of older people ({tenure}, {variant}) together are {found} %, more than 100.",
        "Lower one of the two shares.",
    ),
    "newbuild.bad_free": (
        "The number of free places ({demand}) is {value!r}.",
        "Enter 0 or more, or leave it empty if nobody knows.",
    ),
    "newbuild.missing_assumption": (
        "The data package has no assumption {name!r}.",
        "Add it to the resource newbuild_assumptions.",
    ),
    "newbuild.no_site": (
        "The area {area!r} is not in the data package, and the sheet has no site.",
        "Give the sheet a site: a point or a polygon as GeoJSON.",
    ),
    "newbuild.bad_site": (
        "The site is no point or polygon in degrees ({reason}).",
        "Give it as GeoJSON in longitude and latitude (WGS 84).",
    ),
    "newbuild.outside": (
        "The site lies outside the city.",
        "Choose a place inside: walks are known there only.",
    ),
    "newbuild.wrong_standard": (
        "The planning standard {standard!r} does not give a value for {demand!r}.",
        "Use one of: {allowed}; or leave it out.",
    ),
    "newbuild.unreadable": (
        "The sheet {name!r} cannot be read: {reason}.",
        "Give the name of a file that exists, as it was saved on the page of new-build areas.",
    ),
    "newbuild.not_a_sheet": (
        "The file {name!r} is no sheet of a new-build area.",
        "Use the file as it was saved on the page of new-build areas.",
    ),
    "newbuild.bad_entry": (
        "The entry {entry!r} of the sheet {name!r} is missing or not what it should be.",
        "Use the file as it was saved on the page of new-build areas, or correct the entry.",
    ),
}
