"""Answers about rankings: who is on top, where they stand in the goal, and what other weights change."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd

from workbench.data.model.panel import REP
from workbench.learn.found import FoundAnswer, among, lead
from workbench.learn.lesson import StepPlan
from workbench.learn.lesson_data import LessonData
from workbench.scoring.classification import give_awards, rank_reps
from workbench.scoring.replay.reprimands import reprimands_by_rep

MOST_OPTIONS = 4
NEARLY_ALL = 5 / 6
BEHIND = 0.05
"""Share of the goal by which who is offered as another best seller is behind the best."""
FEWER = 2
"""Reprimands fewer than the most, of who is offered beside."""


def best_seller(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Of the two on top of the score and the best in the goal: who has most of the goal.

    Of those who were there all the time: among others, most in all and most a period are not the same.
    """
    scored = data.scored(step)
    there = scored.rep_periods.keys[REP].value_counts()
    standing = rank_reps(scored).dropna(subset=["score", "goal"])
    standing = standing[standing[REP].isin(there.index[there == there.max()])]
    top = list(standing.sort_values(["score_rank", "goal_rank"], ascending=[True, False])[REP][:2])
    goals = standing.sort_values("goal_rank").set_index(REP)["goal"]
    behind = goals[goals <= (1 - BEHIND) * goals.iloc[0]].index
    best = [rep for rep in [goals.index[0], *behind] if rep not in top]
    return among(goals, [*top, *best][:MOST_OPTIONS], top[0], reps=True)


def place_of_top(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Where the ``n`` on top of the score, or of one KPI, stand in the goal: ``top``, ``middle`` or ``bottom``.

    Top and bottom where five in six of them, or all, are in that half.
    """
    goals = data.goals().dropna()
    if step.kpi:
        top = list(data.level(step.kpi).nlargest(step.n).index)
    else:
        standing = rank_reps(data.scored(step)).dropna(subset=["score", "goal"])
        top = list(standing.sort_values("score_rank", kind="stable")[REP][: step.n])
    below = (goals.rank(pct=True)[top] <= 0.5).mean()
    enough = 1 if step.all_of_them else NEARLY_ALL
    key = "bottom" if below >= enough else "top" if 1 - below >= enough else "middle"
    spare = len(top) - math.ceil(enough * len(top))  # so many may stand in the other half
    low = 1 - goals[top].sort_values(ascending=False).iloc[spare] / goals.median()
    high = goals[top].sort_values().iloc[spare] / goals.median() - 1
    margin = {"bottom": low, "top": high, "middle": min(-low, -high)}[key]
    return FoundAnswer(key, figures=tuple((rep, float(goals[rep])) for rep in top), reps=True, margin=margin)


def first_group(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Who holds the first ``n`` places of the score: ``sellers``, ``style`` (all of one style) or ``mix``."""
    standing = rank_reps(data.scored(step)).dropna(subset=["score", "goal"])
    top = set(standing.sort_values("score_rank")[REP][: step.n])
    sellers = set(standing.sort_values("goal_rank")[REP][: step.n])
    styles = {data.truth.styles.get(rep) for rep in top}
    key = "sellers" if top == sellers else "style" if len(styles) == 1 else "mix"
    counts = pd.Series([data.truth.styles.get(rep, "") for rep in top]).value_counts()
    scores = standing["score"].sort_values(ascending=False).to_numpy()
    return FoundAnswer(key, figures=tuple((str(style), float(n)) for style, n in counts.items()),
                       margin=lead(scores[step.n - 1 : step.n + 1]))  # fmt: skip


def who_is_praised(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Who holds the first ``n`` places of the score: ``fakers`` alone, or ``others`` too."""
    standing = rank_reps(data.scored(step)).dropna(subset=["score"]).sort_values("score", ascending=False)
    fake = standing[REP].isin(data.truth.with_role("faker"))
    best_other = standing.loc[~fake, "score"].max()
    return FoundAnswer("fakers" if fake[: step.n].all() else "others",
                       figures=(("fakers", float(fake[: step.n].sum())),),
                       margin=abs(float(1 - best_other / standing["score"].iloc[step.n - 1])))  # fmt: skip


def overlap(data: LessonData, step: StepPlan) -> FoundAnswer:
    """How many of the first ``n`` by score are among the first ``n`` in the goal: ``few``, ``some`` or ``most``."""
    standing = rank_reps(data.scored(step)).dropna(subset=["score", "goal"])
    top = list(standing.sort_values("score_rank", kind="stable")[REP][: step.n])
    sellers = set(standing.sort_values("goal_rank", kind="stable")[REP][: step.n])
    n = len(sellers & set(top))
    goals = standing.set_index(REP)["goal"]
    key = "few" if n <= 1 else "most" if n >= step.n - 1 else "some"
    margin = {"few": 2 - n, "most": n - step.n + 2, "some": min(n - 1, step.n - 1 - n)}[key]
    return FoundAnswer(key, figures=tuple((rep, float(goals[rep])) for rep in top), reps=True, margin=margin)


def kpi_alone(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Which KPI alone puts most of the best in the goal on top, ties by the link of the whole ranking."""
    names = [kpi.name for kpi in data.design.kpis]
    open_to = [name for name in names if name not in data.truth.outcomes and name in (step.kpis or names)]
    found = {}
    for name in open_to:
        weighted = data.history.weighted([float(name == each) for each in names])
        on_top = give_awards(rank_reps(weighted)).overlap
        found[name] = on_top + (data.agreements[name].agreement.across_reps.rho + 1) / 4  # less than one rep more
    heaviest = max(open_to, key=lambda name: next(kpi.weight for kpi in data.design.kpis if kpi.name == name))
    best = among(found, open_to, heaviest, reps=False)
    whole = tuple((name, float(int(figure))) for name, figure in best.figures)
    first, second = sorted((figure for _, figure in whole), reverse=True)[:2]
    return FoundAnswer(best.key, best.options, whole, naive=best.naive, margin=first - second)


def who_rises(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Who gains places under the step's weights: ``fakers``, ``honest`` or ``nobody``."""
    before, after = (rank_reps(each).set_index(REP)["score_rank"] for each in (data.history, data.scored(step)))
    gain = before - after
    groups = {"fakers": data.truth.with_role("faker"), "honest": data.truth.with_role("honest_seller")}
    means = {key: float(gain[gain.index.isin(reps)].mean()) for key, reps in groups.items()}
    best = max(means, key=means.__getitem__)
    next_best = max([1.0, *(mean for key, mean in means.items() if key != best)])
    return FoundAnswer(best if means[best] >= 1 else "nobody", figures=tuple(means.items()),
                       margin=abs(means[best] - next_best))  # fmt: skip


def most_unjust(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Who is reprimanded most often with the goal made, among two with high and one with a low score."""
    counts = reprimands_by_rep(data.history).set_index(REP)["unjust"]
    worst = str(counts.idxmax())
    standing = rank_reps(data.history).dropna(subset=["score", "goal"])
    less = [rep for rep in standing[REP] if counts[rep] <= counts[worst] - FEWER]
    weakest = standing.sort_values("goal_rank", ascending=False)[REP]
    last = next(rep for rep in weakest if rep in less and rep not in less[:2])
    found = among(counts, [worst, *less[:2], last], last, reps=True)
    return replace(found, margin=float(counts[worst] - max(counts[rep] for rep in found.options if rep != worst)))
