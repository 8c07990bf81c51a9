"""What a kind of question finds in the data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from workbench.learn.lesson import StepPlan
from workbench.learn.lesson_data import LessonData


@dataclass(frozen=True)
class FoundAnswer:
    """The answer of a question.

    Attributes
    ----------
    key : the right one. options : the keys to choose from, where the data make them.
    figures : what the answer rests on, by name; ``reps``: keys and names are those of reps.
    naive : the key of somebody who trusts the score, where the data say it.
    """

    key: str
    options: tuple[str, ...] = ()
    figures: tuple[tuple[str, float], ...] = ()
    reps: bool = False
    naive: str | None = None


Kind = Callable[[LessonData, StepPlan], FoundAnswer]


def among(figures: Mapping[str, float], options: Sequence[str], naive: str, *, reps: bool) -> FoundAnswer:
    """The option with the highest figure, all options in order of name."""
    best = max(options, key=figures.__getitem__)
    kept = tuple(sorted(options))
    return FoundAnswer(best, kept, tuple((name, float(figures[name])) for name in kept), reps, naive)
