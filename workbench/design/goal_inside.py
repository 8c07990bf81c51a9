"""Does a KPI contain the goal: by name in its formula, or because it counts the very rows that make the goal?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.data.model.panel import Panel
from workbench.data.model.row_overlap import RowOverlap, find_overlap
from workbench.design.model import Goal, Kpi
from workbench.formula.formula import Formula, evaluate, parse_formula

WHOLE = 0.5
"""The correlation by construction from which a KPI is the goal counted differently."""


@dataclass(frozen=True)
class GoalInside:
    """What of the goal is in a KPI.

    Attributes
    ----------
    by_name : the formula holds the goal's own measure.
    built_in : the correlation with the goal that shared rows alone make, 0 to 1 (see ``RowOverlap.built_in``).
    share : share of the KPI that the goal's rows make.
    rows : the rows it shares with the goal, None when the formula names the goal or no row is shared.
    """

    by_name: bool = False
    built_in: float = 0.0
    share: float = 0.0
    rows: RowOverlap | None = None

    @property
    def is_goal(self) -> bool:
        """The KPI is the goal in another dress: it holds the goal itself, or rows that tie it by ``WHOLE`` and more."""
        return self.by_name or self.built_in >= WHOLE


NOTHING = GoalInside()


def goal_inside(kpi: Kpi, goal: Goal | None, panel: Panel) -> GoalInside:
    """What of the goal is in a KPI, all parts of a composite looked at; the part with the most of the goal counts."""
    if goal is None:
        return NOTHING
    parts = [
        _inside(parse_formula(leaf.formula, panel.measure_names), goal, panel) for leaf in kpi.leaves() if leaf.formula
    ]
    return max(parts, key=lambda part: (part.by_name, part.built_in), default=NOTHING)


def _inside(formula: Formula, goal: Goal, panel: Panel) -> GoalInside:
    if goal.measure in formula.names:
        return GoalInside(by_name=True, built_in=1.0, share=1.0)
    found = [NOTHING]
    for name in formula.names:
        overlap = find_overlap(panel.overlaps, goal.measure, name)
        if overlap:
            part = _part(formula, name, panel)
            built_in = float(overlap.built_in * np.sqrt(part))
            found.append(GoalInside(built_in=built_in, share=overlap.share_of_other * part, rows=overlap))
    return max(found, key=lambda one: one.built_in)


def _part(formula: Formula, name: str, panel: Panel) -> float:
    """The share of a formula's value that goes when a measure is 0; 0 for a divisor, without which nothing is left."""
    totals = pd.DataFrame([{each: float(panel.frame[each].sum()) for each in formula.names}])
    whole, without = (float(evaluate(formula, frame).iloc[0]) for frame in (totals, totals.assign(**{name: 0.0})))
    if not np.isfinite([whole, without]).all() or whole == 0:
        return 0.0
    return float(min(abs(1 - without / whole), 1.0))
