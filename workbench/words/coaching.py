"""The page Coaching: its question, what its figures mean, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from workbench.phases.coaching_gain import calls_per_month
from workbench.phases.coaching_plan import Coaching, PlanStep
from workbench.phases.coaching_record import SettledRep
from workbench.phases.month_cover import months_in_part
from workbench.phases.phase_counts import PhaseCounts
from workbench.phases.phase_findings import PhaseFinding, PhaseFindings
from workbench.phases.ramp import RampRep, reps_on_ramp
from workbench.trials.trial_state import TrialState
from workbench.words.lists import list_names
from workbench.words.numbers import percent, pluralize, short_number
from workbench.words.panels import day_words
from workbench.words.phases import NO_PLAN, hour_first_headline, more_calls
from workbench.words.phases_ramp import part_months_sentence, ramp_rep_sentence, ramp_sentences, ramp_small_print
from workbench.words.rep_names import without_rep_names

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
MAY_BE_EMPTY = "Some calls may be empty, though nobody is named: look on Integrity before you coach."
PLAN_WAITS = (
    "Some reps need a talk about their calls first. Ask someone who may see names on Integrity to open the plan."
)
NO_LOG = "Coaching needs a log of calls that says how each call ended."
NO_LOG_HELP = "Any export with one row per call and its outcome will do, such as “no answer”, “talked”, “meeting set”."
NO_PHASES = "Say which phase each outcome proves: the plan appears as soon as one phase is proved."
GUESSED = "The phases were guessed from the outcomes of the calls."
REUSED = "The phases are those of another call log with the same outcomes."
OUTCOMES_HELP = (
    "An outcome proves the furthest phase that the call reached. “No phase” is a call that reached nobody. "
    "An outcome without an answer is left out."
)
NO_PHASE, BLANK, OPEN = "No phase", "(blank)", "no answer yet"
MOST_GONE = 6
BY_HOUR = "Compare by hour"
BY_HOUR_HELP = (
    "Rates are then compared among calls of the same hour. Leave it if reps choose when they call: choosing well is "
    "part of their skill. “Compare without the hour” brings the first comparison back."
)
WITHOUT_HOUR = "Compare without the hour"
WITHOUT_HOUR_HELP = "Rates are then compared among calls of all hours, as before."
COMPARED_BY_HOUR = "Rates are compared within the same hour of day."
ADD_HOUR = "To compare by hour, add “hour” to “strata” in the phase file."
OTHER_HOURS = "Could call at other hours, before anyone is coached on a skill:"
STRATA_HELP = (
    "A rep with a better list looks better. Rates are compared within the same list, segment or territory. "
    "Choose “hour” only if reps cannot choose when they call."
)
VALUE_HELP = "A measure that grows with the last phase, such as meetings held or sales. The plan then says it too."
SET_APART_HELP = (
    "Empty calls reach nobody, so a rep who logs them seems to lack a skill, and everybody else seems to be ahead."
)
START_STEPS = (
    "2. Leave the other reps as they are: they show what would have happened anyway.\n"
    "3. Compare after three months, on *Over time*. With 4 reps or more, *Trials* can say whether coaching helped."
)
STRIP_CAPTION = (
    "Each dot is a rep: the likely share of calls that go on from the phase before, with its likely range as a thin "
    "line."
)
STRIP_REACHABLE, STRIP_LEARN_FROM = "Blue line: the level that this team can reach.", "Green: learn from."
STRIP_COACHED, STRIP_OTHER_HOURS = "Orange: coach.", "Orange: could call at other hours."
OWN_PAST = "this rep month by month"
OWN_PAST_CAPTION = "Blue: this rep, with the likely range. Dashed: the whole team, as counted."
MONTHS_CAPTION = "Blue: the whole team as counted, with its range. "
MONTHS_ALIKE = "Dashed: on one mix of lists, like for like. "
MONTHS_COACHED = "Orange: the coached reps together. "
ORDER_CAPTION = (
    "In order of what coaching could add: the rate, the number of calls, and how many get through later phases."
)
SINCE_HELP = "Choose the first month of coaching. Coached reps are compared with their own past and with the others."
ATTENTION_FADES = "Attention alone often helps for a while: a gain counts once it lasts three months."
REPS_CAPTION = (
    "Dots: likely rate, with its range. Diamonds: as counted. Dashed: the level that this team can reach. "
    "In order of name, never of rate."
)
NOT_A_TABLE = "For the talk with this rep, never as a league table."


def start_steps(hour_first: bool) -> str:
    """What to do, as a list; with reps who call at worse hours, the hour is what they practise."""
    practise = "calling at other hours" if hour_first else "one thing to practise"
    return f"1. Talk with each rep about {practise}.\n{START_STEPS}"


def set_apart_sentence(n: int) -> str:
    """How many reps are not compared because of what Integrity found."""
    are = "rep is" if n == 1 else "reps are"
    return f"{n} {are} set apart: Integrity finds their calls worth a conversation before any coaching."


def compared_too_sentence(n: int) -> str:
    """That reps are compared although their calls are in question."""
    return f"{pluralize(n, 'rep')} compared although Integrity finds their calls worth a conversation."


def settled_line(settled: SettledRep, names: Mapping[str, str]) -> str:
    """With whom was talked, when, and what came out: ``Ana, 30 November 2026: a broken dialler``."""
    line = f"{names[settled.rep]}, {day_words(f'{settled.day}')}"
    return f"{line}: {without_rep_names(settled.why, names)}" if settled.why else line


def plan_metrics(found: PhaseFindings, coaching: Coaching, counts: PhaseCounts) -> Mapping[str, str]:
    """At most five figures about the plan, by label."""
    figures = {}
    first = coaching.plan[0] if coaching.plan and coaching.plan[0].coached else None
    if first is not None:
        last, now = found.phases[-1].name, monthly_successes(found)
        by_hour = ", mostly at other hours" if coaching.hour_first else ""
        label = f"More calls a month that reach {last}{by_hour} (now {short_number(now, 2)})"
        figures[label] = short_number(first.gain, 2)
        figures["Likely range"] = f"{short_number(first.low, 2)} to {short_number(first.high, 2)}"
    readable = sum(phase.readable for phase in found.phases)
    figures["Phases that can be read"] = f"{readable} of {len(found.phases)}"
    figures["Reps compared"] = f"{len(found.cube.reps)}"
    figures["Calls counted"] = f"{counts.n_rows - counts.n_unmapped:,}"
    return figures


def coached_line(found: PhaseFindings, step: PlanStep, place: int) -> str:
    """``22% counted (1,204 of 5,470), likely about 23%; 49% is in reach: about 8.1 more calls a month that …``."""
    one = step.coached[place]
    phase = phase_called(found, step.phase)
    rep = found.cube.reps.index(one.rep)
    now, reach = rate_words(float(phase.rates.shrunk[rep])), rate_words(float(phase.achievable.mean()))
    counted = f"{rate_words(float(phase.raw[rep]))} counted ({int(phase.hits[rep]):,} of {int(phase.tries[rep]):,})"
    return f"{counted}, likely about {now}; {reach} is in reach: {_more(found, one.gain)}"


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
    if coaching.why_none is not None:
        return NO_PLAN[coaching.why_none]
    step = coaching.plan[0]
    if coaching.hour_first:
        return hour_first_headline(step.phase)
    reps = pluralize(len(step.coached), "rep")
    return f"Coach {step.phase} first, with {reps}: {_more(found, step.gain)} are possible."


def _more(found: PhaseFindings, gain: float) -> str:
    return f"about {more_calls(gain)} a month that reach {found.phases[-1].name}"


def chain_words(found: PhaseFindings) -> str:
    """That the attempts of each phase are the successes of the one before, with their numbers."""
    totals = found.cube.reached.sum(axis=1)
    names = ("calls", *(phase.name for phase in found.phases))
    return " → ".join(f"{int(n):,} {name}" for name, n in zip(names, totals, strict=True))


def left_out_words(counts: PhaseCounts) -> str:
    """The share of calls whose outcome has no answer; empty without any."""
    if not counts.n_unmapped:
        return ""
    share = percent(counts.open_share) if counts.open_share >= 0.01 else f"{counts.n_unmapped:,}"
    return f"{share} of the calls are left out: their outcomes have no answer yet."


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
    return f"Saved: the trial of coaching {phase} is on the KPI {kpi}, the months are on Over time."


def begins_later_sentence(when: str) -> str:
    """That there is nothing to compare yet."""
    return f"Coaching from {when} on: upload the calls since then to compare."


def coaching_state_sentence(phase: str, when: str, reps: Sequence[str], state: TrialState) -> str:
    """What was started last, with whom, and whether it is planned, running or ended, as Trials says it."""
    whom = f", with {list_names(list(reps), MOST_GONE)}" if reps else ""
    if state == "planned":
        return f"Coaching of {phase} is planned from {when} on{whom}."
    if state == "running":
        return f"Coaching of {phase} has been running since {when}{whom}."
    return f"Coaching of {phase} since {when} has ended{whom}."


def too_few_sentence(n: int, others: int, fewest: int) -> str:
    """That Trials cannot show an effect with so few reps coached, or left as they are; empty with enough."""
    if 0 < n < fewest:
        return f"With {pluralize(n, 'rep')} Trials cannot show an effect: choose at least {fewest}."
    if n and others < fewest:
        rest = pluralize(others, "rep")
        return f"With {rest} not coached Trials cannot show an effect: leave at least {fewest} as they are."
    return ""


def rate_words(share: float) -> str:
    """``34%``, and ``7.4%`` below one tenth."""
    return f"{100 * share:.1f}%" if 0 < share < 0.0995 else percent(share)


def monthly_successes(found: PhaseFindings) -> float:
    """The calls a month that reach the last phase now, of all reps compared."""
    calls = calls_per_month(found)
    share = np.divide(found.phases[-1].hits, found.cube.by_rep(found.cube.reached[0]))
    return float(np.sum(calls * np.nan_to_num(share)))


def coverage_notes(
    counts: PhaseCounts, found: PhaseFindings, gone: Sequence[str], names: Mapping[str, str]
) -> list[str]:
    """Who is on ramp, which months are covered in part, and who calls no more; ``names`` as shown."""
    if counts.spans is None:
        return []
    parts = part_months_sentence(months_in_part(counts.spans, found.cube.months))
    ramp = _on_ramp(counts, names)
    left = f"{list_names(list(gone), MOST_GONE)} made no calls lately and would not be coached." if gone else ""
    return list(filter(None, (*ramp_sentences(ramp), parts, left)))


def ramp_notes(counts: PhaseCounts, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """How the months on ramp of each such rep go, and the small print; ``names`` as shown."""
    return [(ramp_rep_sentence(rep), ramp_small_print(rep)) for rep in _on_ramp(counts, names)]


def _on_ramp(counts: PhaseCounts, names: Mapping[str, str]) -> list[RampRep]:
    found = reps_on_ramp(counts.frame, counts.phases, counts.spans) if counts.spans else ()
    return [replace(each, rep=names.get(each.rep, each.rep)) for each in found]


UNUSUAL = "Worth knowing before you follow the plan"
