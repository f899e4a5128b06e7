"""How the measures of the gap analysis are written: decimals, units, words. Files and the stage write them the same way."""

from exchange.measure_words import COUNTS, METRES, SHARES, cell, digits, drawn, factor, unit

__all__ = ["COUNTS", "METRES", "SHARES", "cell", "digits", "drawn", "factor", "unit"]
