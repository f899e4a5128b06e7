"""The pages of the map's measurement: a copy of static/ that holds the map's script, also in a new clone."""

import subprocess
import sys


def test_the_map_is_measured_with_its_script_made_before_static_is_copied() -> None:
    code = "import bench.map, sys; print('layers.assets' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
