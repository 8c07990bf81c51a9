"""Compare each rep with the own past, less what the team's middle changed on the same lists."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.integrity.count_cube import CountCube, quarter_blocks
from workbench.integrity.funnel import Standardised, log_odds, masked_median, robust_z, sigmoid, standardise


@dataclass(frozen=True, eq=False)
class Change:
    """What changed from the quarters before one quarter to it and the next.

    Attributes
    ----------
    start : the month (by place) that the two quarters begin with.
    z, z_least : (signals, reps) of the change over both quarters, and the smaller one of each quarter by itself.
    above : points (0 to 1) over the rep's own past, moved as the team moved. usual : that rate.
    n, k : (signals, reps) counts of the two quarters. spread : (signals,) between the reps' changes.
    team : (signals,) change of the lists' middle, in log-odds. team_points : the same in points.
    volume : (reps,) events a month after against before, over the same of the median rep.
    judged : (signals, reps). swapped : (signals, reps) counted before and after, on too few of the same lists.
    """

    start: int
    z: np.ndarray
    z_least: np.ndarray
    above: np.ndarray
    usual: np.ndarray
    n: np.ndarray
    k: np.ndarray
    spread: np.ndarray
    team: np.ndarray
    team_points: np.ndarray
    volume: np.ndarray
    judged: np.ndarray
    swapped: np.ndarray


def changes_of_reps(cube: CountCube) -> tuple[Change, ...]:
    """Compute the change at every quarter that has one before it and one after; none in under nine months."""
    blocks = quarter_blocks(len(cube.months))
    if len(blocks) < 3 or not cube.n.size:
        return ()
    n, k = (np.einsum("srlm,qm->qsrl", counts, blocks.astype(float)) for counts in (cube.n, cube.k))
    monthly = cube.n.sum(axis=2).max(axis=0)
    return tuple(
        _change_at(n, k, quarter, start, relative_volume(monthly, start, int(blocks[quarter : quarter + 2].sum())))
        for quarter in range(1, len(blocks) - 1)
        for start in [int(np.argmax(blocks[quarter]))]
    )


def relative_volume(monthly: np.ndarray, start: int, n_months: int) -> np.ndarray:
    """Return (reps,) events per active month in ``n_months`` from ``start`` on over those before, median rep 1."""
    before, after = monthly[:, :start], monthly[:, start : start + n_months]
    was, now = (part.sum(axis=1) / np.maximum((part > 0).sum(axis=1), 1) for part in (before, after))
    there = (was > 0) & (now > 0)
    ratio = now / np.where(there, was, 1)
    return np.where(there, ratio / masked_median(ratio, there), np.nan)


def _change_at(n: np.ndarray, k: np.ndarray, quarter: int, start: int, volume: np.ndarray) -> Change:
    n_before, k_before = n[:quarter].sum(axis=0), k[:quarter].sum(axis=0)
    both_n, both_k = n[quarter : quarter + 2].sum(axis=0), k[quarter : quarter + 2].sum(axis=0)
    same = (n_before > 0) & (both_n > 0)
    before, after = standardise(n_before * same, k_before * same), standardise(both_n * same, both_k * same)
    most = (before.n >= n_before.sum(axis=2) / 2) & (after.n >= both_n.sum(axis=2) / 2)
    judged = before.judged & after.judged & most
    z, middle, spread = _change_z(before, after, judged)
    each = [_each_quarter(n[q] * same, k[q] * same, before, judged) for q in (quarter, quarter + 1)]
    odds_before = log_odds(before.k, before.n)
    expected_move = log_odds(after.expected, after.n) - log_odds(before.expected, before.n)
    usual = sigmoid(odds_before + expected_move + np.nan_to_num(middle)[:, None])
    was, now = (masked_median(c.k / np.maximum(c.n, 1), judged) for c in (before, after))
    above = np.where(judged, after.k / np.maximum(after.n, 1) - usual, np.nan)
    seen = (n_before.sum(axis=2) > 0) & (both_n.sum(axis=2) > 0)
    return Change(
        start=start, z=z, z_least=np.minimum(*each), above=above,
        usual=usual, n=after.n, k=after.k, spread=spread,
        team=masked_median(log_odds(after.k, after.n) - odds_before, judged), team_points=now - was,
        volume=volume, judged=judged, swapped=seen & ~most,
    )  # fmt: skip


def _each_quarter(n: np.ndarray, k: np.ndarray, before: Standardised, judged: np.ndarray) -> np.ndarray:
    """Return z of one quarter; 0 where its own count is too small to add to the evidence."""
    counts = standardise(n, k)
    z, _, _ = _change_z(before, counts, judged & counts.judged)
    return np.nan_to_num(z)


def _change_z(
    before: Standardised, after: Standardised, judged: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return robust_z(after.log_ratio - before.log_ratio, before.noise + after.noise, judged)
