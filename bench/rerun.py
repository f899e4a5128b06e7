"""Server CPU of a rerun without a changed input: the map page against a minimal streamlit-folium page."""

import os
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from bench.compare import Comparison, compare_measured
from scripts.serve import ROOT


def run() -> list[Comparison]:
    """Run both scripts again and again in this process, without a browser."""
    os.environ["QK_BENCH_DATA"] = str(ROOT / "data")
    ours = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    ours._page_hash = calc_hash("karte")  # noqa: SLF001 -- switch_page knows pages in files only
    theirs = AppTest.from_file(Path(__file__).parent / "pages" / "minimal.py", default_timeout=60)
    return [
        compare_measured(
            "CPU of an idle rerun",
            lambda: rerun(ours),
            lambda: rerun(theirs),
            against="minimal streamlit-folium page",
            limit=1.2,
            same=lambda our_maps, their_maps: our_maps == their_maps == 1,
            rounds=20,
            warm_up=True,
        )
    ]


def rerun(app: AppTest) -> tuple[float, int]:
    """Return the CPU seconds of one rerun and the number of maps on the page, none when it failed."""
    before = time.process_time()
    app.run()
    took = time.process_time() - before
    return took, 0 if app.exception or app.error else len(app.get("component_instance"))
