"""Score a design on a panel: values, points and scores per rep-period, per rep and per period of the team."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.data.model.periods import period_number
from workbench.design.model import Design, Direction, Kpi, Within
from workbench.design.named_goal import with_goal_named
from workbench.errors import Examples, InputError, Issue, Where
from workbench.problems import nearest
from workbench.scoring.days_worked import with_share_worked
from workbench.scoring.points import Reference, points_from_value, reaches, references
from workbench.scoring.rows import Rows
from workbench.scoring.scorecard import composite_points, scores_from_points
from workbench.scoring.values import Values, goal_as_kpi, rep_period_values, rep_values, team_values


@dataclass(frozen=True, eq=False)
class HistoryLevel:
    """One level of a history: its rows are rep-periods, reps, or periods of the team.

    Attributes
    ----------
    keys : columns ``rep``, ``period`` or both, one row per row of the arrays.
    values, targets, leaf_points : (rows, formulas) of the formulas at the bottom of the KPIs, in the design's order.
    points : (rows, KPIs) of the KPIs at the top. score : (rows,).
    goal, goal_target : (rows,) in the goal's unit; per rep at the team level too.
    worked, goal_worked : (rows, formulas) and (rows,) as ``Values.worked``: in a rep-period cut by joining, leaving or
        vacation, values are as counted and targets are those for the days worked.
    spans, goal_span : (rows, formulas) and (rows,) how many periods a value covers: more than 1 for totals.
    """

    keys: pd.DataFrame
    values: np.ndarray
    targets: np.ndarray
    leaf_points: np.ndarray
    points: np.ndarray
    score: np.ndarray
    goal: np.ndarray
    goal_target: np.ndarray
    worked: np.ndarray
    goal_worked: np.ndarray
    spans: np.ndarray
    goal_span: np.ndarray

    @property
    def rates(self) -> np.ndarray:
        """(rows, formulas) values per whole period worked, which is what rows are compared by."""
        return self.values / self.worked

    @property
    def goal_rate(self) -> np.ndarray:
        """(rows,) the goal per whole period worked."""
        return self.goal / self.goal_worked

    @property
    def share_worked(self) -> np.ndarray | None:
        """(rows,) share of the days worked, as far as counts or sums tell; None where every row is whole."""
        least = np.min(np.column_stack([self.worked, self.goal_worked]), axis=1)
        return least if (least < 1).any() else None

    @property
    def judged(self) -> np.ndarray:
        """(rows,) whether enough days were worked for a score."""
        return np.isfinite(self.goal_worked)

    def __len__(self) -> int:
        return len(self.keys)

    def where(self, mask: np.ndarray) -> HistoryLevel:
        """Select rows, without computing anything anew."""
        arrays = {name: value[mask] for name, value in vars(self).items() if name != "keys"}
        return HistoryLevel(self.keys[mask].reset_index(drop=True), **arrays)


@dataclass(frozen=True, eq=False)
class History:
    """A design scored on a panel, at three levels.

    ``rows`` says which rep (its row among ``reps``) and period each of ``rep_periods`` is.
    """

    design: Design
    rep_periods: HistoryLevel
    reps: HistoryLevel
    team: HistoryLevel
    rows: Rows
    references: tuple[Reference, ...]

    def only(self, reps: Collection[str]) -> History:
        """Select reps, whose points do not change. The team level stays that of the whole team."""
        rows, kept = self.rep_periods.keys[REP].isin(reps).to_numpy(), self.reps.keys[REP].isin(reps).to_numpy()
        chosen = Rows((np.cumsum(kept) - 1)[self.rows.reps[rows]], self.rows.periods[rows])
        return replace(self, rep_periods=self.rep_periods.where(rows), reps=self.reps.where(kept), rows=chosen)

    def weighted(self, weights: Collection[float]) -> History:
        """Return the history under other weights of the top KPIs, in the design's order."""
        kpis = tuple(k.model_copy(update={"weight": float(w)}) for k, w in zip(self.design.kpis, weights, strict=True))
        design = self.design.model_copy(update={"kpis": kpis})
        levels = (self.rep_periods, self.reps, self.team)
        rescored = [replace(level, score=_score(level.points, design, level.judged)) for level in levels]
        return replace(self, design=design, rep_periods=rescored[0], reps=rescored[1], team=rescored[2])


def score_history(panel: Panel, design: Design, reference: Panel | None = None) -> History:
    """Score a design on a panel; in the history its goal has the name and unit that people know.

    Parameters
    ----------
    reference : the panel that percentile and z-score points are frozen against (restricted to ``scoring.window``),
        and whose periods a target over totals covers; default ``panel`` itself. Give the whole panel here when
        ``panel`` is a part of it.

    Raises
    ------
    InputError
        No goal, no rep-periods, unknown measures.
    """
    _check_scorable(panel, design)
    design = with_goal_named(design, panel)
    leaves, whole = formula_kpis(design), with_share_worked(reference or panel)
    panel = whole if reference is None or reference is panel else with_share_worked(panel, reference)
    frozen = references(_reference_values(rep_period_values(whole, leaves), design), leaves)
    n_periods = whole.frame[PERIOD].nunique()
    everything = (*leaves, goal_as_kpi(design.required_goal))
    return History(
        design,
        _score_level(rep_period_values(panel, everything), design, frozen),
        _score_level(rep_values(panel, everything, design.scoring.basis, n_periods), design, frozen),
        _score_level(team_values(panel, everything), design, frozen),
        Rows(np.unique(panel.frame[REP], return_inverse=True)[1], period_number(panel.frame[PERIOD], panel.grain)),
        frozen,
    )


def formula_kpis(design: Design) -> tuple[Kpi, ...]:
    """List the KPIs with formulas, nested ones included, in order."""
    return tuple(leaf for kpi in design.kpis for leaf in kpi.leaves())


def formula_position(design: Design, k: int) -> int:
    """Return the index, in ``formula_kpis``, of the first formula of the k-th top KPI."""
    return sum(len(list(before.leaves())) for before in design.kpis[:k])


def kpi_series(level: HistoryLevel, design: Design, k: int) -> np.ndarray:
    """Return (rows,) the series of the k-th KPI for agreement: its raw value, per whole period where some are cut; the
    points of a composite or of a band.
    """
    kpi = design.kpis[k]
    if kpi.kpis or isinstance(kpi.direction, Within):
        return level.points[:, k]
    return level.rates[:, formula_position(design, k)]


def is_target_met(value: np.ndarray, target: np.ndarray, direction: Direction) -> np.ndarray:
    """Return 1.0 where the target is met, 0.0 where not, NaN where value or target is missing."""
    if isinstance(direction, Within):
        low, high = direction.within
        return np.where(np.isnan(value), np.nan, (reaches(value, low) & reaches(-value, -high)).astype(float))
    reached = reaches(value, target) if direction == "higher" else reaches(-value, -target)
    return np.where(np.isnan(value) | np.isnan(target), np.nan, reached.astype(float))


def goal_made(level: HistoryLevel, design: Design) -> np.ndarray:
    """Return (rows,) 1.0 where the goal's target was met, 0.0 where not, NaN where missing or too short."""
    direction = design.required_goal.direction
    value = level.goal_rate / level.goal_span if isinstance(direction, Within) else level.goal_rate
    return is_target_met(value, level.goal_target / level.goal_worked, direction)


def kpi_target_met(level: HistoryLevel, at: int, direction: Direction) -> np.ndarray:
    """Return (rows,) 1.0 where the formula at place ``at`` met its target, 0.0 where not, NaN where missing.

    A band is that of one period, so a total is held against it per period.
    """
    value = level.rates[:, at] / level.spans[:, at] if isinstance(direction, Within) else level.rates[:, at]
    return is_target_met(value, level.targets[:, at] / level.worked[:, at], direction)


def points_from_values(
    values: np.ndarray, targets: np.ndarray, spans: np.ndarray, design: Design, frozen: tuple[Reference, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """Return (rows, formulas) and (rows, KPIs) points from (rows, formulas) values, targets and periods they cover."""
    leaf_points = [
        points_from_value(values[:, i], targets[:, i], leaf, design.scoring, frozen[i], spans[:, i])
        for i, leaf in enumerate(formula_kpis(design))
    ]
    remaining = iter(leaf_points)
    top = [composite_points(kpi, remaining, design.scoring) for kpi in design.kpis]
    return _stack_columns(leaf_points, len(values)), _stack_columns(top, len(values))


def _score_level(found: Values, design: Design, frozen: tuple[Reference, ...]) -> HistoryLevel:
    """Compute points and scores of a level; the last column of ``found`` is the goal."""
    values, targets, worked = found.values[:, :-1], found.targets[:, :-1], found.worked
    in_band = [isinstance(leaf.direction, Within) for leaf in formula_kpis(design)]
    judged = np.where(in_band, found.rates[:, :-1] / found.spans[:-1], values)  # a band is that of one whole period
    spans = np.where(in_band, 1.0, found.spans[:-1] * worked[:, :-1])
    covered = np.broadcast_to(found.spans, worked.shape)
    leaf_points, top = points_from_values(judged, targets, spans, design, frozen)
    score = _score(top, design, np.isfinite(worked[:, -1]))
    return HistoryLevel(found.keys.reset_index(drop=True), values, targets, leaf_points, top, score,
                 found.values[:, -1], found.targets[:, -1], worked[:, :-1], worked[:, -1],
                 covered[:, :-1], covered[:, -1])  # fmt: skip


def _score(top: np.ndarray, design: Design, judged: np.ndarray) -> np.ndarray:
    score = scores_from_points(top, [kpi.weight for kpi in design.kpis], design.scoring)
    return np.where(judged, score, np.nan)


def _stack_columns(columns: list[np.ndarray], n_rows: int) -> np.ndarray:
    return np.column_stack(columns) if columns else np.empty((n_rows, 0))


def _reference_values(found: Values, design: Design) -> np.ndarray:
    """Return the values on the rep-periods of the reference window, per whole period; both ends included."""
    if design.scoring.window is None:
        return found.rates
    first, last = (pd.Period(end) for end in design.scoring.window)
    inside = found.keys[PERIOD].between(first.start_time, last.end_time)
    return found.rates[inside.to_numpy()]


def _check_scorable(panel: Panel, design: Design) -> None:
    issues = []
    if design.goal is None:
        issues.append(Issue.of("error", "no_goal", Where(design=design.name)))
    elif design.goal.measure not in panel.measure_names:
        near, known = nearest(design.goal.measure, panel.measure_names), Examples.of(panel.measure_names, most=12)
        where = Where(design=design.name)
        issues.append(Issue.of("error", "unknown_measure", where, name=design.goal.measure, near=near, known=known))
    if panel.frame.empty:
        issues.append(Issue.of("error", "no_rows", Where(data_set=panel.name), what="panel"))
    if issues:
        raise InputError(issues)
