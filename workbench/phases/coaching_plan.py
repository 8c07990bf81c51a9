"""The coaching plan: which phase first, whom, and from whom they could learn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from workbench.phases.coaching_gain import CoachingGain, coaching_gain
from workbench.phases.phase_findings import PhaseFinding, PhaseFindings

HALF = 0.5
MOST_COACHED = 3
SURE = 0.9
PlanReason = Literal["largest_gain", "earlier_phase", "next_readable"]


@dataclass(frozen=True)
class CoachedRep:
    """A rep to coach, and the extra last phases per month at the achievable level, with 95 % interval."""

    rep: str
    gain: float
    low: float
    high: float


@dataclass(frozen=True)
class PlanStep:
    """One step of the plan.

    Attributes
    ----------
    phase : its name. coached : whom to coach, the largest gain first: at most ``MOST_COACHED`` reps who are surely
        below the middle rep, or the one with the largest gain where nobody is; empty for a phase to wait for.
    learn_from : the rep who is ahead like for like; None where nobody surely is, or the rep merely has the best list.
    gain, low, high : extra last phases per month from all of these reps at the achievable level, with 95 % interval.
    gain_median : at the level of the median rep. why : it has the largest gain; it is earlier and has at least half of
        the largest gain; or it becomes readable next. needed : attempts per rep it waits for, NaN else.
    """

    phase: str
    coached: tuple[CoachedRep, ...]
    learn_from: str | None
    gain: float
    low: float
    high: float
    gain_median: float
    why: PlanReason
    needed: float = float("nan")


@dataclass(frozen=True, eq=False)
class Coaching:
    """Gains by phase (None where unreadable) and the plan; an empty plan where no phase is readable."""

    gains: tuple[CoachingGain | None, ...]
    plan: tuple[PlanStep, ...]


def plan_coaching(found: PhaseFindings) -> Coaching:
    """Coach first the earliest readable phase whose expected gain is at least half of the largest."""
    gains = tuple(coaching_gain(found, k) for k in range(len(found.phases)))
    there = [gain for gain in gains if gain is not None]
    if not there:
        return Coaching(gains, ())
    largest = max(gain.total for gain in there)
    first = next(gain for gain in there if gain.total >= HALF * largest)
    why: PlanReason = "largest_gain" if first.total == largest else "earlier_phase"
    steps = [_step(found, first, why)]
    waiting = [each for each in found.phases if each.why == "few_attempts"]
    if waiting:
        steps.append(_next_step(waiting[0]))
    return Coaching(gains, tuple(steps))


def _step(found: PhaseFindings, gain: CoachingGain, why: PlanReason) -> PlanStep:
    phase = found.phases[gain.phase]
    # Reps who may as well be in the middle are not picked out: whoever is lowest by luck rises again without coaching.
    surely = np.mean(phase.rates.draws < phase.rates.median[:, None], axis=0) >= SURE
    expected = gain.to_top.mean(axis=0)
    order = np.argsort(-expected, kind="stable")
    chosen = np.array([i for place, i in enumerate(order) if surely[i] or place == 0][:MOST_COACHED])
    low, high = gain.interval(chosen)
    coached = tuple(
        CoachedRep(found.cube.reps[i], float(expected[i]), *gain.interval(np.array([i]))) for i in chosen.tolist()
    )
    return PlanStep(
        phase.name, coached, rep_to_learn_from(found, phase), float(expected[chosen].sum()), low, high,
        float(gain.to_median[:, chosen].mean(axis=0).sum()), why,
    )  # fmt: skip


def _next_step(phase: PhaseFinding) -> PlanStep:
    nothing = float("nan")
    return PlanStep(phase.name, (), None, nothing, nothing, nothing, nothing, "next_readable", phase.needed)


def phase_to_practise(coaching: Coaching, rep: int) -> int:
    """Return the place of the phase at which the rep at a place would gain most; the first where none is readable."""
    gains = [float(gain.to_top[:, rep].mean()) if gain is not None else -1.0 for gain in coaching.gains]
    return int(np.argmax(gains))


def rep_to_learn_from(found: PhaseFindings, phase: PhaseFinding) -> str | None:
    """Return the rep with the highest rate like for like, if surely above the median rep and not by an own list."""
    if not phase.readable:
        return None
    best = int(np.argmax(phase.rates.shrunk))
    above = np.mean(phase.rates.draws[:, best] > phase.rates.median)
    own_list = len(found.cube.strata) > 1 and found.own_most[best] > HALF
    return found.cube.reps[best] if above >= SURE and not own_list else None
