"""Which reps are scored: those the data set file names, or who meet its condition over the roster."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.data.model.panel import REP
from workbench.errors import Examples, Issue, Where, refused
from workbench.formula.formula import evaluate, parse_formula
from workbench.problems import nearest

SCORED = Where(area="scored")


def scored_reps(scored: str | tuple[str, ...] | None, reps: pd.DataFrame) -> np.ndarray:
    """For each row of ``reps`` (one per rep, with the roster's attributes) whether the rep is scored.

    A rep about whom the roster does not say what the condition asks is not scored.

    Raises
    ------
    InputError
        When nobody is left.
    """
    if scored is None:
        return np.ones(len(reps), dtype=bool)
    if isinstance(scored, str):
        chosen = evaluate(parse_formula(scored), reps).eq(1.0).to_numpy()
    else:
        chosen = reps[REP].isin(scored).to_numpy()
    if len(reps) and not chosen.any():
        raise refused("nobody_scored", SCORED)
    return chosen


def scored_issues(scored: str | tuple[str, ...] | None, reps: pd.DataFrame) -> tuple[Issue, ...]:
    """Who is not scored, and names that are nobody's."""
    issues = []
    if isinstance(scored, tuple):
        known = list(reps[REP])
        issues += [
            Issue.of("warning", "unknown_rep", SCORED, name=name, near=nearest(name, known))
            for name in scored
            if name not in known
        ]
    others = reps[REP][~scored_reps(scored, reps)]
    if len(others):
        issues.append(Issue.of("info", "not_scored", SCORED, reps=Examples.of(others)))
    return tuple(issues)
