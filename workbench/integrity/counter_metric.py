"""Pair a gameable KPI with the rate of the next step, which empty activity lowers, and measure what the pair does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from workbench.data.model.panel import BUILT_IN, MeasureInfo, Panel
from workbench.data.model.row_overlap import find_overlap
from workbench.design.goal_overlap import find_goal_overlap
from workbench.design.measure_meaning import is_failure, is_target
from workbench.design.model import Design, Kpi
from workbench.formula.formula import parse_formula, quote_name
from workbench.integrity.empty_activity import find_paying_tallies, is_tally, median_shift, shift_ranks
from workbench.scoring.better_side import goal_sign
from workbench.scoring.correlation import Correlation, correlate
from workbench.scoring.defaults import FIRST_PERCENTILE, target_from_history
from workbench.scoring.history import score_history
from workbench.scoring.targets import kpi_target_history
from workbench.scoring.values import goal_as_kpi, rep_values

PART = 0.5
"""Share of the KPI's weight that goes to the rate."""
ALWAYS = 0.9  # share of rep-periods in which a step holds no more than the one before it
SPARSE = 0.2  # share of rep-periods with any, below which a rate is mostly 0
SAME_ROWS = 0.99

Unpaired = Literal["no_goal", "nothing_counted", "no_next_step"]


@dataclass(frozen=True)
class PairEffect:
    """Places won by half as much empty activity again, medians over reps: with the KPI alone, and with the pair."""

    places: float
    places_paired: float
    rank: float
    rank_after: float
    rank_after_paired: float


@dataclass(frozen=True)
class CounterMetric:
    """A rate to stand beside a KPI.

    Attributes
    ----------
    beside : the KPI's name. kpi : the rate with target and weight, to be added; the one the design has if ``present``.
    activity, next_step : what the rate divides, and by what.
    link : of the rate with the goal over reps. contains_goal : whether that follows from shared rows.
    design : the design with the pair, the KPI's weight shared between the two. effect : what the pair does.
    lacking : why there is none; then all else is None.
    """

    beside: str
    kpi: Kpi | None = None
    activity: str | None = None
    next_step: str | None = None
    link: Correlation | None = None
    contains_goal: bool = False
    present: bool = False
    design: Design | None = None
    effect: PairEffect | None = None
    lacking: Unpaired | None = None


@dataclass(frozen=True)
class _Candidate:
    kpi: Kpi
    activity: str
    next_step: str
    link: Correlation
    contains_goal: bool
    same_rows: bool


def suggest_counter_metric(panel: Panel, design: Design, kpi_index: int, part: float = PART) -> CounterMetric:
    """Suggest the rate of the next step to stand beside the ``kpi_index``-th KPI.

    Parameters
    ----------
    part : share of the KPI's weight that the rate takes over.

    Notes
    -----
    The next step is a count that is below the activity in nearly every rep-period, not counted on all of the same rows,
    and whose rate goes with the goal over reps. First those that are some of the activity's own rows, then those that
    are not the goal's rows, then the closest link.
    """
    kpi = design.kpis[kpi_index]
    if design.goal is None:
        return CounterMetric(kpi.name, lacking="no_goal")
    activities = find_paying_tallies(panel, design, kpi)
    if not activities:
        return CounterMetric(kpi.name, lacking="nothing_counted")
    candidates = [one for name in activities for one in _candidates(panel, design, name, activities)]
    if not candidates:
        return CounterMetric(kpi.name, lacking="no_next_step")
    best = max(candidates, key=lambda one: (one.same_rows, not one.contains_goal, one.link.rho))
    there = _find_present(design, best.kpi)
    paired, rate = _pair(panel, design, kpi_index, best.kpi, part) if there is None else (design, there)
    return CounterMetric(
        kpi.name, rate, best.activity, best.next_step, best.link, best.contains_goal, there is not None, paired,
        _measure_effect(panel, design, paired, activities),
    )  # fmt: skip


def _candidates(panel: Panel, design: Design, activity: str, activities: tuple[str, ...]) -> Iterator[_Candidate]:
    for info in panel.measures:
        if info.name in activities or not _is_next_step(panel, info, activity):
            continue
        overlap = find_overlap(panel.overlaps, info.name, activity)
        if overlap and overlap.share_of_other >= SAME_ROWS:
            continue
        kpi = _rate_of(panel, info, panel.info(activity))
        link = _link_with_goal(panel, design, kpi)
        if link.rho > 0:
            shared = find_goal_overlap(kpi, design.goal, panel)
            yield _Candidate(kpi, activity, info.name, link, shared.by_name or shared.built_in > 0, overlap is not None)


def _is_next_step(panel: Panel, info: MeasureInfo, activity: str) -> bool:
    frame = panel.frame
    if info.name in BUILT_IN or is_target(info) or is_failure(info) or not is_tally(info, frame):
        return False
    known = frame[[info.name, activity]].dropna()
    few, many = known[info.name], known[activity]
    return bool(len(known) and (few <= many).mean() >= ALWAYS and few.sum() < many.sum() and (few > 0).mean() >= SPARSE)


def _rate_of(panel: Panel, few: MeasureInfo, many: MeasureInfo) -> Kpi:
    said = f"{few.label or few.name} per {(many.label or many.name).lower()}".replace("_", " ")
    kpi = Kpi(
        name=said[0].upper() + said[1:], formula=f"{quote_name(few.name)} / {quote_name(many.name)}", role="lead",
        drives="goal", edge="believed",
    )  # fmt: skip
    past = kpi_target_history(panel, kpi)
    return kpi.model_copy(update=target_from_history(past.values, kpi, FIRST_PERCENTILE, past.rep_averages))


def _link_with_goal(panel: Panel, design: Design, kpi: Kpi) -> Correlation:
    found = rep_values(panel, [kpi, goal_as_kpi(design.required_goal)], "per_period")
    rate, goal = found.rates.T
    sign = goal_sign(design)
    return correlate(rate, sign * goal, np.arange(len(rate)))


def _find_present(design: Design, rate: Kpi) -> Kpi | None:
    wanted = parse_formula(rate.formula or "")
    tops = [top for top in design.kpis if top.formula]
    return next((top for top in tops if parse_formula(top.formula or "") == wanted), None)


def _pair(panel: Panel, design: Design, kpi_index: int, rate: Kpi, part: float) -> tuple[Design, Kpi]:
    """Return the design in which the rate takes a part of the KPI's weight, and the rate as it stands there."""
    beside, taken = design.kpis[kpi_index], {top.name for top in design.kpis}
    name = rate.name if rate.name not in taken else f"{rate.name} ({beside.name})"
    rate = rate.model_copy(update={"weight": beside.weight * part, "name": name})
    kpis = list(design.kpis)
    kpis[kpi_index] = beside.model_copy(update={"weight": beside.weight * (1 - part)})
    kpis.insert(kpi_index + 1, rate)
    return design.model_copy(update={"kpis": tuple(kpis)}), rate


def _measure_effect(panel: Panel, design: Design, paired: Design, activities: tuple[str, ...]) -> PairEffect:
    (rank, after, places), (_, after_paired, places_paired) = (
        median_shift(shift_ranks(panel, score_history(panel, each), activities)) for each in (design, paired)
    )
    return PairEffect(places, places_paired, rank, after, after_paired)
