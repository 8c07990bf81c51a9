"""Rows of a finished replay as its tables show them."""

from __future__ import annotations

import pandas as pd

from workbench.data.model.panel import PERIOD, REP
from workbench.design.model import Design
from workbench.scoring.history import History
from workbench.scoring.replay.reprimands import list_reprimands


def unjust_reprimands(scored: History, k: int | None = None) -> pd.DataFrame:
    """The rows of ``list_reprimands`` of reps who had made the goal, by period and rep; ``k`` as there."""
    rows = list_reprimands(scored, k)
    return rows[rows["made_goal"].fillna(False)].sort_values([PERIOD, REP])


def outcomes_that_count(outcomes: pd.DataFrame, design: Design) -> pd.DataFrame:
    """The rows of ``team_outcomes`` of the scorecard (``kpi`` missing) and of KPIs with a weight."""
    on = [name for name, share in design.shares().items() if share > 0]
    return outcomes[outcomes["kpi"].isna() | outcomes["kpi"].isin(on)]


def known_effort(hours: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``effort`` of KPIs that count and whose hours are known."""
    return hours[hours["share"] > 0].dropna(subset=["hours_asked"])
