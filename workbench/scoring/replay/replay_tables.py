"""Select the rows of a replay that its tables show."""

from __future__ import annotations

import pandas as pd

from workbench.data.model.panel import PERIOD, REP
from workbench.design.model import Design
from workbench.scoring.history import History
from workbench.scoring.replay.reprimands import list_reprimands


def unjust_reprimands(scored: History, k: int | None = None) -> pd.DataFrame:
    """Return the rows of ``list_reprimands`` with the goal made, by period and rep; ``k`` as there."""
    rows = list_reprimands(scored, k)
    return rows[rows["made_goal"].fillna(False)].sort_values([PERIOD, REP])


def weighted_outcomes(outcomes: pd.DataFrame, design: Design) -> pd.DataFrame:
    """Return the rows of ``classify_team_outcomes`` of the scorecard (``kpi`` missing) and of KPIs with a weight."""
    on = [name for name, share in design.shares().items() if share > 0]
    return outcomes[outcomes["kpi"].isna() | outcomes["kpi"].isin(on)]


def known_effort(hours: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of ``estimate_effort`` of KPIs with a weight and known hours."""
    return hours[hours["share"] > 0].dropna(subset=["hours_asked"])
