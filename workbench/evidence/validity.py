"""Check the link of a KPI with the goal: across reps, within reps, next period, and within segments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from workbench.evidence.e_value import EValues, compute_e_values
from workbench.evidence.jackknife import YesNoUnclear, classify_link
from workbench.evidence.record import EvidenceOptions, Record
from workbench.scoring.correlation import Correlation, correlate, jackknife_correlation
from workbench.scoring.fixed_effects import remove_period_means
from workbench.scoring.within_reps import within_rep_links

NAME = "validity"
OWN_LEVEL = "rep"
SOURCE = "Repeated-measures correlation (Bland & Altman 1995); delete-one-group jackknife (Efron & Tibshirani 1993, 11)"
Pattern = Literal["lever", "trait", "both", "none", "no_lever", "at_least_trait", "unclear"]


@dataclass(frozen=True)
class Reversal:
    """Across all reps the link has one sign, inside groups of the data the other; both beyond chance (Simpson 1951).

    Attributes
    ----------
    attribute : what makes the groups, a roster attribute or ``OWN_LEVEL`` (each rep's periods are a group).
    pooled : across all reps. within_segments : across reps of the same segment, or within reps.
    """

    attribute: str
    pooled: Correlation
    within_segments: Correlation


@dataclass(frozen=True)
class Validity:
    """The links of one KPI with the goal.

    ``pattern``: lever (within reps), trait (only across reps), both, none; no_lever and at_least_trait where the other
    of the two readings is unclear; else unclear.

    ``holds_goal``: the KPI is the goal in another dress, so it agrees by construction.

    ``vanished``: groups of reps within which a link across all reps is gone. ``hidden_across``, ``hidden_within``: how
    strong a hidden cause of the link across reps, and within reps and periods, would have to be.

    ``as_counted``: the link within reps and periods had all rep-periods counted as whole; None where all do.
    """

    across_reps: Correlation
    within_reps: Correlation
    within_reps_and_periods: Correlation
    rep_periods: Correlation
    next_period: Correlation
    pattern: Pattern
    reversals: tuple[Reversal, ...]
    holds_goal: bool
    vanished: tuple[Reversal, ...]
    hidden_across: EValues
    hidden_within: EValues
    as_counted: Correlation | None = None
    source: str = SOURCE


def check(record: Record, options: EvidenceOptions) -> tuple[Validity, ...]:
    """Return one finding per KPI, in the order of the record."""
    both = within_rep_links(record.values, record.goal, True, record.shock_segments, record.weights)
    rep_only = within_rep_links(record.values, record.goal, False, weights=record.weights)
    plain = EvidenceOptions(confidence=options.confidence, take_out_periods=False)
    full = EvidenceOptions(confidence=options.confidence)
    every, found = np.arange(record.n_reps), []
    counted = record.as_counted and within_rep_links(
        record.as_counted.values, record.as_counted.goal, options.take_out_periods
    )
    for k in range(len(record.kpis)):
        across = correlate(record.rep_values[k], record.rep_goal, every, confidence=options.confidence)
        within, within_both = rep_only[k].correlation(plain), both[k].correlation(full)
        lever = within_both if options.take_out_periods else within
        groups = _within_groups(record, k, across, lever, options)
        found.append(Validity(
            across_reps=across, within_reps=within, within_reps_and_periods=within_both,
            rep_periods=_pooled_link(record, k, 0, options), next_period=_pooled_link(record, k, 1, options),
            pattern=_pattern(classify_link(across, options.smallest), classify_link(lever, options.smallest)),
            reversals=tuple(group for group in groups if is_reversed_within(group)), holds_goal=record.holds_goal[k],
            vanished=tuple(g for g in groups if g.attribute != OWN_LEVEL and is_vanished_within(g)),
            hidden_across=compute_e_values(across), hidden_within=compute_e_values(lever),
            as_counted=counted[k].correlation(options) if counted else None,
        ))  # fmt: skip
    return tuple(found)


def _pattern(across: YesNoUnclear, within: YesNoUnclear) -> Pattern:
    if within == "yes":
        return "both" if across == "yes" else "lever"
    return _WITHOUT_LEVER.get((across, within), "unclear")


_WITHOUT_LEVER: dict[tuple[YesNoUnclear, YesNoUnclear], Pattern] = {
    ("yes", "no"): "trait",
    ("no", "no"): "none",
    ("unclear", "no"): "no_lever",
    ("yes", "unclear"): "at_least_trait",
}


def _pooled_link(record: Record, k: int, ahead: int, options: EvidenceOptions) -> Correlation:
    """Return Spearman over rep-periods of the KPI with the goal ``ahead`` periods later."""
    last = record.n_periods - ahead
    x, y = record.values[k, :, :last], record.goal[:, ahead:]
    present, note = np.isfinite(x) & np.isfinite(y), ""
    if options.take_out_periods:
        (x, y), note = remove_period_means(np.stack([x, y]), present), "less each period's mean"
    reps = np.broadcast_to(np.arange(record.n_reps)[:, None], x.shape)
    return correlate(x[present], y[present], reps[present], confidence=options.confidence, note=note)


def _within_groups(
    record: Record, k: int, pooled: Correlation, own: Correlation, options: EvidenceOptions
) -> tuple[Reversal, ...]:
    inside = {OWN_LEVEL: own} | {
        attribute: across_within_segments(record.rep_values[k], record.rep_goal, segments, options.confidence)
        for attribute, segments in record.segments.items()
    }
    return tuple(Reversal(attribute, pooled, link) for attribute, link in inside.items())


def is_vanished_within(found: Reversal) -> bool:
    """Whether a link across all reps is beyond chance, and within groups none is and one as large is excluded."""
    pooled, inside = found.pooled, found.within_segments
    return (
        pooled.low * pooled.high > 0 and inside.low <= 0 <= inside.high and not inside.low <= pooled.rho <= inside.high
    )


def is_reversed_within(found: Reversal) -> bool:
    """Whether links have opposite signs, both beyond chance."""
    pooled, inside = found.pooled, found.within_segments
    beyond_chance = pooled.low * pooled.high > 0 and inside.low * inside.high > 0
    return beyond_chance and pooled.rho * inside.rho < 0


def across_within_segments(x: np.ndarray, y: np.ndarray, segments: np.ndarray, confidence: float) -> Correlation:
    """Return the correlation across reps of the same segment: pearson of midranks less their segment's mean.

    Leaving a rep out also moves its segment's mean, hence the factor n_s ÷ (n_s − 1) on what it takes along.
    """
    known = np.isfinite(x) & np.isfinite(y)
    codes = np.unique(segments[known], return_inverse=True)[1]
    size = np.bincount(codes)[codes]
    ranks = np.stack([stats.rankdata(x[known]), stats.rankdata(y[known])])
    a, b = ranks - np.stack([np.bincount(codes, weights=row) for row in ranks])[:, codes] / size
    kept = size > 1
    sums = np.stack([a * b, a * a, b * b])[:, kept]
    totals = sums.sum(axis=1)
    xy, xx, yy = totals[:, None] - sums * size[kept] / (size[kept] - 1)
    r = totals[0] / np.sqrt(totals[1] * totals[2]) if totals[1] * totals[2] > 0 else np.nan
    without = np.divide(xy, np.sqrt(np.maximum(xx * yy, 0)), out=np.full_like(xy, np.nan), where=xx * yy > 1e-12)
    return jackknife_correlation(r, without, int(kept.sum()), "spearman ranks less each segment's mean", confidence)
