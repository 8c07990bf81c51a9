"""Answers about the team: the goal while KPIs were hit, who left, who faked, and what the goal needs."""

from __future__ import annotations

import math

import pandas as pd

from workbench.data.model.panel import PERIOD, REP
from workbench.learn.found import FoundAnswer
from workbench.learn.lesson import StepPlan
from workbench.learn.lesson_data import LessonData
from workbench.scoring.backtest import counts_goal
from workbench.scoring.goal_without_kpi import classify_reps_by_goal_and_kpi
from workbench.scoring.replay.leavers import compare_leavers
from workbench.scoring.replay.stop_signal import find_stop_signal
from workbench.trials.evaluate_trial import evaluate_trial
from workbench.trials.trial_file import load_trial
from workbench.trials.trial_library import TRIAL_ENDING

MOST = 0.75
"""Share of those who left that makes them strong or weak."""


def goal_in_months(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Where the team was in these months: ``above`` or ``below`` its goal in each of them, else ``on`` it."""
    level = data.history.team
    share = pd.Series(level.goal / level.goal_target, index=pd.DatetimeIndex(level.keys[PERIOD]))
    share = share[step.first : step.last]
    key = "above" if (share > 1).all() else "below" if (share < 1).all() else "on"
    lowest, highest = float(share.min()) - 1, float(share.max()) - 1
    margin = {"above": lowest, "below": -highest, "on": min(highest, -lowest)}[key]
    figures = tuple((f"{month:%B %Y}", float(100 * part)) for month, part in share.items())
    return FoundAnswer(key, figures=figures, margin=margin)


def who_left(data: LessonData, step: StepPlan) -> FoundAnswer:
    """What those who left were: ``honest`` (most above the middle in the goal), ``fakers`` or ``weak``."""
    left = compare_leavers(data.panel, data.history).reps
    goals = left.set_index(REP)["goal"]
    fakers = data.truth.with_role("faker")
    middle = float(data.goals().median())
    above = (goals > middle).mean() >= MOST
    key = "fakers" if set(left[REP]) & fakers else "honest" if above else "weak"
    last = goals.sort_values(ascending=False).iloc[math.ceil(MOST * len(goals)) - 1]  # who makes it most of them
    return FoundAnswer(key, figures=tuple((str(rep), float(goal)) for rep, goal in goals.items()), reps=True,
                       margin=math.inf if key == "fakers" else abs(float(last) / middle - 1))  # fmt: skip


def share_of_measure(data: LessonData, step: StepPlan) -> FoundAnswer:
    """How many of 100 of one measure are another one too, for reps in a role: ``few``, ``some`` or ``many``.

    Below the first, between and above the second of the step's limits.
    """
    part, whole = step.parts or ("", "")
    low, high = step.limits
    frame = data.panel.frame.set_index(PERIOD).sort_index()[step.first : step.last]
    inside = frame[REP].isin(data.truth.with_role(step.role or "")).to_numpy()
    share, rest = (100 * float(rows[part].sum() / rows[whole].sum()) for rows in (frame[inside], frame[~inside]))
    key = "few" if share < low else "many" if share > high else "some"
    return FoundAnswer(key, figures=((step.role or "", share), ("others", rest)),
                       margin=min(abs(share - low), abs(share - high)) / 100)  # fmt: skip


def goal_span(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Whether the best and the last in the goal are where they are told to be, between two limits each."""
    goals, (best_low, best_high, last_low, last_high) = data.goals(), step.limits
    best, last = float(goals.max()), float(goals.min())
    told = best_low <= best <= best_high and last_low <= last <= last_high
    return FoundAnswer("yes" if told else "no", figures=(("most", best), ("least", last)))


def did_it_help(data: LessonData, step: StepPlan) -> FoundAnswer:
    """What may be said of the change on the trial card: ``yes``, ``no`` or ``unknown``; figures: the team's goal."""
    card = next(iter(sorted(data.folder.glob(f"*{TRIAL_ENDING}"))), None)
    if card is None:
        raise LookupError(f"{data.folder.name} has no trial card")
    verdict = evaluate_trial(data.panel, load_trial(card)).verdict
    level = data.history.team
    goals = zip(pd.DatetimeIndex(level.keys[PERIOD]), level.goal, strict=True)
    return FoundAnswer({"helps": "yes", "harms": "no"}.get(verdict, "unknown"),
                       figures=tuple((f"{month:%B %Y}", float(goal)) for month, goal in goals))  # fmt: skip


def when_to_stop(data: LessonData, step: StepPlan) -> FoundAnswer:
    """At the end of which month the data first said that a KPI's link with the goal is gone; ``none`` in none."""
    signal = find_stop_signal(data.panel, data.history, data.place(step.kpi or ""))
    links = signal.readings.dropna(subset=["rho"])
    figures = tuple(
        (f"{month:%B %Y}", round(float(link), 2)) for month, link in zip(links[PERIOD], links["rho"], strict=True)
    )
    return FoundAnswer("none" if signal.first is None else f"{signal.first:%Y-%m}", figures=figures)


def how_many_fake(data: LessonData, step: StepPlan) -> FoundAnswer:
    """How many reps were planted to fake: ``few`` (an eighth at most), ``third`` (up to half) or ``most``."""
    n, n_fake = len(data.truth.reps), sum(rep.fakes is not None for rep in data.truth.reps)
    key = "few" if n_fake <= n / 8 else "third" if n_fake <= n / 2 else "most"
    return FoundAnswer(key, figures=(("faked", float(n_fake)), ("did not", float(n - n_fake))),
                       margin=min(abs(n_fake - n / 8), abs(n_fake - n / 2)))  # fmt: skip


def goal_with_kpi(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Of those who made the goal, how many made a KPI's target too: ``few`` (a third), ``half`` or ``most``."""
    kpi = next(each for each in data.design.kpis if each.name == step.kpi)
    found = classify_reps_by_goal_and_kpi(data.panel, data.design.required_goal, kpi, data.design.scoring)
    both, without = len(found.of("hit_both")), len(found.of("unsung_seller"))
    share = both / max(both + without, 1)
    key = "few" if share < 1 / 3 else "most" if share > 2 / 3 else "half"
    return FoundAnswer(key, figures=(("target made too", float(both)), ("target missed", float(without))),
                       margin=min(abs(share - 1 / 3), abs(share - 2 / 3)))  # fmt: skip


def agrees_by_construction(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Whether the score's agreement with the goal shows something: ``no`` where a weighted KPI holds the goal."""
    found = tuple(data.agreements[kpi.name] for kpi in data.design.kpis)
    inside = counts_goal(found, data.design)
    shares = tuple((kpi.name, 100.0 * one.share) for kpi, one in zip(data.design.kpis, found, strict=True) if one.share)
    return FoundAnswer("no" if inside else "yes", figures=shares)
