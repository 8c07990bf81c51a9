"""Is the spread real: published values, teams without a spread, and what would show one."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from tests.evidence.test_rate_reliability import EFRON_MORRIS
from tests.phases.planted import team
from workbench.phases.like_for_like import lay_out
from workbench.phases.phase_cube import PhaseCube
from workbench.phases.rep_spread import (
    adjust_for_many,
    attempts_needed,
    chance_of_opposite,
    choose_block,
    judge_spread,
    score_of_reps,
)
from workbench.phases.true_rates import draw_true_rates

TEAMS = 200


def test_the_batters_do_not_differ_by_more_than_chance_and_are_shrunk_as_published() -> None:
    """Efron & Morris 1977: χ² 19.03 on 17, p .327, shrinkage factor .212."""
    tries, none = np.full(18, 45.0), np.zeros(18, int)
    chi2, df = score_of_reps(lay_out(np.arange(18), none, none, 18, tries), EFRON_MORRIS, tries)
    assert (chi2, df) == (pytest.approx(19.03, abs=0.005), 17)
    assert stats.chi2.sf(chi2, df) == pytest.approx(0.327, abs=5e-4)
    assert 1 - 15 / chi2 == pytest.approx(0.212, abs=5e-4)
    rates = draw_true_rates(EFRON_MORRIS, tries, np.random.default_rng(0), 4000)
    assert rates.mean.mean() == pytest.approx(0.265, abs=0.003)
    assert np.polyfit(EFRON_MORRIS / 45, rates.shrunk, 1)[0] == pytest.approx(0.212, abs=0.05)


def spread_p_values(cube: PhaseCube) -> np.ndarray:
    """p of the spread at the first three phases, adjusted for their number."""
    found = []
    for k in (1, 2, 3):
        tries, hits = cube.reached[k - 1], cube.reached[k]
        layout = lay_out(cube.rep, cube.stratum, cube.month, len(cube.reps), tries)
        found.append(judge_spread(layout, hits, tries).p)
    return adjust_for_many(np.array(found))


@pytest.mark.parametrize(
    "world",
    [{"shock": 0.4, "list_luck": 0.4}, {"lists": "quarterly", "list_luck": 0.4, "months": 12}],
    ids=["months with shocks on shared lists", "a list per rep and quarter"],
)
def test_teams_without_a_spread_rarely_seem_to_have_one(world: dict) -> None:
    """At most 5 % of teams, up to the error of so many teams."""
    world = {"reps": 12, "months": 6, "dials": 600} | world
    p = np.array([spread_p_values(team(np.random.default_rng(seed), **world).cube) for seed in range(TEAMS)])
    assert np.isfinite(p).all()
    assert np.mean((p <= 0.05).any(axis=1)) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / TEAMS)
    assert np.mean(p <= 0.05) <= 0.05


def test_binomial_chance_alone_would_call_shocks_a_spread() -> None:
    """What the test is for: without the rep's own months, half of such teams seem to differ."""
    seen = []
    for seed in range(30):
        cube = team(np.random.default_rng(seed), reps=12, shock=0.4).cube
        hits, tries = cube.by_rep(cube.reached[1]), cube.by_rep(cube.reached[0])
        none = np.zeros(12, int)
        seen.append(stats.chi2.sf(*score_of_reps(lay_out(np.arange(12), none, none, 12, tries), hits, tries)) <= 0.05)
    assert np.mean(seen) > 0.5


def test_a_reps_own_variation_is_measured_between_lists_where_lists_are_assigned() -> None:
    shared, assigned = (team(np.random.default_rng(0), 6, lists=lists).cube for lists in ("shared", "quarterly"))
    blocks = [choose_block(lay_out(c.rep, c.stratum, c.month, 6, c.reached[0]), c.reached[0])
              for c in (shared, assigned)]  # fmt: skip
    assert blocks == ["month", "stratum"]


def test_where_each_rep_has_one_list_the_spread_cannot_be_tested() -> None:
    cube = team(np.random.default_rng(0), 6, spread=(0.5, 0, 0, 0, 0)).cube
    layout = lay_out(cube.rep, cube.rep, cube.month, 6, cube.reached[0])
    assert np.isnan(judge_spread(layout, cube.reached[1], cube.reached[0]).p)


def test_the_attempts_needed_show_a_spread_worth_coaching() -> None:
    """Planted at the n that is quoted: found in about 8 of 10 teams."""
    cube = team(np.random.default_rng(0), 12, months=6).cube
    layout = lay_out(cube.rep, cube.stratum, cube.month, 12, cube.reached[0])
    needed = attempts_needed(0.25, judge_spread(layout, cube.reached[1], cube.reached[0]))
    seen = []
    for seed in range(60):
        c = team(np.random.default_rng(seed), 12, int(needed), (0.15, 0, 0, 0, 0), months=6).cube
        at = lay_out(c.rep, c.stratum, c.month, 12, c.reached[0])
        seen.append(judge_spread(at, c.reached[1], c.reached[0]).p <= 0.05)
    assert np.mean(seen) == pytest.approx(0.8, abs=0.13)


def test_p_values_are_adjusted_and_what_cannot_be_tested_stays_out() -> None:
    assert adjust_for_many(np.array([0.01, np.nan, 0.04, 0.03])) == pytest.approx(
        [0.03, np.nan, 0.04, 0.04], nan_ok=True
    )


def test_rates_that_run_against_each_other_are_seen() -> None:
    one = np.arange(8.0)
    assert chance_of_opposite(-one, one) < 0.001
    assert chance_of_opposite(one, one) > 0.99
    assert chance_of_opposite(one[:3], -one[:3]) == 1.0
    assert chance_of_opposite(np.full(8, 0.5), one) == 1.0
