"""The XLSX template to collect places in: headings, drop-downs, an example row, an explanation."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from exchange.fields import PlaceField, place_fields
from exchange.normal import fold
from exchange.xlsx_write import DropDown, Sheet, letters, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from exchange.vocabulary import Vocabulary

_LEFT_OUT: Final = frozenset(
    {"id", "address", "coordinates", "coordinate_quality", "coordinate_error_m", "target_group_text", "offer_kind"}
)
_ROWS: Final = 1_000
_LISTS: Final = "Listen"
_NAMES: Final = {"de": ("Orte", "Hinweise"), "en": ("Places", "Notes")}
EXAMPLE_MARK: Final = MappingProxyType({"de": "Beispiel: ", "en": "Example: "})
"""How the name in the example row begins; importing leaves that row out."""

_HEADS: Final = {
    "de": ("Spalte", "Pflicht", "Erklärung"),
    "en": ("Column", "Required", "Explanation"),
}
_YES: Final = {"de": "ja", "en": "yes"}
_HELP: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "name": ("Name des Ortes, kein Name einer Person.", "Name of the place, never of a person."),
        "kind": ("Aus der Liste wählen.", "Choose from the list."),
        "operator": ("Organisation, die den Ort betreibt.", "Organisation that runs the place."),
        "operator_type": ("Aus der Liste wählen.", "Choose from the list."),
        "offer": ("Was dort angeboten wird.", "What is offered there."),
        "target_groups": ("Aus der Liste, mehrere mit ; trennen.", "From the list, several parted by ;"),
        "house_number": ("Mit Zusatz, zum Beispiel 12 A.", "With its letter, for example 12 A."),
        "postal_code": ("Fünf Ziffern.", "Five digits."),
        "district": ("Name des Stadtteils; mit Koordinate nicht nötig.", "Name; not needed with a coordinate."),
        "lon": (
            "Grad (9,73) oder Meter in EPSG:25832, 4647, 31467, 3857; leer lassen, wenn unbekannt.",
            "Degrees (9.73) or metres in EPSG:25832, 4647, 31467, 3857; leave empty if unknown.",
        ),
        "lat": ("Im selben System wie die Spalte davor.", "In the same system as the column before."),
        "wheelchair": ("Leer = nicht bekannt.", "Empty = not known."),
        "languages": ("Mehrere mit ; trennen.", "Several parted by ;"),
        "contact": (
            "Funktion, zum Beispiel Quartiersbüro. Keine Namen von Personen.",
            "Function, for example neighbourhood office. No names of persons.",
        ),
        "phone": ("Mit Vorwahl.", "With area code."),
        "contact_public": (
            "Nur mit „ja“ werden Ansprechstelle, Telefon und E-Mail gezeigt und weitergegeben.",
            "Contact, phone and e-mail are shown and handed on only with 'yes'.",
        ),
        "source": ("Woher die Angaben stammen.", "Where the facts come from."),
        "source_date": ("Von wann die Angaben sind: 2026, 2026-11 oder 22.11.2026.", "2026, 2026-11 or 22.11.2026."),
    }
)


def write_template(words: Vocabulary, *, language: str = "de") -> bytes:
    """Return the template as an XLSX file.

    The cells to fill in are formatted as text, so that ``01067`` and ``+49 511 …`` stay as typed.
    """
    fields = [field for field in place_fields().values() if field.name not in _LEFT_OUT]
    lists = _lists(words, language)
    main, notes = _NAMES[language]
    names = list(lists)
    drop_downs = [
        DropDown(column, _LISTS, letters(names.index(field.name) + 1), len(lists[field.name]), field.type != "groups")
        for column, field in enumerate(fields, 1)
        if field.name in lists
    ]
    longest = max(map(len, lists.values()))
    columns = [values + [None] * (longest - len(values)) for values in map(list[str | None], lists.values())]
    return write_xlsx(
        [
            Sheet(
                main,
                [field.title(language) for field in fields],
                [[_example(field, words, language) for field in fields]],
                [field.width for field in fields],
                drop_downs,
                hint_rows=1,
                text_rows=_ROWS,
            ),
            Sheet(notes, _HEADS[language], [_note(field, language) for field in fields], [30, 10, 90]),
            Sheet(_LISTS, (), list(zip(*columns, strict=True)), hidden=True),
        ]
    )


def is_example(name: str) -> bool:
    """Tell whether a row's name is that of the template's example row."""
    example = place_fields()["name"].example or ""
    return fold(name) in {fold(mark + example) for mark in EXAMPLE_MARK.values()}


def _lists(words: Vocabulary, language: str) -> dict[str, list[str]]:
    """Return the allowed values of the columns with a drop-down, sorted as people read them."""
    at = int(language == "en")
    found = {
        "kind": sorted(labels[at] for labels in words.kinds.values()),
        "target_groups": sorted(labels[at] for labels in words.groups.values()),
        "district": sorted(words.districts.values()),
    }
    for field in place_fields().values():
        if field.type == "choice" and field.name not in _LEFT_OUT:
            found[field.name] = [labels[at] for labels in field.choices.values()]
    return {name: values for name, values in found.items() if values}


def _example(field: PlaceField, words: Vocabulary, language: str) -> str | None:
    """Return the example of a column; labels in the template's language."""
    example = field.example
    if example is None:
        return None
    if field.name == "name":
        return EXAMPLE_MARK[language] + example
    at = int(language == "en")
    if field.type == "kind":
        kind = words.kind(example)
        return words.kinds[kind][at] if kind else None
    if field.type == "groups":
        groups = [words.group(part) for part in example.split(";")]
        return ";".join(words.groups[group][at] for group in groups if group) or None
    if field.type == "choice":
        return field.label(str(field.choice(example)), language)
    return example


def _note(field: PlaceField, language: str) -> Sequence[str | None]:
    text = _HELP.get(field.name)
    required = _YES[language] if field.required else None
    return [field.title(language), required, text[int(language == "en")] if text else None]
