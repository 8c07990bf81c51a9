"""What a trial as planned would find: the effect for its people and length, and which length is enough."""

from __future__ import annotations

import math

from workbench.trials.estimate_effect import FEWEST_UNITS
from workbench.trials.trial_file import TrialFile
from workbench.trials.trial_finding import DetectableEffect, TrialFinding


def takes_too_few(found: TrialFinding) -> bool:
    """Whether so few take part on one side that no effect, however large, could be shown."""
    return found.kind == "comparison" and 0 < min(found.n_treated, found.n_comparison) < FEWEST_UNITS


def planned_effect(found: TrialFinding) -> DetectableEffect | None:
    """The detectable effect for as many units as take part, nearest to the trial's length; None where unknown.

    None where too few take part. Where nobody works as before, that of the number of units that would find most.
    """
    known = [each for each in found.detectable if math.isfinite(each.effect)]
    if not known or takes_too_few(found):
        return None
    n = min(known, key=lambda each: each.effect).n_treated
    if found.kind != "no_comparison":
        n = min({each.n_treated for each in known}, key=lambda size: (abs(size - found.n_treated), size))
    mine = [each for each in known if each.n_treated == n]
    wanted = planned_length(found.file, found.grain)
    return min(mine, key=lambda each: (abs(each.n_periods - wanted), each.n_periods))


def planned_length(file: TrialFile, grain: str) -> float:
    """The length of a trial in periods of its grain; six months without an end."""
    days = {"day": 1.0, "week": 7.0, "month": 30.4375, "quarter": 91.3125}[grain]
    return ((file.end - file.start).days + 1) / days if file.end else 182.625 / days


def shorter_than_planned(found: TrialFinding) -> bool:
    """Whether what is known of the effect holds for the first part of the trial alone: the history ends there."""
    seen = planned_effect(found)
    return seen is not None and seen.n_periods < planned_length(found.file, found.grain) - 0.5


def enough_length(found: TrialFinding) -> DetectableEffect | None:
    """The shortest trial of as many units that finds the smallest effect that matters; None where none is known."""
    seen = planned_effect(found)
    if seen is None or not math.isfinite(found.smallest):
        return None
    fit = [each for each in found.detectable if each.n_treated == seen.n_treated and each.effect <= found.smallest]
    return min(fit, key=lambda each: each.n_periods, default=None)


def split_that_finds(found: TrialFinding) -> DetectableEffect | None:
    """The shortest trial of the same people, split in another way, that finds the smallest effect that matters."""
    fit = [each for each in found.detectable if each.effect <= found.smallest]
    return min(fit, key=lambda each: (each.n_periods, abs(each.n_treated - found.n_treated)), default=None)
