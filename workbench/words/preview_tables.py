"""Tables of the Preview page, ready to be shown or downloaded."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from workbench.data.model.panel import REP
from workbench.scoring.drilldown import decompose_score
from workbench.scoring.preview import Preview
from workbench.words.kpis import goal_name, title_with_unit, value_words

SCORE, TARGET = "Score", "Target"


def drill_table(seen: Preview, rep: str) -> pd.DataFrame:
    """One row per KPI and part of a rep's score, then the total: value, target, points, share, contribution."""
    level, design = seen.history.reps, seen.history.design
    row = level.keys[REP].tolist().index(rep)
    parts = decompose_score(level, design, row)
    leaves = {leaf.name: leaf for kpi in design.kpis for leaf in kpi.leaves()}
    leaf = parts["part"].str.split(" → ").str[-1].where(parts["part"] != "", parts["kpi"])
    shown = pd.DataFrame({
        "KPI": parts["kpi"] + parts["part"].map(lambda part: f" → {part}" if part else ""),
        "Value": [value_words(value, leaves[name]) for value, name in zip(parts["value"], leaf, strict=True)],
        "Target": [
            value_words(target, leaves[name], bare=True) for target, name in zip(parts["target"], leaf, strict=True)
        ],
        "Points": parts["points"].round(1), "Share": (100 * parts["share"]).round(1).map("{:g}%".format),
        "Brings": parts["contribution"].round(2),
    })  # fmt: skip
    score = round(float(level.score[row]), 2)
    total = {"KPI": SCORE, "Value": "", "Target": "", "Points": np.nan, "Share": "", "Brings": score}
    return pd.concat([shown, pd.DataFrame([total])], ignore_index=True)


def scores_table(seen: Preview, names: Mapping[str, str]) -> pd.DataFrame:
    """One row per rep for a spreadsheet: ranks, score, goal in its unit, and each KPI's points; NaN where missing."""
    design, level = seen.history.design, seen.history.reps
    points = pd.DataFrame(level.points, columns=[f"{kpi.name} (points)" for kpi in design.kpis])
    joined = seen.standing.merge(points.assign(rep=level.keys[REP]), on=REP)
    goal = goal_name(design.required_goal)
    renamed = {REP: "Rep", "score": SCORE, "score_rank": "Rank by score",
               "goal": title_with_unit(goal, design.required_goal.unit), "goal_rank": f"Rank by {goal}"}  # fmt: skip
    return joined.assign(rep=joined[REP].map(names)).rename(columns=renamed)


def kinds_table(rows: pd.DataFrame, unit: str | None) -> pd.DataFrame:
    """Rep-periods ready to be shown: ``Rep``, ``Period``, ``Kind``, ``Score``, the goal with its unit, ``Target``.

    ``rows``: one row per rep-period with ``name``, ``when``, ``words``, ``score``, ``goal`` and ``goal_target``.
    """
    goal = f"Goal ({unit})" if unit else "Goal"
    shown = rows[["name", "when", "words", "score", "goal", "goal_target"]]
    return shown.set_axis(["Rep", "Period", "Kind", SCORE, goal, TARGET], axis=1)
