"""Find KPIs that the others already measure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from workbench.evidence.record import EvidenceOptions, Record
from workbench.scoring.correlation import Correlation, correlate

ALREADY_MEASURED = 0.1
SOURCE = "Independence of metrics with a Gaussian copula (Franks, D'Amour, Cervone & Bornn 2017)"


@dataclass(frozen=True)
class Redundancy:
    """How much of a KPI the other KPIs of the design explain.

    Attributes
    ----------
    independence : share of the KPI (as normal scores), 0 to 1, that the KPIs it is compared with do not explain; NaN
        with too little data. A band, not a decimal: below ``ALREADY_MEASURED`` it is a copy.
    redundant : a copy of KPIs that stand before it in the design, or of several that stay.
    nearest : the KPI most like it, None in a design of one.
    nearest_link : its correlation with that KPI across reps and seasons.
    """

    independence: float
    redundant: bool
    nearest: str | None
    nearest_link: Correlation | None
    n: int
    source: str = SOURCE


def find_redundancies(record: Record, options: EvidenceOptions) -> tuple[Redundancy, ...]:
    """Return one finding per KPI. Of two copies the first in the design is not redundant.

    Rows are rep-seasons less the season's mean; with fewer than two seasons, reps. KPIs missing in most rep-periods
    are neither copies nor originals.
    """
    there = np.diag(is_mostly_present_with(record))
    rows, reps = _rows(record, there)
    complete = np.isfinite(rows[there]).all(axis=0)
    varied = np.array([np.ptp(row[complete]) > 0 if complete.any() else False for row in rows])
    scores = _normal_scores(rows[:, complete])
    independence, redundant = np.full(len(rows), np.nan), set()
    for k in reversed(range(len(rows))):
        others = [j for j in record.beside[k] if varied[j] and j not in redundant]
        if varied[k] and complete.sum() > len(rows) + 2:
            independence[k] = _independence(scores, k, others)
        if independence[k] < ALREADY_MEASURED:
            redundant.add(k)
    alike = _absolute_correlations(rows)
    return tuple(
        Redundancy(
            float(independence[k]),
            k in redundant,
            *_nearest(record, rows, reps, alike, k, options),
            int(complete.sum()),
        )
        for k in range(len(rows))
    )


def is_mostly_present_with(record: Record) -> np.ndarray:
    """Return (kpis, kpis) whether the second is known in at least half of the rep-periods in which the first is.

    On the diagonal: whether the KPI itself is known in at least half of those that have a goal.
    """
    goal = np.isfinite(record.goal).ravel()
    known = (np.isfinite(record.values).reshape(len(record.kpis), -1) & goal).astype(float)
    own = known.sum(axis=1)
    there = 2 * (known @ known.T) >= own[:, None]
    there[np.diag_indices_from(there)] = (own > 0) & (2 * own >= goal.sum())
    return there


def _rows(record: Record, there: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    values = record.seasons.values
    used = np.isfinite(values[there]).all(axis=0)
    if values.shape[2] < 2 or used.sum() < 2 * record.n_reps:
        return record.rep_values, np.arange(record.n_reps)
    means = np.where(used, values, 0).sum(axis=1) / np.maximum(used.sum(axis=0), 1)
    rows = np.where(used, values - means[:, None, :], np.nan).reshape(len(values), -1)
    return rows, np.repeat(np.arange(record.n_reps), values.shape[2])


def _normal_scores(rows: np.ndarray) -> np.ndarray:
    n = max(rows.shape[1], 1)
    return stats.norm.ppf((stats.rankdata(rows, axis=1) - 0.5) / n) if rows.shape[1] else rows


def _independence(scores: np.ndarray, k: int, others: list[int]) -> float:
    """Return 1 ÷ (C⁻¹)_kk, that is 1 − R² of the KPI's normal scores on the others'."""
    if not others:
        return 1.0
    target, features = scores[k] - scores[k].mean(), scores[others] - scores[others].mean(axis=1, keepdims=True)
    fit = np.linalg.lstsq(features.T, target, rcond=1e-8)[0]
    left = target - fit @ features
    return float(np.clip(left @ left / (target @ target), 0, 1))


def _nearest(
    record: Record, rows: np.ndarray, reps: np.ndarray, alike: np.ndarray, k: int, options: EvidenceOptions
) -> tuple[str | None, Correlation | None]:
    others = [j for j in record.beside[k] if alike[k, j] > 0]
    if not others:
        return None, None
    j = max(others, key=lambda j: alike[k, j])
    return record.kpis[j], correlate(rows[k], rows[j], reps, confidence=options.confidence)


def _absolute_correlations(rows: np.ndarray) -> np.ndarray:
    """Return (kpis, kpis) absolute Spearman correlations over complete rows; 0 where there is none."""
    known = np.isfinite(rows)
    ranks = np.where(known, stats.rankdata(np.where(known, rows, np.inf), axis=1), 0.0)
    n = known @ known.T.astype(float)
    ranks = ranks - np.where(known, (ranks.sum(axis=1) / np.maximum(known.sum(axis=1), 1))[:, None], 0.0)
    scale = np.sqrt(np.einsum("kr,kr->k", ranks, ranks))
    size = np.abs(ranks @ ranks.T) / np.maximum(scale[:, None] * scale, 1e-12)
    return np.where((n > 2) & (scale[:, None] * scale > 0), size, 0.0)
