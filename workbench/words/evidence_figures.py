"""The small print below the answers of the checks: links with their likely ranges, and chances."""

from __future__ import annotations

import math

from workbench.evidence.report import KpiEvidence
from workbench.evidence.verdict import Findings, Reason, read_facts
from workbench.words.evidence_about import About
from workbench.words.evidence_details import HOLDS, HOW_MUCH, LINKED, NECESSARY, WHEN, WORTH_TIME
from workbench.words.evidence_parts import partial_links_words
from workbench.words.evidence_reasons import halves_figures, reason_figures
from workbench.words.evidence_returns import goal_amount, returns_figures
from workbench.words.evidence_shocks import wider_range_figures
from workbench.words.links import link_figures
from workbench.words.numbers import p_value


def answer_figures(one: KpiEvidence, about: About, unit: str | None = None) -> dict[str, str]:
    """The figures behind an answer, by question; ``unit`` is the goal's. Questions that need none are left out."""
    found = one.findings
    figures = {LINKED: validity_figures(found, about), NECESSARY: _necessity_figures(one)}
    if found.scope == "panel":
        figures |= {WHEN: _timing_figures(one, about), HOLDS: _drift_figures(one), HOW_MUCH: step_figures(one, unit)}
        figures[WORTH_TIME] = returns_figures(one.returns, unit)
    return {question: f"{text[:1].upper()}{text[1:]}." for question, text in figures.items() if text}


def validity_figures(found: Findings, about: About) -> str:
    """The figures of the links within reps and across reps."""
    if found.scope == "one rep":
        return ""
    facts = read_facts(found, about.options)
    across = reason_figures(Reason("trait", facts["trait"], found.validity.across_reps), about)
    within = reason_figures(Reason("lever", facts["lever"], found.lead), about) if found.scope == "panel" else ""
    wider = wider_range_figures(found) if found.scope == "panel" else ""
    return "; ".join(filter(None, [within, wider, across]))


def step_figures(one: KpiEvidence, unit: str | None) -> str:
    """The likely range of the goal's difference with a step of the KPI, and the smallest difference that matters."""
    step = one.step
    if not math.isfinite(step.goal.low):
        return ""
    low, high, least = (goal_amount(each, unit) for each in (step.goal.low, step.goal.high, step.smallest))
    return f"likely range {low} to {high}; the smallest difference that matters here: {least}"


def _timing_figures(one: KpiEvidence, about: About) -> str:
    lead = one.findings.lead
    if not lead.lags:
        return ""
    chance = f"by chance: p {p_value(lead.p_leads)}, {lead.draws} shuffles"
    if lead.given_last_goal is None or not math.isfinite(lead.given_last_goal.low):
        return chance
    given = f"with the next {about.grain}'s {about.goal}, given this {about.grain}'s"
    return f"{chance}; {given}: {link_figures(lead.given_last_goal)}"


def _necessity_figures(one: KpiEvidence) -> str:
    found, overlap = one.findings.necessity, one.findings.necessity.overlap
    links = partial_links_words(found) if found.n_beside else ""
    nearest = f"with {overlap.nearest}: {link_figures(overlap.nearest_link)}" if overlap.nearest_link else ""
    return "; ".join(filter(None, [links, nearest]))


def _drift_figures(one: KpiEvidence) -> str:
    found = one.findings.drift
    change = f"largest change: p {p_value(found.p_break)}" if found.break_at is not None else ""
    partial = f"with unfinished data: {link_figures(found.with_partial)}" if found.with_partial is not None else ""
    return "; ".join(filter(None, [halves_figures(found), change, partial]))
