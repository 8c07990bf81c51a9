"""The other designs against published tables and independent programs: looks, series, one team, power, lots."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from scipy.linalg import null_space

from workbench.trials.detectable_effect import effect_with_power
from workbench.trials.interrupted_series import CORRELATIONS, fit_interrupted_series
from workbench.trials.propose_assignment import propose_assignment, propose_starts
from workbench.trials.side_effects import step_down
from workbench.trials.staggered_starts import NEVER, StaggeredTrial, n_start_orders, past_slope, staggered_estimates
from workbench.trials.team_rank import rank_one_team
from workbench.trials.watching import look_ends, obrien_fleming_bound, spent_levels

# Jennison & Turnbull (2000), table 2.3: constants C_B(K, .05) of O'Brien & Fleming's test.
OBRIEN_FLEMING = {1: 1.960, 2: 1.977, 3: 2.004, 4: 2.024, 5: 2.040, 6: 2.053, 8: 2.072, 10: 2.087, 12: 2.098, 20: 2.126}


@pytest.mark.parametrize(("looks", "bound"), OBRIEN_FLEMING.items())
def test_the_bounds_are_those_of_the_published_table(looks: int, bound: float) -> None:
    assert obrien_fleming_bound(looks) == pytest.approx(bound, abs=0.0015)
    spent = spent_levels(looks)
    assert spent[-1] == pytest.approx(0.05, abs=1e-4)
    assert spent[0] == pytest.approx(2 * stats.norm.sf(bound * np.sqrt(looks)), rel=0.02)


def test_the_levels_are_what_a_random_walk_spends() -> None:
    steps = np.random.default_rng(3).normal(size=(200_000, 4))
    paths = np.abs(steps.cumsum(axis=1)) / np.sqrt(4)
    crossed = np.maximum.accumulate(paths, axis=1) >= obrien_fleming_bound(4)
    assert crossed.mean(axis=0) == pytest.approx(np.array(spent_levels(4)), abs=0.002)


def test_looks_are_spread_evenly_and_end_with_the_trial() -> None:
    assert look_ends(6, 3) == (2, 4, 6)
    assert look_ends(7, 2)[-1] == 7


def test_a_series_is_that_of_statsmodels_over_all_correlations() -> None:
    """GLS at each correlation by statsmodels, weighed by the likelihood of the contrasts that the design leaves."""
    rng = np.random.default_rng(6)
    n, start = 48, 36
    noise = np.zeros(n)
    for t in range(1, n):
        noise[t] = 0.5 * noise[t - 1] + rng.normal()
    time = np.arange(n)
    values = 20 + 0.1 * time + 2 * np.sin(2 * np.pi * time / 12) + 3.0 * (time >= start) + noise
    waves = [wave(k * 2 * np.pi * time / 12) for k in (1, 2) for wave in (np.sin, np.cos)]
    design = np.column_stack([time >= start, np.ones(n), time, *waves]).astype(float)
    left = null_space(design.T)
    gaps, df = np.abs(time[:, None] - time[None, :]), n - design.shape[1]
    logs, places, errors = [], [], []
    for correlation in CORRELATIONS:
        memory = np.sign(correlation) ** gaps * np.abs(correlation) ** gaps
        fit = sm.GLS(values, design, sigma=memory).fit()
        inner = left.T @ memory @ left
        size = left.T @ values @ np.linalg.solve(inner, left.T @ values)
        logs.append(-0.5 * np.linalg.slogdet(inner)[1] - 0.5 * df * np.log(size))
        places.append(fit.params[0])
        errors.append(fit.bse[0])
    weights = np.exp(np.array(logs) - max(logs))
    weights /= weights.sum()
    found = fit_interrupted_series(values, time >= start, 12)
    below = weights @ stats.t.cdf(-np.array(places) / np.array(errors), df)
    assert found.estimate.value == pytest.approx(weights @ np.array(places))
    assert found.estimate.p == pytest.approx(2 * min(below, 1 - below))
    for bound, share in ((found.estimate.low, 0.025), (found.estimate.high, 0.975)):
        assert weights @ stats.t.cdf((bound - np.array(places)) / np.array(errors), df) == pytest.approx(share)
    assert 0.1 < found.correlation < 0.9


@pytest.mark.parametrize("memory", [0.0, 0.6])
def test_a_series_without_a_change_is_seldom_said_to_have_one(memory: float) -> None:
    rng, rejected = np.random.default_rng(9), 0
    for _ in range(100):
        noise = rng.normal(size=62)
        for t in range(1, 62):
            noise[t] = memory * noise[t - 1] + np.sqrt(1 - memory**2) * noise[t]
        values = 30 + 2 * np.sin(2 * np.pi * np.arange(42) / 12 + 1) + noise[20:]
        rejected += fit_interrupted_series(values, np.arange(42) >= 36, 12).estimate.p <= 0.05
    assert rejected <= 11


def test_a_series_too_short_for_its_season_is_not_fitted() -> None:
    assert fit_interrupted_series(np.arange(9.0), np.arange(9) >= 6, 12) is None
    assert fit_interrupted_series(np.full(40, np.nan), np.arange(40) >= 30, 12) is None


def test_a_team_that_is_a_mix_of_others_is_found_to_be_that() -> None:
    rng = np.random.default_rng(2)
    others = 30 + rng.normal(0, 3, (4, 20)).cumsum(axis=1) * 0.4
    mine = 0.7 * others[0] + 0.3 * others[2]
    mine[14:] += 9
    values = np.vstack([mine, others])
    before = np.arange(20) < 14
    found = rank_one_team(values, np.arange(5) == 0, np.array(list("ABCDE")), before, ~before)
    assert dict(found.rank.donors) == pytest.approx({"B": 0.7, "C": 0, "D": 0.3, "E": 0}, abs=0.01)
    assert (mine - found.expected)[14:] == pytest.approx(np.full(6, 9.0), abs=0.05)
    assert (found.rank.rank, found.rank.n_teams) == (1, 5)
    assert 0 < found.rank.p_conformal <= 0.15


def test_two_teams_are_no_ranking() -> None:
    values = np.random.default_rng(1).normal(size=(3, 10))
    before = np.arange(10) < 6
    assert rank_one_team(values, np.arange(3) == 0, np.array(list("ABC")), before, ~before) is None


def test_the_power_is_that_of_cohens_table() -> None:
    """Cohen (1988), table 2.4.1: d = .50 needs 64 in each group for power .80 at two-sided 5 %; d = .80 needs 26."""
    assert effect_with_power(1.0, 64, 64) == pytest.approx(0.50, abs=0.005)
    assert effect_with_power(1.0, 26, 26) == pytest.approx(0.80, abs=0.01)
    assert np.isnan(effect_with_power(1.0, 1, 2))


def test_step_down_is_never_below_each_alone_nor_above_bonferroni() -> None:
    rng = np.random.default_rng(5)
    statistics = rng.normal(size=(6, 4_000))
    statistics[:, 0] = [4.0, 2.9, 2.5, 1.0, 0.2, 2.4]
    alone = (np.abs(statistics) >= np.abs(statistics[:, :1])).mean(axis=1)
    found = step_down(statistics)
    assert (found >= alone).all()
    assert (found <= 6 * alone + 1e-12).all()
    by_hand = (np.abs(statistics).max(axis=0) >= 4.0).mean()
    assert found[0] == pytest.approx(by_hand)
    assert step_down(np.vstack([statistics, np.full(4_000, np.nan)]))[:6] == pytest.approx(found)


def test_lots_are_drawn_within_neighbours_of_the_past() -> None:
    names = np.array([f"u{i:02d}" for i in range(20)], dtype=object)
    past = np.arange(20.0)
    drawn = propose_assignment(names, past, 10, seed=3)
    assert drawn == propose_assignment(names, past, 10, seed=3)
    assert drawn != propose_assignment(names, past, 10, seed=4)
    assert all(len(set(stratum) & set(drawn.treated)) == 1 for stratum in drawn.strata)
    assert sorted((*drawn.treated, *drawn.comparison)) == names.tolist()
    assert {*propose_starts(names, 1)} == {*names}


@pytest.mark.parametrize("n", [1, 3, 7, 10, 13, 19])
def test_every_unit_has_the_same_chance(n: int) -> None:
    names = np.array([f"u{i:02d}" for i in range(20)], dtype=object)
    counts = np.zeros(20)
    for seed in range(600):
        drawn = propose_assignment(names, np.arange(20.0), n, seed)
        assert len(drawn.treated) == n
        counts += np.isin(names, drawn.treated)
    assert counts / 600 == pytest.approx(np.full(20, n / 20), abs=0.09)


def test_nobody_can_be_left_without_a_comparison() -> None:
    with pytest.raises(ValueError, match="both sides"):
        propose_assignment(np.array(["a", "b"], dtype=object), np.zeros(2), 2, 1)


def test_waves_are_held_against_those_who_have_not_begun() -> None:
    """A season, a trend and an effect of 3: coverage and false alarms over 100 histories."""
    rng = np.random.default_rng(5)
    rejected, held = 0, 0
    for _ in range(100):
        level, noise = rng.normal(30, 6, (16, 1)), np.zeros((16, 20))
        for t in range(20):
            noise[:, t] = 0.6 * noise[:, t - 1] + rng.normal(0, 3, 16)
        starts = rng.permutation(np.repeat([10, 12, 14, NEVER], 4))
        values = level + noise + 2 * np.sin(np.arange(20)) + 0.5 * np.arange(20)
        changed = values + 3 * (np.arange(20) >= starts[:, None])
        rejected += staggered_estimates(StaggeredTrial(values, starts, 6), True, (12, 4), 499)[0].p <= 0.05
        found = staggered_estimates(StaggeredTrial(changed, starts, 6), True, (12, 4), 499)[0]
        held += found.low <= 3 <= found.high
    assert rejected <= 11
    assert held >= 89


def test_waves_without_noise_give_the_effect_itself() -> None:
    starts = np.array([6, 6, 8, 8, 10, 10, NEVER, NEVER])
    level = np.arange(8.0)[:, None] * 3 + 20
    values = level + np.sin(np.arange(14)) + 2.5 * (np.arange(14) >= starts[:, None])
    trial = StaggeredTrial(values, starts, 5)
    assert past_slope(trial) == pytest.approx(1)
    assert staggered_estimates(trial, False, (6, 2))[1].value == pytest.approx(2.5)
    assert n_start_orders(starts) == pytest.approx(2520)
