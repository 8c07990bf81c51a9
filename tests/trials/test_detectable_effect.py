"""The smallest effect that a trial would find: against hand-made numbers, and over length."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.trials.findings import finding
from tests.trials.planted import planted_panel
from tests.trials.test_evaluate_trial import card
from workbench.trials.detectable_effect import LENGTHS, covariance_by_lag, detectable_effects, residual_spread
from workbench.trials.evaluate_trial import evaluate_trial
from workbench.trials.trial_finding import DetectableEffect
from workbench.trials.trial_sides import trial_sides
from workbench.words.trial_planning import longer_hurts_sentence


def team(rng: np.random.Generator, n: int, months: int, memory: float = 0.0, drift: float = 0.0) -> np.ndarray:
    """Reps of lasting differences of 10, months of spread 8 that remember the last, and a level that may wander."""
    noise = rng.normal(0, 8, (n, months))
    for t in range(1, months):
        noise[:, t] = memory * noise[:, t - 1] + np.sqrt(1 - memory**2) * noise[:, t]
    return 60 + rng.normal(0, 10, (n, 1)) + noise + np.cumsum(rng.normal(0, drift, (n, months)), axis=1)


def test_the_spread_is_what_a_hand_works_out() -> None:
    """Lasting differences of variance 100 and months of 64: 64 ÷ 4 + 100 − 100² ÷ (100 + 64 ÷ 6)."""
    covariance = np.where(np.arange(10) == 0, 164.0, 100.0)
    assert residual_spread(covariance, 6, 4) == pytest.approx(np.sqrt(16 + 100 - 100**2 / (100 + 64 / 6)))


@pytest.mark.parametrize("memory", [0.0, 0.6])
def test_the_covariances_of_a_large_team_are_those_it_was_drawn_with(memory: float) -> None:
    values = team(np.random.default_rng(4), 4_000, 18, memory)
    values[np.random.default_rng(5).random(values.shape) < 0.1] = np.nan
    expected = 100 + (64 * memory ** np.arange(24) if memory else np.where(np.arange(24) == 0, 64.0, 0.0))
    assert covariance_by_lag(values, 24) == pytest.approx(expected, abs=9)


@pytest.mark.parametrize(("memory", "most"), [(0.0, 0.0), (0.6, 0.12)])
def test_more_months_find_smaller_effects_in_teams_whose_reps_do_not_drift(memory: float, most: float) -> None:
    """Each length had windows of its own: the curve rose by luck in one team of three."""
    rises = []
    for seed in range(60):
        panel = planted_panel(team(np.random.default_rng(seed), 20, 18, memory))
        sides = trial_sides(panel, card(start="2025-07", end="2025-12-31"))
        found = detectable_effects(sides.measure, sides.groups, sides.scale.history, 6, LENGTHS["month"], (10,))
        assert [each.n_periods for each in found] == list(LENGTHS["month"])
        effects = np.array([each.effect for each in found])
        rises.append(bool((np.diff(effects) > 0.02 * effects[:-1]).any()))
    assert np.mean(rises) <= most


def test_a_team_that_drifts_apart_is_told_that_longer_does_not_help() -> None:
    panel = planted_panel(team(np.random.default_rng(1), 60, 24, drift=6))
    sides = trial_sides(panel, card(start="2026-01", end="2026-12-31"))
    found = detectable_effects(sides.measure, sides.groups, sides.scale.history, 6, LENGTHS["month"], (10,))
    told = longer_hurts_sentence(finding(detectable=found, n_treated=10, n_after=0))
    assert told.startswith("More than ")
    assert told.endswith("do not help here: these reps' results drift apart, so that their past says less and less.")
    assert longer_hurts_sentence(finding()) == ""
    flat = tuple(DetectableEffect(8, 8, n, 100.0 + n, 0.1) for n in (1, 2))
    assert longer_hurts_sentence(replace(finding(), detectable=flat)) == ""


def test_a_length_that_the_history_cannot_hold_is_left_out() -> None:
    panel = planted_panel(team(np.random.default_rng(2), 20, 12))
    sides = trial_sides(panel, card(start="2025-01", end="2025-06-30"))
    known = {
        n: detectable_effects(sides.measure, sides.groups, sides.scale.history, n, LENGTHS["month"], (10,))
        for n in (6, 10)
    }
    assert [each.n_periods for each in known[6]] == [1, 2, 3, 4, 6]
    assert known[10] == known[6], "half of the history is the most that is used"
    none = detectable_effects(sides.measure, sides.groups, sides.scale.history & False, 6)
    assert none == ()


def test_reps_who_have_left_do_not_count_for_what_a_trial_would_find() -> None:
    """Twenty take part beside four who left a year before: the effect is that of ten against ten, not of fourteen."""
    values = team(np.random.default_rng(3), 24, 24)
    values[20:, 12:] = np.nan
    found = evaluate_trial(planted_panel(values), card(start="2026-01", end="2026-06-30"))
    assert (found.n_treated, found.n_comparison) == (10, 10)
    assert {each.n_treated + each.n_comparison for each in found.detectable} == {20}
    stayed = evaluate_trial(planted_panel(values[:20]), card(start="2026-01", end="2026-06-30"))
    one, other = (next(each.effect for each in found_of.detectable if (each.n_treated, each.n_periods) == (10, 6))
                  for found_of in (found, stayed))  # fmt: skip
    assert one == pytest.approx(other, rel=0.15), "what remains is how well the spread is known"
