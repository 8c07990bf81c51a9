"""Answers of the checks on one KPI, in reading order from validity to return."""

from __future__ import annotations

import math

import pandas as pd

from workbench.evidence.event_order import EventOrder
from workbench.evidence.heterogeneity import Heterogeneity
from workbench.evidence.measurement import MOSTLY_LUCK, Measurement, ReliablePeriods
from workbench.evidence.redundancy import ALREADY_MEASURED
from workbench.evidence.report import KpiEvidence, leading_lag
from workbench.evidence.validity import OWN_LEVEL, Validity
from workbench.evidence.verdict import Findings, Reason, read_facts
from workbench.scoring.jackknife import MIN_REPS
from workbench.words.evidence_about import About
from workbench.words.evidence_exposure import exposure_difference_sentence
from workbench.words.evidence_parts import lag_words, same_period_words
from workbench.words.evidence_rates import half_real_sentence
from workbench.words.evidence_reasons import OPPOSITE, reason_sentence
from workbench.words.evidence_returns import goal_amount, returns_answer
from workbench.words.evidence_scope import one_period_sentence, one_rep_sentence
from workbench.words.evidence_shifts import level_shift_sentence
from workbench.words.evidence_shocks import wider_range_sentence
from workbench.words.evidence_working import working_answer
from workbench.words.kpis import made_goal_without_sentence
from workbench.words.lists import list_names
from workbench.words.numbers import p_value, percent, pluralize, short_number, signed_number
from workbench.words.panels import period_name

LINKED, WHEN = "Is it linked to the goal?", "When?"
AMOUNT, HOW_MUCH = "Does the amount matter, or only doing any?", "How much more?"
LEVEL, WORTH_TIME = "Did the KPI's level change?", "Is it worth the time?"
NECESSARY, HOLDS = "Is it necessary?", "Does the link still hold?"
TIMINGS = {
    "leads": "{kpi} comes {lag} before {goal}.",
    "same_period": "{kpi} is linked to {goal} {same}.",
    "follows": "{kpi} follows {goal}: the link is strongest with the {goal} before.",
    "none": "No link that matters, with no delay up to three {grain}s.",
    "unclear": "No delay is clear enough to rule out chance.",
}


def questions_and_answers(one: KpiEvidence, about: About, unit: str | None = None) -> list[tuple[str, str]]:
    """(question, answer) of every check in reading order; a question without an answer is left out.

    ``unit`` is the goal's.
    """
    found = one.findings
    if found.scope != "panel":
        return _answers_in_scope(one, about)
    said = [
        (LINKED, validity_answer(found, about, one.kpi)),
        (AMOUNT, working_answer(one.kpi, one.working, about)),
        (HOW_MUCH, step_answer(one, about, unit)),
        (WHEN, timing_answer(one, about)),
        (NECESSARY, necessity_answer(found, about, one.kpi)),
        ("Could a hidden cause explain it?", hidden_cause_answer(found, about)),
        ("Does it separate reps?", measurement_answer(found.measurement, about, one.kpi)),
        (HOLDS, drift_answer(found, about, one.kpi)),
        (LEVEL, level_shift_sentence(one.kpi, one.shift, about)),
        ("For whom?", style_answer(found.style, about)),
        (WORTH_TIME, returns_answer(one.returns, about, unit)),
    ]
    return [(question, answer) for question, answer in said if answer]


def _answers_in_scope(one: KpiEvidence, about: About) -> list[tuple[str, str]]:
    """(question, answer) for one period of many reps, or a single series: only what such data can show."""
    found, said = one.findings, [(LINKED, validity_answer(one.findings, about, one.kpi))]
    if found.scope == "one period":
        said += [(NECESSARY, necessity_answer(found, about, one.kpi)),
                 ("Could a hidden cause explain it?", hidden_cause_answer(found, about))]  # fmt: skip
    return [(question, answer) for question, answer in said if answer]


def validity_answer(found: Findings, about: About, kpi: str = "this KPI") -> str:
    """The link within reps and across reps, as the verdict reads them, and groups of the data that reverse it."""
    if found.scope == "one rep":
        return one_rep_sentence(about.goal)
    facts, valid = read_facts(found, about.options), found.validity
    across = reason_sentence(Reason("trait", facts["trait"], valid.across_reps), about, kpi)
    if found.scope == "one period":
        limit = one_period_sentence(about.more_goal, about.goal, about.grain)
        return " ".join([across, limit, *reversal_warnings(valid, about)])
    within = reason_sentence(Reason("lever", facts["lever"], found.lead), about, kpi)
    other, wide = exposure_difference_sentence(valid), wider_range_sentence(found.shocks)
    return " ".join(filter(None, [within, wide, across, *reversal_warnings(valid, about), other]))


def reversal_warnings(found: Validity, about: About) -> list[str]:
    """One warning for each grouping of the data that turns the link round or takes it away."""
    turned_round = [
        f"Beware: {_comparison(turned.attribute, about)} the link is reversed "
        f"({signed_number(turned.within_segments.rho)} instead of {signed_number(turned.pooled.rho)})."
        for turned in found.reversals
    ]
    return turned_round + [
        f"Beware: between reps of the same {gone.attribute} the link disappears "
        f"({signed_number(gone.within_segments.rho)} instead of {signed_number(gone.pooled.rho)})."
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
        f"To explain this link {where}, something unseen must make a good KPI and {about.more_goal} each "
        f"{times_words(how.times)} as likely. At {times_words(how.times_to_doubt)}, the link could be chance (E-value)."
    )


def times_words(value: float) -> str:
    """``2.4 times``; past ten ``more than 10 times``."""
    return "more than 10 times" if value > 10 else f"{value:.1f} times"


def _comparison(attribute: str, about: About) -> str:
    if attribute == OWN_LEVEL:
        return f"between {about.grain}s of the same rep"
    return f"between reps of the same {attribute}"


def timing_answer(one: KpiEvidence, about: About) -> str:
    """The lag, the chance of a link that clear, and what remains given the last goal."""
    lead = one.findings.lead
    if not lead.lags:
        return ""
    said = TIMINGS[lead.timing].format(
        kpi=one.kpi,
        goal=about.goal,
        grain=about.grain,
        same=same_period_words(about.grain),
        lag=pluralize(lead.best_lag or 0, about.grain),
    )
    if lead.timing == "same_period":
        said = " ".join(filter(None, [said, unknown_order_sentence(one.findings.order, one.kpi, about)]))
    return said


def step_answer(one: KpiEvidence, about: About, unit: str | None) -> str:
    """How the goal differs with a round step of the KPI; ``step_figures`` has the range and what matters."""
    found = one.step
    if not math.isfinite(found.goal.low):
        return ""
    more = about.more if found.goal.value >= 0 else OPPOSITE[about.more]
    size, lag = goal_amount(abs(found.goal.value), unit), leading_lag(one.findings.lead)
    later = f" {lag_words(lag, about.grain)}" if lag > 0 else ""
    chance = ", which could be chance" if found.goal.low <= 0 <= found.goal.high else ""
    return (
        f"In a {about.grain} with {one.kpi} better by {short_number(found.size)}, a rep typically has {size} {more} "
        f"{about.goal}{later}{chance}."
    )


def necessity_answer(found: Findings, about: About, kpi: str) -> str:
    """What the KPI predicts that no other does, the reps who made the goal without it, and the nearest KPI."""
    need, overlap = found.necessity, found.necessity.overlap
    adds = Reason("adds", read_facts(found, about.options)["adds"], need)
    parts = [reason_sentence(adds, about, kpi)] if need.n_beside else []
    if need.made_goal_without is not None and need.n_made_goal:
        parts.append(made_goal_without_sentence(len(need.made_goal_without), need.n_made_goal, kpi))
    if overlap.nearest and overlap.nearest_link:
        already = overlap.independence < ALREADY_MEASURED
        parts.append(f"{'Already measured by' if already else 'The most similar KPI is'} {overlap.nearest}.")
    return " ".join(parts)


def measurement_answer(found: Measurement, about: About, kpi: str) -> str:
    """After how many periods the KPI can be read for which use, how much is luck, how stable reps are."""
    parts = [readable_sentence(found, about)]
    if half := half_real_sentence(found.half_real, kpi):
        parts.append(half)
    real = found.discrimination
    if math.isfinite(real.value):
        luck = "; the rest is luck" if real.value < MOSTLY_LUCK else ""
        share = percent(clip_share(real.value))
        if math.isfinite(real.low):
            share += f" ({percent(clip_share(real.low))} to {percent(clip_share(real.high))})"
        parts.append(f"{share} of the differences between reps in one season are real{luck}.")
    if math.isfinite(found.stability.value):
        parts.append(
            f"{percent(clip_share(found.stability.value))} of the real differences last from season to season."
        )
    return " ".join(parts)


def readable_sentence(found: Measurement, about: About) -> str:
    """After how many periods (and for a rate attempts) the KPI can be watched, coached by and paid by."""
    times = [f"{_time(r, about)} to {r.use}" for r in found.readable if math.isfinite(r.periods)]
    if times:
        return f"Enough data after {list_names(times)}."
    known = math.isfinite(found.single_period.value)
    return "The differences between reps could be chance." if known else "It is too early to say how soon reps differ."


def _time(reading: ReliablePeriods, about: About) -> str:
    tries = f" ({reading.attempts:,.0f} attempts)" if math.isfinite(reading.attempts) else ""
    return about.periods(reading.periods) + tries


def clip_share(share: float) -> float:
    """A share limited to 0 … 1, as it is shown; NaN stays."""
    return min(max(share, 0.0), 1.0) if math.isfinite(share) else share


def drift_answer(found: Findings, about: About, kpi: str) -> str:
    """Whether the link still holds, the date of the largest change, and unfinished periods."""
    drift = found.drift
    parts = [reason_sentence(Reason("holds", read_facts(found, about.options)["holds"], drift), about, kpi)]
    if drift.break_at is not None:
        beyond = "by more than chance" if drift.p_break <= 1 - about.options.confidence else "which could be chance"
        when = period_name(pd.Timestamp(drift.break_at), about.grain)
        parts.append(f"The link changed most in {when}, {beyond}.")
    if drift.with_partial is not None:
        parts.append(f"{pluralize(len(drift.partial), f'unfinished {about.grain}')} left out.")
    return " ".join(parts)


def style_answer(found: Heterogeneity, about: About) -> str:
    """Whether reps and segments differ, and for whom it does not work."""
    if not math.isfinite(found.p_reps) or found.n_reps < MIN_REPS:
        return ""
    alike = found.p_reps > 1 - about.options.confidence
    differ = "could be chance" if alike else "are more than chance"
    parts = [f"Differences between reps in the link {differ} (p {p_value(found.p_reps)})."]
    if found.segments.not_for:
        works, not_for = ([s.segment for s in part] for part in (found.segments.works_in, found.segments.not_for))
        parts.append(f"There is a link for {list_names(works)}, but not for {list_names(not_for)}.")
    if found.not_for_reps:
        parts.append(f"There is no link for {pluralize(len(found.not_for_reps), 'rep')}, named below.")
    return " ".join(parts)


def unknown_order_sentence(found: EventOrder, kpi: str, about: About) -> str:
    """What the order of periods cannot show; empty where days were read."""
    return (
        "" if found.by_days else f"The data cannot show which came first within a {about.grain}: {kpi} or {about.goal}."
    )
