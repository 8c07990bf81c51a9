"""Sentences on a KPI's verdict: the reasons that decided it, and what would change it.

Texts are plain: whoever shows them as markdown escapes names first.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from workbench.evidence.report import Evidence, KpiEvidence
from workbench.evidence.verdict import Reason, Verdict, VerdictName, WouldChange
from workbench.scoring.jackknife import MIN_REPS
from workbench.words import evidence_scope as scope
from workbench.words.evidence_about import About
from workbench.words.evidence_reasons import reason_figures, reason_sentence
from workbench.words.evidence_shocks import wider_range_figures
from workbench.words.links import has_interval
from workbench.words.lists import list_names
from workbench.words.numbers import pluralize

VERDICTS: tuple[VerdictName, ...] = ("keep", "watch", "drop", "not enough data")
VERDICT_LINES = "The colour of a line is the verdict of the evidence, which also stands on the card."
CHANGE = "What would change our mind"


def verdicts_sentence(found: Evidence) -> str:
    """``Keep Quotes and Meetings. Drop Dials. Watch Communications.``; by verdict, KPIs as in the design."""
    by_verdict = {name: [one.kpi for one in found.kpis if one.verdict.name == name] for name in VERDICTS}
    said = [f"{name.capitalize()} {list_names(kpis)}." for name, kpis in by_verdict.items() if kpis and name in _ASKED]
    unknown = by_verdict["not enough data"]
    return " ".join([*said, f"There is not enough data for {list_names(unknown)}."] if unknown else said)


_ASKED = ("keep", "watch", "drop")


def reason_sentences(one: KpiEvidence, about: About) -> tuple[str, ...]:
    """The one or two facts that decided the verdict, one sentence each, the more telling first."""
    return tuple(reason_sentence(reason, about, one.kpi) for reason in one.verdict.reasons)


def card_reason(one: KpiEvidence) -> Reason:
    """The one fact for a card: what decided, or what a link that is there still lacks."""
    first, *rest = one.verdict.reasons
    lacking = one.verdict.name == "watch" and first.fact in ("lever", "trait") and first.reading == "yes"
    return rest[0] if lacking and rest else first


def reason_small_print(one: KpiEvidence, about: About) -> str:
    """The figures behind those sentences."""
    figures = [reason_figures(reason, about) for reason in one.verdict.reasons]
    if any(reason.fact == "lever" for reason in one.verdict.reasons):
        figures.append(wider_range_figures(one.findings))
    said = "; ".join(filter(None, figures))
    return _sentence(said) if said else ""


def verdict_change_sentence(verdict: Verdict, about: About, kpi: str = "this KPI") -> str:
    """The one measurement that would change the verdict, after a colon: ``a trial where half the team …``."""
    return _CHANGES[verdict.change](verdict, about, kpi)


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
        return "values that differ; as long as all values are the same, there is nothing to compare"
    return "more reps; so few reps give no likely range"


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
    return next((o.nearest for o in overlaps if getattr(o, "nearest", None)), "the other KPI")


_CHANGES: dict[WouldChange, Callable[[Verdict, About, str], str]] = {
    "trial": lambda v, a, kpi: (
        f"a trial where half the team does better on {kpi} and "
        f"{'does not have' if v.name == 'keep' else 'has'} {a.more_goal}."
    ),
    "more_history": lambda v, a, kpi: f"{needed_history_words(v, a)}.",
    "each_rep": lambda v, a, kpi: f"{needed_history_words(v, a)}.",
    "recheck": lambda v, a, kpi: f"the link over the next six {a.grain}s.",
    "longer_reading": lambda v, a, kpi: f"more than {a.periods(a.options.horizon)} of data before reps are compared.",
    "segment_trial": lambda v, a, kpi: "a trial within each part of the team.",
    "remove_copy": lambda v, a, kpi: f"a link between {kpi} and {a.goal} once {_nearest(v)} is out of the design.",
    "remove_goal": lambda v, a, kpi: f"nothing measured here. Replace {kpi} by what comes before {a.goal}.",
}
