"""Shocks that reps share: the F test that picks segments, and the ranges of delayed links."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from scipy.signal import lfilter
from statsmodels.stats.anova import anova_lm

from tests.evidence.planted import record_of
from workbench.charts.evidence import forest_rows, lag_rows
from workbench.evidence import lead, shared_shocks
from workbench.evidence.calibration.confounded_worlds import ConfoundedWorld
from workbench.evidence.likeness import _memory
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.report import run_checks
from workbench.evidence.shared_shocks import (
    SharedShocks,
    link_of_settled_reps,
    remove_shared_components,
    stretch_link,
)
from workbench.evidence.shock_segments import _count_effects, _log_p, find_clearest_segments
from workbench.scoring.correlation import Correlation
from workbench.scoring.fixed_effects import remove_levels
from workbench.scoring.within_reps import within_rep_links
from workbench.words.evidence import About
from workbench.words.evidence_figures import validity_figures
from workbench.words.links import link_figures

OPTIONS = EvidenceOptions(draws=49)
CODES = np.repeat([0, 1, 2], [3, 4, 5])
LINK = Correlation(0.3, 0.1, 0.5, 200, 20, "by hand")


def goal_with_shocks(seed: int, gaps: bool) -> np.ndarray:
    """Twelve reps in three segments, seven periods, shocks of each segment; the first segment has no third period."""
    rng = np.random.default_rng(seed)
    goal = rng.normal(size=(12, 7)) + rng.normal(size=(12, 1)) + 0.8 * rng.normal(size=(3, 7))[CODES]
    if gaps:
        goal[rng.random(goal.shape) < 0.15] = np.nan
        goal[:3, 2] = np.nan
        goal[11] = np.nan
    return goal


def log_p(goal: np.ndarray, codes: np.ndarray) -> float:
    present = np.isfinite(goal)
    return _log_p(remove_levels(goal[None], present), remove_levels(goal[None], present, True, codes), codes)


def draw_team(rng: np.random.Generator, reps: int, periods: int, memory: float, shared: float = 0.0) -> np.ndarray:
    """(reps, periods) values that remember the period before, with a campaign of ``shared`` in each of four regions."""
    own = lfilter([np.sqrt(1 - memory**2)], [1, -memory], rng.normal(size=(reps, periods + 30)), axis=1)[:, 30:]
    return own + shared * rng.normal(size=(4, periods))[np.arange(reps) % 4] + rng.normal(size=(reps, 1))


@pytest.mark.parametrize(("reps", "periods", "memory"), [(50, 12, 0.7), (50, 12, 0.4), (20, 24, 0.0), (20, 24, 0.7)])
def test_reps_with_nothing_in_common_are_not_called_alike_however_long_their_memory(
    reps: int, periods: int, memory: float
) -> None:
    """Series shifted round lost their memory where the ends meet: .86 of teams of 50 were alike at p ≤ .05."""
    found = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        record = record_of(draw_team(rng, reps, periods, memory)[None], draw_team(rng, reps, periods, memory))
        shocks = shared_shocks.check(record, replace(OPTIONS, seed=seed))[0]
        found.append([shocks.p_kpi <= 0.05, shocks.p_goal <= 0.05, shocks.p_between <= 0.05])
    assert np.mean(found, axis=0).max() <= 0.15  # .05 of 60 teams is more than 9 in one run in a thousand


@pytest.mark.parametrize("memory", [0.0, 0.4, 0.7])
def test_shocks_of_unknown_regions_are_seen_whatever_reps_remember(memory: float) -> None:
    found = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        values, goal = draw_team(rng, 20, 24, memory, shared=1.0), draw_team(rng, 20, 24, memory, shared=1.0)
        shocks = shared_shocks.check(record_of(values[None], goal), replace(OPTIONS, seed=seed))[0]
        found.append(shocks.wide is not None)
    assert np.mean(found) >= 0.95


@pytest.mark.parametrize("memory", [0.0, 0.3, 0.7])
def test_memory_is_told_without_the_bias_of_short_histories(memory: float) -> None:
    """Nickell (1981): with levels out of 12 periods, .7 looks like .5."""
    found, everywhere = [], np.ones((50, 12), bool)
    for seed in range(40):
        team = draw_team(np.random.default_rng(seed), 50, 12, memory)
        found.append(_memory(remove_levels(team[None], everywhere).values[0], everywhere))
    assert np.mean(found) == pytest.approx(memory, abs=0.04)


@pytest.mark.filterwarnings("ignore:The design matrix is rank-deficient")
@pytest.mark.parametrize("gaps", [False, True], ids=["complete", "with gaps"])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_shocks_of_segments_are_tested_as_by_the_analysis_of_variance(seed: int, gaps: bool) -> None:
    """Degrees of freedom were one a segment too few: statsmodels' two nested models of dummies are the oracle."""
    goal = goal_with_shocks(seed, gaps)
    rows = pd.DataFrame(np.argwhere(np.isfinite(goal)), columns=["rep", "period"])
    rows["goal"], rows["cell"] = goal[np.isfinite(goal)], CODES[rows["rep"]] * 10 + rows["period"]
    models = [smf.ols(f"goal ~ C(rep) + C({level})", rows).fit() for level in ("period", "cell")]
    table = anova_lm(*models)
    assert np.exp(log_p(goal, CODES)) == pytest.approx(table["Pr(>F)"][1], rel=1e-6)
    present = np.isfinite(goal)
    assert _count_effects(present, CODES) == models[1].df_model + 1
    assert _count_effects(present, np.zeros(12, int)) == models[0].df_model + 1


def test_free_effects_are_counted_by_connected_parts() -> None:
    """Two reps who never share a period with the others are a part of their own."""
    present = np.zeros((5, 6), bool)
    present[:3, :3] = True
    present[3:, 4:] = True
    assert _count_effects(present, np.zeros(5, int)) == (3 + 3 - 1) + (2 + 2 - 1)
    assert _count_effects(np.zeros((2, 3), bool), np.zeros(2, int)) == 0


def test_segments_without_a_test_are_no_segments() -> None:
    assert log_p(np.zeros((12, 7)), CODES) == 0
    one_period = np.full((12, 7), np.nan)
    one_period[:, 0] = np.arange(12)
    assert log_p(one_period, CODES) == 0


def test_the_attribute_with_the_clearest_shocks_is_taken_and_none_without() -> None:
    goal = goal_with_shocks(3, False)
    region, hair = CODES.astype(str), np.random.default_rng(0).permutation(CODES).astype(str)
    found = find_clearest_segments({"hair": hair, "region": region}, goal)
    assert found is not None
    assert pd.crosstab(found, CODES).gt(0).sum().tolist() == [1, 1, 1]
    quiet = np.random.default_rng(0).normal(size=(12, 7))
    assert find_clearest_segments({"region": region}, quiet) is None
    assert find_clearest_segments({}, goal) is None


def test_segments_without_shocks_are_taken_in_one_case_of_ten() -> None:
    """The chance up to which they are taken out; with too few degrees of freedom it was less."""
    region = np.repeat(["A", "B"], 4)
    rng = np.random.default_rng(1)
    taken = [find_clearest_segments({"r": region}, rng.normal(size=(8, 6))) is not None for _ in range(150)]
    assert np.mean(taken) == pytest.approx(0.1, abs=3 * np.sqrt(0.09 / 150))


def test_a_range_is_stretched_on_the_scale_of_atanh() -> None:
    wide = stretch_link(LINK, 2.0)
    assert np.arctanh([wide.low, wide.high]) - np.arctanh(0.3) == pytest.approx(
        2 * (np.arctanh([0.1, 0.5]) - np.arctanh(0.3))
    )
    assert (wide.rho, wide.n) == (0.3, 200)
    assert stretch_link(LINK, 1.0) is LINK


def test_delayed_links_are_shown_with_the_wider_range_too() -> None:
    """They kept the narrow one: of four unknown regions it holds the truth in .64 to .87 at delays of 1 to 3."""
    record = ConfoundedWorld(20, 24, "regional shocks", known=False).history(np.random.default_rng(1))
    report = run_checks(record, OPTIONS)
    one = next(one for one in report.kpis if one.findings.shocks.wide)
    shocks, links = one.findings.shocks, one.findings.lead
    assert shocks.stretch > 1
    for row in lag_rows(one).itertuples():
        wide = stretch_link(links.at(int(row.lag)), shocks.stretch)
        assert (row.low, row.high) == (wide.low, wide.high)
    later = replace(one, findings=replace(one.findings, lead=replace(links, best_lag=2)))
    expected = stretch_link(links.at(2), shocks.stretch)
    assert later.findings.link_within_reps == expected
    assert f"with shared periods: {link_figures(expected)}" in validity_figures(
        later.findings, About("Sales", "month", OPTIONS)
    )
    drawn = forest_rows(replace(report, kpis=(later,)), "month")
    assert drawn.loc[drawn["key"] == "within", "low"].item() == expected.low


def test_stretched_ranges_of_delayed_links_hold_the_truth() -> None:
    held: list[bool] = []
    for seed in range(25):
        record = ConfoundedWorld(20, 24, "regional shocks", known=False).history(np.random.default_rng(seed))
        record = replace(record, values=record.values[:1], kpis=record.kpis[:1])
        (shocks,), (found,) = (check(record, EvidenceOptions(draws=9)) for check in (shared_shocks.check, lead.check))
        links = [stretch_link(link, shocks.stretch) for link in found.ahead]
        held += [link.low <= 0 <= link.high for link in links]
    assert np.mean(held) >= 0.88


@pytest.mark.parametrize(
    ("shocks", "cause"),
    [
        ({}, None),
        ({"without": LINK}, None),
        ({"without": replace(LINK, low=-0.1)}, "shared"),
        ({"without": LINK, "link": 0.59}, None),
        ({"without": LINK, "link": 0.61}, "shared"),
        ({"own_seasons": replace(LINK, rho=0.15)}, None),
        ({"own_seasons": replace(LINK, low=-0.1)}, "season"),
        ({"settled": replace(LINK, low=-0.1)}, "learning"),
        ({"settled": LINK}, None),
    ],
)
def test_what_explains_a_link_is_what_it_does_not_outlive(shocks: dict[str, Any], cause: str | None) -> None:
    plain = SharedShocks(0.5, 0.5, 0.5, without=None)
    assert replace(plain, **shocks).cause == cause


def test_following_is_not_believed_where_only_what_reps_share_follows() -> None:
    """Shocks of regions have an order by chance; follow-up of the rep's own stays where reps move together."""
    rng = np.random.default_rng(7)
    region, month = np.arange(20) % 4, rng.normal(size=(4, 25))
    own, noise = rng.normal(size=(2, 20, 25))
    goal = own + 2 * month[region]
    later = np.concatenate([np.zeros((20, 1)), goal[:, :-1]], axis=1)
    shared_only = noise + 2 * (month[region] + np.roll(month, 1, axis=1)[region]) + own
    both = noise + goal + later
    record = record_of(np.stack([shared_only, both])[:, :, 1:], goal[:, 1:])
    found = shared_shocks.check(record, EvidenceOptions(draws=199))
    assert all(one.wide for one in found)
    assert [one.after_without for one in found] == [False, True]


def test_components_of_both_are_regressed_out_rep_by_rep() -> None:
    record = ConfoundedWorld(14, 24, "regional shocks", False).history(np.random.default_rng(3))
    pair = np.stack([record.values[1], record.goal])
    left = remove_levels(pair, np.isfinite(pair).all(axis=0))
    found = remove_shared_components(left, None, OPTIONS)
    shared = [np.ones(24)]
    for grid in left.values:
        shared += list(np.linalg.svd(grid / np.linalg.norm(grid, axis=1, keepdims=True))[2][:3])
    basis = np.column_stack(shared)
    for grid, own in zip(left.values, found.values, strict=True):
        rest = (grid.T - basis @ np.linalg.lstsq(basis, grid.T, rcond=None)[0]).T
        assert np.corrcoef(own.ravel(), (rest - rest.mean(axis=0)).ravel())[0, 1] > 0.999


def test_the_first_half_year_of_newcomers_is_left_out_of_the_link_of_settled_reps() -> None:
    rng = np.random.default_rng(5)
    values, goal = rng.normal(size=(2, 10, 18))
    values[:4, :5] = np.nan  # four come in the sixth month
    found = link_of_settled_reps(record_of(values[None], goal), 0, OPTIONS)
    settled = values.copy()
    settled[:4, :11] = np.nan
    assert found == within_rep_links(settled[None], goal)[0].correlation(OPTIONS)
    assert link_of_settled_reps(record_of(values[None, 4:], goal[4:]), 0, OPTIONS) is None
    known_later = values[4:].copy()
    known_later[:, :3] = np.nan
    assert link_of_settled_reps(record_of(known_later[None], goal[4:]), 0, OPTIONS) is None
