"""The rules of a workshop session: codes that can be read out, phases, and what people agreed to."""

from __future__ import annotations

import pytest

from geo.workshop import CODE_ALPHABET, PHASES, changeable, join_code, next_phases, spaced_code


def test_codes_have_no_signs_that_look_alike_and_are_read_as_typed():
    assert not set("01OIL") & set(CODE_ALPHABET)
    assert join_code(" k7hq-2mxp ") == "K7HQ2MXP"
    assert spaced_code("K7HQ2MXP") == "K7HQ-2MXP"
    for wrong in ("", "K7HQ2MX", "K7HQ2MXPP", "K7HQ2MX0", "K7HQ2MXÄ", "K7HQ2MX%"):
        assert join_code(wrong) is None


def test_no_phase_leads_back_to_the_draft_and_each_but_the_draft_can_be_reached():
    reached = {following for phase in PHASES for following in next_phases(phase)}
    assert reached == set(PHASES) - {"draft"}
    with pytest.raises(KeyError):
        next_phases("party")


def test_the_further_an_evening_is_the_less_can_change():
    assert changeable("closed") < changeable("vote") < changeable("collect") < changeable("draft")
    for name in ("consent_text", "anonymous", "area_id"):
        assert [phase for phase in PHASES if name in changeable(phase)] == ["draft"]
