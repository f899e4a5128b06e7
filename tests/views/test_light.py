"""What a first page does not load: the libraries of the database and of the analysis cost a second at start."""

import subprocess
import sys

import pytest

SCRIPT = """
import sys

import pytest
from streamlit.testing.v1 import AppTest
page = AppTest.from_string("from views.navigation import show_page\\nshow_page('map')\\n", default_timeout=60).run()
assert not page.exception, page.exception
print(*({"sqlalchemy", "scipy"} & set(sys.modules)), "END")
"""


@pytest.mark.slow
def test_the_map_needs_neither_database_nor_analysis(tmp_path, root, monkeypatch):
    monkeypatch.setenv("QK_STORE", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["END"]
