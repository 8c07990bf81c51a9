"""Weights become part of the design, with where they came from."""

import pytest
from pydantic import ValidationError

from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of
from workbench.design.model import design_json, parse_design
from workbench.weights.accept import WAYS, accept_weights, weight_presets, weights_origin
from workbench.words.designs import weights_lines

DESIGN = design_of(CALLS, MEETINGS, {**WIN_RATE, "weight": 0})


def test_accepted_weights_remember_their_way_and_survive_saving():
    design = accept_weights(DESIGN, {"Calls": 60, "Meetings": 40}, "swing", "Monday's workshop")
    assert design.shares() == {"Calls": 0.6, "Meetings": 0.4, "Win rate": 0}
    loaded = parse_design(design_json(design))
    assert loaded == design
    assert hash(loaded) == hash(design)
    assert (weights_origin(loaded).way, weights_origin(loaded).note) == ("swing", "Monday's workshop")


def test_a_source_is_forgotten_once_a_share_changes_but_not_when_all_weights_double():
    design = accept_weights(DESIGN, {"Calls": 60, "Meetings": 40}, "data")
    doubled = design.model_copy(
        update={"kpis": tuple(k.model_copy(update={"weight": 2 * k.weight}) for k in design.kpis)}
    )
    assert weights_origin(doubled).way == "data"
    moved = design.model_copy(update={"kpis": (design.kpis[0].model_copy(update={"weight": 50}), *design.kpis[1:])})
    assert weights_origin(moved) is None
    assert weights_origin(design.model_copy(update={"kpis": design.kpis[:2]})) is None
    assert weights_origin(DESIGN) is None


def test_what_cannot_be_is_refused():
    assert "pairwise" in WAYS
    with pytest.raises(ValidationError):
        accept_weights(DESIGN, {"Calls": -1}, "typed")
    with pytest.raises(ValidationError):
        accept_weights(DESIGN, {"Calls": 1}, "guess")


def test_presets_keep_off_what_is_off():
    found = weight_presets(DESIGN)
    assert found["equal"] == {"Calls": 50, "Meetings": 50, "Win rate": 0}
    assert found["first counts most"] == pytest.approx({"Calls": 75, "Meetings": 25, "Win rate": 0})
    card = {"name": "No formula yet", "weight": 25}
    assert weight_presets(design_of(CALLS, card, MEETINGS))["equal"] == {
        "Calls": 50, "No formula yet": 0, "Meetings": 50,
    }  # fmt: skip
    assert weight_presets(design_of(card))["equal"] == {"No formula yet": 100}
    assert weight_presets(design_of()) == {}
    assert weight_presets(design_of({**CALLS, "weight": 0}, {**MEETINGS, "weight": 0}))["equal"] == {
        "Calls": 50,
        "Meetings": 50,
    }


def test_earlier_weights_keep_their_reasons():
    first = accept_weights(DESIGN, {"Calls": 60, "Meetings": 40}, "swing", "Monday's workshop")
    second = accept_weights(first, {"Calls": 25, "Meetings": 75}, "data")
    assert [kept.note for kept in second.weights_before] == ["Monday's workshop"]
    assert weights_lines(parse_design(design_json(second))) == [
        "Fitted to the data — Calls 25% · Meetings 75%",
        "Found by swing: Monday's workshop — Calls 60% · Meetings 40%",
    ]
    assert weights_lines(DESIGN) == []


def test_a_second_press_of_the_same_button_changes_nothing() -> None:
    once = accept_weights(DESIGN, {"Calls": 60, "Meetings": 40}, "swing", "Monday's workshop")
    assert accept_weights(once, {"Calls": 60, "Meetings": 40}, "swing", "Monday's workshop") == once
    assert accept_weights(once, {"Calls": 60, "Meetings": 40}, "data") != once
