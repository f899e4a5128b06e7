"""The measuring itself: fair, honest about answers, readable."""

import operator
from types import SimpleNamespace

import pytest

from bench import __main__ as command
from bench.compare import Comparison, compare, compare_measured

_FINE = Comparison("sum", "numpy", 0.0012, 2.5, 0.5, 1.25, same=True)


def test_sides_are_timed_in_turn_after_one_warm_up():
    order = []
    compare("x", lambda: order.append("a"), lambda: order.append("b"), against="y", limit=1, same=operator.eq, rounds=2)
    assert order == ["a", "b"] * 3


def test_medians_and_the_ratio_of_each_round():
    ours, theirs = iter([2.0, 30.0, 3.0]), iter([1.0, 10.0, 1.0])
    outcome = compare_measured(
        "x", lambda: (next(ours), 1), lambda: (next(theirs), 1), against="y", limit=1, same=operator.eq, rounds=3
    )
    assert (outcome.ours_s, outcome.theirs_s, outcome.ratio) == (3.0, 1.0, 3.0)
    assert outcome.same


def test_one_round_with_another_answer_is_a_difference():
    answers = iter([1, 1, 2])
    outcome = compare_measured(
        "x", lambda: (1.0, next(answers)), lambda: (1.0, 1), against="y", limit=1, same=operator.eq, rounds=3
    )
    assert not outcome.same


def test_the_table_shows_times_aims_and_what_was_missed():
    slow = Comparison("start", "minimal page", 9.0, 3.0, 3.0, 1.25, same=True)
    text = command.table([_FINE, slow])
    assert "1.2 ms" in text
    assert "2.50 s" in text
    assert "0.50 " in text
    assert "3.00 !" in text


@pytest.mark.parametrize(("same", "code"), [(True, 0), (False, 1)])
def test_only_different_answers_fail(monkeypatch, capsys, same, code):
    outcome = Comparison("sum", "numpy", 9.0, 1.0, 9.0, 1.0, same=same)
    module = SimpleNamespace(__doc__="Sums.", run=lambda: [outcome])
    monkeypatch.setattr(command, "measurements", lambda: {"sums": module})
    assert command.main(["sums"]) == code
    assert ("NO" in capsys.readouterr().out) is not same


def test_an_unknown_measurement_is_named(monkeypatch, capsys):
    monkeypatch.setattr(command, "measurements", lambda: {"sums": SimpleNamespace(__doc__="Sums.")})
    with pytest.raises(SystemExit):
        command.main(["products"])
    assert "'products'" in capsys.readouterr().err


def test_every_measurement_says_what_it_compares():
    found = command.measurements()
    assert {"start", "rerun"} <= set(found)
    assert all(module.__doc__ for module in found.values())
