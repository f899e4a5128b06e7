"""The gap passport: everything needed to rebuild a gap table byte for byte.

Parameters, hash of the data and version of the program as JSON; ``python -m geo gaps --passport
FILE`` reads it, checks that the data is the same, and writes the identical table.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast, get_args

from geo.errors import DataFileError, ParameterError
from geo.gap_output import TableFormat, TableLevel, table_text
from geo.gap_settings import GapSettings, settings_from_dict, settings_to_dict
from geo.gaps import gap_table, measure_reach
from geo.inputs import GapInputs
from geo.version import VERSION

PASSPORT_FORMAT: Final = "quartierskarte-gap-passport/1"


@dataclass(frozen=True, slots=True)
class Passport:
    """What a table was made from.

    Attributes
    ----------
    kinds
        Kinds of facility in the order of the table.
    level, table_format
        Areas and format of the table.
    settings
        All parameters of the analysis.
    data_version, data_hash
        Of the data package.
    program_version
        Of the program.
    table_sha256
        SHA-256 of the table's bytes (hex).
    """

    kinds: tuple[str, ...]
    level: TableLevel
    table_format: TableFormat
    settings: GapSettings
    data_version: str
    data_hash: str
    program_version: str
    table_sha256: str


def build_table(
    inputs: GapInputs, kinds: tuple[str, ...], level: TableLevel, table_format: TableFormat, settings: GapSettings
) -> str:
    """Return the gap table of some kinds.

    Raises
    ------
    ParameterError
        As `geo.gaps.measure_reach` and `geo.gaps.gap_table`.
    """
    for kind in kinds:
        inputs.kind_row(kind)
    reach = measure_reach(inputs, settings.walk)
    results = (gap_table(inputs, reach, kind, settings) for kind in kinds)
    return table_text(results, level, table_format)


def make_passport(
    inputs: GapInputs,
    kinds: tuple[str, ...],
    level: TableLevel,
    table_format: TableFormat,
    settings: GapSettings,
    table: str,
) -> Passport:
    """Return the passport of `table`, which `build_table` made from the other arguments."""
    return Passport(
        kinds,
        level,
        table_format,
        settings,
        inputs.data_version,
        inputs.data_hash,
        VERSION,
        _sha256(table),
    )


def rebuild(passport: Passport, inputs: GapInputs) -> str:
    """Return the table of a passport, made anew.

    Raises
    ------
    ParameterError
        The data is not the one of the passport, or the table comes out differently (another version
        of the program or of its libraries).
    """
    if passport.data_hash != inputs.data_hash:
        expected = f"{passport.data_version} ({passport.data_hash[:12]})"
        found = f"{inputs.data_version} ({inputs.data_hash[:12]})"
        raise ParameterError("passport.other_data", expected=expected, found=found)
    table = build_table(inputs, passport.kinds, passport.level, passport.table_format, passport.settings)
    if _sha256(table) != passport.table_sha256:
        raise ParameterError("passport.other_table", expected=passport.program_version, found=VERSION)
    return table


def passport_text(passport: Passport) -> str:
    """Return a passport as JSON (UTF-8, LF)."""
    values = {
        "format": PASSPORT_FORMAT,
        "program_version": passport.program_version,
        "data_version": passport.data_version,
        "data_hash": passport.data_hash,
        "kinds": list(passport.kinds),
        "level": passport.level,
        "table_format": passport.table_format,
        "settings": settings_to_dict(passport.settings),
        "table_sha256": passport.table_sha256,
    }
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def read_passport(text: str, *, name: str) -> Passport:
    """Return the passport written by `passport_text`.

    Parameters
    ----------
    text
        Content of the file.
    name
        What to call it in a message.

    Raises
    ------
    DataFileError
        It is no such JSON, or an entry is missing or wrong.
    """
    try:
        values = json.loads(text)
        if not isinstance(values, dict) or values.get("format") != PASSPORT_FORMAT:
            raise ValueError(f"it is no {PASSPORT_FORMAT}")  # noqa: TRY301
        return _passport(values)
    except (ValueError, KeyError, TypeError, RecursionError, ParameterError) as error:
        reason = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise DataFileError("passport.unreadable", name=name, reason=reason) from error


def _passport(values: Mapping[str, Any]) -> Passport:
    level, table_format = values["level"], values["table_format"]
    if level not in get_args(TableLevel) or table_format not in get_args(TableFormat):
        raise ValueError(f"{level!r} and {table_format!r} are no known level and format")
    kinds = values["kinds"]
    if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
        raise TypeError("'kinds' is no list of texts")
    texts = [values[name] for name in ("data_version", "data_hash", "program_version", "table_sha256")]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("versions and hashes must be texts")
    return Passport(
        tuple(kinds),
        cast("TableLevel", level),
        cast("TableFormat", table_format),
        settings_from_dict(values["settings"]),
        *texts,
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
