"""Whether a KPI stopped going with the goal once it became a target: slopes and months before and after the date."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from workbench.data.aggregate.coarsen import coarsen
from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.data.model.periods import ends_of_periods
from workbench.design.goal_overlap import find_goal_overlap
from workbench.design.model import Design, Kpi, Within
from workbench.integrity.slope_change import SOURCE, SlopeChange, dates_to_search, find_slope_changes
from workbench.scoring.better_side import goal_sign, kpi_sign
from workbench.scoring.history import HistoryLevel, kpi_series, score_history
from workbench.scoring.points import orient_larger_better

FEWEST_REPS, FEWEST_MONTHS = 6, 4
FEWEST_SEARCHED = 6  # months on each side of a date that was searched for
CHANCE = 0.05
NARROWED = 0.9  # of the KPI's spread across reps before, below which reps came together

Lacking = Literal[
    "no_goal", "contains_goal", "composite", "no_values", "no_spread", "few_reps", "few_before", "few_after"
]
"""Why there is no finding. ``few_before``, ``few_after``: months on that side of the date; of a search, in all."""


@dataclass(frozen=True)
class TargetDates:
    """From when to when the KPIs were targets (None: searched for, and still), and by which months they were chosen."""

    since: pd.Timestamp | None = None
    until: pd.Timestamp | None = None
    chosen_on: tuple[pd.Timestamp, ...] = ()


@dataclass(frozen=True)
class FlatMonths:
    """Months in which the team's KPI was better than its former mean and the goal was not better than its own.

    Attributes
    ----------
    n_after : months of the new regime. n_flat : those of them with the better KPI and no better goal.
    n_before, n_flat_before : the same in the months that the former means are of: what chance and season do.
    """

    n_after: int
    n_flat: int
    n_before: int
    n_flat_before: int


@dataclass(frozen=True)
class Decoupling:
    """Slopes of the goal on one KPI before and after it became a target.

    Attributes
    ----------
    kpi : its name. since : first period of the new regime, None without one. searched : whether the data chose it.
    changes : the slopes, one entry a kind; empty with ``lacking``. On points where the KPI is a band.
    sign : 1 where a rising slope is the better link, −1 where either the KPI or the goal is better when lower.
    months : "KPI rises, goal flat", None without a date.
    n_reps, n_before, n_after : reps, and months on both sides; of a search that found nothing to split, all before.
    lacking : why there are no slopes, None where there are.
    """

    kpi: str
    since: pd.Timestamp | None
    searched: bool
    changes: tuple[SlopeChange, ...] = ()
    sign: float = 1.0
    months: FlatMonths | None = None
    n_reps: int = 0
    n_before: int = 0
    n_after: int = 0
    lacking: Lacking | None = None
    source: str = SOURCE

    @property
    def contains_goal(self) -> bool:
        """Whether the KPI holds the goal's rows: then it goes with the goal by construction, and nothing is tested."""
        return self.lacking == "contains_goal"

    @property
    def clearest(self) -> SlopeChange | None:
        """The slope with the clearest change, whichever way."""
        return min(self.changes, key=lambda one: one.p, default=None)

    @property
    def fall(self) -> SlopeChange | None:
        """The clearest slope that was a link before, beyond chance, and fell beyond chance; None: not decoupled.

        A slope across reps also falls where a target only brought reps together who sold more for other reasons; it
        counts where the KPI's spread did not narrow.
        """
        fell = [
            one for one in self.changes
            if one.p <= CHANCE and self.sign * one.difference < 0
            and min(self.sign * one.before.low, self.sign * one.before.high) > 0
            and (one.kind == "within" or one.after.spread >= NARROWED * one.before.spread)
        ]  # fmt: skip
        return min(fell, key=lambda one: one.p, default=None)


def find_decoupling(
    panel: Panel, design: Design, kpi_index: int, since: pd.Timestamp | None = None, *,
    until: pd.Timestamp | None = None, chosen_on: Collection[pd.Timestamp] = (), confidence: float = 0.95,
) -> Decoupling:  # fmt: skip
    """Return whether the ``kpi_index``-th KPI stopped going with the goal.

    Parameters
    ----------
    since : the day from which the KPI was a target; by default that of its first dated target after the first period,
        else the date is searched for, which p and interval pay for. A period that it cuts in two is left out.
    until : the day from which it was no target any more.
    chosen_on : periods by whose data the KPI was chosen, left out: a link that was picked for its size falls by itself.

    Notes
    -----
    By month where the panel is finer; partial periods are left out. Slopes, not correlations, which fall by themselves
    when a target narrows the spread. A KPI that measures the wanted thing with noise (not the counted thing itself)
    still has a flatter slope where its spread is narrowed: ``Slope.spread`` says by how much it was.
    """
    kpi = design.kpis[kpi_index]
    lacking = _cannot_be_read(panel, design, kpi)
    if lacking:
        return Decoupling(kpi.name, since, False, lacking=lacking)
    months = _select_months(_read_months(panel, design, kpi), until, chosen_on)
    since = since or _first_target_day(kpi, months.starts)
    searched = since is None
    if since is not None:
        months, place = _without_cut_month(months, since)
        places: tuple[int, ...] = (place,)
    else:
        place, places = len(months.starts), dates_to_search(len(months.starts), FEWEST_SEARCHED)
    found = Decoupling(kpi.name, since, searched, (), months.sign, None, months.n_reps, place,
                       len(months.starts) - place)  # fmt: skip
    lacking = _not_enough(months, found)
    if lacking:
        return replace(found, lacking=lacking)
    changes = find_slope_changes(months.kpi, months.goal, places, months.weights, confidence)
    if not changes:
        return replace(found, lacking="no_spread")
    at = changes[0].place
    return replace(
        found, since=since or months.starts[at], changes=changes, months=_count_flat_months(months, at), n_before=at,
        n_after=len(months.starts) - at,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Months:
    """One KPI and the goal by rep and month: ``kpi``, ``goal``, ``weights`` (reps, months); the team's (months,).

    ``starts``, ``ends`` : first and last day of each month. ``partial`` : months that the data cover in part.
    """

    kpi: np.ndarray
    goal: np.ndarray
    weights: np.ndarray | None
    team_kpi: np.ndarray
    team_goal: np.ndarray
    starts: pd.DatetimeIndex
    ends: pd.DatetimeIndex
    partial: tuple[pd.Timestamp, ...]
    kpi_sign: float
    goal_sign: float

    @property
    def sign(self) -> float:
        return self.kpi_sign * self.goal_sign

    @property
    def n_reps(self) -> int:
        """Reps with at least two months of both."""
        return int((np.isfinite(self.kpi + self.goal).sum(axis=1) >= 2).sum())

    def only(self, kept: np.ndarray) -> _Months:
        """Select months."""
        weights = None if self.weights is None else self.weights[:, kept]
        return replace(
            self, kpi=self.kpi[:, kept], goal=self.goal[:, kept], weights=weights, team_kpi=self.team_kpi[kept],
            team_goal=self.team_goal[kept], starts=self.starts[kept], ends=self.ends[kept],
        )  # fmt: skip


def _cannot_be_read(panel: Panel, design: Design, kpi: Kpi) -> Lacking | None:
    if design.goal is None:
        return "no_goal"
    if kpi.kpis:
        return "composite"
    overlap = find_goal_overlap(kpi, design.goal, panel)
    return "contains_goal" if overlap.by_name or overlap.built_in > 0 else None


def _read_months(panel: Panel, design: Design, kpi: Kpi) -> _Months:
    panel = coarsen(panel, "month")
    alone = design.model_copy(update={"kpis": (kpi,)})
    history = score_history(panel, alone)
    rows, team = history.rep_periods, history.team
    reps, at_rep = np.unique(rows.keys[REP], return_inverse=True)
    starts, at_month = np.unique(rows.keys[PERIOD], return_inverse=True)
    direction, share = alone.required_goal.direction, rows.share_worked

    def grid(values: np.ndarray) -> np.ndarray:
        laid_out = np.full((len(reps), len(starts)), np.nan)
        laid_out[at_rep, at_month] = values
        return laid_out

    def goal_of(level: HistoryLevel) -> np.ndarray:
        value = level.goal_rate
        return orient_larger_better(value, direction) if isinstance(direction, Within) else value

    weights = None if share is None else np.nan_to_num(grid(share), nan=0.0)
    return _Months(
        grid(kpi_series(rows, alone, 0)), grid(goal_of(rows)), weights, kpi_series(team, alone, 0), goal_of(team),
        pd.DatetimeIndex(starts), pd.DatetimeIndex(ends_of_periods(pd.Series(starts), panel.grain)), panel.partial,
        kpi_sign(kpi), goal_sign(design),
    )  # fmt: skip


def _select_months(months: _Months, until: pd.Timestamp | None, chosen_on: Collection[pd.Timestamp]) -> _Months:
    """Leave out partial months, those by which the KPI was chosen, and those in which it is no target any more."""
    out = months.starts.isin(pd.to_datetime(list(chosen_on))) | months.starts.isin(list(months.partial))
    if until is not None:
        out |= months.ends >= until
    return months.only(~np.asarray(out))


def _first_target_day(kpi: Kpi, starts: pd.DatetimeIndex) -> pd.Timestamp | None:
    """Return the day of the first dated target that begins after the first month and not after the last."""
    if not isinstance(kpi.target, tuple) or not len(starts):
        return None
    days = sorted(pd.Timestamp(step.date) for step in kpi.target)
    return next((day for day in days if starts[0] < day <= starts[-1]), None)


def _without_cut_month(months: _Months, since: pd.Timestamp) -> tuple[_Months, int]:
    """Leave out the month that a day lies within; also return the place of the first month from that day on."""
    whole = months.only(np.asarray((months.ends < since) | (months.starts >= since)))
    return whole, int((whole.starts < since).sum())


def _not_enough(months: _Months, found: Decoupling) -> Lacking | None:
    if not np.isfinite(months.kpi + months.goal).any():
        return "no_values"
    if months.n_reps < FEWEST_REPS:
        return "few_reps"
    if found.searched:
        return None if found.n_before >= 2 * FEWEST_SEARCHED else "few_before"
    if found.n_before < FEWEST_MONTHS:
        return "few_before"
    return "few_after" if found.n_after < FEWEST_MONTHS else None


def _count_flat_months(months: _Months, place: int) -> FlatMonths:
    kpi, goal = months.team_kpi * months.kpi_sign, months.team_goal * months.goal_sign
    known = np.isfinite(kpi) & np.isfinite(goal)
    before = known & (np.arange(len(kpi)) < place)
    if not before.any():
        return FlatMonths(int(known[place:].sum()), 0, 0, 0)
    flat = known & (kpi > kpi[before].mean()) & (goal <= goal[before].mean())
    return FlatMonths(int(known[place:].sum()), int(flat[place:].sum()), int(before.sum()), int(flat[:place].sum()))
