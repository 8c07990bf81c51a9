"""Build the record that the checks read, from a panel and a design."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.data.model.panel import DAYS_AT_WORK, PERIOD, REP, Panel
from workbench.data.model.periods import starts_from_numbers
from workbench.design.goal_overlap import find_goal_overlap
from workbench.design.model import Design, Kpi, Within
from workbench.errors import Where
from workbench.evidence.daily_history import daily_history
from workbench.evidence.evidence_scale import ExposureEffect, mean_of_periods, to_evidence_scale
from workbench.evidence.rate_counts import rate_counts
from workbench.evidence.record import Record, Seasons
from workbench.evidence.season_values import ratio_seasons
from workbench.evidence.seasons import season_means
from workbench.formula.formula import Formula, evaluate, parse_formula
from workbench.formula.tree import Arithmetic, Name
from workbench.scoring.aggregate import formula_is_additive
from workbench.scoring.history import History, HistoryLevel, goal_made, is_target_met, kpi_series, score_history
from workbench.scoring.points import hit_line, orient_larger_better, reaches

DAYS = ("days", "workdays", DAYS_AT_WORK)
MOST_SEGMENTS = 12
SCORECARD = "Scorecard"


def build_record(panel: Panel, design: Design, include_partial: bool = False) -> Record:
    """Build the record of every KPI of a design, on the scale of evidence (see ``evidence.evidence_scale``).

    Raises
    ------
    InputError
        No goal, no rep-periods, unknown measures.
    """
    record = _build_from_scale(_on_scale(panel, design), include_partial)
    record = replace(record, daily=daily_history(panel, design, record.reps))
    if not (record.exposed and record.exposed.changed):
        return record
    return replace(record, as_counted=_build_from_scale(_on_scale(panel, design, as_counted=True), include_partial))


@dataclass(frozen=True, eq=False)
class _OnScale:
    """A design's history on the scale of evidence.

    ``scored`` has values per rep-period as they are judged, points and scores as means over the periods in each, and
    reps as they are scored; ``levels`` are the reps' values that evidence compares, months weighing by days worked.
    """

    panel: Panel
    scored: History
    levels: HistoryLevel
    share: np.ndarray
    exposed: ExposureEffect


def _on_scale(panel: Panel, design: Design, as_counted: bool = False) -> _OnScale:
    native = score_history(replace(panel, exposure=None) if as_counted else panel, design)
    at = to_evidence_scale(panel, native.design.required_goal)
    if at.panel is panel:
        return _OnScale(panel, native, native.reps, at.share, at.exposed)
    chosen = replace(at.as_counted if as_counted else at.panel, exposure=None)  # nothing is to be prorated again
    share = np.ones(len(chosen.frame)) if as_counted else at.share
    scored, rows = score_history(chosen, design), native.rep_periods
    points = [mean_of_periods(column, rows.keys, panel, chosen) for column in rows.points.T]
    rep_periods = replace(
        scored.rep_periods, points=np.column_stack(points) if points else scored.rep_periods.points,
        score=mean_of_periods(rows.score, rows.keys, panel, chosen),
    )  # fmt: skip
    there = scored.reps.keys[REP]
    reps = native.reps.where(native.reps.keys[REP].isin(there).to_numpy())
    by_days = scored.reps if as_counted or not at.exposed.changed else score_history(at.as_counted, design).reps
    own = by_days.where(by_days.keys[REP].isin(there).to_numpy())
    levels = reps if design.scoring.basis == "totals" else replace(own, points=reps.points, score=reps.score)
    return _OnScale(chosen, replace(scored, rep_periods=rep_periods, reps=reps), levels, share, at.exposed)


def _build_from_scale(on: _OnScale, include_partial: bool) -> Record:
    panel, scored, design = on.panel, on.scored, on.scored.design
    inside = [find_goal_overlap(kpi, design.goal, panel) for kpi in design.kpis]
    whole = _Grid(panel, scored)
    hits, tries = _rates(on, whole)
    record = Record(
        kpis=tuple(kpi.name for kpi in design.kpis),
        values=_stack([_orient(kpi_series(scored.rep_periods, design, k), kpi) for k, kpi in _top_kpis(design)], whole),
        rep_values=_rows([_orient(kpi_series(on.levels, design, k), kpi) for k, kpi in _top_kpis(design)], scored),
        raw=_stack([kpi_series(scored.rep_periods, design, k) for k, _ in _top_kpis(design)], whole),
        units=_stack([_units(panel, kpi) for kpi in design.kpis], whole),
        attempts=np.array([_attempts(panel, kpi) for kpi in design.kpis]),
        hits=hits,
        tries=tries,
        minutes=np.array([np.nan if kpi.minutes_each is None else kpi.minutes_each for kpi in design.kpis]),
        met=_rows([_targets_met(scored, k, kpi) for k, kpi in _top_kpis(design)], scored),
        beside=comparison_kpis(design.kpis, holding := tuple(one.is_goal for one in inside)),
        holds_goal=holding,
        built_in=tuple(one.built_in for one in inside),
        goal_share=tuple(one.share for one in inside),
        **_shared_fields(on, whole),
    )
    return _drop_partial_periods(record, panel, design, include_partial)


def build_scorecard_record(panel: Panel, design: Design, include_partial: bool = False) -> Record:
    """Build the record of the weighted score, as one KPI."""
    on = _on_scale(panel, design)
    scored, whole = on.scored, _Grid(on.panel, on.scored)
    values = whole.spread(scored.rep_periods.score)[None]
    reached = np.where(np.isnan(scored.reps.score), np.nan, reaches(scored.reps.score, hit_line(design.scoring)))
    nothing = np.array([np.nan])
    record = Record(kpis=(SCORECARD,), values=values, raw=values, rep_values=scored.reps.score[None],
                    units=np.full_like(values, np.nan), attempts=nothing, minutes=nothing, met=reached[None],
                    beside=((),), holds_goal=(False,),
                    **_shared_fields(on, whole))  # fmt: skip
    return _drop_partial_periods(record, on.panel, None, include_partial)


class _Grid:
    """The position of each rep-period on the grid of reps and periods."""

    def __init__(self, panel: Panel, scored: History) -> None:
        self.reps = scored.rows.reps
        first = scored.rows.periods.min()
        self.columns = scored.rows.periods - first
        self.shape = len(scored.reps), int(self.columns.max()) + 1
        self.periods = starts_from_numbers(first + np.arange(self.shape[1]), panel.grain).to_numpy()
        if panel.grain == "week" and not np.isin(panel.frame[PERIOD].to_numpy(), self.periods).all():
            self.periods = self.periods - np.timedelta64(1, "D")

    def spread(self, values: np.ndarray) -> np.ndarray:
        """(rows,) → (reps, periods), NaN where there is no row."""
        grid = np.full(self.shape, np.nan)
        grid[self.reps, self.columns] = values
        return grid


def _top_kpis(design: Design) -> list[tuple[int, Kpi]]:
    return list(enumerate(design.kpis))


def _stack(series: list[np.ndarray], grid: _Grid) -> np.ndarray:
    return np.stack([grid.spread(values) for values in series]) if series else np.empty((0, *grid.shape))


def _rows(series: list[np.ndarray], scored: History) -> np.ndarray:
    return np.stack(series) if series else np.empty((0, len(scored.reps)))


def _orient(values: np.ndarray, kpi: Kpi) -> np.ndarray:
    """Orient values so that higher is better; points of composites and ranges already are."""
    return -values if kpi.direction == "lower" and not kpi.kpis else values


def _shared_fields(on: _OnScale, grid: _Grid) -> dict:
    panel, scored = on.panel, on.scored
    goal = scored.design.required_goal
    reps = scored.reps.keys[REP]
    return {
        "reps": tuple(reps),
        "periods": grid.periods,
        "goal": grid.spread(orient_larger_better(scored.rep_periods.goal, goal.direction)),
        "rep_goal": orient_larger_better(on.levels.goal, goal.direction),
        "goal_met": goal_made(scored.reps, scored.design),
        "segments": _segments(panel, reps),
        "grain": panel.grain,
        "worked": grid.spread(on.share),
        "exposed": on.exposed,
        "seasons": Seasons.empty(len(reps)),
    }


def _segments(panel: Panel, reps: pd.Series) -> dict[str, np.ndarray]:
    """Return the roster attributes with 2 to ``MOST_SEGMENTS`` values among the reps."""
    roster = panel.reps.drop_duplicates(REP).set_index(REP).reindex(reps)
    found = {
        name: roster[name].astype("str").where(roster[name].notna(), "").to_numpy(object) for name in panel.attributes
    }
    return {name: values for name, values in found.items() if 2 <= len(set(values) - {""}) <= MOST_SEGMENTS}


def _targets_met(scored: History, k: int, kpi: Kpi) -> np.ndarray:
    level = scored.reps
    if kpi.kpis or isinstance(kpi.direction, Within):
        points = level.points[:, k]
        return np.where(np.isnan(points), np.nan, reaches(points, hit_line(scored.design.scoring)))
    at = sum(len(list(before.leaves())) for before in scored.design.kpis[:k])
    return is_target_met(level.values[:, at], level.targets[:, at], kpi.direction)


def comparison_kpis(kpis: tuple[Kpi, ...], holding: tuple[bool, ...]) -> tuple[tuple[int, ...], ...]:
    """Return, for each KPI, the indices of those it is compared with (see ``Record.beside``)."""
    place = {kpi.name: k for k, kpi in enumerate(kpis)}
    drives = [place.get(kpi.drives) if kpi.drives else None for kpi in kpis]
    return tuple(
        tuple(
            j for j, other in enumerate(kpis)
            if j != k and not holding[j] and j not in _driven_kpis(k, drives)
            and (other.role != "lag" or kpi.role == "lag")
        )
        for k, kpi in enumerate(kpis)
    )  # fmt: skip


def _driven_kpis(k: int, drives: list[int | None]) -> set[int]:
    """Return every KPI that the k-th one drives, directly or not."""
    found: set[int] = set()
    step = drives[k]
    while step is not None and step not in found:
        found.add(step)
        step = drives[step]
    return found


def _formula(panel: Panel, kpi: Kpi) -> Formula | None:
    return parse_formula(kpi.formula, panel.measure_names, Where(kpi=kpi.name)) if kpi.formula else None


def _units(panel: Panel, kpi: Kpi) -> np.ndarray:
    """Return (rows,) how often the activity was done: a sum, or a rate per day × days; NaN for other rates."""
    formula = _formula(panel, kpi)
    if formula is None:
        return np.full(len(panel.frame), np.nan)
    if formula_is_additive(formula, panel):
        return evaluate(formula, panel.frame).to_numpy(float)
    match formula.tree:
        case Arithmetic("/", _, Name(days)) if days in DAYS:
            return (evaluate(formula, panel.frame) * panel.frame[days]).to_numpy(float)
    return np.full(len(panel.frame), np.nan)


def _rates(on: _OnScale, grid: _Grid) -> tuple[np.ndarray | None, np.ndarray | None]:
    """Return successes and attempts (kpis, reps, periods) of the KPIs that are rates; None and None without any."""
    found = [rate_counts(_formula(on.panel, kpi), on.panel, on.share) for kpi in on.scored.design.kpis]
    if not any(found):
        return None, None
    nothing = np.full(len(on.panel.frame), np.nan)
    hits, tries = (_stack([nothing if one is None else one[side] for one in found], grid) for side in (0, 1))
    return hits, tries


def _attempts(panel: Panel, kpi: Kpi) -> float:
    """Return the mean denominator per rep-period of a rate of counts; NaN for anything else."""
    formula = _formula(panel, kpi)
    match formula and formula.tree:
        case Arithmetic("/", _, Name(of)) if of not in DAYS and panel.info(of).aggregate in (
            "count",
            "distinct",
        ):
            return float(panel.frame[of].mean())
    return np.nan


def _drop_partial_periods(record: Record, panel: Panel, design: Design | None, include_partial: bool) -> Record:
    """Drop partial periods and add seasons."""
    full = replace(record, seasons=_seasons(record, panel, design))
    cut = np.isin(record.periods, np.array([p.to_datetime64() for p in panel.partial], dtype="datetime64[ns]"))
    if include_partial or not cut.any() or cut.all():
        return full
    kept = record.only_periods(~cut)
    inside = replace(panel, frame=panel.frame[~panel.frame[PERIOD].isin(panel.partial)])
    return replace(kept, seasons=_seasons(kept, inside, design), partial=tuple(record.periods[cut]), with_partial=full)


def _seasons(record: Record, panel: Panel, design: Design | None) -> Seasons:
    """Return season values: means of values, but ratios of totals for ratios."""
    years = panel.grain == "quarter"
    plain = season_means(record.values, record.periods, years)
    for k, kpi in enumerate(design.kpis if design else ()):
        formula = _formula(panel, kpi)
        if formula and not isinstance(kpi.direction, Within) and not formula_is_additive(formula, panel):
            plain = plain.with_kpi(
                k, ratio_seasons(formula, panel, record, -1 if kpi.direction == "lower" else 1, years)
            )
    return plain
