"""Before a trial starts: which effect it would find, how long is enough, and the draw."""

from __future__ import annotations

import math

from workbench.trials.planned_effect import (
    enough_length,
    planned_effect,
    planned_length,
    shorter_than_planned,
    split_that_finds,
    takes_too_few,
)
from workbench.trials.trial_finding import DetectableEffect, TrialFinding
from workbench.words.numbers import percent
from workbench.words.trial_amounts import amount, per_what, periods_words, units_words
from workbench.words.trials import too_few_words

DETECTABLE_CAPTION = (
    "The effect that 8 of 10 such trials would find, from how much these reps vary. Dashed: what matters."
)
NO_DETECTABLE = "The history is too short to say which effect such a trial would find."
NO_PROOF = "Nobody works as before here, so this trial is no proof."
NO_LONGER = "The history is too short to say what a longer trial would find."
PROPOSE, PROPOSE_AGAIN = "Draw the lots", "Draw again"
USE_DRAW, USE_OTHER_DRAW = "Use this draw", "Replace the draw on the card"
DRAWN_ALREADY = "The card says drawn by lot. Another draw would replace the names on it."
ON_THE_CARD = "This draw is on the card."
PROPOSE_HELP = "Reps are paired by past results, then drawn: both groups start alike, and chance alone decides."
ONE_START = "This is for one start for all. A trial in waves of the same length finds somewhat less."
RISES = 0.02
"""Share by which a longer trial finds less, from which that is told."""


def detectable_sentence(found: TrialFinding) -> str:
    """Which effect the trial as planned would find, against the smallest that matters."""
    seen = planned_effect(found)
    if takes_too_few(found):
        return f"{too_few_words(found)}."
    if seen is None:
        return NO_DETECTABLE
    share = f", {percent(seen.share_of_level)} of today's level" if math.isfinite(seen.share_of_level) else ""
    if found.kind == "no_comparison":
        sides = f"{units_words(found, seen.n_treated)} changed and {seen.n_comparison} as before"
        return (f"{NO_PROOF} Another trial, with {sides}, would show {amount(found, seen.effect)} or more in "
                f"{periods_words(found, seen.n_periods)}.")  # fmt: skip
    first = "the first " if shorter_than_planned(found) else ""
    return (f"{units_words(found, seen.n_treated)} over {first}{periods_words(found, seen.n_periods)} would show "
            f"an effect of {amount(found, seen.effect)} or more {per_what(found)}".rstrip() + f"{share}.")  # fmt: skip


def detectable_line(found: TrialFinding, each: DetectableEffect) -> str:
    """``10 of 20 reps for 6 months: $2,100 (12% of the level)``"""
    sides = f"{each.n_treated} of {units_words(found, each.n_treated + each.n_comparison)}"
    share = f" ({percent(each.share_of_level)} of the level)" if math.isfinite(each.share_of_level) else ""
    return f"{sides} for {periods_words(found, each.n_periods)}: {amount(found, each.effect)}{share}"


def longer_hurts_sentence(found: TrialFinding) -> str:
    """Why the curve rises at its end, where it does; empty elsewhere."""
    seen = planned_effect(found)
    mine = [each for each in found.detectable if seen is not None and each.n_treated == seen.n_treated]
    best = min(mine, key=lambda each: each.effect, default=None)
    if best is None or mine[-1].effect <= best.effect * (1 + RISES):
        return ""
    return (f"More than {periods_words(found, best.n_periods)} do not help here: these reps' results drift apart, "
            "so that their past says less and less.")  # fmt: skip


def planning_sentences(found: TrialFinding) -> list[str]:
    """Which effect would be found, how long is enough, and what that does not hold for."""
    waves = ONE_START if found.kind == "staggered" and found.detectable else ""
    said = (detectable_sentence(found), long_enough_sentence(found), longer_hurts_sentence(found), waves)
    return [each for each in said if each]


def long_enough_sentence(found: TrialFinding) -> str:
    """How long a trial must run to find the smallest effect that matters; empty where nothing is known."""
    seen = planned_effect(found)
    if seen is None or not math.isfinite(found.smallest):
        return ""
    if seen.effect <= found.smallest:
        return f"That is precise enough: {amount(found, found.smallest)} is the smallest effect that matters."
    fit = enough_length(found)
    matters = f"To find {amount(found, found.smallest)}, the smallest effect that matters,"
    if fit is not None:
        return f"{matters} run {periods_words(found, fit.n_periods)}."
    longest = max(each.n_periods for each in found.detectable)
    if longest < planned_length(found.file, found.grain) - 0.5:
        return NO_LONGER
    if (split := split_that_finds(found)) is not None:
        return (
            f"{matters} let {units_words(found, split.n_treated)} change for {periods_words(found, split.n_periods)}."
        )
    if found.file.comparison is None:
        everybody = units_words(found, seen.n_treated + seen.n_comparison)
        all_in = f"it has {everybody}" if found.kind == "no_comparison" else f"all {everybody} take part already"
        return (
            f"The smallest effect that matters is {amount(found, found.smallest)}. "
            f"This team cannot show it in {periods_words(found, longest)}: {all_in}."
        )
    return f"{matters} more reps must take part, or this team cannot show it."
