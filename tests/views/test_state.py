"""Choices from the address line: allowed values pass, everything else is dropped and named."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from views.state import Choice, Later, Selection

DISTRICT = Choice("district", (1, 2, 36))
KINDS = Choice("kinds", ("library", "hospital"), default=("library",), many=True)
SPEED = Choice("speed", (1.0, 7.0), default=4.8, number=True)


def test_a_known_value_becomes_its_own_type() -> None:
    assert DISTRICT.parse(["36"]) == (36, [])


def test_an_unknown_value_is_refused_by_name_and_the_default_stays() -> None:
    assert DISTRICT.parse(["Atlantis"]) == (None, ["Atlantis"])
    assert SPEED.parse(["99"]) == (4.8, ["99"])
    assert SPEED.parse(["nan"]) == (4.8, ["nan"])


def test_many_values_keep_the_catalogue_order_and_drop_strangers() -> None:
    assert KINDS.parse(["hospital,library,<script>"]) == (("library", "hospital"), ["<script>"])


def test_choosing_nothing_differs_from_the_default() -> None:
    assert KINDS.parse([KINDS.write(())]) == ((), [])


@given(st.lists(st.sampled_from(("library", "hospital")), unique=True))
def test_what_is_written_is_read_again(values: list[str]) -> None:
    chosen = tuple(value for value in KINDS.allowed if value in values)
    assert KINDS.parse([KINDS.write(chosen)]) == (chosen, [])


@given(st.text(max_size=500))
def test_no_text_from_outside_gets_through(text: str) -> None:
    value, _ = DISTRICT.parse([text])
    assert value in {None, 1, 2, 36}


def test_values_that_are_looked_up_later_are_so_only_when_one_is_asked_for() -> None:
    asked: list[str] = []
    later = Later(lambda: asked.append("x") or ("a", "b"))
    choices = [Choice("one", later, "a"), Choice("many", later, (), many=True)]
    selection = Selection(choices, query={"other": ["1"]})
    assert (selection["one"], selection["many"], asked) == ("a", (), [])
    assert choices[1].parse(["b,stranger"]) == (("b",), ["stranger"])
    assert (choices[0].parse(["b"]), "b" in later, list(later), len(later)) == (("b", []), True, ["a", "b"], 2)
    assert asked == ["x"]
