"""What may be said of a trial: the claim against no effect and against the smallest that matters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.trials.estimate_effect import FEWEST_UNITS
from workbench.trials.trial_finding import TrialEstimate, TrialVerdict, VerdictReason
from workbench.trials.watching import WatchedTrial


@dataclass(frozen=True)
class VerdictInputs:
    """What the verdict rests on.

    ``claim``, ``estimates``: see ``TrialFinding``. ``few``: why there are too few units. ``drawn``: by chance alone.
    ``placebo_p``: of the pre-trend, NaN without. ``left_apart``: share by which more of one group left.
    ``overlaps``: another trial changes part of these people. ``lower_is_better``: of the measure. ``watched``: the
    declared looks, where there are any; ``running``: the planned end lies ahead, so that only they may speak.
    ``tries``: the how many-th look at the same data.
    """

    claim: TrialEstimate
    estimates: tuple[TrialEstimate, ...]
    few: tuple[VerdictReason, ...]
    smallest: float
    drawn: bool
    shared_pool: bool
    placebo_p: float
    left_apart: float
    most_left_apart: float
    overlaps: bool
    lower_is_better: bool
    watched: WatchedTrial | None = None
    running: bool = False
    tries: int = 1


def judge_trial(found: VerdictInputs) -> tuple[TrialVerdict, tuple[VerdictReason, ...]]:
    """Return the verdict on a trial with comparison units, and why.

    Whatever could have made the difference by itself – a pre-trend, more leavers in one group, another trial – leaves
    the verdict open. With one pool of leads a gain may have moved from the comparison to the treated.
    """
    if found.few:
        return "not_enough", found.few
    claim = found.claim
    if not np.isfinite(claim.p):
        return "not_enough", ("no_variation",)
    spoilt = _spoilt(found)
    if found.running and not (found.watched and found.watched.stopped):
        return "cannot_tell", ("running",)
    better = claim.value > 0 if not found.lower_is_better else claim.value < 0
    if claim.excludes_none:
        if spoilt:
            return "cannot_tell", spoilt
        if found.shared_pool:
            return "may_have_moved", ("shared_pool",)
        return ("helps" if better else "harms"), (() if found.drawn else ("both_exclude_none",))
    if found.running:
        return "cannot_tell", ("running",)
    if any(each.excludes_none for each in found.estimates):
        cost: VerdictReason = "tried_before" if found.tries > 1 else "looks_cost"
        return "cannot_tell", (cost if _agree(found.estimates) else "estimates_disagree", *spoilt)
    if -found.smallest < claim.low and claim.high < found.smallest:
        if spoilt or found.tries > 1:
            return "cannot_tell", spoilt or ("tried_before",)
        return "no_effect_seen", ("range_small",)
    return "cannot_tell", ("wide_range", *spoilt)


def _agree(estimates: tuple[TrialEstimate, ...]) -> bool:
    """Whether every estimate excludes no effect on the same side; what is missing is then the price of the looks."""
    return all(each.excludes_none for each in estimates) and len({each.value > 0 for each in estimates}) == 1


def too_few_units(n: tuple[int, int]) -> tuple[VerdictReason, ...]:
    """Return which side has too few units: treated, comparison."""
    out: list[VerdictReason] = []
    if n[0] < FEWEST_UNITS:
        out.append("few_treated")
    if n[1] < FEWEST_UNITS:
        out.append("few_comparison")
    return tuple(out)


def _spoilt(found: VerdictInputs) -> tuple[VerdictReason, ...]:
    out: list[VerdictReason] = []
    if not found.drawn and found.placebo_p <= 0.05:
        out.append("pre_trend")
    if abs(found.left_apart) >= found.most_left_apart:
        out.append("reps_left")
    if found.overlaps:
        out.append("overlapping_trial")
    return tuple(out)
