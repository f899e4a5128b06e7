"""Reviewed tables: what a person decided once, as data beside its reason."""

from __future__ import annotations

import csv
from pathlib import Path

HERE = Path(__file__).resolve().parent


def load(name: str) -> list[dict[str, str]]:
    """Return the rows of `tables/<name>.csv` as texts."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
