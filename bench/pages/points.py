"""The points that both pages of bench/map.py show: QK_BENCH_POINTS of them, two kinds, all over the city."""

import os

import numpy as np

COUNT = int(os.environ["QK_BENCH_POINTS"])
_RANDOM = np.random.default_rng(7)
LON = _RANDOM.uniform(9.62, 9.90, COUNT).round(6)
LAT = _RANDOM.uniform(52.32, 52.44, COUNT).round(6)
NAMES = [f"Einrichtung Nummer {number} im Stadtteil" for number in range(COUNT)]
IDS = [f"00000000-0000-4000-8000-{number:012d}" for number in range(COUNT)]
EVEN = np.arange(COUNT) % 2 == 0
