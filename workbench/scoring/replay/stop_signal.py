"""Find when the data first showed that a KPI's link with the goal was gone, from the panel as of any period."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from workbench.data.model.dataset import Grain
from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.data.model.periods import period_number
from workbench.scoring.better_side import goal_sign, kpi_sign
from workbench.scoring.correlation import correlate
from workbench.scoring.history import History, kpi_series
from workbench.scoring.preview import select_periods
from workbench.scoring.replay.runs import LEAST_RUN, classify_team_outcomes, find_runs
from workbench.scoring.replay.stop_rule import LEAST_LINK, apply_stop_rule
from workbench.scoring.rows import remove_group_means

WINDOW = 6
HORIZON = 24
COLUMNS = [PERIOD, "rho", "low", "high", "n", "n_reps", "run", "fall", "shown", "gone", "stop"]
Standing = Literal["gone", "holds", "never shown", "too early"]


@dataclass(frozen=True, eq=False)
class StopSignal:
    """When the data first showed that a KPI is no longer linked to the goal.

    Attributes
    ----------
    readings : one row per period: ``period``, ``rho``, ``low``, ``high``, ``n``, ``n_reps`` of the link in the window
        ending with it; ``run`` (KPI hit and goal missed three times running: a picture, no reason to stop); and of the
        stop rule ``fall``, ``shown``, ``gone`` and ``stop``.
    first : the first period at whose end the data showed it; None when never.
    why : ``"gone"``, a link that was there is gone; ``"holds"``, it was shown and there is no reason to stop;
        ``"never shown"``, no link was ever proven and none that matters is there now; ``"too early"``, it may be there.
    """

    kpi: str
    readings: pd.DataFrame
    first: pd.Timestamp | None
    why: Standing

    def periods_earlier(self, in_fact: pd.Timestamp, grain: Grain) -> int | None:
        """Return how many periods before the actual change of the KPI the decision could have been made.

        The reading of a period is known at its end, so the change could have come with the period after. Below 0 when
        the actual change came first.
        """
        if self.first is None:
            return None
        could, did = period_number(pd.Series([self.first, in_fact]), grain)
        return int(did - (could + 1))


def panel_as_of(panel: Panel, period: pd.Timestamp) -> Panel:
    """Return the panel as of the end of a period: no later rows, and no later end dates."""
    part = select_periods(panel, panel.frame[PERIOD].min(), period)
    if part is panel:
        return panel
    following = panel.frame[PERIOD][panel.frame[PERIOD] > period].min()
    reps = panel.reps.assign(end=panel.reps["end"].where(panel.reps["end"] < following))
    return replace(part, reps=reps[~(reps["start"] >= following)].reset_index(drop=True))


def find_stop_signal(
    panel: Panel, scored: History, k: int, window: int = WINDOW, least_link: float = LEAST_LINK, horizon: int = HORIZON
) -> StopSignal:
    """Read the k-th KPI's link with the goal at the end of every whole period, and apply ``stop_rule``.

    The reading is Spearman over the last ``window`` periods with each period's level removed, its interval with reps
    as the unit. ``least_link`` is the smallest link that would matter, ``horizon`` the months over which the rule is
    applied; days and weeks are aggregated to months. Readings start with a full window.
    """
    kpi = scored.design.kpis[k]
    known = ~scored.rep_periods.keys[PERIOD].isin(panel.partial).to_numpy()
    whole = sorted(scored.rep_periods.keys[PERIOD][known].unique())
    if not whole:
        return StopSignal(kpi.name, pd.DataFrame(columns=COLUMNS), None, "too early")
    numbers = period_number(pd.Series(whole), panel.grain)
    running = _periods_with_run(panel, scored, kpi.name)
    ruled = _apply_stop_rule(panel, scored, k, known, horizon, least_link)
    rows = [
        {PERIOD: period, **_link_in_window(scored, k, known, number, window), "run": period in running, **ruled[period]}
        for period, number in zip(whole, numbers, strict=True)
        if number - numbers[0] >= window - 1
    ]
    readings = pd.DataFrame(rows, columns=COLUMNS).astype({"stop": bool, "shown": bool, "gone": bool})
    stops = readings[readings["stop"]]
    first = None if stops.empty else stops[PERIOD].iloc[0]
    return StopSignal(kpi.name, readings, first, _reps_standing(readings))


def _reps_standing(readings: pd.DataFrame) -> Standing:
    if readings["stop"].any():
        return "gone"
    if readings["shown"].any():
        return "holds"
    read = readings[readings["fall"].notna()]
    return "never shown" if len(read) and read["gone"].iloc[-1] else "too early"


def _apply_stop_rule(
    panel: Panel, scored: History, k: int, known: np.ndarray, horizon: int, least_link: float
) -> dict[pd.Timestamp, dict[str, float | bool]]:
    """Return the stop rule's result at the end of each whole period; of daily or weekly data, each month's last."""
    x, y = _kpi_and_goal(scored, k)
    kept = pd.DataFrame({REP: scored.rows.reps, PERIOD: scored.rep_periods.keys[PERIOD], "x": x, "y": y})[known]
    months = kept[PERIOD].dt.to_period("M").dt.start_time if panel.grain in ("day", "week") else kept[PERIOD]
    wide = kept.assign(month=months).pivot_table(index=REP, columns="month", values=["x", "y"], dropna=False)
    if wide.empty:
        nothing = {"fall": np.nan, "shown": False, "gone": False, "stop": False}
        return dict.fromkeys(kept[PERIOD].unique(), nothing)
    x, y = (wide[name].to_numpy() if name in wide else np.full(wide.shape, np.nan) for name in ("x", "y"))
    found = apply_stop_rule(x, y, horizon=horizon, least_link=least_link)
    order = np.unique(months)
    last = kept.groupby(months.to_numpy())[PERIOD].max().to_dict()
    said = {}
    for period, month in sorted(set(zip(kept[PERIOD], months, strict=True))):
        at = int(np.searchsorted(order, month.to_datetime64()))
        spoken = at if period == last[month] else at - 1
        said[period] = {"fall": found.fall[spoken] if spoken >= 0 else np.nan} | {
            name: bool(spoken >= 0 and getattr(found, name)[spoken]) for name in ("shown", "gone", "stop")
        }
    return said


def _kpi_and_goal(scored: History, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Return (rows,) KPI and goal, oriented so that larger is better."""
    x = kpi_series(scored.rep_periods, scored.design, k) * kpi_sign(scored.design.kpis[k])
    return x, scored.rep_periods.goal_rate * goal_sign(scored.design)


def _link_in_window(scored: History, k: int, known: np.ndarray, number: int, window: int) -> dict[str, float]:
    """Return the reading over the periods numbered ``number`` − window + 1 … ``number``."""
    rows, (x, y) = scored.rows, _kpi_and_goal(scored, k)
    inside = known & (rows.periods > number - window) & (rows.periods <= number) & np.isfinite(x) & np.isfinite(y)
    x, y = (remove_group_means(v[inside], rows.periods[inside]) for v in (x, y))
    found = correlate(x, y, rows.reps[inside])
    return {name: getattr(found, name) for name in ("rho", "low", "high", "n", "n_reps")}


def _periods_with_run(panel: Panel, scored: History, kpi: str) -> set[pd.Timestamp]:
    """Return the periods at whose end a run of KPI hit and goal missed was long enough to report."""
    outcomes = classify_team_outcomes(panel, scored)
    found = [run for run in find_runs(outcomes, panel) if run.kpi == kpi]
    periods = pd.Series(sorted(outcomes[PERIOD].unique()))
    return {
        period
        for run in found
        for at, period in enumerate(periods[periods.between(run.first, run.last)], start=1)
        if at >= LEAST_RUN
    }
