"""Answers about the steps of a conversation: where reps differ, who is best, and why more people are reached."""

from __future__ import annotations

import pandas as pd

from workbench.learn.found import FoundAnswer, lead
from workbench.learn.lesson import StepPlan
from workbench.learn.lesson_data import LessonData
from workbench.phases.outcome_counts import HOUR


def widest_step(data: LessonData, step: StepPlan) -> FoundAnswer:
    """At which step the reps' rates differ most, as standard deviation ÷ mean, in percent."""
    rates = data.rates(step.chain)
    spread = 100 * rates.std() / rates.mean()
    figures = tuple((str(name), float(each)) for name, each in spread.items())
    return FoundAnswer(str(spread.idxmax()), figures=figures, margin=lead(spread))


def one_best(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Whether one rep is best at every step (``one``), or another at each (``another``)."""
    rates = data.rates(step.chain)
    best = rates.idxmax()
    return FoundAnswer("another" if best.nunique() == len(best) else "one",
                       figures=tuple((rep, float(n)) for rep, n in best.value_counts().items()), reps=True,
                       margin=min(lead(rates[name]) for name in rates))  # fmt: skip


def why_reached(data: LessonData, step: StepPlan) -> FoundAnswer:
    """What takes most of the differences at the first step: ``hours``, ``lists``, or neither (``voice``)."""
    hours, lists = data.explained(HOUR), data.explained("list")
    share = {"voice": 1 - max(hours, lists, 0.0), "hours": hours, "lists": lists}
    hourly = usual_hours(data).iterrows()
    figures = tuple((f"{hour}:00", float(100 * row["reached"] / row["n"])) for hour, row in hourly)
    first, second = sorted(share.values(), reverse=True)[:2]
    return FoundAnswer(max(share, key=share.__getitem__), figures=figures, margin=first - second)


def usual_hours(data: LessonData) -> pd.DataFrame:
    """Calls by hour of the day: ``n`` and ``reached``; an hour with a few calls is nobody's habit."""
    cells = data.by_stratum(HOUR).groupby("stratum")[["n", "reached"]].sum()
    return cells[cells["n"] >= cells["n"].sum() / 200]


def who_teaches(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Who is best at the step named by ``kpi``, among those who are best at one."""
    rates = data.rates(step.chain)
    options = tuple(sorted(set(rates.idxmax())))
    own = rates[step.kpi or ""]
    naive = str(rates[rates.columns[0]].idxmax())
    figures = tuple((rep, float(100 * own[rep])) for rep in options)
    return FoundAnswer(str(own.idxmax()), options, figures, True, naive, lead([own[rep] for rep in options]))
