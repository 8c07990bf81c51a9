"""How easily each KPI could be gamed: points an hour of box-ticking, ranks won by empty activity, what must be real."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from workbench.data.model.dataset import DataSet, Measure, Source
from workbench.data.model.panel import MeasureInfo, Panel
from workbench.design.measure_meaning import is_duration, is_success, is_value
from workbench.design.model import Design, Kpi
from workbench.formula.formula import parse_formula
from workbench.integrity.empty_activity import (
    RankShift,
    find_paying_tallies,
    median_shift,
    points_of_more,
    shift_ranks,
)
from workbench.scoring.history import History, score_history

UNITS = 10.0
WHOLE_ROWS = 0.99  # share of rows from which a measure is a part of another, or all of it

NotGameable = Literal["no_goal", "no_formula", "no_weight", "nothing_counted"]
"""Why nothing is to be won. ``nothing_counted``: no count in the KPI of which more would be better for it."""


@dataclass(frozen=True)
class Gameability:
    """How easily one KPI could be gamed.

    Attributes
    ----------
    kpi : its name. share : of the weight, 0 to 1.
    activities : counts in it of which more is better for it. easiest : the one that pays most each.
    points_per_ten : mean points of score that ten more of ``easiest`` bring in a rep-period, after caps, weights and
        what they do to other KPIs.
    minutes_each : as the design says, None if it does not. points_per_hour : points of score for an hour of it in a
        rep-period; None without ``minutes_each``.
    shifts : each rep's rank with half as much again of ``activities``, made up by that rep alone.
    rank, rank_after, places : medians over reps: before, after, and won.
    outcomes : measures that somebody else decides or that are of value, without which no point counts; empty: nothing
        must be real.
    lacking : why nothing is to be won, None where something is.
    """

    kpi: str
    share: float
    activities: tuple[str, ...] = ()
    easiest: str | None = None
    points_per_ten: float = 0.0
    minutes_each: float | None = None
    points_per_hour: float | None = None
    shifts: tuple[RankShift, ...] = ()
    rank: float = np.nan
    rank_after: float = np.nan
    places: float = np.nan
    outcomes: tuple[str, ...] = ()
    lacking: NotGameable | None = None

    @property
    def pays_for_nothing(self) -> bool:
        """Whether points count without anything that somebody else decides."""
        return self.lacking is None and not self.outcomes


def rate_gameability(panel: Panel, design: Design, dataset: DataSet | None = None) -> tuple[Gameability, ...]:
    """Return one finding per KPI, in the design's order.

    Parameters
    ----------
    dataset : the data set file, whose conditions say which counts are outcomes; without it, that all rows of a count
        are some of another's says so.
    """
    shares = design.shares()
    history = score_history(panel, design) if design.goal is not None else None
    return tuple(_rate(panel, history, kpi, shares[kpi.name], dataset) for kpi in design.kpis)


def _rate(panel: Panel, history: History | None, kpi: Kpi, share: float, dataset: DataSet | None) -> Gameability:
    if history is None:
        return Gameability(kpi.name, share, lacking="no_goal")
    if not any(leaf.formula for leaf in kpi.leaves()):
        return Gameability(kpi.name, share, lacking="no_formula")
    outcomes = find_outcomes(panel, kpi, dataset)
    activities = find_paying_tallies(panel, history.design, kpi)
    real = outcomes if set(activities) <= set(outcomes) else ()
    if not activities or not share:
        return Gameability(kpi.name, share, activities, minutes_each=kpi.minutes_each, outcomes=real,
                           lacking="no_weight" if activities else "nothing_counted")  # fmt: skip
    gains = {name: points_of_more(panel, history, name, UNITS) for name in activities}
    easiest = max(activities, key=lambda name: (np.nan_to_num(gains[name]), -activities.index(name)))
    hourly = points_of_more(panel, history, easiest, 60 / kpi.minutes_each) if kpi.minutes_each else None
    shifts = shift_ranks(panel, history, activities)
    return Gameability(
        kpi.name, share, activities, easiest, gains[easiest], kpi.minutes_each, hourly, shifts, *median_shift(shifts),
        real,
    )  # fmt: skip


def find_outcomes(panel: Panel, kpi: Kpi, dataset: DataSet | None = None) -> tuple[str, ...]:
    """List the measures of a KPI that are outcomes: of value, a success, or counted under a condition.

    A condition on the channel or the list says what kind of work it was, not that anything came of it.
    """
    texts = [leaf.formula for leaf in kpi.leaves() if leaf.formula]
    names = dict.fromkeys(name for text in texts for name in parse_formula(text, panel.measure_names).names)
    return tuple(name for name in names if _is_outcome(panel, panel.info(name), dataset))


def _is_outcome(panel: Panel, info: MeasureInfo, dataset: DataSet | None) -> bool:
    if is_success(info) or (is_value(info) and not is_duration(info)):
        return True
    if dataset is None:
        return _is_part_of_another(panel, info.name)
    return any(_has_condition(measure, source) for source in dataset.sources for measure in source.measures
               if measure.name == info.name)  # fmt: skip


def _has_condition(measure: Measure, source: Source) -> bool:
    if measure.where is None:
        return False
    roles = source.events
    kinds = {roles.channel, roles.list} if roles else set()
    return bool(set(parse_formula(measure.where).names) - kinds)


def _is_part_of_another(panel: Panel, name: str) -> bool:
    """Whether all rows of a count are some of the rows of another one."""
    found = [
        one if one.measure == name else one.swapped() for one in panel.overlaps if name in (one.measure, one.other)
    ]
    return any(one.share_of_measure >= WHOLE_ROWS > one.share_of_other for one in found)
