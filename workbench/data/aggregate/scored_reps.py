"""Choose the reps who are scored: named in the data set file, or by its condition over roster attributes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.data.model.panel import REP
from workbench.errors import Examples, Issue, Where, refused
from workbench.formula.formula import evaluate, parse_formula
from workbench.problems import nearest

SCORED = Where(area="scored")


def is_scored(scored: str | tuple[str, ...] | None, reps: pd.DataFrame) -> np.ndarray:
    """Whether each rep is scored, by row of ``reps`` (one per rep, with the roster's attributes).

    A rep for whom the condition is missing is not scored.

    Raises
    ------
    InputError
        When no rep is scored.
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


def scored_issues(
    scored: str | tuple[str, ...] | None, reps: pd.DataFrame, left_out: tuple[str, ...] | None = None
) -> tuple[Issue, ...]:
    """Report reps who are not scored, names in ``scored`` that no rep has, and reps of whom nobody has decided.

    Parameters
    ----------
    left_out : the reps who were decided not to be scored, where ``scored`` names reps; None if nobody wrote them down.
    """
    issues = []
    if isinstance(scored, tuple):
        known = list(reps[REP])
        issues += [
            Issue.of("warning", "unknown_rep", SCORED, name=name, near=nearest(name, known))
            for name in scored
            if name not in known
        ]
    others = reps[REP][~is_scored(scored, reps)]
    if isinstance(scored, tuple) and left_out is not None:
        new = tuple(others[~others.isin(left_out)])
        if new:
            issues.append(Issue.of("warning", "new_people", SCORED, reps=Examples.of(new), names=new))
        others = others[others.isin(left_out)]
    if len(others):
        issues.append(Issue.of("info", "not_scored", SCORED, reps=Examples.of(others)))
    return tuple(issues)
