"""Joining tables of the package without losing rows: lists by key, and empty tables for broken ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import pandas as pd

from geo.catalogue import Load
from geo.errors import QuartierError
from geo.schema import LIST_DELIMITER, load_schema

Texts: TypeAlias = "pd.Series[Any]"


def table_or_empty(load: Load, name: str) -> pd.DataFrame:
    """Return the resource `name`, or a table without rows if it is missing or broken.

    For what is only added to something else: a broken list of phone numbers must not take the
    places away. `geo.validation.validate` names what is broken; here it is unknown.
    """
    try:
        return load(name)
    except QuartierError:
        columns = load_schema(name).table_columns
        return pd.DataFrame({column.name: pd.Series(dtype=column.dtype) for column in columns})


def optional_table(load: Load, name: str, columns: Iterable[str]) -> pd.DataFrame:
    """Return the resource `name`, or an empty table with `columns` where there is none: the store alone has it."""
    try:
        return load(name)
    except QuartierError:
        return pd.DataFrame({column: pd.Series(dtype="str") for column in columns})


def collected(keys: Iterable[object], lists: Iterable[object]) -> Texts:
    """Return for each key the distinct items of its ``;``-joined lists, in the order they come.

    Rows without a key or a list say nothing. The result is a text series with the keys as index.
    """
    found: dict[str, dict[str, None]] = {}
    for key, text in zip(keys, lists, strict=True):
        if isinstance(key, str) and isinstance(text, str):
            items = (item for item in text.split(LIST_DELIMITER) if item)
            found.setdefault(key, {}).update(dict.fromkeys(items))
    return _joined(found, LIST_DELIMITER)


def collected_texts(keys: Iterable[object], texts: Iterable[object]) -> Texts:
    """Return for each key its distinct texts joined with ``"; "``: for people, not to be split again."""
    found: dict[str, dict[str, None]] = {}
    for key, text in zip(keys, texts, strict=True):
        if isinstance(key, str) and isinstance(text, str):
            found.setdefault(key, {})[text] = None
    return _joined(found, "; ")


def looked_up(keys: Texts, values: Mapping[Any, Any] | Texts) -> Texts:
    """Return for each key its text in `values`; NaN where the key is unknown or has none."""
    found = dict(values.items()) if isinstance(values, pd.Series) else values
    texts = [found.get(key) if pd.notna(key) else None for key in keys]
    return pd.Series(texts, index=keys.index, dtype="str")


def mapped_lists(lists: Texts, values: Mapping[str, str]) -> Texts:
    """Replace each item of ``;``-joined lists by the list `values` has for it; distinct, NaN if nothing is left."""
    texts = []
    for text in lists:
        items = text.split(LIST_DELIMITER) if isinstance(text, str) else []
        found = dict.fromkeys(entry for item in items for entry in values.get(item, "").split(LIST_DELIMITER) if entry)
        texts.append(LIST_DELIMITER.join(found) or None)
    return pd.Series(texts, index=lists.index, dtype="str")


def with_item(lists: Texts, item: str) -> pd.Series[bool]:
    """Return where a ``;``-joined list holds `item`: the filter for kinds, target groups and topics."""
    hits = [isinstance(text, str) and item in text.split(LIST_DELIMITER) for text in lists]
    return pd.Series(hits, index=lists.index, dtype="bool")


def _joined(found: Mapping[str, Mapping[str, None]], delimiter: str) -> Texts:
    return pd.Series({key: delimiter.join(items) for key, items in found.items()}, dtype="str")
