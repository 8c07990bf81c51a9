"""Words of predictions that are played: what to do, and how well it went."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.learn.lesson import LessonStep, StepAnswer
from workbench.learn.plays import PlayMark, split_reps, split_weights
from workbench.words.lists import list_names
from workbench.words.numbers import short_number, with_unit

YOURS, TRUE = "your line", "what happened"
SCORES = "score"
LEFT = "Still to pick: {n}"
COVERED = "{goal}: covered until you commit"
_HOW = {
    "reps": "Click {n} reps, or press Space on them. {need} of them are enough to be right.",
    "line": "Drag the points, or use the arrow keys. Within {within} on average counts as right.",
    "weights": "Drag the weights below. {need} of the best sellers on top are enough to be right.",
}


def how_to_play(step: LessonStep, unit: str | None) -> str:
    """What to do, and from when on it counts as right; empty for a choice."""
    if step.task is None:
        return ""
    task = step.task
    return _HOW[step.play].format(n=task.n, need=task.need, within=with_unit(float(f"{task.within:.2g}"), unit))


def mark_sentence(step: LessonStep, mark: PlayMark, unit: str | None) -> str:
    """How well it went, in a number."""
    if step.play == "reps":
        return f"You found {mark.amount:.0f} of {mark.of:.0f}."
    if step.play == "weights":
        return f"Your weights put {mark.amount:.0f} of the {mark.of:.0f} best on top."
    return f"Your line was {with_unit(float(f'{mark.amount:.2g}'), unit)} away on average."


def played_outcome(step: LessonStep, mark: PlayMark, right: bool, sure: int, unit: str | None) -> str:
    """Whether a played prediction was right, how well it went, and how sure one was."""
    return f"{'Right' if right else 'Not this time'}. {mark_sentence(step, mark, unit)} You were {sure}% sure."


def picked_sentences(said: str, answer: StepAnswer, names: Mapping[str, str]) -> str:
    """Who was missed, and who was picked in vain."""
    picked, right = split_reps(said), split_reps(answer.key)
    wrong = [names.get(rep, rep) for rep in picked if rep not in right]
    if not wrong:  # of those tied for the last place, any will do
        return ""
    missed = [names.get(rep, rep) for rep in right if rep not in picked]
    return f"Picked in vain: {list_names(wrong, len(wrong))}. Overlooked: {list_names(missed, len(missed))}."


def weights_sentence(answer: StepAnswer, before: int, of: int) -> str:
    """Which weights would have done best, and how today's do."""
    best = [name for name, weight in split_weights(answer.key).items() if weight]
    counted = f"{list_names(best, len(best))} alone" if len(best) == 1 else f"{list_names(best, len(best))} alike"
    return f"Today's weights: {before} of {of}. Best of those tried: {counted}."


def line_words(unit: str | None, title: str) -> dict[str, str]:
    """Title of a line's axis, and what stands before and after its numbers."""
    shown = with_unit(1, unit)
    before, _, after = shown.partition(short_number(1))
    return {"title": title, "before": before, "after": after}


def reps_words(first: str) -> dict[str, str]:
    """Title of bars to pick from; ``first``: the months they are about, empty for all."""
    return {"title": f"{SCORES}, {first}" if first else SCORES, "left": LEFT}
