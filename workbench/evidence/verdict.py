"""Decide one verdict per KPI from its findings, by a table of conditions that the page shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from workbench.evidence.drift import Drift
from workbench.evidence.encompassing import Encompassed
from workbench.evidence.event_order import EventOrder
from workbench.evidence.heterogeneity import Heterogeneity
from workbench.evidence.jackknife import YesNoUnclear, classify_link
from workbench.evidence.lead import Lead
from workbench.evidence.measurement import Measurement
from workbench.evidence.necessity import Necessity
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.sample_size import SampleSize, sample_size_needed
from workbench.evidence.shared_shocks import SharedShocks, stretch_link
from workbench.evidence.validity import Validity
from workbench.scoring.correlation import Correlation

VerdictName = Literal["keep", "watch", "drop", "not enough data"]
Fact = Literal["measured", "lever", "trait", "adds", "copy", "holds", "weakens", "decoupled", "encompassed",
               "follows", "after", "shocks", "readable", "segment", "uneven", "goal", "next", "powered",
               "one_rep", "one_period"]  # fmt: skip
WouldChange = Literal[
    "trial", "more_history", "recheck", "longer_reading", "segment_trial", "remove_copy", "remove_goal", "each_rep"
]
Scope = Literal["panel", "one period", "one rep"]


@dataclass(frozen=True)
class VerdictRule:
    """A verdict and the conditions it needs. ``because``: the facts that decide, the more telling first."""

    verdict: VerdictName
    when: dict[Fact, tuple[YesNoUnclear, ...]]
    because: tuple[Fact, ...]
    change: WouldChange


RULES: tuple[VerdictRule, ...] = (
    VerdictRule("not enough data", {"one_rep": ("yes",)}, ("one_rep",), "each_rep"),
    VerdictRule("watch", {"one_period": ("yes",), "goal": ("yes",)}, ("goal", "one_period"), "remove_goal"),
    VerdictRule("drop", {"one_period": ("yes",), "copy": ("yes",)}, ("copy", "adds"), "remove_copy"),
    VerdictRule("watch", {"one_period": ("yes",), "encompassed": ("yes",)}, ("encompassed", "one_period"), "trial"),
    VerdictRule("watch", {"one_period": ("yes",), "trait": ("yes", "no")}, ("trait", "one_period"), "trial"),
    VerdictRule("not enough data", {"one_period": ("yes",)}, ("trait", "one_period"), "more_history"),
    VerdictRule("not enough data", {"measured": ("no",)}, ("measured", "lever"), "more_history"),
    VerdictRule("watch", {"goal": ("yes",)}, ("goal", "next"), "remove_goal"),
    VerdictRule("drop", {"copy": ("yes",)}, ("copy", "adds"), "remove_copy"),
    VerdictRule("drop", {"decoupled": ("yes",)}, ("decoupled", "holds"), "recheck"),
    VerdictRule("watch", {"follows": ("yes",)}, ("follows", "lever"), "trial"),
    VerdictRule("watch", {"uneven": ("yes",)}, ("uneven", "lever"), "segment_trial"),
    VerdictRule("watch", {"lever": ("yes",), "after": ("yes",)}, ("after", "lever"), "trial"),
    VerdictRule("watch", {"lever": ("yes",), "shocks": ("yes",)}, ("shocks", "lever"), "trial"),
    VerdictRule("drop", {"encompassed": ("yes",)}, ("encompassed", "adds"), "remove_copy"),
    VerdictRule("watch", {"lever": ("yes",), "weakens": ("yes",)}, ("lever", "weakens"), "recheck"),
    VerdictRule("keep", {"lever": ("yes",), "adds": ("yes",), "holds": ("yes",), "readable": ("yes",)},
         ("lever", "adds"), "trial"),
    VerdictRule("watch", {"lever": ("yes",), "adds": ("no", "unclear")}, ("lever", "adds"), "remove_copy"),
    VerdictRule("watch", {"lever": ("yes",), "holds": ("no", "unclear")}, ("lever", "holds"), "recheck"),
    VerdictRule("watch", {"lever": ("yes",)}, ("lever", "readable"), "longer_reading"),
    VerdictRule("watch", {"segment": ("yes",)}, ("segment", "lever"), "segment_trial"),
    VerdictRule("watch", {"trait": ("yes",)}, ("trait", "lever"), "trial"),
    VerdictRule("drop", {"lever": ("no",)}, ("lever", "trait"), "trial"),
    VerdictRule("watch", {"powered": ("yes",)}, ("lever", "powered"), "trial"),
    VerdictRule("not enough data", {}, ("lever", "trait"), "more_history"),
)  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """One deciding fact, its reading, and the finding behind it."""

    fact: Fact
    reading: YesNoUnclear
    finding: Any


@dataclass(frozen=True)
class Verdict:
    """The verdict on a KPI.

    Attributes
    ----------
    name : keep, watch, drop or not enough data. rule : place in ``RULES``.
    reasons : the one or two facts that decided. facts : all of them.
    change : the one measurement that would change it. enough : the history that would do.
    """

    name: VerdictName
    rule: int
    reasons: tuple[Reason, ...]
    facts: dict[Fact, YesNoUnclear]
    change: WouldChange
    enough: SampleSize


@dataclass(frozen=True)
class Findings:
    """All findings of one KPI before the verdict.

    ``scope``: what the record can show at all. Of one period nothing within reps, of one rep nothing about reps.
    """

    validity: Validity
    lead: Lead
    necessity: Necessity
    measurement: Measurement
    drift: Drift
    style: Heterogeneity
    order: EventOrder
    shocks: SharedShocks
    encompassed: Encompassed | None = None
    scope: Scope = "panel"

    @property
    def link_within_reps(self) -> Correlation:
        """The link within reps at the clearest delay; its interval counts periods where reps move together."""
        if self.shocks.wide is not None and not self.lead.best_lag:
            return self.shocks.wide
        return stretch_link(self.lead.best or self.validity.within_reps_and_periods, self.shocks.stretch)


def decide_verdict(findings: Findings, options: EvidenceOptions, n_reps: int, n_periods: int) -> Verdict:
    """Return the verdict of the first rule that fits."""
    needed = _sample_size(findings, options, n_reps, n_periods)
    known = read_facts(findings, options) | {"powered": _reading(needed.reps <= n_reps)}
    place = next(p for p, rule in enumerate(RULES) if all(known[f] in allowed for f, allowed in rule.when.items()))
    rule, behind = RULES[place], _findings_by_fact(findings) | {"powered": needed}
    reasons = tuple(Reason(fact, known[fact], behind[fact]) for fact in rule.because)
    return Verdict(rule.verdict, place, reasons, known, rule.change, needed)


def _sample_size(findings: Findings, options: EvidenceOptions, n_reps: int, n_periods: int) -> SampleSize:
    """Return the history that would do; of one period only more reps would, for the link across reps."""
    if findings.scope == "one period":
        across = findings.validity.across_reps
        needed = sample_size_needed(across, n_reps, n_periods, options.smallest, options.confidence)
        return replace(needed, periods=np.nan)
    link = findings.lead.best or findings.validity.within_reps_and_periods
    return sample_size_needed(link, n_reps, n_periods, options.smallest, options.confidence)


def read_facts(findings: Findings, options: EvidenceOptions) -> dict[Fact, YesNoUnclear]:
    """Read each fact from its finding: "yes", "no" or "unclear"; all but "powered".

    Where reps move together for an unknown reason, what they share may differ between halves, so nothing is decoupled.
    With both precautions a lever (.4, four unknown regions) is dropped in under 2% instead of 6 to 13% of teams.
    """
    lead, drift, overlap = findings.lead, findings.drift, findings.necessity.overlap
    now = classify_link(drift.now, options.smallest)
    return {
        "measured": _reading(any(np.isfinite(link.low) for link in lead.ahead)),
        "lever": _read_lever(lead, findings.shocks, options),
        "trait": classify_link(findings.validity.across_reps, options.smallest),
        "adds": _read_added_value(findings.necessity),
        "copy": _reading(overlap.redundant),
        "holds": _read_hold(drift, findings.shocks, options),
        "weakens": _reading(_is_weaker(drift, findings.shocks)),
        "decoupled": _reading(
            now == "no" and drift.early.low > 0 and drift.change.high < 0 and findings.shocks.wide is None
        ),
        "follows": _reading(lead.timing == "follows"),
        "after": _reading(findings.order.comes_after and (findings.order.by_days or findings.shocks.after_without)),
        "shocks": _reading(findings.shocks.cause is not None),
        "encompassed": _reading(findings.encompassed is not None),
        "next": classify_link(findings.lead.at(1), options.smallest),
        "readable": _read_reliability(findings.measurement, options),
        "segment": _reading(bool(findings.style.segments.works_in)),
        "goal": _reading(findings.validity.holds_goal),
        "uneven": _reading(bool(findings.style.segments.not_for)),
        "one_rep": _reading(findings.scope == "one rep"),
        "one_period": _reading(findings.scope == "one period"),
    }


def _reading(true: bool) -> YesNoUnclear:
    return "yes" if true else "no"


def _read_lever(lead: Lead, shocks: SharedShocks, options: EvidenceOptions) -> YesNoUnclear:
    """Read whether there is a link within reps at some lag, tested as a family; "no" only if every lag excludes one.

    Where KPI and goal share rows, a link at once must go beyond what those rows make. Where reps move together for an
    unknown reason, "no" must hold for intervals that much wider.
    """
    if lead.ahead and all(stretch_link(link, shocks.stretch).high < options.smallest for link in lead.ahead):
        return "no"
    if lead.best is None or not lead.p_leads <= 1 - options.confidence:
        return "unclear"
    if classify_link(lead.best, options.smallest) != "yes":
        return "unclear"
    return "yes" if lead.best_lag or lead.best.low > lead.built_in else "unclear"


def _is_weaker(drift: Drift, shocks: SharedShocks) -> bool:
    """Return whether the link is shown to be weaker in the later half; where reps move together by the wider range."""
    return drift.change.value + shocks.stretch * (drift.change.high - drift.change.value) < 0


def _read_hold(drift: Drift, shocks: SharedShocks, options: EvidenceOptions) -> YesNoUnclear:
    """Read whether the link holds now: shown since the last change, or as large as matters without a sign of change.

    Half of a history shows half as much: asked to be shown again in the later half alone, a constant lever of .3 was
    lost in 8 of 100 teams of 12 reps, and a lever that had become useless was kept as rarely (at most 2.5%). Where reps
    move together for an unknown reason, reps are no witnesses of a break, and the later half speaks for today.
    """
    together = shocks.wide is not None
    link = drift.late if together else drift.now
    now = classify_link(link, options.smallest)
    changed = _is_weaker(drift, shocks) or (not together and drift.p_break <= 1 - options.confidence)
    return "yes" if now == "unclear" and link.rho >= options.smallest and not changed else now


def _read_added_value(necessity: Necessity) -> YesNoUnclear:
    if necessity.overlap.redundant:
        return "no"
    within = necessity.partial_within.low > 0 and necessity.gain_within.r2 > 0
    across = necessity.partial_across.low > 0 and necessity.gain_across.r2 > 0
    return "yes" if within or across else "unclear"


def _read_reliability(measurement: Measurement, options: EvidenceOptions) -> YesNoUnclear:
    periods = measurement.periods_until("coach")
    return "unclear" if np.isnan(periods) else _reading(periods <= options.horizon)


def _findings_by_fact(found: Findings) -> dict[Fact, Any]:
    return {
        "measured": found.lead, "lever": found.lead, "follows": found.lead, "next": found.lead.at(1),
        "encompassed": found.encompassed, "after": found.order, "shocks": found.shocks,
        "trait": found.validity.across_reps, "adds": found.necessity, "copy": found.necessity.overlap,
        "goal": found.validity, "holds": found.drift, "weakens": found.drift, "decoupled": found.drift,
        "readable": found.measurement, "segment": found.style, "uneven": found.style,
        "one_rep": found, "one_period": found,
    }  # fmt: skip
