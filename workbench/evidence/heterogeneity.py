"""Check whether the link differs between reps and segments, and for whom it is absent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from workbench.evidence.record import EvidenceOptions, Record
from workbench.evidence.segments import Segments, links_by_segment
from workbench.evidence.slopes import Slopes, random_slopes
from workbench.scoring.fixed_effects import remove_levels, remove_period_means
from workbench.scoring.jackknife import MIN_REPS, fisher_z

NAME = "style"
SOURCE = "Homogeneity of correlations (Hedges & Olkin 1985, 11), variance widened for autocorrelation (Bartlett 1935)"
SHORTEST = 5
SHORTEST_FOR_REPS = 12


@dataclass(frozen=True)
class RepLink:
    """One rep's link, shrunk towards the team's in proportion to its uncertainty, with its interval."""

    rep: str
    link: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Heterogeneity:
    """How much the link of one KPI differs between reps and segments.

    Attributes
    ----------
    q, n_reps, p_reps : do reps differ more than chance (χ² with n_reps − 1 degrees of freedom).
    spread : standard deviation of the reps' true links (atanh scale); 0 when chance explains it.
    reps : every rep with a history long enough; empty when histories are shorter than 12 periods.
    not_for_reps : reps whose interval excludes a link that would matter, when reps differ beyond chance.
    segments : the link by segment.
    """

    q: float
    n_reps: int
    p_reps: float
    spread: float
    reps: tuple[RepLink, ...]
    not_for_reps: tuple[str, ...]
    segments: Segments
    source: str = SOURCE


def check(record: Record, options: EvidenceOptions) -> tuple[Heterogeneity, ...]:
    """Return one finding per KPI, in the order of the record."""
    found = links_by_segment(record, options)
    return tuple(_kpi_heterogeneity(record, k, found[k], options) for k in range(len(record.kpis)))


def _kpi_heterogeneity(record: Record, k: int, segments: Segments, options: EvidenceOptions) -> Heterogeneity:
    out = options.take_out_periods, record.shock_segments, record.weights
    q, z, variance, who = q_test(record.values[k], record.goal, *out)
    n = len(z)
    p = float(stats.chi2.sf(q, n - 1)) if n >= 2 else np.nan
    spread, reps = _shrink_links(record, z, variance, who, options)
    lost = tuple(r.rep for r in reps if p <= 1 - options.confidence and r.high < options.smallest)
    return Heterogeneity(q, n, p, spread, reps, lost, segments)


def fit_kpi_slopes(record: Record, k: int) -> Slopes | None:
    """Fit the goal per unit of the k-th KPI and its spread between reps; None where that cannot be told.

    That is with under ``MIN_REPS`` reps or 12 periods per rep, or a KPI that never differs from its levels.

    Random slopes of the goal less period means on the KPI less rep and period levels. Not part of the report, since
    its likelihood takes longer than everything else together.
    """
    pair = np.stack([record.values[k], record.goal])
    present = np.isfinite(pair).all(axis=0)
    there = present.any(axis=1)
    if there.sum() < MIN_REPS or np.median(present.sum(axis=1)[there]) < SHORTEST_FOR_REPS:
        return None
    x = remove_levels(pair[:1], present).values[0]
    if not x.any():
        return None
    return random_slopes(x, remove_period_means(pair[1:], present)[0], present)


def q_test(
    values: np.ndarray, goal: np.ndarray, take_out_periods: bool, segments: np.ndarray | None = None,
    weights: np.ndarray | None = None,
) -> tuple[float, np.ndarray, np.ndarray, np.ndarray]:  # fmt: skip
    """Compute Q = Σ (z_i − z̄)² ÷ v_i over reps with at least ``SHORTEST`` periods, v_i = widening ÷ (T_i − 3).

    Parameters
    ----------
    values, goal : (reps, periods).

    Returns
    -------
    Q, the reps' z = atanh(r_i), their variances, and which reps they are.

    Notes
    -----
    widening = (1 + a·b) ÷ (1 − a·b) with a and b the autocorrelations of KPI and goal over all reps: a series that
    remembers its past holds fewer independent pairs than periods (Bartlett 1935).
    """
    present = np.isfinite(values) & np.isfinite(goal)
    x, y = remove_levels(np.stack([values, goal]), present, take_out_periods, segments, weights).values
    sxy, sxx, syy = (x * y).sum(axis=1), (x * x).sum(axis=1), (y * y).sum(axis=1)
    length = present.sum(axis=1)
    who = np.flatnonzero((length >= SHORTEST) & (sxx > 0) & (syy > 0))
    z = fisher_z(sxy[who] / np.sqrt(sxx[who] * syy[who]), length[who])
    both = autocorrelation(x, present) * autocorrelation(y, present)
    variance = (1 + both) / (1 - both) / (length[who] - 3)
    weights = 1 / variance
    mean = np.sum(weights * z) / np.sum(weights) if len(z) else np.nan
    return float(np.sum(weights * (z - mean) ** 2)), z, variance, who


def autocorrelation(residuals: np.ndarray, present: np.ndarray) -> float:
    """Return the lag-1 autocorrelation over all reps of residuals (reps, periods), corrected for its bias of −1 ÷ T."""
    pairs = present[:, 1:] & present[:, :-1]
    if not pairs.any() or not np.any(residuals):
        return 0.0
    raw = np.sum((residuals[:, 1:] * residuals[:, :-1])[pairs]) / pairs.sum() / np.mean(residuals[present] ** 2)
    length = present.sum(axis=1)
    typical = np.mean(length[length > 0])
    return float(np.clip((raw * typical + 1) / (typical - 3) if typical > 4 else raw, -0.9, 0.9))


def _shrink_links(record: Record, z: np.ndarray, variance: np.ndarray, who: np.ndarray,
            options: EvidenceOptions) -> tuple[float, tuple[RepLink, ...]]:  # fmt: skip
    """Return the spread by DerSimonian & Laird (1986), and each rep's link shrunk towards the mean by it."""
    if len(z) < 2:
        return np.nan, ()
    w = 1 / variance
    fixed = np.sum(w * z) / w.sum()
    excess = np.sum(w * (z - fixed) ** 2) - (len(z) - 1)
    tau2 = max(0.0, excess / (w.sum() - np.sum(w**2) / w.sum()))
    mean = np.sum(z / (variance + tau2)) / np.sum(1 / (variance + tau2))
    mean_error = 1 / np.sum(1 / (variance + tau2))
    keep = tau2 / (tau2 + variance)
    centre = mean + keep * (z - mean)
    reach = stats.norm.ppf((1 + options.confidence) / 2) * np.sqrt(keep * variance + (1 - keep) ** 2 * mean_error)
    length = (np.isfinite(record.goal).sum(axis=1))[who]
    reps = (
        tuple(
            RepLink(record.reps[i], float(np.tanh(c)), float(np.tanh(c - h)), float(np.tanh(c + h)), int(n))
            for i, c, h, n in zip(who, centre, reach, length, strict=True)
        )
        if np.median(length) >= SHORTEST_FOR_REPS
        else ()
    )
    return float(np.sqrt(tau2)), reps
