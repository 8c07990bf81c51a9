"""Answers of steps that are played: whom to pick, how a line runs, and which weights put the best on top."""

from __future__ import annotations

from itertools import product
from math import ceil, floor, log10

import numpy as np
import pandas as pd

from workbench.data.model.panel import REP
from workbench.learn.found import FoundAnswer
from workbench.learn.lesson import PlayTask, StepPlan
from workbench.learn.lesson_data import LessonData
from workbench.learn.plays import best_on_top, join_line, join_reps, join_weights
from workbench.learn.step_answers import usual_hours
from workbench.scoring.classification import rank_reps
from workbench.scoring.replay.reprimands import reprimands_by_rep

FOUND = 2 / 3
"""Share of the reps to be found from which picking them was right."""
CLOSE = 0.12
"""Share of the team's average up to which a drawn line is right."""
CLOSE_BY_HOUR = 0.25
"""The same for the hours of a day, of which there are more."""
GROUPS, STEPS = 4, 40
MARKS = 4
"""Into how many parts the axis of a line is cut."""
CALLS_IN_HUNDRED = 100.0


def pick_sellers(data: LessonData, step: StepPlan) -> FoundAnswer:
    """The ``n`` with most of the goal, picked from the bars of the score."""
    goals = _standing(data, step).set_index(REP)["goal"]
    better = -goals if data.design.required_goal.direction == "lower" else goals
    return _picked(data, step, better, goals, naive=_by_score(data, step)[: step.n])


def pick_reprimanded(data: LessonData, step: StepPlan) -> FoundAnswer:
    """The ``n`` reprimanded most often although they had made the goal."""
    counts = reprimands_by_rep(data.history).set_index(REP)["unjust"].astype(float)
    weakest = _standing(data, step).sort_values("goal_rank", ascending=False)[REP]
    return _picked(data, step, counts, counts, naive=list(weakest)[: step.n])


def pick_fakers(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Those who were planted to fake, all of them; figures are their goals and those of as many on top."""
    goals, fakers = data.goals(), data.truth.with_role("faker")
    faked = pd.Series({rep: float(rep in fakers) for rep in goals.index})
    some = step.model_copy(update={"n": len(fakers)})
    return _picked(data, some, faked, goals, naive=_by_score(data, step)[-len(fakers) :])


def goal_by_kpi(data: LessonData, step: StepPlan) -> FoundAnswer:
    """The average goal of four groups of reps, from those with least of a KPI to those with most."""
    ranks, goals = data.level(step.kpi or "").rank(method="first"), data.goals()
    groups = pd.qcut(ranks, GROUPS, labels=False)
    true = [float(goals[groups[groups == group].index].mean()) for group in range(GROUPS)]
    mean = float(goals.mean())
    start = [mean * (0.5 + group / (GROUPS - 1)) for group in range(GROUPS)]
    return _line(step.keys, true, start, high=2 * mean, within=CLOSE * mean)


def reach_by_hour(data: LessonData, step: StepPlan) -> FoundAnswer:
    """How many of 100 calls reach somebody, by hour of the day."""
    hours = usual_hours(data)
    true = [CALLS_IN_HUNDRED * float(share) for share in hours["reached"] / hours["n"]]
    mean = CALLS_IN_HUNDRED * float(hours["reached"].sum() / hours["n"].sum())
    return _line(tuple(f"{hour}:00" for hour in hours.index), true, [mean] * len(true), high=2.5 * mean,
                 within=CLOSE_BY_HOUR * mean)  # fmt: skip


def weigh_kpis(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Weights that put the best in the goal on top: right is one less than the best of all equal weights."""
    names = [kpi.name for kpi in data.design.kpis]
    today = {kpi.name: kpi.weight for kpi in data.design.kpis}
    open_to = [name for name in names if name not in data.truth.outcomes]
    naive = {name: weight if name in open_to else 0.0 for name, weight in today.items()}
    tried = [dict(zip(open_to, weights, strict=True)) for weights in product((0.0, 100.0), repeat=len(open_to))]
    on_top = [best_on_top(data, step, weights)[0] for weights in tried]
    best = int(np.argmax(on_top))
    alone = {name: float(best_on_top(data, step, {name: 100.0})[0]) for name in open_to}
    need = max(on_top[best] - 1, best_on_top(data, step, naive)[0] + 1)
    return FoundAnswer(join_weights(tried[best]), tuple(names), tuple(alone.items()), naive=join_weights(naive),
                       task=PlayTask(need=need))  # fmt: skip


def _picked(data: LessonData, step: StepPlan, measure: pd.Series, figures: pd.Series, naive: list[str]) -> FoundAnswer:
    """The ``n`` highest in ``measure``, all who are tied for the last place among them."""
    shown = _standing(data, step).sort_values("score_rank", kind="stable")
    scores = tuple((str(rep), float(score)) for rep, score in zip(shown[REP], shown["score"], strict=True))
    line = measure.nlargest(step.n).min()
    answer = [str(rep) for rep in measure.index[measure >= line]]
    told = sorted({*answer, *naive}, key=lambda rep: (-float(figures.get(rep, 0.0)), rep))
    return FoundAnswer(
        join_reps(answer), tuple(rep for rep, _ in scores), tuple((rep, float(figures[rep])) for rep in told),
        reps=True, naive=join_reps(naive), task=PlayTask(bars=scores, n=step.n, need=ceil(FOUND * step.n)),
    )  # fmt: skip


def _line(labels: tuple[str, ...], true: list[float], start: list[float], high: float, within: float) -> FoundAnswer:
    figures, step = tuple(zip(labels, true, strict=True)), _round_step(0.9 * high / STEPS)
    top = MARKS * step * ceil(high / (MARKS * step) * 0.999)
    begin = tuple(step * round(value / step) for value in start)
    task = PlayTask(start=begin, high=top, step=step, within=within)
    return FoundAnswer(join_line(true), labels, figures, naive=join_line(begin), task=task)


def _round_step(least: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 … from ``least`` on."""
    scale = 10.0 ** floor(log10(least))
    return next(scale * step for step in (1, 2, 5, 10) if scale * step >= least * 0.999)


def _standing(data: LessonData, step: StepPlan) -> pd.DataFrame:
    return rank_reps(data.scored(step)).dropna(subset=["score", "goal"])


def _by_score(data: LessonData, step: StepPlan) -> list[str]:
    return [str(rep) for rep in _standing(data, step).sort_values("score_rank", kind="stable")[REP]]
