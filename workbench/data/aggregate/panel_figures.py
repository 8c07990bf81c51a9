"""Figures of a panel: rows used, reps scored, span, and the total of each measure."""

from __future__ import annotations

import math

from workbench.data.aggregate.measure_totals import measure_totals
from workbench.data.model.figures import Figures, Total
from workbench.data.model.panel import DAYS_AT_WORK, PERIOD, REP, Panel

DAYS_LABEL = "Days at work"


def panel_figures(panel: Panel) -> Figures:
    """Return the figures of a panel; days at work are a total too, since rates per day depend on them."""
    totals = [
        Total(name=name, label=panel.info(name).label or name, unit=panel.info(name).unit, value=_known(value))
        for name, value in measure_totals(panel).items()
    ]
    if DAYS_AT_WORK in panel.everybody:
        worked = float(panel.everybody[DAYS_AT_WORK].sum(min_count=1))
        totals.append(Total(name=DAYS_AT_WORK, label=DAYS_LABEL, value=_known(worked)))
    periods = panel.everybody[PERIOD]
    ends = (None, None) if periods.empty else (periods.min().date(), periods.max().date())
    return Figures(
        grain=panel.grain, n_rows=panel.n_rows_used, n_reps=int(panel.frame[REP].nunique()),
        first=ends[0], last=ends[1], totals=tuple(totals),
    )  # fmt: skip


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
