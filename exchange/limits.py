"""How much an uploaded file may need. One place, so that texts, tests and readers agree."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

MIB: Final = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Upper bounds for one upload; sizes in bytes, times in seconds."""

    file_bytes: int = 64 * MIB
    unpacked_bytes: int = 400 * MIB
    """Sum over all entries of a zip file (XLSX is one), as declared; more is never unpacked."""
    pack_ratio: int = 250
    """Unpacked : packed of one entry above 1 MiB; real sheets reach about 60."""
    entries: int = 2_000
    rows: int = 200_000
    columns: int = 500
    cells: int = 4_000_000
    cell_chars: int = 100_000
    total_chars: int = 120_000_000
    tables: int = 100
    depth: int = 64
    """Nesting of JSON."""
    memory_bytes: int = 2_500 * MIB
    wall_seconds: float = 22.0
    cpu_seconds: int = 20

    def as_dict(self) -> dict[str, float]:
        """Return the limits as plain data for the child process."""
        return asdict(self)


DEFAULT_LIMITS: Final = Limits()
