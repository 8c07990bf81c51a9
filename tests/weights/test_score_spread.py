"""The spread of scores against a loop over reps that solves least squares and adds up the whole AR(1) matrix."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.linalg import toeplitz

from tests.scoring.panels import CALLS, design_of, panel_of
from workbench.scoring.history import score_history
from workbench.weights.score_spread import ScoreSpread, estimate_score_spread, spread_from_month_parts


def by_loop(parts: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Level and variance of (reps, months) parts, one rep after the other; none for under three months."""
    known = np.isfinite(parts)
    reps = [rep for rep in range(len(parts)) if known[rep].sum() >= 3]
    cells = [(rep, month) for rep in reps for month in np.flatnonzero(known[rep])]
    months = parts.shape[1]
    dummies = np.zeros((len(cells), len(parts) + months))
    for row, (rep, month) in enumerate(cells):
        dummies[row, [rep, len(parts) + month]] = 1
    root = np.sqrt([weight[cell] for cell in cells])
    effects, *_ = np.linalg.lstsq(
        np.vstack([dummies * root[:, None], np.r_[np.zeros(len(parts)), np.ones(months)]]),  # months' effects: mean 0
        np.r_[[parts[cell] for cell in cells] * root, 0.0], rcond=None,
    )  # fmt: skip
    rest = {cell: parts[cell] - effects[cell[0]] - effects[len(parts) + cell[1]] for cell in cells}
    n = {rep: known[rep].sum() for rep in reps}
    free = {rep: (n[rep] - 1) * (len(reps) - 1) / len(reps) for rep in reps}
    squares = {rep: sum(weight[cell] * rest[cell] ** 2 for cell in cells if cell[0] == rep) for rep in reps}
    team = sum(squares.values()) / sum(free.values())
    shrunk = {rep: (squares[rep] + 10 * team) / (free[rep] + 10) for rep in reps}
    even = {cell: rest[cell] * np.sqrt(weight[cell] / shrunk[cell[0]]) for cell in cells}
    pairs = [even[rep, month] * even[rep, month + 1] for rep, month in cells if (rep, month + 1) in even]
    raw = np.mean(pairs) / np.mean(np.square(list(even.values())))
    length = max(len(cells) / len(reps), 4)
    memory = (raw + 1 / length) / (1 - 3 / length)  # Kendall 1954: the mean of r is ρ − (1 + 3 ρ) / n
    memory = min(max(memory + np.sqrt((1 - memory**2) / len(pairs)), 0.5 if length < 12 else 0.0), 0.9)
    level, variance = np.full(len(parts), np.nan), np.full(len(parts), np.nan)
    for rep in reps:
        alike = toeplitz(memory ** np.arange(n[rep])).sum() / n[rep]
        lost = (n[rep] - 1) / max(n[rep] - alike, 1)
        level[rep], variance[rep] = effects[rep], shrunk[rep] * alike * lost / weight[rep][known[rep]].sum()
    return level, variance


def planted(seed: int, months: int, memory: float) -> tuple[np.ndarray, np.ndarray]:
    """(reps, months) parts of nine reps with gaps, one of them there for two months, and the share of each worked."""
    rng = np.random.default_rng(seed)
    parts = rng.normal(size=(9, months)) * rng.uniform(0.5, 2, (9, 1))
    for month in range(1, months):
        parts[:, month] += memory * parts[:, month - 1]
    parts += np.arange(9)[:, None] + rng.normal(size=months)
    parts[rng.random(parts.shape) < 0.15] = np.nan
    parts[8, 2:] = np.nan
    weight = np.where(rng.random(parts.shape) < 0.2, 0.5, 1.0) * np.isfinite(parts)
    return parts, weight


@pytest.mark.parametrize(("months", "memory"), [(24, 0.4), (24, 0.95), (24, -0.6), (9, 0.0), (13, 0.2)])
@pytest.mark.parametrize("cut", [False, True])
def test_as_a_loop_finds_it(months: int, memory: float, cut: bool) -> None:
    drawn = [planted(seed, months, memory) for seed in (1, 2)]
    weight = drawn[0][1] if cut else np.isfinite(drawn[0][0]).astype(float)
    sets = np.stack([np.where(weight > 0, np.nan_to_num(parts), np.nan) for parts, _ in drawn])
    found = spread_from_month_parts(sets, np.zeros((2, 9)), weight if cut else None)
    for each in range(2):
        level, variance = by_loop(sets[each], weight)
        assert found.level[each] == pytest.approx(level, abs=1e-6, nan_ok=True)
        assert found.variance[each] == pytest.approx(variance, rel=1e-6, nan_ok=True)
    counts = np.isfinite(sets[0]).sum(axis=1)
    assert found.months.tolist() == [*counts[:8], 0]
    assert found.free == 2 * (np.median(counts[:8]) - 1 + 10)


@pytest.mark.parametrize("months", [3, 4, 5, 12])
def test_short_histories_are_taken_to_have_memory(months: int) -> None:
    """A year and more can tell its own memory; in less, and where hardly anything is free, there are floors."""
    parts = np.random.default_rng(5).normal(size=(6, months))
    found = spread_from_month_parts(parts[None], np.zeros((1, 6)))
    level, variance = by_loop(parts, np.ones(parts.shape))
    assert found.level[0] == pytest.approx(level)
    assert found.variance[0] == pytest.approx(variance)


def test_a_rep_without_a_score_is_compared_with_nobody() -> None:
    parts, _ = planted(1, 24, 0.0)
    score = np.zeros((1, 9))
    score[0, 3] = np.nan
    found = spread_from_month_parts(parts[None], score)
    others = spread_from_month_parts(np.delete(parts, 3, axis=0)[None], np.zeros((1, 8)))
    assert np.isnan(found.level[0, 3])
    assert np.isnan(found.variance[0, 3])
    np.testing.assert_allclose(np.delete(found.level[0], 3), others.level[0])
    np.testing.assert_allclose(np.delete(found.variance[0], 3), others.variance[0])


@pytest.mark.filterwarnings("error")
def test_scores_that_never_vary_have_no_spread() -> None:
    found = spread_from_month_parts(np.full((1, 4, 12), 3.0), np.zeros((1, 4)))
    assert found.level.tolist() == [[3.0] * 4]
    assert found.variance.tolist() == [[0.0] * 4]


def test_without_known_days_a_month_of_two_weeks_is_a_month() -> None:
    """Whose days at work are not known has worked the whole month, however few weeks of it have a row."""
    rng, weeks = np.random.default_rng(3), pd.date_range("2024-01-01", periods=35, freq="7D")
    frame = pd.DataFrame([{"rep": rep, "period": week, "calls": rng.poisson(180), "sales": 1.0}
                          for rep in "abcdef" for week in weeks])  # fmt: skip
    frame = frame[~(frame["rep"].eq("a") & frame["period"].dt.day.between(8, 21))]
    panel = panel_of(frame)
    panel = type(panel)(**{**vars(panel), "grain": "week"})
    scored = score_history(panel, design_of(CALLS | {"anchors": [0, 1e6]}, points="minmax"))
    found = estimate_score_spread(panel, scored, np.ones((1, 1)))
    points = scored.rep_periods.keys.assign(points=scored.rep_periods.points[:, 0])
    expected = spread_from_month_parts(pseudo_values(points)[None], scored.reps.score[None])
    spread_is_the_same(found, expected)


def pseudo_values(points: pd.DataFrame) -> np.ndarray:
    """(reps, months) jackknife pseudo-values of each rep's arcsine of the root of the mean points, months as equals."""
    month = points["period"].dt.to_period("M")
    rows = []
    for _, own in points.groupby("rep"):
        names = sorted(month[own.index].unique())
        whole = np.arcsin(np.sqrt(own["points"].mean() / 100))
        left = [np.arcsin(np.sqrt(own["points"][month[own.index] != name].mean() / 100)) for name in names]
        rows.append([len(names) * whole - (len(names) - 1) * one for one in left])
    return np.array(rows)


def spread_is_the_same(found: ScoreSpread, expected: ScoreSpread) -> None:
    np.testing.assert_allclose(found.level, expected.level)
    np.testing.assert_allclose(found.variance, expected.variance)
