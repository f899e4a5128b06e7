"""Every message can be said and has a remedy; every key that the code uses is there."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import exchange
from exchange.errors import MESSAGE_KEYS, ExchangeError, UploadError, message_text
from exchange.limits import Limits
from exchange.problems import RowProblem
from exchange.workshop.messages import PAPER_TEXTS
from geo.errors import QuartierError

FOLDER = Path(exchange.__file__).parent
OWN = ("upload", "mapping", "hsds", "export", "plan", "row")


def test_every_message_has_a_remedy_and_ends_like_a_sentence():
    for key, text in MESSAGE_KEYS.items():
        assert text.endswith((".", "}")), key
        if not key.endswith(".remedy"):
            assert f"{key}.remedy" in MESSAGE_KEYS


def test_every_key_in_the_code_is_in_the_catalogue_and_every_message_is_used():
    used = set()
    for path in FOLDER.rglob("*.py"):
        sentences = path.is_relative_to(FOLDER / "dossier") or path.name == "protocol.py"  # of the pages, not messages
        if path.name not in ("messages.py", "messages_rows.py") and not sentences:
            used |= set(re.findall(rf'"((?:{"|".join(OWN)})\.[a-z_0-9]+)"', path.read_text(encoding="utf-8")))
    used = {key for key in used if key.partition(".")[0] in OWN and key != "upload.bin"}
    messages = {key for key in MESSAGE_KEYS if key.startswith(OWN) and not key.endswith(".remedy")}
    assert used - messages == set()
    assert messages - used == set()


def test_every_message_about_paper_is_used():
    code = "".join(path.read_text(encoding="utf-8") for path in (FOLDER / "workshop").glob("paper_*.py"))
    assert {key for key in PAPER_TEXTS if f'"{key}"' not in code} == set()


def test_remedies_use_only_fields_of_their_message_or_further_params():
    for key, text in MESSAGE_KEYS.items():
        for _, field, _, _ in Formatter().parse(text):
            assert field is None or field.isidentifier(), key


def test_errors_are_of_the_projects_family_and_survive_a_process_border():
    import pickle

    error = UploadError("upload.too_large", megabytes=99, limit=64)
    assert isinstance(error, QuartierError)
    assert error.message == "The file has 99 MB; at most 64 MB are read."
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own error
    assert (type(again), again.key, again.params) == (UploadError, error.key, error.params)


def test_values_in_messages_are_quoted_and_cut():
    text = message_text("upload.pack_path", {"entry": "x\n" + "y" * 500})
    assert "\n" not in text
    assert len(text) < 250


def test_a_row_problem_says_what_to_do_also_for_the_stores_rules():
    problem = RowProblem("value.too_long", "x.csv", 3, "name", "y", {"length": 600, "maximum": 500})
    assert "600" in problem.message
    assert problem.remedy
    assert isinstance(RowProblem("row.bad_date", "x", 1, "a", "b", {}).as_error(), ExchangeError)


def test_limits_keep_the_promises():
    limits = Limits()
    assert limits.wall_seconds < 25
    assert limits.cpu_seconds <= limits.wall_seconds
    assert limits.memory_bytes <= 3 * 1024**3
    assert limits.rows >= 50_000
