"""The record, input of every check: KPI values and the goal on a grid of reps and periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from workbench.data.model.dataset import Grain
from workbench.evidence.evidence_scale import ExposureEffect


@dataclass(frozen=True, eq=False)
class Seasons:
    """KPI values per season (quarter, or year where the periods are quarters), from the season's own totals.

    Attributes
    ----------
    values : (kpis, reps, seasons), NaN where a rep has fewer than two periods in the season.
    luck : same shape; sampling variance of each value, by leaving out one period of the season at a time.
    names : (seasons,) first days.
    """

    values: np.ndarray
    luck: np.ndarray
    names: np.ndarray

    @classmethod
    def empty(cls, reps: int) -> Seasons:
        """Return seasons without any KPI."""
        return cls(np.empty((0, reps, 0)), np.empty((0, reps, 0)), np.empty(0, "datetime64[ns]"))

    def with_kpi(self, k: int, own: Seasons) -> Seasons:
        """Replace the k-th KPI's values and luck by those of a record of that KPI alone."""
        values, luck = self.values.copy(), self.luck.copy()
        values[k], luck[k] = own.values[0], own.luck[0]
        return Seasons(values, luck, self.names)


@dataclass(frozen=True, eq=False)
class DailyHistory:
    """The history by workday of the same reps, for the order of events.

    Attributes
    ----------
    goal : (n, D) amounts per workday, oriented like ``Record.goal``; NaN where the rep was not at work.
    goal_counts : (n, D) each, how often the goal came: counts of its rows, or whether there was any.
    values : per KPI (n, D), None for a KPI that does not add up over days.
    """

    goal: np.ndarray
    goal_counts: tuple[np.ndarray, ...]
    values: tuple[np.ndarray | None, ...]


@dataclass(frozen=True, eq=False)
class Record:
    """KPI values and the goal, per rep and period and per rep, oriented so that higher is better.

    Attributes
    ----------
    kpis : K names. reps : n names. periods : (T,) datetime64, ascending, without gaps in the calendar.
    values : (K, n, T) KPI values, NaN where missing or the rep was not active. A KPI whose direction is lower is
        negated; one that is best within a band is minus the distance from the band.
    goal : (n, T), oriented likewise.
    rep_values, rep_goal : (K, n) and (n,), each rep's value over all periods (ratios as ratios of totals).
    raw : (K, n, T) values as the user knows them, for pictures and returns.
    met, goal_met : (K, n) and (n,) whether the rep met the target over the history: 1, 0, NaN without a target.
    attempts : (K,) mean size of the denominator of a rate per rep and period, NaN for other KPIs.
    hits, tries : (K, n, T) successes and attempts of a rate as counted, NaN for other KPIs; None without any rate.
    units : (K, n, T) how often the activity was done, NaN where the formula does not tell.
    minutes : (K,) minutes one unit takes, NaN when not given.
    segments : attribute → (n,) the rep's segment as text, "" when unknown.
    beside : for each KPI the others it is compared with: not those it drives, nor outcomes that come after it, nor the
        goal counted differently, since controlling for those would remove what the KPI does through them.
    shock_segments : (n,) codes of segments whose shocks in each period are taken out; None for one level a period.
    holds_goal : whether the KPI is the goal counted differently. built_in : K correlations with the goal from shared
        rows alone, and goal_share : the share of the KPI in those rows; both empty if no row is shared.
    daily : the same history by workday, None where no days are known.
    partial : periods left out of all of the above but the per-rep values, since the data do not fully cover them.
    with_partial : the same history with those periods, None when there are none.
    worked : (n, T) share of the period's workdays worked, for what is put on whole periods above; None: all of them.
    exposed : what days at work did to the history. as_counted : the same history without regard to them, None where it
        is the same.
    """

    kpis: tuple[str, ...]
    reps: tuple[str, ...]
    periods: np.ndarray
    values: np.ndarray
    goal: np.ndarray
    rep_values: np.ndarray
    rep_goal: np.ndarray
    raw: np.ndarray
    met: np.ndarray
    goal_met: np.ndarray
    attempts: np.ndarray
    units: np.ndarray
    minutes: np.ndarray
    seasons: Seasons
    beside: tuple[tuple[int, ...], ...]
    holds_goal: tuple[bool, ...]
    segments: Mapping[str, np.ndarray] = field(default_factory=dict)
    grain: Grain = "month"
    partial: tuple[np.datetime64, ...] = ()
    with_partial: Record | None = None
    shock_segments: np.ndarray | None = None
    built_in: tuple[float, ...] = ()
    goal_share: tuple[float, ...] = ()
    daily: DailyHistory | None = None
    worked: np.ndarray | None = None
    exposed: ExposureEffect | None = None
    as_counted: Record | None = None
    hits: np.ndarray | None = None
    tries: np.ndarray | None = None

    @property
    def weights(self) -> np.ndarray | None:
        """Return (n, T) how much each rep-period weighs within reps: days worked; None where all are whole."""
        if self.worked is None or not (self.worked < 1).any():
            return None
        return np.where(np.isfinite(self.worked), self.worked, 1.0)

    @property
    def n_reps(self) -> int:
        return len(self.reps)

    @property
    def n_periods(self) -> int:
        return len(self.periods)

    def only_periods(self, mask: np.ndarray) -> Record:
        """Select periods (T,) of everything that is per period; seasons and per-rep values are unchanged."""
        names = ("values", "raw", "units", "goal", "periods", "worked", "hits", "tries")
        grids = {name: getattr(self, name)[..., mask] for name in names if getattr(self, name) is not None}
        return replace(self, **grids)

    def leading_by(self, lags: tuple[int, ...]) -> Record:
        """Shift each KPI's values by its ``lag`` ≥ 0 periods later, to the goal that they lead."""
        return replace(
            self,
            values=_lead_kpis(self.values, lags),
            units=_lead_kpis(self.units, lags),
            with_partial=self.with_partial and self.with_partial.leading_by(lags),
        )


def _lead_kpis(grids: np.ndarray, lags: tuple[int, ...]) -> np.ndarray:
    """Return (kpis, reps, periods) grids, each KPI shifted later by its lag."""
    moved = [_shift_later(grid, lag) for grid, lag in zip(grids, lags, strict=True)]
    return np.reshape(moved, grids.shape)


def _shift_later(grid: np.ndarray, lag: int) -> np.ndarray:
    """Return a (reps, periods) grid shifted ``lag`` periods later; missing where there is no earlier value."""
    return np.concatenate([np.full((len(grid), lag), np.nan), grid[:, : grid.shape[1] - lag]], axis=1) if lag else grid


A_YEAR: dict[str, int] = {"day": 365, "week": 52, "month": 12, "quarter": 4}


@dataclass(frozen=True)
class EvidenceOptions:
    """The options of the evidence that users can set.

    Attributes
    ----------
    smallest : the smallest link (correlation) that would matter.
    horizon : periods after which a KPI must tell reps apart (reliability ``coach``) to be kept; see ``for_grain``.
    take_out_periods : remove what all reps share in a period (season, trend) before anything is correlated.
    include_partial : use periods that the data do not fully cover.
    draws : shuffles for p values. seed : of the shuffles, so equal input gives equal output.
    """

    smallest: float = 0.2
    horizon: int = 12
    confidence: float = 0.95
    take_out_periods: bool = True
    include_partial: bool = False
    draws: int = 999
    seed: int = 1

    @classmethod
    def for_grain(cls, grain: str) -> EvidenceOptions:
        """Return the defaults for data of this grain: a KPI must tell reps apart within a year."""
        return cls(horizon=A_YEAR[grain])
