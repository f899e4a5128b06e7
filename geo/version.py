"""Version of the program, part of every gap passport; the same as in pyproject.toml."""

from typing import Final

VERSION: Final = "0.1.0"
