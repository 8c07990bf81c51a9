"""Check how well a KPI measures reps: discrimination, stability, and the periods needed for reliability."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.evidence.jackknife import Estimate
from workbench.evidence.rate_reliability import half_real_attempts
from workbench.evidence.record import EvidenceOptions, Record
from workbench.scoring.correlation import JACKKNIFE, no_interval_reason
from workbench.scoring.fixed_effects import remove_period_means
from workbench.scoring.jackknife import jackknife_bounds

NAME = "measurement"
SOURCE = (
    "Discrimination and stability (Franks, D'Amour, Cervone & Bornn 2017); ICC(1) (Shrout & Fleiss 1979); "
    "of rates the beta-binomial (Skellam 1948), its profile adjusted (Cox & Reid 1987)"
)
RELIABILITY = {"watch": 0.5, "coach": 0.7, "pay": 0.8}
MOSTLY_LUCK = 0.5
SEASONS_FOR_STABILITY, REPS_FOR_STABILITY, VALUES_FOR_STABILITY = 4, 10, 50  # with less it covers less than 93%
NEAR_EDGE = 0.05


@dataclass(frozen=True)
class ReliablePeriods:
    """Periods (and for rates attempts) after which ``reliability`` of a KPI's differences between reps is not luck."""

    use: str
    reliability: float
    periods: float
    attempts: float


@dataclass(frozen=True)
class Measurement:
    """The measurement quality of one KPI.

    Attributes
    ----------
    discrimination : share of the differences between reps within one season that is not luck.
    stability : share of all real differences that is between reps, rather than between one rep's seasons.
    single_period : ICC(1), the share of one period's differences that belongs to the rep.
    readable : for watching, coaching and paying; infinite when reps do not differ.
    half_real : of a rate, the attempts after which half of the differences between reps are real; None for other KPIs.
        What is readable when follows from it.
    """

    discrimination: Estimate
    stability: Estimate
    single_period: Estimate
    readable: tuple[ReliablePeriods, ...]
    half_real: Estimate | None = None
    source: str = SOURCE

    def periods_until(self, use: str) -> float:
        return next(reading.periods for reading in self.readable if reading.use == use)


def check(record: Record, options: EvidenceOptions) -> tuple[Measurement, ...]:
    """Return one finding per KPI, in the order of the record."""
    return tuple(_measurement(record, k, options) for k in range(len(record.kpis)))


def _measurement(record: Record, k: int, options: EvidenceOptions) -> Measurement:
    seasons, luck = record.seasons.values[k], record.seasons.luck[k]
    icc = estimate_single_period_reliability(record.values[k], options)
    half, a_period = _half_real(record, k, options)
    readable = [
        periods_for_reliability(icc.value, use, record.attempts[k])
        if half is None or np.isnan(half.value)
        else attempts_for_reliability(half.value, use, a_period)
        for use in RELIABILITY
    ]
    return Measurement(
        estimate_discrimination(seasons, luck, options.confidence),
        estimate_stability(seasons, luck, options.confidence),
        icc,
        tuple(readable),
        half,
    )


def _half_real(record: Record, k: int, options: EvidenceOptions) -> tuple[Estimate | None, float]:
    """Return the attempts until half of the differences are real, None if it is no rate; and attempts a rep-period."""
    if record.hits is None or record.tries is None or not np.isfinite(record.tries[k]).any():
        return None, np.nan
    hits, tries = record.hits[k], record.tries[k]
    found = half_real_attempts(hits, tries, options.take_out_periods, options.confidence)
    return found, float(np.nanmean(tries))


def attempts_for_reliability(half: float, use: str, a_period: float) -> ReliablePeriods:
    """Return R ÷ (1 − R) · M attempts, and as many periods of a mean rep; M those of reliability .5."""
    goal = RELIABILITY[use]
    attempts = goal / (1 - goal) * half
    return ReliablePeriods(use, goal, float(attempts / a_period), float(attempts))


def periods_for_reliability(icc: float, use: str, attempts: float = np.nan) -> ReliablePeriods:
    """Invert Spearman–Brown: m = R(1 − r₁) ÷ ((1 − R)·r₁) periods, and m × mean attempts for a rate."""
    goal = RELIABILITY[use]
    periods = goal * (1 - icc) / ((1 - goal) * icc) if icc > 0 else (np.inf if np.isfinite(icc) else np.nan)
    return ReliablePeriods(use, goal, float(periods), float(periods * attempts))


def estimate_single_period_reliability(values: np.ndarray, options: EvidenceOptions) -> Estimate:
    """Return ICC(1) of values (reps, periods) less period means, unbalanced; interval by jackknife on log(1 + F/m)."""
    present = np.isfinite(values)
    clean = (
        remove_period_means(values[None], present)[0] if options.take_out_periods else np.where(present, values, 0.0)
    )
    used = present.sum(axis=1) >= 2
    n, method = present[used].sum(axis=1).astype(float), f"ICC(1) of single periods; {JACKKNIFE} on log of the F ratio"
    if used.sum() < 2:
        return Estimate(
            np.nan, np.nan, np.nan, int(n.sum()), int(used.sum()), method, "needs two reps with two periods"
        )
    sums = np.stack([np.ones(len(n)), n, n**2, clean[used].sum(axis=1), (clean[used] ** 2).sum(axis=1),
                     clean[used].sum(axis=1) ** 2 / n])  # fmt: skip
    total = sums.sum(axis=1)
    log_f, size = _log_f(total)
    without, _ = _log_f(total[:, None] - sums)
    low, high = jackknife_bounds(log_f, without, options.confidence)
    icc, least, most = (_icc(float(value), float(size)) for value in (log_f, low, high))
    return Estimate(icc, least, most, int(n.sum()), int(used.sum()), method, no_interval_reason(len(n), without))


def _log_f(sums: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return log of mean square between ÷ within, and the effective number of periods per rep."""
    reps, n, n2, total, squares, by_rep = sums
    between = np.maximum(by_rep - total**2 / n, 0) / np.maximum(reps - 1, 1)
    within = np.maximum(squares - by_rep, 0) / np.maximum(n - reps, 1)
    size = (n - n2 / n) / np.maximum(reps - 1, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(between / within), size


def _icc(log_f: float, size: float) -> float:
    if np.isposinf(log_f):
        return 1.0
    f = np.exp(log_f)
    return float((f - 1) / (f - 1 + size))


def estimate_discrimination(seasons: np.ndarray, luck: np.ndarray, confidence: float) -> Estimate:
    """Return 1 − luck ÷ variance between reps in one season, over (reps, seasons).

    Jackknife on the root of the ratio: simulated coverage with 10 to 20 reps .95, on its logarithm .93.
    """
    known = np.isfinite(seasons) & np.isfinite(luck)
    known &= known.sum(axis=0) >= 2
    method, reps = f"1 − luck ÷ spread between reps of a season; {JACKKNIFE} on its root", known.any(axis=1)
    if reps.sum() < 2:
        return Estimate(np.nan, np.nan, np.nan, int(known.sum()), int(reps.sum()), method, "needs two reps in a season")
    value, without = _root_of_luck_share(seasons[reps], luck[reps], known[reps])
    low, high = jackknife_bounds(value, without, confidence)
    share, least, most = (float(1 - root**2) for root in (value, high, np.maximum(low, 0)))
    n_reps = int(reps.sum())
    return Estimate(share, least, most, int(known.sum()), n_reps, method, no_interval_reason(n_reps, without))


def _root_of_luck_share(values: np.ndarray, luck: np.ndarray, known: np.ndarray) -> tuple[float, np.ndarray]:
    """Return √(mean luck ÷ mean variance between reps), and the same without each rep."""
    x, b = np.where(known, values, 0.0), np.where(known, luck, 0.0)
    x = x - (x.sum(axis=0) / np.maximum(known.sum(axis=0), 1)) * known
    n, s, ss, noise = (v.sum(axis=0) for v in (known.astype(float), x, x**2, b))
    full = _root_share(n, s, ss, noise)
    return float(full), _root_share(n - known, s - x, ss - x**2, noise - b)


def _root_share(n: np.ndarray, s: np.ndarray, ss: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """Return the root over the last axis (seasons), weighted by reps for luck and by reps − 1 for the spread."""
    squares = np.sum(np.maximum(ss - s**2 / np.maximum(n, 1), 0), axis=-1)
    free = np.sum(np.maximum(n - 1, 0), axis=-1)
    luck = np.maximum(noise.sum(axis=-1), 0) * free
    total = squares * np.maximum(n.sum(axis=-1), 1)
    return np.sqrt(np.divide(luck, total, out=np.full(np.shape(total), np.nan), where=total > 0))


def estimate_stability(seasons: np.ndarray, luck: np.ndarray, confidence: float) -> Estimate:
    """Return 1 − (WV − BV) ÷ (TV − BV) over (reps, seasons) less season means: WV within reps, BV luck."""
    known = np.isfinite(seasons) & np.isfinite(luck)
    reps = known.sum(axis=1) >= SEASONS_FOR_STABILITY
    method, n = f"1 − (within − luck) ÷ (all − luck) of season values; {JACKKNIFE}", int(reps.sum())
    known = known[reps]
    if n < REPS_FOR_STABILITY or known.sum() < VALUES_FOR_STABILITY:
        reason = (
            f"needs {REPS_FOR_STABILITY} reps with {SEASONS_FOR_STABILITY} seasons, and {VALUES_FOR_STABILITY} values "
            f"of reps in seasons; there are {n} such reps with {int(known.sum())}"
        )
        return Estimate(np.nan, np.nan, np.nan, int(known.sum()), n, method, reason)
    x = remove_period_means(seasons[reps][None], known)[0]
    weight = np.where(known, known.sum(axis=0) / np.maximum(known.sum(axis=0) - 1, 1), 0.0)
    count = known.sum(axis=1)
    mean = x.sum(axis=1) / count
    within = ((x - mean[:, None]) ** 2 * known * weight).sum(axis=1) / (count - 1)
    parts = np.stack([within * count, (x**2 * weight).sum(axis=1), np.where(known, luck[reps], 0).sum(axis=1), count])
    value, without = _stable_share(parts.sum(axis=1)), _stable_share(parts.sum(axis=1)[:, None] - parts)
    low, high = _share_bounds(value, without, confidence)
    return Estimate(float(value), float(low), float(high), int(known.sum()), n, method, no_interval_reason(n, without))


def _share_bounds(share: np.ndarray, without: np.ndarray, confidence: float) -> tuple[np.ndarray, np.ndarray]:
    """Return jackknife bounds of a share: on atanh(2·share − 1) unless it is near 0 or 1, else on the share itself.

    Simulated coverage with 10 reps × 12 months .93, where the plain scale has .90; the plain upper bound is kept
    where it reaches further, for shares that are truly 1.
    """
    low, high = jackknife_bounds(share, without, confidence)
    if not np.all((without > NEAR_EDGE) & (without < 1 - NEAR_EDGE)):
        return low, high
    bent_low, bent_high = (
        np.tanh(jackknife_bounds(np.arctanh(2 * share - 1), np.arctanh(2 * without - 1), confidence)) + 1
    ) / 2
    return bent_low, np.maximum(high, bent_high)


def _stable_share(parts: np.ndarray) -> np.ndarray:
    within, total, luck, count = parts
    real = (total - luck) / count
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(real > 0, 1 - (within - luck) / count / real, np.nan)
