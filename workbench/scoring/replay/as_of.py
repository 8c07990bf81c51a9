"""Rewound to the end of any period: what was known then, and when the numbers would first have said "stop"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from workbench.data.model.dataset import Grain
from workbench.data.model.panel import PERIOD, Panel
from workbench.data.model.periods import period_number
from workbench.scoring.correlation import correlate
from workbench.scoring.history import History, kpi_series
from workbench.scoring.points import larger_is_better
from workbench.scoring.preview import of_periods
from workbench.scoring.replay.runs import LEAST_RUN, runs, team_outcomes
from workbench.scoring.rows import without_levels

WINDOW = 6
LEAST_LINK = 0.2


@dataclass(frozen=True, eq=False)
class StopSignal:
    """When the numbers would first have said that a KPI no longer goes with the goal.

    Attributes
    ----------
    readings : one row per period: ``period``, ``rho``, ``low``, ``high``, ``n``, ``n_reps`` of the link in the window
        ending with it, ``link_gone``, ``run`` (a run of KPI hit, goal missed is on), ``stop``.
    first : the first period at whose end they said so; None when never.
    why : ``"link"``, even the upper end of the interval was below the smallest link that matters; or ``"run"``.
    """

    kpi: str
    readings: pd.DataFrame
    first: pd.Timestamp | None
    why: Literal["link", "run"] | None

    def periods_earlier(self, in_fact: pd.Timestamp, grain: Grain) -> int | None:
        """How many periods before the one in which the KPI was in fact changed the decision could have been made.

        The reading of a period is known at its end, so the change could have come with the period after. Below 0 when
        the numbers said so later than people did.
        """
        if self.first is None:
            return None
        could, did = period_number(pd.Series([self.first, in_fact]), grain)
        return int(did - (could + 1))


def as_of(panel: Panel, period: pd.Timestamp) -> Panel:
    """The panel as it stood at the end of a period: nothing later, and nobody has left who had not yet."""
    part = of_periods(panel, panel.frame[PERIOD].min(), period)
    if part is panel:
        return panel
    following = panel.frame[PERIOD][panel.frame[PERIOD] > period].min()
    reps = panel.reps.assign(end=panel.reps["end"].where(panel.reps["end"] < following))
    return replace(part, reps=reps[~(reps["start"] >= following)].reset_index(drop=True))


def stop_signal(
    panel: Panel, scored: History, k: int, window: int = WINDOW, least_link: float = LEAST_LINK
) -> StopSignal:
    """Read the k-th KPI's link with the goal at the end of every whole period, over the last ``window`` periods.

    The link is Spearman over rep-periods with each period's level removed, so a common season is no link; its interval
    takes reps as the unit. ``least_link`` is the smallest link that would matter. Readings start with a full window.
    """
    kpi = scored.design.kpis[k]
    known = ~scored.rep_periods.keys[PERIOD].isin(panel.partial).to_numpy()
    whole = sorted(scored.rep_periods.keys[PERIOD][known].unique())
    numbers = period_number(pd.Series(whole), panel.grain)
    running = _running(panel, scored, kpi.name)
    rows = [
        {PERIOD: period, **_link(scored, k, known, number, window), "run": period in running}
        for period, number in zip(whole, numbers, strict=True)
        if number - numbers[0] >= window - 1
    ]
    readings = pd.DataFrame(rows, columns=[PERIOD, "rho", "low", "high", "n", "n_reps", "run"])
    readings = readings.assign(link_gone=readings["high"] < least_link)
    readings = readings.assign(stop=readings["link_gone"] | readings["run"])
    return StopSignal(kpi.name, readings, *_first(readings))


def _first(readings: pd.DataFrame) -> tuple[pd.Timestamp | None, Literal["link", "run"] | None]:
    stops = readings[readings["stop"]]
    if stops.empty:
        return None, None
    return stops[PERIOD].iloc[0], "link" if stops["link_gone"].iloc[0] else "run"


def _link(scored: History, k: int, known: np.ndarray, number: int, window: int) -> dict[str, float]:
    """The reading over the periods numbered ``number`` − window + 1 … ``number``."""
    rows, kpi = scored.rows, scored.design.kpis[k]
    x = kpi_series(scored.rep_periods, scored.design, k)
    if kpi.direction == "lower" and not kpi.kpis:
        x = larger_is_better(x, kpi.direction)
    y = scored.rep_periods.goal * (-1 if scored.design.goal.direction == "lower" else 1)
    inside = known & (rows.periods > number - window) & (rows.periods <= number) & np.isfinite(x) & np.isfinite(y)
    x, y = (without_levels(v[inside], rows.periods[inside]) for v in (x, y))
    found = correlate(x, y, rows.reps[inside])
    return {name: getattr(found, name) for name in ("rho", "low", "high", "n", "n_reps")}


def _running(panel: Panel, scored: History, kpi: str) -> set[pd.Timestamp]:
    """The periods at whose end a run of KPI hit and goal missed was long enough to be named."""
    outcomes = team_outcomes(panel, scored)
    found = [run for run in runs(outcomes, panel) if run.kpi == kpi]
    periods = pd.Series(sorted(outcomes[PERIOD].unique()))
    return {
        period
        for run in found
        for at, period in enumerate(periods[periods.between(run.first, run.last)], start=1)
        if at >= LEAST_RUN
    }
