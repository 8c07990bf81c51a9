"""The coaching plan: which phase first, whom, and from whom they could learn."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from workbench.phases.coaching_gain import CoachingGain, coaching_gain
from workbench.phases.hour_effect import MOSTLY, HourEffect
from workbench.phases.phase_counts import MANY
from workbench.phases.phase_findings import PhaseFinding, PhaseFindings, WhyUnreadable

HALF = 0.5
MOST_COACHED = 3
SURE = 0.9
FAR = 5.0  # times the attempts that are there: what needs more is not waited for
PlanReason = Literal["largest_gain", "earlier_phase", "next_readable"]
WhyNoPlan = Literal["outcomes_open", "nobody_below"] | WhyUnreadable
_REASONS: tuple[WhyUnreadable, ...] = ("few_reps", "own_strata", "one_month", "few_attempts", "spells")


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
        below the middle rep; empty for a phase to wait for.
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
    """Gains by phase (None where unreadable) and the plan.

    ``why_none`` says why nobody is to be coached: too many outcomes are open, no phase can be read (and why), or nobody
    is surely below the middle rep; None where somebody is. ``by_hour`` is the share of the gap between the coached reps
    and the level in reach that the hour of their calls explains; None where that is not known, or hours are compared.
    """

    gains: tuple[CoachingGain | None, ...]
    plan: tuple[PlanStep, ...]
    why_none: WhyNoPlan | None = None
    by_hour: float | None = None

    @property
    def hour_first(self) -> bool:
        """Whether the hour explains most of the gap: compare by hour before anyone is coached."""
        return self.by_hour is not None and self.by_hour >= MOSTLY


def plan_coaching(
    found: PhaseFindings, gone: Collection[str] = (), open_share: float = 0.0, hour: HourEffect | None = None
) -> Coaching:
    """Coach first the earliest readable phase whose expected gain is at least half of the largest.

    Parameters
    ----------
    gone : reps who call no more; they are neither coached nor learnt from. open_share : of the calls, whose outcome has
        no answer: beyond ``MANY`` no rate can be trusted, and there is no plan. hour : what comparing calls of the same
        hour would change, with reps named as in ``found``.
    """
    here = np.array([rep not in gone for rep in found.cube.reps])
    if open_share > MANY:
        return Coaching((None,) * len(found.phases), (), "outcomes_open")
    gains = tuple(coaching_gain(found, k, here) for k in range(len(found.phases)))
    there = [gain for gain in gains if gain is not None and _surely_below(found.phases[gain.phase])[here].any()]
    if not there:
        return Coaching(gains, (), _why_none(found))
    largest = max(gain.total for gain in there)
    first = next(gain for gain in there if gain.total >= HALF * largest)
    steps = [_step(found, first, "largest_gain" if first.total == largest else "earlier_phase", here)]
    waiting = [phase for phase in found.phases if phase.why == "few_attempts" and _is_near(phase)]
    if waiting:
        steps.append(_next_step(min(waiting, key=lambda phase: phase.p)))
    plan = Coaching(gains, tuple(steps))
    coached = [one.rep for one in steps[0].coached]
    return replace(plan, by_hour=hour.share_of_gap(steps[0].phase, coached)) if hour and coached else plan


def _why_none(found: PhaseFindings) -> WhyNoPlan:
    reasons = [phase.why for phase in found.phases]
    if None in reasons:
        return "nobody_below"
    return next((why for why in _REASONS if why in reasons), "alike")


def _surely_below(phase: PhaseFinding) -> np.ndarray:
    """Return (reps,) who is surely below the middle rep: whoever is low by luck rises again without coaching."""
    return np.mean(phase.rates.draws < phase.rates.median[:, None], axis=0) >= SURE


def _is_near(phase: PhaseFinding) -> bool:
    """Whether the attempts that would show a spread can be waited for."""
    return bool(phase.needed <= FAR * np.median(phase.tries))


def _step(found: PhaseFindings, gain: CoachingGain, why: PlanReason, here: np.ndarray) -> PlanStep:
    phase = found.phases[gain.phase]
    expected = gain.to_top.mean(axis=0)
    below = _surely_below(phase) & here
    chosen = np.array([i for i in np.argsort(-expected, kind="stable") if below[i]][:MOST_COACHED])
    low, high = gain.interval(chosen)
    coached = tuple(
        CoachedRep(found.cube.reps[i], float(expected[i]), *gain.interval(np.array([i]))) for i in chosen.tolist()
    )
    return PlanStep(
        phase.name, coached, rep_to_learn_from(found, phase, here), float(expected[chosen].sum()), low, high,
        float(gain.to_median[:, chosen].mean(axis=0).sum()), why,
    )  # fmt: skip


def _next_step(phase: PhaseFinding) -> PlanStep:
    nothing = float("nan")
    return PlanStep(phase.name, (), None, nothing, nothing, nothing, nothing, "next_readable", phase.needed)


def phase_to_practise(found: PhaseFindings, coaching: Coaching, rep: int) -> int | None:
    """Return the place of the phase at which the rep is surely below the middle rep and would gain most; else None."""
    gains = {
        k: float(gain.to_top[:, rep].mean())
        for k, gain in enumerate(coaching.gains)
        if gain is not None and _surely_below(found.phases[k])[rep]
    }
    return max(gains, key=gains.__getitem__, default=None)


def rep_to_learn_from(found: PhaseFindings, phase: PhaseFinding, here: np.ndarray | None = None) -> str | None:
    """Return the rep with the highest rate like for like, if surely above the median rep and not by an own list.

    ``here`` : (reps,) who still calls; everybody by default.
    """
    if not phase.readable:
        return None
    best = int(np.argmax(phase.rates.shrunk if here is None else np.where(here, phase.rates.shrunk, -1.0)))
    above = np.mean(phase.rates.draws[:, best] > phase.rates.median)
    own_list = len(found.cube.strata) > 1 and found.own_most[best] > HALF
    return found.cube.reps[best] if above >= SURE and not own_list else None
