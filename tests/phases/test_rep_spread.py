"""Is the spread real: published values, teams without a spread, and what would show one."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from tests.evidence.test_rate_reliability import EFRON_MORRIS
from tests.phases.planted import expit, logit, team
from workbench.phases.judge_phases import judge_phases
from workbench.phases.lasting_luck import lasting_factor
from workbench.phases.like_for_like import lay_out
from workbench.phases.phase_cube import PhaseCube
from workbench.phases.rep_spread import (
    SpreadTest,
    adjust_for_many,
    attempts_needed,
    chance_of_opposite,
    choose_block,
    judge_spread,
    score_of_reps,
)
from workbench.phases.true_rates import draw_true_rates
from workbench.words.phases import phase_sentence

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
    """Holm (1979), with one look more: 0.01 × 4, 0.03 × 3, and 0.04 × 2, which is not below the one before."""
    assert adjust_for_many(np.array([0.01, np.nan, 0.04, 0.03])) == pytest.approx(
        [0.04, np.nan, 0.09, 0.09], nan_ok=True
    )


def test_a_phase_that_is_real_makes_no_other_one_real() -> None:
    """At most 5 % of teams, up to the error of so many teams, have a false difference beside a real one."""
    world = {"reps": 12, "months": 6, "dials": 900, "spread": (0.5, 0, 0, 0, 0), "shock": 0.2}
    p = np.array([spread_p_values(team(np.random.default_rng(seed), **world).cube) for seed in range(TEAMS)])
    assert np.mean(p[:, 0] <= 0.05) > 0.95
    assert np.mean((p[:, 1:] <= 0.05).any(axis=1)) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / TEAMS)


def spells(seed: int, memory: float, reps: int = 12, months: int = 12) -> PhaseCube:
    """A team without differences whose reps have good and bad spells: one phase, 100 calls a month."""
    rng = np.random.default_rng(seed)
    luck = rng.normal(size=(reps, months))
    for t in range(1, months):
        luck[:, t] = memory * luck[:, t - 1] + np.sqrt(1 - memory**2) * luck[:, t]
    rep, month = (each.ravel() for each in np.indices((reps, months)))
    calls = np.full(len(rep), 100.0)
    hits = rng.binomial(100, expit(logit(0.3) + 0.4 * luck[rep, month]))
    return PhaseCube(
        tuple(f"rep {i:02}" for i in range(reps)), ("",), tuple(f"2025-{t + 1:02}" for t in range(months)),
        ("Reached",), rep, np.zeros(len(rep), int), month, np.array([calls, hits], float),
    )  # fmt: skip


def judged_alone(cube: PhaseCube) -> SpreadTest:
    layout = lay_out(cube.rep, cube.stratum, cube.month, len(cube.reps), cube.reached[0])
    return judge_spread(layout, cube.reached[1], cube.reached[0])


def test_good_spells_are_not_taken_for_skill() -> None:
    """With a memory of 0.7 from month to month, taking months one by one says so of half of the teams."""
    tests = [judged_alone(spells(seed, 0.7)) for seed in range(TEAMS)]
    assert np.mean([test.p <= 0.05 for test in tests]) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / TEAMS)
    alone = [stats.f.sf(test.statistic * test.lasting, test.df, test.df_luck) <= 0.05 for test in tests]
    assert np.mean(alone) > 0.4
    none = [judged_alone(spells(seed, 0.0)).lasting for seed in range(60)]
    assert np.median(none) < 1.3 < np.median([test.lasting for test in tests])


def test_a_phase_with_spells_is_said_to_have_them() -> None:
    found = [judge_phases(spells(seed, 0.7), 20) for seed in range(12)]
    said = [phase_sentence(each, each.phases[0]) for each in found if each.phases[0].why == "spells"]
    assert len(said) >= 4
    assert {*said} == {"At Reached reps have good and bad spells of months: no difference lasts."}


def test_luck_that_cannot_last_has_a_factor_of_one() -> None:
    rng = np.random.default_rng(0)
    information = np.full((8, 12), 20.0)
    residuals = rng.normal(size=(8, 12)) * np.sqrt(20)
    assert lasting_factor(residuals, information, 0.0) == 1.0
    assert lasting_factor(residuals[:, :3], information[:, :3], 0.5) == 1.0
    flipped = np.tile([1.0, -1.0], (8, 6)) * 10
    assert lasting_factor(flipped, information, 0.5) == pytest.approx(1)
    spell = np.tile(np.repeat([1.0, -1.0], 6), (8, 1)) * 10
    assert lasting_factor(spell, information, 0.5) > 3


def test_rates_that_run_against_each_other_are_seen() -> None:
    one = np.arange(8.0)
    assert chance_of_opposite(-one, one) < 0.001
    assert chance_of_opposite(one, one) > 0.99
    assert chance_of_opposite(one[:3], -one[:3]) == 1.0
    assert chance_of_opposite(np.full(8, 0.5), one) == 1.0
