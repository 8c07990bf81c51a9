"""Weights found beside today's: the same, typed over, or from a preset."""

import pytest

from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of
from workbench.weights.accept import accept_weights
from workbench.weights.proposal import (
    Proposal,
    apply_typed_weights,
    has_current_shares,
    has_current_way,
    preset_proposal,
    shares_of,
)

DESIGN = design_of(CALLS, MEETINGS, {**WIN_RATE, "weight": 0})


def test_presets_say_the_way_they_came():
    today = preset_proposal(DESIGN, "today")
    assert (today.weights, today.way, today.note) == ({"Calls": 30, "Meetings": 50, "Win rate": 0}, "typed", "")
    assert (preset_proposal(DESIGN, "equal").way, preset_proposal(DESIGN, "equal").note) == ("equal", "")
    assert preset_proposal(DESIGN, "first counts most").way == "preset"
    assert preset_proposal(DESIGN, "first counts most").note == "first counts most"
    with pytest.raises(KeyError):
        preset_proposal(DESIGN, "last counts most")


def test_only_proportions_count():
    assert shares_of({"a": 1, "b": 3}) == {"a": 0.25, "b": 0.75}
    assert shares_of({"a": 0, "b": 0}) == {}
    assert has_current_shares(DESIGN, {"Calls": 3, "Meetings": 5, "Win rate": 0})
    assert not has_current_shares(DESIGN, {"Calls": 3, "Meetings": 4, "Win rate": 0})
    assert not has_current_shares(DESIGN, {"Calls": 0, "Meetings": 0, "Win rate": 0})


def test_the_way_is_todays_once_it_was_accepted():
    found = Proposal({"Calls": 1, "Meetings": 1}, "swing")
    assert not has_current_way(DESIGN, found)
    assert has_current_way(accept_weights(DESIGN, found.weights, "swing"), found)


@pytest.mark.parametrize(
    ("way", "typed", "expected"),
    [
        ("swing", {"Calls": 33.3, "Meetings": 66.7}, ("swing", "Calls first")),
        ("swing", {"Calls": 40, "Meetings": 60}, ("swing", "Calls first; adjusted by hand")),
        ("preset", {"Calls": 40, "Meetings": 60}, ("typed", "")),
    ],
)
def test_a_weight_typed_over_is_remembered_and_a_rounded_one_is_not(way, typed, expected):
    found = apply_typed_weights(Proposal({"Calls": 100 / 3, "Meetings": 200 / 3}, way, "Calls first"), typed)
    assert (found.way, found.note) == expected
