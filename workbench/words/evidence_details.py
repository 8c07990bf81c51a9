"""Answers of the checks on one KPI, in reading order from validity to return."""

from __future__ import annotations

import math

import pandas as pd

from workbench.evidence.drift import Drift
from workbench.evidence.heterogeneity import Heterogeneity
from workbench.evidence.jackknife import classify_link
from workbench.evidence.measurement import MOSTLY_LUCK, Measurement, ReliablePeriods
from workbench.evidence.necessity import Necessity
from workbench.evidence.redundancy import ALREADY_MEASURED
from workbench.evidence.report import KpiEvidence, leading_lag
from workbench.evidence.validity import OWN_LEVEL, Validity
from workbench.evidence.verdict import Findings, Reason
from workbench.scoring.jackknife import MIN_REPS
from workbench.words.evidence import About, reason_sentence
from workbench.words.evidence_causes import unknown_order_sentence
from workbench.words.evidence_exposure import exposure_difference_sentence
from workbench.words.evidence_parts import OWN_USUAL, lag_words, p_value, partial_links_words, same_period_words
from workbench.words.evidence_rates import half_real_sentence
from workbench.words.evidence_returns import goal_amount, returns_answer
from workbench.words.evidence_scope import one_period_sentence, one_rep_sentence
from workbench.words.evidence_shifts import level_shift_sentence
from workbench.words.evidence_working import working_answer
from workbench.words.links import is_hardly_below, short_link_figures
from workbench.words.lists import list_names
from workbench.words.numbers import percent, pluralize, short_number
from workbench.words.panels import period_name

PATTERNS = {
    "lever": "{usual}, that goes with {more} {same}: a lever, as far as history can tell.",
    "both": "Reps who are better at it have {more}. {usual}, that goes with {more} too.",
    "trait": "Reps who are better at it have {more}. But {usual_}, that does not go with {more}: a trait, not a lever.",
    "none": "Neither do reps who are better at it have {more} by an amount that matters, nor does a rep's "
    "doing better at it than usual go with {more} {same}.",
    "no_lever": "{usual}, that does not go with {more} {same} by an amount that matters. Whether reps who "
    "are better at it have {more} cannot be told from chance.",
    "at_least_trait": "Reps who are better at it have {more}. Whether a rep's doing better at it than usual goes with "
    "{more} {same} cannot be told from chance yet.",
    "unproven": "{usual}, that seems to go with {more} {same}, but histories shuffled between reps show as much too "
    "often to be sure.",
    "hardly": "{Same}, its link with {goal} may be about as large as what matters, but hardly larger.",
    "unclear": "{Same}, its link with {goal} cannot be told from chance yet.",
}
OPPOSITE = {"more": "less", "less": "more", "better": "worse"}
TIMINGS = {
    "leads": "It leads {goal} by {lag}.",
    "same_period": "It goes with {goal} {same}.",
    "follows": "It follows {goal}: its link is strongest with the {goal} before.",
    "none": "At no delay up to three {grain}s is there a link that matters.",
    "unclear": "No delay stands out from chance.",
}


def questions_and_answers(one: KpiEvidence, about: About, unit: str | None = None) -> list[tuple[str, str]]:
    """(question, answer) of every check in reading order; a question without an answer is left out.

    ``unit`` is the goal's.
    """
    found = one.findings
    if found.scope != "panel":
        return _answers_in_scope(one, about)
    said = [
        ("Does it go with the goal?", validity_answer(found, about)),
        ("Any at all, or how much?", working_answer(one.kpi, one.working, about)),
        ("How much is it?", step_answer(one, about, unit)),
        ("When?", timing_answer(one, about)),
        ("Is it necessary?", necessity_answer(found.necessity, about)),
        ("Could a hidden cause explain it?", hidden_cause_answer(found, about)),
        ("Is it a good measure?", measurement_answer(found.measurement, about, one.kpi)),
        ("Does the link hold?", drift_answer(found.drift, about)),
        ("Did its own level change?", level_shift_sentence(one.kpi, one.shift, about)),
        ("For whom?", style_answer(found.style, about)),
        ("Is it worth the time?", returns_answer(one.returns, about, unit)),
    ]
    return [(question, answer) for question, answer in said if answer]


def _answers_in_scope(one: KpiEvidence, about: About) -> list[tuple[str, str]]:
    """(question, answer) for one period of many reps, or a single series: only what such data can show."""
    found, said = one.findings, [("Does it go with the goal?", validity_answer(one.findings, about))]
    if found.scope == "one period":
        said += [("Is it necessary?", necessity_answer(found.necessity, about)),
                 ("Could a hidden cause explain it?", hidden_cause_answer(found, about))]  # fmt: skip
    return [(question, answer) for question, answer in said if answer]


def validity_answer(found: Findings, about: About) -> str:
    """The pattern of the readings, and groups of the data that turn it round."""
    if found.scope == "one rep":
        return one_rep_sentence(about.goal)
    if found.scope == "one period":
        across = found.validity.across_reps
        told = reason_sentence(Reason("trait", classify_link(across, about.options.smallest), across), about)
        limit = one_period_sentence(about.more_goal, about.goal, about.grain)
        return " ".join([told, limit, *reversal_warnings(found.validity, about)])
    pattern = found.validity.pattern
    unproven = pattern in ("lever", "both") and found.lead.p_leads > 1 - about.options.confidence
    shown = "unproven" if unproven else "hardly" if _hardly_excluded(found, about) else pattern
    said = [_pattern(shown, about), *reversal_warnings(found.validity, about)]
    return " ".join(filter(None, [*said, exposure_difference_sentence(found.validity)]))


def _hardly_excluded(found: Findings, about: About) -> bool:
    """Whether a link that the pattern takes as excluded ends next to the smallest that matters."""
    valid, smallest = found.validity, about.options.smallest
    within = valid.within_reps_and_periods if about.options.take_out_periods else valid.within_reps
    excluded = {"trait": (within,), "no_lever": (within,), "none": (valid.across_reps, within)}
    return any(is_hardly_below(link.high, smallest) for link in excluded.get(valid.pattern, ()))


def reversal_warnings(found: Validity, about: About) -> list[str]:
    """One warning for each grouping of the data that turns the link round or takes it away."""
    turned_round = [
        f"Beware: {_comparison(turned.attribute, about)} the link turns round, from "
        f"{short_link_figures(turned.pooled)} "
        f"across all reps to {short_link_figures(turned.within_segments)}."
        for turned in found.reversals
    ]
    return turned_round + [
        f"Beware: between reps of the same {gone.attribute} the link vanishes, from {short_link_figures(gone.pooled)} "
        f"across all reps to {short_link_figures(gone.within_segments)}."
        for gone in found.vanished
    ]


def hidden_cause_answer(found: Findings, about: About) -> str:
    """How strong something unseen would have to be; empty where no link is proven."""
    where, how = "across reps", found.validity.hidden_across
    if found.validity.hidden_within.times_to_doubt > 1 and found.validity.pattern in ("lever", "both"):
        where, how = "within reps", found.validity.hidden_within
    if not how.times_to_doubt > 1 or found.validity.holds_goal:
        return ""
    return (
        f"Something unseen would explain the link away only if it made doing well at the KPI, and having more "
        f"{about.goal}, each {times_words(how.times)} as likely. At {times_words(how.times_to_doubt)} the link "
        "could be chance. "
        f"(E-value, {where}.)"
    )


def times_words(value: float) -> str:
    """``2.4 times``; past ten ``more than 10 times``."""
    return "more than 10 times" if value > 10 else f"{value:.1f} times"


def _comparison(attribute: str, about: About) -> str:
    if attribute == OWN_LEVEL:
        return f"between {about.grain}s of the same rep"
    return f"between reps of the same {attribute}"


def _pattern(pattern: str, about: About) -> str:
    when = same_period_words(about.grain)
    said = {"usual": OWN_USUAL, "usual_": OWN_USUAL[0].lower() + OWN_USUAL[1:], "same": when, "Same": when.capitalize()}
    return PATTERNS[pattern].format(goal=about.goal, more=about.more_goal, **said)


def timing_answer(one: KpiEvidence, about: About) -> str:
    """The lag, the chance of a link that clear, and what remains given the last goal."""
    lead = one.findings.lead
    if not lead.lags:
        return ""
    said = TIMINGS[lead.timing].format(
        goal=about.goal,
        grain=about.grain,
        same=same_period_words(about.grain),
        lag=pluralize(lead.best_lag or 0, about.grain),
    )
    if lead.timing == "same_period":
        said = " ".join(filter(None, [said, unknown_order_sentence(one.findings.order, about.goal, about.grain)]))
    said += f" Chance of a link as clear at any delay: {p_value(lead.p_leads)} (p, {lead.draws} shuffles)."
    if lead.given_last_goal is not None and math.isfinite(lead.given_last_goal.low):
        given = short_link_figures(lead.given_last_goal)
        said += f" With the next {about.grain}'s {about.goal}, beyond what this {about.grain}'s tells: {given}."
    return said


def step_answer(one: KpiEvidence, about: About, unit: str | None) -> str:
    """What goes with a round step of the KPI, in the goal's unit, beside the smallest difference that matters."""
    found = one.step
    if not math.isfinite(found.goal.low):
        return ""
    more = about.more if found.goal.value >= 0 else OPPOSITE[about.more]
    least, size = goal_amount(found.smallest, unit), goal_amount(abs(found.goal.value), unit)
    likely = f"{goal_amount(found.goal.low, unit)} to {goal_amount(found.goal.high, unit)}"
    when = lag_words(leading_lag(one.findings.lead), about.grain)
    return (
        f"A {about.grain} in which {one.kpi} is better by {short_number(found.size)} is linked with {size} {more} "
        f"{about.goal} {when} (likely range {likely}). The smallest difference that matters here is {least}."
    )


def necessity_answer(found: Necessity, about: About) -> str:
    """The link given the others, the reps who made the goal without it, and the nearest KPI."""
    links = partial_links_words(found)
    parts = [f"Given the other KPIs: {links}."] if links and found.n_beside else []
    if found.made_goal_without is not None and found.n_made_goal:
        n = len(found.made_goal_without)
        parts.append(
            f"{n} of the {pluralize(found.n_made_goal, 'rep')} who made the goal did so below this KPI's target."
        )
    overlap = found.overlap
    if overlap.nearest and overlap.nearest_link:
        band = "already measured by the others" if overlap.independence < ALREADY_MEASURED else "most like"
        parts.append(f"{band.capitalize()}: {overlap.nearest} ({short_link_figures(overlap.nearest_link)}).")
    return " ".join(parts)


def measurement_answer(found: Measurement, about: About, kpi: str) -> str:
    """After how many periods the KPI can be read for which use, how much is luck, how stable reps are."""
    parts = [readable_sentence(found, about)]
    if half := half_real_sentence(found.half_real, kpi):
        parts.append(half)
    real = found.discrimination
    if math.isfinite(real.value):
        luck = "mostly luck" if real.value < MOSTLY_LUCK else "not luck"
        share = percent(clip_share(real.value))
        if math.isfinite(real.low):
            share += f" ({percent(clip_share(real.low))} to {percent(clip_share(real.high))})"
        parts.append(f"Of the differences between reps in one season {share} are real: {luck}.")
    if math.isfinite(found.stability.value):
        parts.append(
            f"{percent(clip_share(found.stability.value))} of the real differences stay with the rep over seasons."
        )
    return " ".join(parts)


def readable_sentence(found: Measurement, about: About) -> str:
    """After how many periods (and for a rate attempts) the KPI can be watched, coached by and paid by."""
    times = [f"{_time(r, about)} to {r.use}" for r in found.readable if math.isfinite(r.periods)]
    if times:
        return f"Readable after {list_names(times)}."
    known = math.isfinite(found.single_period.value)
    return "Reps do not differ in it beyond chance." if known else "Too little to say how soon it can be read."


def _time(reading: ReliablePeriods, about: About) -> str:
    tries = f" ({reading.attempts:,.0f} attempts)" if math.isfinite(reading.attempts) else ""
    return about.periods(reading.periods) + tries


def clip_share(share: float) -> float:
    """A share limited to 0 … 1, as it is shown; NaN stays."""
    return min(max(share, 0.0), 1.0) if math.isfinite(share) else share


def drift_answer(found: Drift, about: About) -> str:
    """Both halves, the date of the largest change, and unfinished periods."""
    parts = [f"{short_link_figures(found.early)} in the first half, {short_link_figures(found.late)} in the second."]
    if found.break_at is not None:
        beyond = "beyond chance" if found.p_break <= 1 - about.options.confidence else "no more than chance would"
        when = period_name(pd.Timestamp(found.break_at), about.grain)
        parts.append(f"It changed most from {when} on, {beyond} (p {p_value(found.p_break)}).")
    if found.with_partial is not None:
        left = pluralize(len(found.partial), f"unfinished {about.grain}")
        parts.append(f"{left} left out; with it the link would be {short_link_figures(found.with_partial)}.")
    return " ".join(parts)


def style_answer(found: Heterogeneity, about: About) -> str:
    """Whether reps and segments differ, and for whom it does not work."""
    if not math.isfinite(found.p_reps) or found.n_reps < MIN_REPS:
        return ""
    alike = found.p_reps > 1 - about.options.confidence
    parts = [f"The link of single reps differs {'no more than chance would have it' if alike else 'beyond chance'} "
             f"(p {p_value(found.p_reps)}, {pluralize(found.n_reps, 'rep')})."]  # fmt: skip
    if found.segments.not_for:
        works, not_for = ([s.segment for s in part] for part in (found.segments.works_in, found.segments.not_for))
        parts.append(f"It works for {list_names(works)}, not for {list_names(not_for)}.")
    if found.not_for_reps:
        parts.append(f"It does not work for {pluralize(len(found.not_for_reps), 'rep')}, named below.")
    return " ".join(parts)
