"""Find whether a KPI contains the goal: by name in its formula, or because both count the same rows."""

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
class GoalOverlap:
    """How much of the goal a KPI contains.

    Attributes
    ----------
    by_name : the formula uses the goal's own measure.
    built_in : the correlation with the goal from shared rows alone, 0 to 1 (see ``RowOverlap.built_in``).
    share : share of the KPI that comes from the goal's rows, 0 to 1.
    rows : the rows shared with the goal, None if the formula names the goal or no row is shared.
    """

    by_name: bool = False
    built_in: float = 0.0
    share: float = 0.0
    rows: RowOverlap | None = None

    @property
    def is_goal(self) -> bool:
        """Whether the KPI is the goal counted differently: ``by_name``, or ``built_in`` of at least ``WHOLE``."""
        return self.by_name or self.built_in >= WHOLE


NOTHING = GoalOverlap()


def find_goal_overlap(kpi: Kpi, goal: Goal | None, panel: Panel) -> GoalOverlap:
    """Return how much of the goal a KPI contains; of a composite, the part with the most of it."""
    if goal is None:
        return NOTHING
    parts = [
        _formula_overlap(parse_formula(leaf.formula, panel.measure_names), goal, panel)
        for leaf in kpi.leaves()
        if leaf.formula
    ]
    return max(parts, key=lambda part: (part.by_name, part.built_in), default=NOTHING)


def _formula_overlap(formula: Formula, goal: Goal, panel: Panel) -> GoalOverlap:
    if goal.measure in formula.names:
        return GoalOverlap(by_name=True, built_in=1.0, share=1.0)
    found = [NOTHING]
    for name in formula.names:
        overlap = find_overlap(panel.overlaps, goal.measure, name)
        if overlap:
            part = _share_from_measure(formula, name, panel)
            built_in = float(overlap.built_in * np.sqrt(part))
            found.append(GoalOverlap(built_in=built_in, share=overlap.share_of_other * part, rows=overlap))
    return max(found, key=lambda one: one.built_in)


def _share_from_measure(formula: Formula, name: str, panel: Panel) -> float:
    """Return the share of a formula's value that is lost if a measure is 0; 0 for a divisor."""
    totals = pd.DataFrame([{each: float(panel.frame[each].sum()) for each in formula.names}])
    whole, without = (float(evaluate(formula, frame).iloc[0]) for frame in (totals, totals.assign(**{name: 0.0})))
    if not np.isfinite([whole, without]).all() or whole == 0:
        return 0.0
    return float(min(abs(1 - without / whole), 1.0))
