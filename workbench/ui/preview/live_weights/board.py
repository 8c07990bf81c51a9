"""Data of the live view: points, which do not depend on weights, and texts ready to be shown."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from workbench.charts.palette import QUARTILES, kpi_colours
from workbench.data.model.panel import REP
from workbench.design.weighted_kpis import is_measurable
from workbench.scoring.history import History
from workbench.scoring.points import hit_line
from workbench.scoring.preview import rep_kpi_values
from workbench.words.kpis import value_words
from workbench.words.numbers import NONE, aligned_numbers


def live_board(
    shown: History,
    names: Mapping[str, str],
    top: int,
    grain: str,
    notes: Sequence[str] = (),
    figures: Sequence[str] = (),
) -> dict[str, Any]:
    """The unchanging part of the live view's data.

    Parameters
    ----------
    names : how each rep is shown; a rep is identified to the browser by its place here, not by name.
    top : how many reps count as best. notes : one line per KPI for under its name. figures : its small print.
    """
    design, rules = shown.design, shown.design.scoring
    colours = kpi_colours(design.kpis)
    goal, blank = design.required_goal, [""] * len(design.kpis)
    each = f"per {grain}" if rules.basis == "per_period" else "in total"
    unit = goal.unit if goal.unit and goal.unit.endswith(each) else " ".join(filter(None, [goal.unit, each]))
    return {
        "kpis": [{"name": kpi.name, "color": colours[kpi.name], "note": note, "figures": small,
                  "measurable": is_measurable(kpi)}
                 for kpi, note, small in zip(design.kpis, notes or blank, figures or blank, strict=True)],
        "reps": _reps(shown, names),
        "rules": {"combine": rules.combine, "missing": rules.missing, "floor": rules.floor, "cap": rules.cap},
        "good": hit_line(rules),
        "goal": {"label": goal.label or goal.measure, "unit": unit,
                 "direction": "lower" if goal.direction == "lower" else "higher"},
        "top": top,
        "quarters": list(QUARTILES),
    }  # fmt: skip


def cover_goal(board: dict[str, Any], goal_kpis: Collection[str], said: str) -> dict[str, Any]:
    """The same data without the goal, and without the KPIs that count the goal: nothing of either is sent.

    ``said`` stands in the goal's place.
    """
    hidden = {k for k, kpi in enumerate(board["kpis"]) if kpi["name"] in goal_kpis}
    reps = [rep | {"points": _without(rep["points"], hidden, None), "values": _without(rep["values"], hidden, NONE),
                   "goal": None, "goalText": ""} for rep in board["reps"]]  # fmt: skip
    kpis = [kpi | {"note": "", "figures": ""} for kpi in board["kpis"]]
    return board | {"kpis": kpis, "reps": reps, "covered": said}


def _without(values: Sequence[Any], hidden: Collection[int], instead: Any) -> list[Any]:
    return [instead if k in hidden else value for k, value in enumerate(values)]


def _reps(shown: History, names: Mapping[str, str]) -> list[dict[str, Any]]:
    level, places = shown.reps, {rep: place for place, rep in enumerate(names)}
    said = aligned_numbers(level.goal.tolist())
    values = _values(shown)
    return [
        {
            "id": places[rep],
            "name": names[rep],
            "points": [_number(value) for value in level.points[row].tolist()],
            "values": [column[row] for column in values],
            "goal": _number(float(level.goal[row])),
            "goalText": said[row],
        }
        for row, rep in enumerate(level.keys[REP])
    ]


def _values(shown: History) -> list[list[str]]:
    """Per KPI the reps' values as text; a KPI made of others has none."""
    columns = [rep_kpi_values(shown, k) for k in range(len(shown.design.kpis))]
    return [
        [NONE] * len(shown.reps) if column is None else [value_words(value, kpi) for value in column.tolist()]
        for column, kpi in zip(columns, shown.design.kpis, strict=True)
    ]


def _number(value: float) -> float | None:
    """JSON has no NaN."""
    return value if math.isfinite(value) else None
