"""Check whether the link changes over time, when it broke, and whether partial periods change it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from workbench.evidence.record import EvidenceOptions, Record
from workbench.scoring.correlation import JACKKNIFE, Correlation
from workbench.scoring.fixed_effects import remove_levels
from workbench.scoring.jackknife import MIN_REPS, fisher_z
from workbench.scoring.within_reps import MIN_PERIODS, WithinRepLink, link_difference, within_rep_links

NAME = "drift"
SOURCE = (
    "Largest change over all dates with 15% trimmed at both ends (Andrews 1993), chance by flipping whole reps' "
    "scores, date by least squares (Bai 1997)"
)
TRIM = 0.15


@dataclass(frozen=True)
class LinkChange:
    """atanh(late) − atanh(early) of the link within reps, with its interval."""

    value: float
    low: float
    high: float
    n_reps: int


@dataclass(frozen=True)
class PeriodLink:
    """The link across reps in one period, each rep's own level removed."""

    period: np.datetime64
    link: Correlation


@dataclass(frozen=True)
class Drift:
    """How the link of one KPI changed.

    Attributes
    ----------
    early, late : link within reps in the first and the second half of the periods.
    change : their difference.
    break_at : first period after the largest change of the link; None when the history is too short.
    p_break : p of so clear a change at any date, under a constant link.
    now : the current link: since the clearest change if it is beyond chance, else ``late``.
    by_period : the link in each period. partial : unfinished periods; the link with them included, None without any.
    """

    early: Correlation
    late: Correlation
    change: LinkChange
    break_at: np.datetime64 | None
    p_break: float
    now: Correlation
    by_period: tuple[PeriodLink, ...]
    partial: tuple[np.datetime64, ...]
    with_partial: Correlation | None
    source: str = SOURCE


def check(record: Record, options: EvidenceOptions) -> tuple[Drift, ...]:
    """Return one finding per KPI, in the order of the record."""
    half, out = record.n_periods // 2, (options.take_out_periods, record.shock_segments)
    weights = record.weights
    first, second = (None, None) if weights is None else (weights[:, :half], weights[:, half:])
    early = within_rep_links(record.values[:, :, :half], record.goal[:, :half], *out, first)
    late = within_rep_links(record.values[:, :, half:], record.goal[:, half:], *out, second)
    return tuple(_drift(record, k, early[k], late[k], options) for k in range(len(record.kpis)))


def _drift(record: Record, k: int, early: WithinRepLink, late: WithinRepLink, options: EvidenceOptions) -> Drift:
    pair, out = np.stack([record.values[k], record.goal]), (options.take_out_periods, record.shock_segments)
    weights = record.weights
    residuals = remove_levels(pair, np.isfinite(pair).all(axis=0), *out, weights)
    x, y = residuals.values
    changed = find_break(x, y, options)
    broken, place = changed.p <= 1 - options.confidence, changed.clearest
    weights = weights if weights is None or not broken else weights[:, place:]
    since = within_rep_links(pair[:1, :, place:], pair[1, :, place:], *out, weights)[0] if broken else late
    return Drift(
        early.correlation(options), late.correlation(options), LinkChange(*link_difference(late, early,
        options.confidence)), None if changed.largest is None else record.periods[changed.largest], changed.p,
        since.correlation(options), _links_by_period(record.periods, x, y, residuals.present, options.confidence),
        record.partial, _link_with_partial(record.with_partial, k, options),
    )  # fmt: skip


def _link_with_partial(record: Record | None, k: int, options: EvidenceOptions) -> Correlation | None:
    if record is None:
        return None
    out = options.take_out_periods, record.shock_segments, record.weights
    return within_rep_links(record.values[k : k + 1], record.goal, *out)[0].correlation(options)


@dataclass(frozen=True)
class Break:
    """The break of a slope: indices of the first period after it, None with fewer than 2 × ``MIN_PERIODS`` periods.

    Attributes
    ----------
    clearest : by the change over the error that reps as clusters give it, which ``p`` goes by.
    largest : by the squares it explains. In simulated teams of 50 reps half as far from the planted date as the other.
    p : p of so clear a change at any date.
    """

    clearest: int | None
    largest: int | None
    p: float


def find_break(x: np.ndarray, y: np.ndarray, options: EvidenceOptions) -> Break:
    """Find the period from which the slope of y on x differs most from before, and its p value.

    Parameters
    ----------
    x, y : (reps, periods) residuals, 0 where absent.

    Notes
    -----
    p by giving each rep's scores a random sign, ``options.draws`` times (Rademacher, clustered by rep).
    """
    periods = x.shape[1]
    first = max(MIN_PERIODS, int(np.ceil(TRIM * periods)))
    places = np.arange(first, periods - first + 1)
    xx = float(np.sum(x * x))
    if not len(places) or xx == 0:
        return Break(None, None, np.nan)
    after = np.arange(periods) >= places[:, None]
    scores = x * (y - x * (np.sum(x * y) / xx))
    share = (x * x).sum(axis=0) @ after.T / xx
    by_rep = scores @ after.T - scores.sum(axis=1, keepdims=True) * share
    signs = np.random.default_rng(options.seed).integers(0, 2, (options.draws, len(x))) * 2.0 - 1
    scale = np.sqrt(np.sum(by_rep**2, axis=0))
    usable = scale > 0
    if not usable.any():
        return Break(None, None, np.nan)
    observed = np.abs(by_rep.sum(axis=0))[usable] / scale[usable]
    drawn = np.abs(signs @ by_rep[:, usable]) / scale[usable]
    few = int(np.count_nonzero(np.any(by_rep, axis=1)))
    drawn *= few / max(few - 1, 1)  # residuals are smaller than errors, by what each rep pulled the fit towards itself
    p = (1 + np.sum(drawn.max(axis=1) >= observed.max())) / (1 + options.draws)
    explained = np.abs(by_rep.sum(axis=0))[usable] / np.sqrt(np.maximum(share * (1 - share), 1e-12))[usable]
    return Break(int(places[usable][np.argmax(observed)]), int(places[usable][np.argmax(explained)]), float(p))


def _links_by_period(
    periods: np.ndarray, x: np.ndarray, y: np.ndarray, present: np.ndarray, confidence: float
) -> tuple:
    """Return Pearson across reps of residuals (reps, periods) in each period, with a jackknife-t interval."""
    n = present.sum(axis=0)
    a, b = ((v - v.sum(axis=0) / np.maximum(n, 1)) * present for v in (x, y))
    sums = np.stack([a * b, a * a, b * b])
    totals = sums.sum(axis=1)
    left = totals[:, None] - sums * n / np.maximum(n - 1, 1)
    r, without = (_correlation_from_sums(*part) for part in (totals, left))
    z, z_without = fisher_z(r, n), np.where(present, fisher_z(without, np.maximum(n - 1, 3)), 0.0)
    centred = (z_without - z_without.sum(axis=0) / np.maximum(n, 1)) * present
    error = np.sqrt(np.maximum(n - 1, 0) / np.maximum(n, 1) * np.sum(centred**2, axis=0))
    reach = np.where(n >= MIN_REPS, stats.t.ppf((1 + confidence) / 2, np.maximum(n - 1, 1)) * error, np.nan)
    method = f"pearson across reps in one period, less each rep's own level; {JACKKNIFE} on atanh"
    low, high = np.tanh(z - reach), np.tanh(z + reach)
    return tuple(
        PeriodLink(period, Correlation(float(r[t]), float(low[t]), float(high[t]), int(n[t]), int(n[t]), method,
                                       "" if np.isfinite(reach[t]) else "too few reps"))
        for t, period in enumerate(periods)
    )  # fmt: skip


def _correlation_from_sums(xy: np.ndarray, xx: np.ndarray, yy: np.ndarray) -> np.ndarray:
    varies = (xx > 0) & (yy > 0)
    return np.divide(xy, np.sqrt(np.where(varies, xx * yy, 1)), out=np.full(xy.shape, np.nan), where=varies)
