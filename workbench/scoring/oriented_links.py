"""Agreement as it is told: better on both sides, also where less of a KPI or less of the goal is better.

The figures promised to other programs (``Backtest.as_json``) correlate the values as they are.
"""

from __future__ import annotations

from dataclasses import replace

from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.scoring.agreement import Agreement
from workbench.scoring.backtest import KpiAgreement, measure_kpi_agreements
from workbench.scoring.baselines import measure_score_agreement
from workbench.scoring.better_side import goal_sign, kpi_sign
from workbench.scoring.history import History


def link_score(history: History) -> Agreement:
    """Return the link of a better score with a better goal."""
    found = measure_score_agreement(history)
    return found.turned() if goal_sign(history.design) < 0 else found


def link_kpis(panel: Panel, history: History) -> tuple[KpiAgreement, ...]:
    """Return the link of each KPI of a history with the goal: of being better at one and at the other."""
    return orient_kpi_agreements(measure_kpi_agreements(panel, history), history.design)


def orient_kpi_agreements(found: tuple[KpiAgreement, ...], design: Design) -> tuple[KpiAgreement, ...]:
    """Turn round the agreements between values that are better in opposite directions."""
    return tuple(
        replace(one, agreement=one.agreement.turned()) if goal_sign(design) * kpi_sign(kpi) < 0 else one
        for one, kpi in zip(found, design.kpis, strict=True)
    )
