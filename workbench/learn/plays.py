"""Predictions that are played: reps picked, a line drawn, weights set; kept as text, and marked against the answer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.learn.found import FoundAnswer
from workbench.learn.lesson import StepPlan
from workbench.learn.lesson_data import LessonData
from workbench.scoring.classification import give_awards, rank_reps

_BETWEEN, _IS = "\n", "="


@dataclass(frozen=True)
class PlayMark:
    """How well a prediction did.

    Attributes
    ----------
    amount : reps found, best sellers on top, or the average distance of the line. of : how many there were to find, or
    the distance up to which a line is right.
    """

    right: bool
    amount: float
    of: float


def join_reps(reps: Sequence[str]) -> str:
    """Picked reps as text."""
    return _BETWEEN.join(sorted(reps))


def split_reps(said: str) -> tuple[str, ...]:
    """Picked reps from text."""
    return tuple(filter(None, said.split(_BETWEEN)))


def join_line(values: Sequence[float]) -> str:
    """A drawn line as text."""
    return _BETWEEN.join(f"{value:.6g}" for value in values)


def split_line(said: str) -> tuple[float, ...]:
    """A drawn line from text; empty where it is none."""
    try:
        return tuple(float(value) for value in said.split(_BETWEEN))
    except ValueError:
        return ()


def join_weights(weights: Mapping[str, float]) -> str:
    """Weights by KPI as text."""
    return _BETWEEN.join(f"{name}{_IS}{weight:g}" for name, weight in weights.items())


def split_weights(said: str) -> dict[str, float]:
    """Weights by KPI from text."""
    pairs = (line.rpartition(_IS) for line in said.split(_BETWEEN) if _IS in line)
    return {name: float(weight) for name, _, weight in pairs}


def best_on_top(data: LessonData, step: StepPlan, weights: Mapping[str, float]) -> tuple[int, int]:
    """How many of the best in the goal these weights put on top, and how many best there are."""
    history = data.scored(step)
    weighted = history.weighted([float(weights.get(kpi.name, 0.0)) for kpi in data.design.kpis])
    awards = give_awards(rank_reps(weighted))
    return (awards.overlap if any(weights.values()) else 0), len(awards.best_sellers)


def mark_prediction(data: LessonData, step: StepPlan, found: FoundAnswer, said: str) -> PlayMark:
    """Hold a prediction against the answer."""
    if step.play == "choice" or found.task is None:
        right = said == found.key
        return PlayMark(right, float(right), 1.0)
    if step.play == "reps":
        picked, answer = set(split_reps(said)), set(split_reps(found.key))
        n, fair = min(len(picked & answer), found.task.n), len(picked) <= max(found.task.n, len(answer))
        return PlayMark(n >= found.task.need and fair, n, found.task.n)
    if step.play == "weights":
        n, of = best_on_top(data, step, split_weights(said))
        return PlayMark(n >= found.task.need, n, of)
    gap = _average_gap(split_line(said), split_line(found.key))
    return PlayMark(gap <= found.task.within, gap, found.task.within)


def _average_gap(drawn: Sequence[float], true: Sequence[float]) -> float:
    if len(drawn) != len(true):
        return math.inf
    return sum(abs(mine - real) for mine, real in zip(drawn, true, strict=True)) / len(true)
