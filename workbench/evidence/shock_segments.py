"""Choose the segments whose shocks are taken out, by the clearest effects of segments and periods in the goal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from scipy import stats
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from workbench.evidence.record import Record
from workbench.scoring.fixed_effects import Residuals, remove_levels

SMALLEST_SEGMENT = 3  # reps
SHOCKS_SHOWN = 0.1  # p of segment × period effects in the goal up to which they are taken out


def with_shock_segments(record: Record) -> Record:
    """Set the roster attribute with the clearest shocks of its own as shock segments; unchanged without any."""
    if record.shock_segments is not None:
        return record
    codes = find_clearest_segments(record.segments, record.goal)
    partial = record.with_partial and replace(record.with_partial, shock_segments=codes)
    return replace(record, shock_segments=codes, with_partial=partial)


def find_clearest_segments(segments: Mapping[str, np.ndarray], goal: np.ndarray) -> np.ndarray | None:
    """Return (reps,) codes of the attribute with the clearest segment × period effects in the goal (reps, periods).

    The choice looks at the goal alone, never at its link with a KPI. None when no attribute has two segments of
    ``SMALLEST_SEGMENT`` reps, or none shows shocks (``SHOCKS_SHOWN``): what the goal does not share by segment cannot
    make a link, and taking it out all the same would cost up to a fifth of the evidence.
    """
    pooled = [pool_small_segments(labels) for labels in segments.values()]
    usable = [codes for codes in pooled if codes is not None]
    present = np.isfinite(goal)
    whole = remove_levels(goal[None], present)
    log_p = [_log_p(whole, remove_levels(goal[None], present, True, codes), codes) for codes in usable]
    return usable[int(np.argmin(log_p))] if usable and min(log_p) <= np.log(SHOCKS_SHOWN) else None


def pool_small_segments(labels: np.ndarray) -> np.ndarray | None:
    """Return (reps,) codes with segments under ``SMALLEST_SEGMENT`` reps pooled; None if only one is left."""
    codes = np.unique(labels.astype(str), return_inverse=True)[1] + 1
    size = np.bincount(codes)
    codes = np.where((size[codes] < SMALLEST_SEGMENT) | (labels == ""), 0, codes)
    size = np.bincount(codes)
    if 0 < size[0] < SMALLEST_SEGMENT and (size[1:] > 0).any():
        codes = np.where(codes == 0, 1 + np.argmin(np.where(size[1:] > 0, size[1:], np.inf)), codes)
    return codes if len(set(codes)) > 1 else None


def _log_p(whole: Residuals, within: Residuals, codes: np.ndarray) -> float:
    """Return log p of the F test of segment × period effects."""
    rss, rss_within = (float(np.sum(r.values**2)) for r in (whole, within))
    every, by_segment = (_count_effects(whole.present, groups) for groups in (np.zeros_like(codes), codes))
    more, left = by_segment - every, int(whole.present.sum()) - by_segment
    if more < 1 or left < 1 or rss_within <= 0:
        return 0.0
    return float(stats.f.logsf((rss - rss_within) / more / (rss_within / left), more, left))


def _count_effects(present: np.ndarray, groups: np.ndarray) -> int:
    """Return how many rep and group × period effects are free: all of them less one for each connected part."""
    reps, periods = np.nonzero(present)
    _, rep = np.unique(reps, return_inverse=True)
    _, level = np.unique(groups[reps] * present.shape[1] + periods, return_inverse=True)
    n_reps = rep.max(initial=-1) + 1
    nodes = n_reps + level.max(initial=-1) + 1
    cells = coo_array((np.ones(len(rep)), (rep, n_reps + level)), shape=(nodes, nodes))
    return int(nodes - connected_components(cells, directed=False)[0])
