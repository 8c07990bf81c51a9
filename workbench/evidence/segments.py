"""Compute the link within each segment of the team."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from workbench.evidence.jackknife import classify_link
from workbench.evidence.record import EvidenceOptions, Record
from workbench.scoring.correlation import Correlation
from workbench.scoring.jackknife import fisher_z
from workbench.scoring.within_reps import WithinRepLink, within_rep_links


@dataclass(frozen=True)
class SegmentLink:
    """The link within reps among the reps of one segment."""

    attribute: str
    segment: str
    link: Correlation


@dataclass(frozen=True)
class Segments:
    """The link of one KPI by segment.

    Attributes
    ----------
    links : each segment of each attribute with at least two reps.
    p_differ : by attribute, the chance of links so different, had all its segments the same.
    works_in : segments where the link is beyond chance, all segments looked at counted (Bonferroni).
    not_for : segments whose interval excludes a link that would matter, where the attribute's segments differ beyond
        chance and another of them works.
    """

    links: tuple[SegmentLink, ...]
    p_differ: dict[str, float]
    works_in: tuple[SegmentLink, ...]
    not_for: tuple[SegmentLink, ...]


def links_by_segment(record: Record, options: EvidenceOptions) -> tuple[Segments, ...]:
    """Return one finding per KPI, in the order of the record."""
    found = []
    for attribute, segments in record.segments.items():
        for segment in sorted(set(segments) - {""}):
            members = segments == segment
            if members.sum() >= 2 and not members.all():
                pair = record.values[:, members], record.goal[members]
                shocks = None if record.shock_segments is None else record.shock_segments[members]
                weights = None if record.weights is None else record.weights[members]
                links = within_rep_links(*pair, options.take_out_periods, shocks, weights)
                found.append((attribute, segment, links))
    return tuple(_segments([(a, s, every[k]) for a, s, every in found], options) for k in range(len(record.kpis)))


def _segments(found: list[tuple[str, str, WithinRepLink]], options: EvidenceOptions) -> Segments:
    shown = tuple(SegmentLink(a, s, link.correlation(options)) for a, s, link in found)
    p_differ = {a: _welch_p([link for b, _, link in found if a == b]) for a in dict.fromkeys(a for a, _, _ in found)}
    strict = replace(options, confidence=1 - (1 - options.confidence) / max(len(found), 1))
    works = tuple(
        s for s, (_, _, link) in zip(shown, found, strict=True)
        if classify_link(link.correlation(strict), options.smallest) == "yes"
    )  # fmt: skip
    uneven = {s.attribute for s in works if p_differ[s.attribute] <= 1 - options.confidence}
    not_for = tuple(s for s in shown if s.attribute in uneven and s.link.high < options.smallest)
    return Segments(shown, p_differ, works, not_for)


def _welch_p(chosen: list[WithinRepLink]) -> float:
    """Return p of Welch's one-way test on z with jackknife variances; NaN with fewer than two usable segments."""
    z, variance, n = [], [], []
    for link in chosen:
        without = fisher_z(link.r_without[link.carriers], link.n_pairs)
        if len(without) >= 4 and np.isfinite(without).all() and np.ptp(without) > 0:
            z.append(fisher_z(link.r, link.n_pairs))
            variance.append((len(without) - 1) ** 2 / len(without) * np.var(without, ddof=1))
            n.append(len(without))
    if len(z) < 2:
        return np.nan
    w, k = 1 / np.array(variance), len(z)
    mean = np.sum(w * z) / w.sum()
    imbalance = np.sum((1 - w / w.sum()) ** 2 / (np.array(n) - 1))
    f = np.sum(w * (np.array(z) - mean) ** 2) / (k - 1) / (1 + 2 * (k - 2) / (k**2 - 1) * imbalance)
    return float(stats.f.sf(f, k - 1, (k**2 - 1) / (3 * imbalance)))
