"""What a kind of question finds in the data."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.learn.lesson import PlayTask, StepPlan
from workbench.learn.lesson_data import LessonData


@dataclass(frozen=True)
class FoundAnswer:
    """The answer of a question.

    Attributes
    ----------
    key : the right one. options : the keys to choose from, where the data make them.
    figures : what the answer rests on, by name; ``reps``: keys and names are those of reps.
    naive : the key of somebody who trusts the score, where the data say it.
    margin : how far another answer is, in what the kind counts; ``learn.answers.CLEAR`` says from where it is clear.
    task : what is played with, where the step is no choice.
    """

    key: str
    options: tuple[str, ...] = ()
    figures: tuple[tuple[str, float], ...] = ()
    reps: bool = False
    naive: str | None = None
    margin: float = math.inf
    task: PlayTask | None = None


Kind = Callable[[LessonData, StepPlan], FoundAnswer]


def among(figures: Mapping[str, float], options: Sequence[str], naive: str, *, reps: bool) -> FoundAnswer:
    """The option with the highest figure, all options in order of name."""
    best = max(options, key=figures.__getitem__)
    kept = tuple(sorted(options))
    return FoundAnswer(best, kept, tuple((name, float(figures[name])) for name in kept), reps, naive,
                       lead([float(figures[name]) for name in kept]))  # fmt: skip


def lead(figures: Iterable[float]) -> float:
    """How far the highest is ahead of the second, as a share of the highest."""
    first, second = sorted(figures, reverse=True)[:2]
    return (first - second) / abs(first) if first else 0.0
