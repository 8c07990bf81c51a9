"""Sentences on a KPI's verdict: the two reasons that decided it, and what would change it.

Texts are plain: whoever shows them as markdown escapes names first.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from workbench.data.model.dataset import Grain
from workbench.evidence.heterogeneity import Heterogeneity
from workbench.evidence.lead import Lead
from workbench.evidence.measurement import Measurement
from workbench.evidence.necessity import Necessity
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.redundancy import Redundancy
from workbench.evidence.report import Evidence, KpiEvidence
from workbench.evidence.sample_size import SampleSize
from workbench.evidence.verdict import Reason, Verdict, VerdictName
from workbench.scoring.correlation import Correlation
from workbench.scoring.jackknife import MIN_REPS
from workbench.words import evidence_causes as causes
from workbench.words import evidence_drift as drift_words
from workbench.words import evidence_scope as scope
from workbench.words.evidence_parts import OWN_USUAL, lag_range_words, lag_words, partial_links_words
from workbench.words.links import has_interval, is_hardly_below, short_link_figures
from workbench.words.lists import list_names
from workbench.words.numbers import percent, pluralize, signed_number

VERDICTS: dict[VerdictName, str] = {
    "keep": "earns its place",
    "watch": "not yet",
    "drop": "does not earn its place",
    "not enough data": "cannot be said",
}


VERDICT_LINES = "Lines have the colour of what the evidence says; each card ends with it."


@dataclass(frozen=True)
class About:
    """What the words are about: the goal's name, the grain of the data, and what the user set."""

    goal: str
    grain: Grain
    options: EvidenceOptions
    more: str = "more"

    @classmethod
    def of(cls, goal: str, grain: Grain, options: EvidenceOptions, direction: object) -> About:
        """With ``less`` for a goal that is better low, ``better`` for one that is best within a band."""
        said = {"higher": "more", "lower": "less"}
        return cls(goal, grain, options, said.get(direction, "better") if isinstance(direction, str) else "better")

    @property
    def more_goal(self) -> str:
        """``more Sales``; ``less Churn`` for a goal that is better low."""
        return f"{self.more} {self.goal}"

    def periods(self, n: float) -> str:
        """``1 month``, ``5 months``; rounded up."""
        return pluralize(math.ceil(n - 1e-9), self.grain)


def verdicts_sentence(found: Evidence) -> str:
    """``Keep Quotes and Meetings. Drop Dials. Watch Communications.``; by verdict, KPIs as in the design."""
    by_verdict = {name: [one.kpi for one in found.kpis if one.verdict.name == name] for name in VERDICTS}
    said = [f"{name.capitalize()} {list_names(kpis)}." for name, kpis in by_verdict.items() if kpis and name in _ASKED]
    unknown = by_verdict["not enough data"]
    return " ".join([*said, f"There is not enough data for {list_names(unknown)}."] if unknown else said)


_ASKED = ("keep", "watch", "drop")


def reason_sentences(one: KpiEvidence, about: About) -> tuple[str, ...]:
    """The one or two facts that decided the verdict, one sentence each."""
    return tuple(reason_sentence(reason, about) for reason in one.verdict.reasons)


def reason_sentence(found: Reason, about: About) -> str:
    """One fact as a sentence with its numbers."""
    return _REASONS[found.fact](found.finding, found.reading, about)


def verdict_change_sentence(verdict: Verdict, about: About) -> str:
    """The one measurement that would change the verdict."""
    return _CHANGES[verdict.change](verdict, about)


def needed_history_words(verdict: Verdict, about: About) -> str:
    """The history that would do: ``50 reps with as long a history, or 31 months of these reps``."""
    found = verdict.enough
    if verdict.facts["one_rep"] == "yes":
        return scope.each_rep_words(about.grain)
    if math.isfinite(found.reps) and verdict.facts["one_period"] == "yes":
        return scope.reps_in_one_period_words(int(found.reps), about.grain)
    if math.isfinite(found.reps):
        return (
            f"{pluralize(int(found.reps), 'rep')} with as long a history, or {about.periods(found.periods)} of "
            "these reps"
        )
    if _never_varies(verdict):
        return "values that differ: as long as they are always the same, there is nothing to compare"
    return "more reps: with so few there is not even an error to start from"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _never_varies(verdict: Verdict) -> bool:
    across = [reason.finding for reason in verdict.reasons if reason.fact == "trait"]
    enough = [link for link in across if link.n_reps >= MIN_REPS]
    if verdict.facts["one_period"] == "yes" and any(not has_interval(link) for link in enough):
        return True
    leads = [reason.finding for reason in verdict.reasons if reason.fact == "measured"]
    return any(lead.ahead and not any(math.isfinite(link.rho) for link in lead.ahead) for lead in leads)


def _nearest(verdict: Verdict) -> str:
    """The KPI most like this one, from the finding on the others."""
    behind = [reason.finding for reason in verdict.reasons]
    overlaps = [getattr(finding, "overlap", finding) for finding in behind]
    return next((o.nearest for o in overlaps if getattr(o, "nearest", None)), "the KPI most like it")


def _lever(lead: Lead, reading: str, about: About) -> str:
    if lead.best is None:
        return (
            "The history is too short to see whether it moves together with the goal."
            if not lead.lags
            else ("Where nothing differs from one period to the next, nothing can be seen to move together.")
        )
    link, when = short_link_figures(lead.best), lag_words(lead.best_lag or 0, about.grain)
    if reading == "yes":
        return f"{OWN_USUAL}, that goes with {about.more_goal} {when}: {link}."
    if reading == "no":
        most = max(found.high for found in lead.ahead)
        if is_hardly_below(most, about.options.smallest):
            return (
                f"{OWN_USUAL}, that may go with {about.more_goal} by about as much as matters, but hardly by more: "
                f"ρ at most {signed_number(most)}."
            )
        return (
            f"{OWN_USUAL}, that does not go with {about.more_goal} by an amount that matters, "
            f"{lag_range_words(lead, about.grain)}: ρ at most {signed_number(most)}."
        )
    return _unclear(lead, lead.best, f"{link}, {when}", about)


def _unclear(lead: Lead, link: Correlation, best: str, about: About) -> str:
    """An interval beside 0 is not yet a link: several delays were looked at, and shuffles may do as well."""
    if not link.low * link.high > 0:
        return f"Whether a rep's doing better at it than usual goes with {about.more_goal} cannot be told: {best}."
    if lead.p_leads <= 1 - about.options.confidence and link.low > 0:
        return (
            f"Rows shared with {about.goal} alone make a link of {signed_number(lead.built_in)}, and it is not "
            "shown to be "
            f"stronger: {best}."
        )
    if lead.p_leads <= 1 - about.options.confidence:
        return f"{OWN_USUAL}, that goes with the opposite of {about.more_goal}: {best}."
    return (
        f"The clearest of {pluralize(len(lead.ahead), 'delay')} is {best}, but histories shuffled between reps show "
        "one "
        f"as clear {percent(lead.p_leads)} of the time: it may be chance."
    )


def _trait(link: Correlation, reading: str, about: About) -> str:
    if not has_interval(link):
        return f"Across reps nothing can be said: {link.reason}."
    if reading == "no" and is_hardly_below(link.high, about.options.smallest):
        may = f"Reps who are better at it may have {about.more_goal} by about as much as matters, but hardly by more"
        return f"{may}: {short_link_figures(link)}."
    said = {
        "yes": f"Reps who are better at it have {about.more_goal}",
        "no": f"Reps who are better at it do not have {about.more_goal} by an amount that matters",
        "unclear": f"Whether reps who are better at it have {about.more_goal} cannot be told from chance",
    }
    return f"{said[reading]}: {short_link_figures(link)}."


def _adds(found: Necessity, reading: str, about: About) -> str:
    links = partial_links_words(found)
    if not found.n_beside:
        return f"There is no other KPI that could tell it of {about.goal}: {links}."
    if reading == "yes":
        return f"It tells of {about.goal} what the other KPIs do not: {links}."
    if found.overlap.redundant:
        return f"Given the others it tells nothing new of {about.goal}: {links}."
    return f"What it tells of {about.goal}, the other KPIs may tell too: {links}."


def _copy(found: Redundancy, reading: str, about: About) -> str:
    if reading != "yes":
        return "The other KPIs do not measure it already."
    most = f", most of all {found.nearest} ({short_link_figures(found.nearest_link)})" if found.nearest_link else ""
    return f"The other KPIs already measure it{most}."


def _follows(lead: Lead, reading: str, about: About) -> str:
    before = [(abs(link.rho), lag, link) for lag, link in zip(lead.lags, lead.links, strict=True) if lag < 0]
    if reading != "yes" or not before:
        return f"It does not merely follow {about.goal}."
    _, lag, link = max(before)
    return (
        f"It follows {about.goal} rather than leading it: {short_link_figures(link)} with the {about.goal} of "
        f"{pluralize(-lag, about.grain)} before."
    )


def _readable(found: Measurement, reading: str, about: About) -> str:
    months = found.periods_until("coach")
    if not math.isfinite(months):
        return "Reps do not differ in it beyond chance, so it tells nobody apart."
    attempts = next(r.attempts for r in found.readable if r.use == "coach")
    tries = f", or {attempts:,.0f} attempts," if math.isfinite(attempts) else ""
    return f"It takes {about.periods(months)}{tries} before two reps can be told apart."


def _segment(found: Heterogeneity, reading: str, about: About) -> str:
    works = [
        f"{s.attribute.replace('_', ' ')} {s.segment} ({short_link_figures(s.link)})" for s in found.segments.works_in
    ]
    if not works:
        return "No segment of the team stands out."
    return f"In {list_names(works)}, a rep's doing better at it than usual goes with {about.more_goal}."


def _uneven(found: Heterogeneity, reading: str, about: About) -> str:
    works, not_for = ([s.segment for s in segments] for segments in (found.segments.works_in, found.segments.not_for))
    return f"It works for {list_names(works)}, and not for {list_names(not_for)}: their links differ beyond chance."


def _measured(lead: Lead, reading: str, about: About) -> str:
    why = next((link.reason for link in lead.ahead if link.reason), "the history is too short")
    return f"There is not even an interval: {why}."


def _powered(found: SampleSize, reading: str, about: About) -> str:
    return (
        f"The history is long enough to show a link of {about.options.smallest:g} four times out of five, "
        "and shows neither that there is one nor that there is none."
    )


_REASONS: dict[str, Callable[..., str]] = {
    "measured": _measured,
    "lever": _lever,
    "trait": _trait,
    "adds": _adds,
    "copy": _copy,
    "encompassed": lambda found, reading, about: causes.encompassed_sentence(found, about.goal),
    "holds": lambda found, reading, about: drift_words.holds_sentence(found, reading),
    "weakens": lambda found, reading, about: drift_words.weakens_sentence(found, reading),
    "decoupled": lambda found, reading, about: drift_words.decoupled_sentence(found, about.goal),
    "follows": _follows,
    "readable": _readable,
    "segment": _segment,
    "uneven": _uneven,
    "goal": lambda found, reading, about: causes.same_as_goal_sentence(about.goal),
    "next": lambda found, reading, about: causes.next_period_sentence(
        found, reading, about.goal, about.more_goal, about.grain
    ),
    "after": lambda found, reading, about: causes.after_goal_sentence(found, reading, about.goal, about.grain),
    "shocks": lambda found, reading, about: causes.shared_shocks_sentence(found, reading, about.goal),
    "powered": _powered,
    "one_rep": lambda found, reading, about: scope.one_rep_sentence(about.goal),
    "one_period": lambda found, reading, about: scope.one_period_sentence(about.more_goal, about.goal, about.grain),
}

_CHANGES: dict[str, Callable[[Verdict, About], str]] = {
    "trial": lambda v, a: (
        f"A trial in which half of the team does better at it, without {a.more_goal}."
        if v.name == "keep"
        else f"A trial in which half of the team does better at it, and has {a.more_goal}."
    ),
    "more_history": lambda v, a: _sentence(needed_history_words(v, a)),
    "each_rep": lambda v, a: _sentence(needed_history_words(v, a)),
    "recheck": lambda v, a: f"The link over the next six {a.grain}s.",
    "longer_reading": lambda v, a: f"A horizon longer than {a.periods(a.options.horizon)}, or counting it more often.",
    "segment_trial": lambda v, a: "A trial within each segment.",
    "remove_copy": lambda v, a: f"Its link with {a.goal} once {_nearest(v)} is out of the design.",
    "remove_goal": lambda v, a: f"Nothing measured here: take it out, and measure what comes before {a.goal}.",
}
