"""The page Coaching: its question, what its figures mean, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from workbench.phases.coaching_plan import Coaching, PlanStep, phase_to_practise
from workbench.phases.phase_counts import PhaseCounts
from workbench.phases.phase_findings import PhaseFinding, PhaseFindings
from workbench.words.numbers import percent, pluralize, short_number
from workbench.words.phases import NO_PLAN

QUESTION = "Whom to coach, on which phase, in which order?"
TABS = ("The plan", "Phase by phase", "One rep", "Over time", "Outcomes and phases")
METHOD = (
    "**Rate of a phase**: the calls that reached it, of the calls that reached the phase before. A call that gets far "
    "counts in every phase up to there.  \n"
    "**Like for like**: rates are compared within the same lists and months, then set to the team's mix.  \n"
    "**Likely rate**: the rep's own rate, drawn towards the team's as far as few calls could be luck (beta-binomial, "
    "with the uncertainty of the team's mean and spread; Daniels 1999; Christiansen & Morris 1997).  \n"
    "**Reps differ**: the differences are larger than each rep's own ups and downs between months or lists "
    "(quasi-binomial F test that allows for good and bad spells, p below 0.05 corrected for the number of phases; "
    "Holm 1979).  \n"
    "**This team can reach**: the level above which one tenth of your own reps are. It is never the best rep's raw "
    "number, and never a number from outside.  \n"
    "**More calls a month**: calls × the gap to that level × the rates of all later phases, less the extra calls that "
    "would not go on as usual ones do; at least 0 for a rep above that level.  \n"
    "**First**: the earliest readable phase that brings at least half of the largest gain."
)
PLAN_WAITS = "Some calls need a conversation first. Whoever may see names on Integrity can open the plan."
NO_LOG = "Coaching needs a log of calls that says how each call ended."
NO_LOG_HELP = "Any export with one row per call and its outcome will do, such as “no answer”, “talked”, “meeting set”."
NO_PHASES = "Say which phase each outcome proves: the plan appears as soon as one phase is proved."
GUESSED = "The phases were guessed from the outcomes of the calls."
REUSED = "The phases are those of another call log with the same outcomes."
OUTCOMES_HELP = (
    "An outcome proves the furthest phase that the call reached. “No phase” is a call that reached nobody. "
    "An outcome without an answer is left out."
)
NO_PHASE = "No phase"
STRATA_HELP = (
    "A rep with a better list looks better. Rates are compared within the same list, segment or territory. "
    "Choose “hour” only if reps cannot choose when they call."
)
VALUE_HELP = "A measure that grows with the last phase, such as meetings held or sales. The plan then says it too."
SET_APART_HELP = (
    "Empty calls reach nobody, so a rep who logs them seems to lack a skill, and everybody else seems to be ahead."
)
START_STEPS = (
    "1. Talk with each rep about one thing to practise.\n"
    "2. Leave the other reps as they are: they show what would have happened anyway.\n"
    "3. Compare after three months, on *Over time*."
)
STRIP_CAPTION = (
    "Each dot is a rep: the likely share of calls that go on from the phase before. Orange: coach. Green: learn from. "
    "Blue line: the level that this team can reach."
)
OWN_PAST = "this rep month by month"
OWN_PAST_CAPTION = "Blue: this rep, with the likely range. Dashed: the whole team, as counted."
MONTHS_CAPTION = "Blue: the whole team as counted, with its range. Dashed: on one mix of lists, like for like. Calls: "
SINCE_HELP = "Choose the first month of coaching. Coached reps are compared with their own past and with the others."
ATTENTION_FADES = "Any attention helps for a while. Compare again after three months."
REPS_CAPTION = (
    "Dots: likely rate, with its range. Diamonds: as counted. Dashed: the level that this team can reach. "
    "In order of name, never of rate."
)
NOT_A_TABLE = "For the talk with this rep: against the own past and the team's spread, never as a league table."


def set_apart_sentence(n: int) -> str:
    """How many reps are not compared because of what Integrity found."""
    are = "rep is" if n == 1 else "reps are"
    return f"{n} {are} set apart: talk about their empty calls before you coach them."


def plan_metrics(found: PhaseFindings, coaching: Coaching, counts: PhaseCounts) -> Mapping[str, str]:
    """At most five figures about the plan, by label."""
    figures = {}
    first = coaching.plan[0] if coaching.plan and coaching.plan[0].coached else None
    if first is not None:
        last = found.phases[-1].name
        figures[f"more a month get to {last}"] = short_number(first.gain, 2)
        figures["likely range"] = f"{short_number(first.low, 2)} to {short_number(first.high, 2)}"
    readable = sum(phase.readable for phase in found.phases)
    figures["Phases that can be read"] = f"{readable} of {len(found.phases)}"
    figures["Reps compared"] = f"{len(found.cube.reps)}"
    figures["Calls counted"] = f"{counts.n_rows - counts.n_unmapped:,}"
    return figures


def coached_line(found: PhaseFindings, step: PlanStep, place: int) -> str:
    """``23% now, 49% is in reach: about 8.1 more a month (2.6 to 12)``."""
    one = step.coached[place]
    phase = phase_called(found, step.phase)
    rep = found.cube.reps.index(one.rep)
    now, reach = rate_words(float(phase.rates.shrunk[rep])), rate_words(float(phase.achievable.mean()))
    return f"{now} now, {reach} is in reach: about {short_number(one.gain, 2)} more a month"


def coached_small_print(found: PhaseFindings, step: PlanStep) -> list[str]:
    """The intervals and numbers of calls behind the lines of the plan."""
    phase = phase_called(found, step.phase)
    lines = []
    for one in step.coached:
        rep = found.cube.reps.index(one.rep)
        low, high = percent(float(phase.rates.low[rep])), percent(float(phase.rates.high[rep]))
        lines.append(
            f"{one.rep}: {int(phase.hits[rep]):,} of {int(phase.tries[rep]):,} calls, likely rate {low} to {high}; "
            f"{short_number(one.gain, 2)} more a month, 95% CI {short_number(one.low, 2)}–{short_number(one.high, 2)}"
        )
    return lines


def phase_called(found: PhaseFindings, name: str) -> PhaseFinding:
    """Return the phase with a name that is there."""
    return next(phase for phase in found.phases if phase.name == name)


def coaching_lead(found: PhaseFindings, coaching: Coaching) -> str:
    """For a wall, where nobody is named: which phase first, for how many, and what it would bring."""
    if not coaching.plan or not coaching.plan[0].coached:
        return NO_PLAN
    step = coaching.plan[0]
    reps, more = pluralize(len(step.coached), "rep"), short_number(step.gain, 2)
    return (
        f"Coach {step.phase} first, with {reps}: about {more} more calls a month would reach {found.phases[-1].name}."
    )


def practise_sentence(found: PhaseFindings, coaching: Coaching, rep: int) -> str:
    """The one thing for a rep to practise; what the rep does best where coaching would bring nothing."""
    name = found.cube.reps[rep]
    k = phase_to_practise(coaching, rep)
    phase, gain = found.phases[k], coaching.gains[k]
    if gain is None:
        return f"For {name}, no phase can be read yet."
    now, reach = float(phase.rates.shrunk[rep]), float(phase.achievable.mean())
    if now >= reach or gain.to_top[:, rep].mean() < SMALL_GAIN:
        return f"{name} has nothing to gain that this team has shown: let {name} show others how."
    return f"Practise {phase.name} with {name}: {rate_words(now)} get through now, and {rate_words(reach)} is in reach."


SMALL_GAIN = 0.1
"""Extra calls a month under which there is nothing to say."""


def chain_words(found: PhaseFindings) -> str:
    """That the attempts of each phase are the successes of the one before, with their numbers."""
    totals = found.cube.reached.sum(axis=1)
    names = ("calls", *(phase.name for phase in found.phases))
    return " → ".join(f"{int(n):,} {name}" for name, n in zip(names, totals, strict=True))


def left_out_words(counts: PhaseCounts) -> str:
    """The share of calls whose outcome has no answer; empty without any."""
    if not counts.n_unmapped:
        return ""
    share = counts.n_unmapped / max(counts.n_rows, 1)
    return f"{percent(share)} of the calls are left out: their outcomes have no answer yet."


def rep_funnel_caption(n_calls: float) -> str:
    """What the picture of one rep shows."""
    return (
        f"Orange: this rep, with the likely range, {int(n_calls):,} calls. Grey bars: eight of ten reps; the line in "
        "them is the middle rep. Blue: the level that this team can reach."
    )


def out_of_hundred(found: PhaseFindings, rep: int) -> str:
    """``Of 100 calls, 23 get to Reached, 12 to Conversation … and 2 to Meeting set; in the team 37, 19 … and 6.``"""
    own = np.cumprod([float(phase.rates.shrunk[rep]) for phase in found.phases]) * 100
    team = np.cumprod([phase.conversion for phase in found.phases]) * 100
    last = found.phases[-1].name
    return (
        f"Of 100 calls, {short_number(float(own[-1]), 2)} get to {last}; in the whole team it is "
        f"{short_number(float(team[-1]), 2)}."
    )


def rate_name(phase: str) -> str:
    """The name of a KPI that is the rate of a phase."""
    return f"{phase} rate"


def trial_what(phase: str) -> str:
    """What a trial of coaching changes."""
    return f"Coach {phase}."


def trial_who(n: int) -> str:
    """Whom it changes, without a name: designs are shown to everybody."""
    return f"{pluralize(n, 'rep')} of the coaching plan"


def trial_expects(reachable: float) -> str:
    """What is expected of it."""
    return f"Nearer to the {rate_words(reachable)} that this team can reach."


def trial_step(phase: str) -> str:
    """The step in the history of the design."""
    return f"coaching of {phase} planned"


def started_sentence(phase: str, kpi: str) -> str:
    """What is to be seen where."""
    return f"Coaching of {phase} is planned: its trial stands on the KPI {kpi}, and its months on Over time."


def begins_later_sentence(when: str) -> str:
    """That there is nothing to compare yet."""
    return f"Coaching began in {when}: upload the calls since then to compare."


def rate_words(share: float) -> str:
    """``34%``, and ``7.4%`` below one tenth."""
    return f"{100 * share:.1f}%" if 0 < share < 0.0995 else percent(share)
