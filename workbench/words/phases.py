"""Whom to coach on which phase, in sentences that can be read aloud."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workbench.data.model.panel import MeasureInfo
from workbench.phases.coaching_gain import CoachingGain
from workbench.phases.coaching_plan import Coaching, PlanStep, WhyNoPlan
from workbench.phases.hour_effect import HourEffect
from workbench.phases.judge_phases import FEWEST_REPS
from workbench.phases.phase_findings import PhaseFinding, PhaseFindings
from workbench.words.lists import list_names
from workbench.words.numbers import CURRENCIES, p_value, percent, pluralize, short_number

WORTH_SAYING = 0.02
SPELLS_SHOW = 1.1
NO_PLAN: dict[WhyNoPlan, str] = {
    "outcomes_open": "Say first what the outcomes mean: too many calls are left out for a plan.",
    "few_reps": f"Too few reps for a plan: {FEWEST_REPS} are needed to tell who is ahead.",
    "own_strata": "A good rep and a good list look the same here: let reps share lists.",
    "one_month": "One month cannot show what is usual for a rep: add a second month.",
    "few_attempts": "Too early for a plan: too few calls to tell reps apart.",
    "spells": "Reps have good and bad spells: no difference lasts that others could learn.",
    "alike": "Reps are alike at every phase: no rep shows a level that others could learn.",
    "nobody_below": "Reps differ, but nobody is surely below the middle rep: nobody needs coaching yet.",
}
ATTENTION = "Attention alone often helps for a while: compare coached reps with reps who are not coached."


def coaching_headline(coaching: Coaching) -> str:
    """Which phase to coach first, whom, and with whom: ``Coach Reached first: Ana and Ben, with Cleo.``

    Nobody is named where the hour of calls explains most of the gap.
    """
    if coaching.why_none is not None:
        return NO_PLAN[coaching.why_none]
    step = coaching.plan[0]
    if coaching.hour_first:
        return hour_first_headline(step.phase)
    whom = list_names([each.rep for each in step.coached])
    return f"Coach {step.phase} first: {whom}{f', with {step.learn_from}' if step.learn_from else ''}."


def hour_first_headline(phase: str) -> str:
    """That rates are to be compared by hour before anyone is coached on a skill."""
    return f"Reps differ at {phase} mostly by the hour they call: compare by hour first."


def hour_gap_sentence(coaching: Coaching) -> str:
    """How much of the gap the hour of calls explains; empty where it does not explain most of it."""
    if not coaching.hour_first or coaching.by_hour is None:
        return ""
    share = percent(coaching.by_hour)
    return f"Within the same hour of day, about {share} of the gap to the level this team can reach is gone."


def plan_sentences(
    coaching: Coaching, last: str, per_success: float | None = None, value: MeasureInfo | None = None
) -> list[str]:
    """From whom to learn, what coaching would bring, and what comes next.

    Parameters
    ----------
    last : the last phase, whose extra number is said. per_success : what one of them led to of ``value``.
    """
    said = list(filter(None, [hour_gap_sentence(coaching)]))
    for step in coaching.plan:
        if step.coached:
            said += _first_sentences(step, last, per_success, value, coaching.hour_first)
        else:
            said.append(_next_sentence(step))
    return [*said, ATTENTION] if any(step.coached for step in coaching.plan) else said


def _first_sentences(
    step: PlanStep, last: str, per_success: float | None, value: MeasureInfo | None, hour_first: bool
) -> list[str]:
    who = "They" if len(step.coached) > 1 else step.coached[0].rep
    ahead = f"{who} could learn {'when to call ' if hour_first else ''}from {step.learn_from}."
    middle, more = more_calls(step.gain_median), more_calls(step.gain)
    said = [
        ahead if step.learn_from else f"Nobody is clearly ahead at {step.phase}.",
        f"At the level of the middle rep, about {middle} a month would reach {last}.",
        f"At the level this team can reach, about {more} a month would.",
    ]
    if per_success and value:
        said.append(f"At past rates, that many calls came with about {_worth(step.gain * per_success, value)} a month.")
    return said


def more_calls(n: float) -> str:
    """``28 more calls``, ``1 more call``."""
    said = short_number(n, 2)
    return f"{said} more {'call' if said == '1' else 'calls'}"


def _worth(amount: float, value: MeasureInfo) -> str:
    """``$2,000 of Sales``, ``12 Meetings held``."""
    money, _, _ = (value.unit or "").partition(" ")
    label, said = value.label or value.name, short_number(amount, 2)
    if money not in CURRENCIES:
        return f"{said} {label}"
    return f"{CURRENCIES[money]}{said} of {label}"


def gain_small_print(step: PlanStep) -> str:
    """``28.8 a month, 95% interval 13.5 to 39.3; 11.7 at the level of the median rep``."""
    low, high, median = (short_number(each) for each in (step.low, step.high, step.gain_median))
    return f"{short_number(step.gain)} a month, 95% interval {low} to {high}; {median} at the level of the median rep"


def _next_sentence(step: PlanStep) -> str:
    return f"Next, look at {step.phase} again after about {short_number(step.needed, 2)} attempts per rep."


def phase_sentence(found: PhaseFindings, phase: PhaseFinding) -> str:
    """Whether reps differ at a phase, and if that cannot be said, what would make it so."""
    name, n_reps = phase.name, len(found.cube.reps)
    if phase.why is None:
        top, usual = percent(float(phase.achievable.mean())), percent(phase.conversion)
        return f"Reps differ at {name}: {usual} get through, and this team can reach {top}."
    if phase.why == "few_reps":
        reps = pluralize(n_reps, "rep")
        return f"With {reps}, no level can be called achievable at {name}: {FEWEST_REPS} reps are needed."
    if phase.why == "own_strata":
        return f"At {name} a good rep and a good list look the same: let reps share lists."
    if phase.why == "one_month":
        return f"At {name} one month cannot show what is usual for a rep: add a second month."
    if phase.why == "spells":
        return f"At {name} reps have good and bad spells of months: no difference lasts."
    if phase.why == "alike":
        return f"Reps are alike at {name}: no rep shows a level that others could learn."
    have, need = (short_number(each, 2) for each in (float(np.median(phase.tries)), phase.needed))
    return f"Too early to say at {name}: about {need} attempts per rep are needed, and there are {have}."


def like_for_like_sentence(found: PhaseFindings, phase: PhaseFinding) -> str:
    """For whom it matters most to compare like for like; empty where it hardly matters."""
    change = np.nan_to_num(np.abs(phase.adjusted - phase.raw))
    most = int(np.argmax(change))
    if change[most] < WORTH_SAYING:
        return ""
    rep, raw, alike = found.cube.reps[most], percent(float(phase.raw[most])), percent(float(phase.adjusted[most]))
    return f"Like for like, {rep} gets {alike} through {phase.name}, not {raw}."


def like_for_like_small_print(phase: PhaseFinding) -> str:
    """``like for like changes a rep's rate by 1.3 points at most``."""
    most = 100 * float(np.nan_to_num(np.abs(phase.adjusted - phase.raw)).max())
    return f"like for like changes a rep's rate by {most:.1f} points at most"


def hour_sentence(effect: HourEffect | None) -> str:
    """What the hour of calls would change, since hours are not compared alike; empty where that is not known."""
    if effect is None:
        return ""
    if effect.change < WORTH_SAYING:
        return "Comparing calls of the same hour of day would change no rate by more than 2 points."
    points = f"{100 * effect.change:.0f} points"
    return f"Compared within the same hour of day, a rep's rate at {effect.phase} would change by up to {points}."


def survival_small_print(phase: PhaseFinding, gain: CoachingGain) -> str:
    """``Reached: 83% of extra successes go on as usual ones do (41% to 100%)``."""
    value, low, high = (percent(each) for each in (gain.survival.value, gain.survival.low, gain.survival.high))
    return f"{phase.name}: {value} of extra successes go on as usual ones do ({low} to {high})"


def merged_sentences(phases: Sequence[PhaseFinding]) -> list[str]:
    """Which phases are read together, and why."""
    return [
        f"{phase.name} are read together: reps who are high in one are low in the other, as logging habits would show."
        for phase in phases
        if phase.merged
    ]


def settle_sentence(found: PhaseFindings, phase: PhaseFinding) -> str:
    """Which earlier phase to settle first; empty where there is none."""
    earlier = [each.name for each in found.phases[: found.phases.index(phase)] if each.readable]
    return f"Settle {earlier[0]} first: more calls then get to {phase.name}." if earlier else ""


def spread_small_print(phase: PhaseFinding) -> str:
    """The test of the spread, with its n."""
    test = phase.test
    if not np.isfinite(phase.p):
        return f"n {int(phase.tries.sum()):,}; the spread cannot be tested"
    spells = f", whose luck lasts (variance × {test.lasting:.1f})" if test.lasting >= SPELLS_SHOW else ""
    against = "lists" if test.block == "stratum" else "months"
    return (
        f"n {int(phase.tries.sum()):,}, F {test.statistic:.2f} ({test.df}, {test.df_luck}), p {p_value(phase.p)} "
        f"against each rep's own {against}{spells}"
    )
