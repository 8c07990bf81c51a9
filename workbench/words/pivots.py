"""Words of pivots: a KPI kept, changed or stopped, what was expected, and what happened since."""

from __future__ import annotations

import datetime as dt

from workbench.data.model.dataset import Grain
from workbench.design.decisions import Decision, Pivot, PivotStep
from workbench.design.model import Goal, Kpi
from workbench.scoring.before_since import BeforeSince
from workbench.words.decisions import review_sentence
from workbench.words.kpis import goal_name, value_words
from workbench.words.numbers import pluralize, with_unit
from workbench.words.panels import day_words

PIVOTS, LOG_PIVOT = "Pivots", "Log a pivot"
FROM_TRIAL, NOT_NOW = "Log what you decide", "Not now"
MISSING_KPI, CHOOSE_KPI = "Choose the KPI first.", "Which KPI?"
PIVOTS_HELP = "Keep, change or stop one KPI, say what you expect, and see on the review date what happened."
CLOSE_REVIEW = "To close this review, log the next step with the same KPI below."
STEPS: dict[PivotStep, str] = {"keep": "Keep", "change": "Change", "stop": "Stop"}
STEP, ABOUT, EXPECTS, WHY = "Step", "KPI", "Expected effect", "Why?"
FROM = "From"
NOT_WHY = "This shows what happened, not why. Only a trial shows why."


def pivot_headline(pivot: Pivot) -> str:
    """``Stop Dials from 1 January 2025 on``."""
    return f"{STEPS[pivot.step]} {pivot.kpi.name} from {day_words(pivot.in_force.isoformat())} on"


def why_from_trial(name: str, change: str, answer: str) -> str:
    """What the form of a pivot begins with: the trial, what was changed, and what may be said of it today."""
    about = f"Trial “{name}”" + (f": {change.strip().rstrip('.')}" if change.strip() else "")
    return f"{about}. {answer[:1].upper()}{answer[1:]}"


def no_weight_sentence(pivot: Pivot, decision: Decision | None) -> str:
    """That a KPI to be stopped has no weight anyway in the design that is then in force; empty where it has some."""
    if pivot.step != "stop" or decision is None or decision.chosen.shares().get(pivot.kpi.name, 0) > 0:
        return ""
    since = day_words(decision.in_force.isoformat())
    return f"{pivot.kpi.name} has no weight in “{decision.called}”, which is in force from {since}."


def logged_words(pivot: Pivot) -> str:
    """What was just logged."""
    return f"Logged: {pivot_headline(pivot)}."


def pivot_line(pivot: Pivot, today: dt.date) -> str:
    """When and by whom it was logged, and when it is reviewed."""
    by = f" by {pivot.by}" if pivot.by else ""
    return f"Logged {day_words(pivot.decided.date().isoformat())}{by}. {review_sentence(pivot, today)}"


def expected_words(pivot: Pivot) -> str:
    """``Expected: more quotes``; empty where nothing was said."""
    return f"Expected: {pivot.expects}" if pivot.expects else ""


def review_line(record: Decision | Pivot, data: str, today: dt.date) -> str:
    """A review on Start: which design or KPI, on which data, and when."""
    name = record.called if isinstance(record, Decision) else f"{STEPS[record.step]} {record.kpi.name}"
    return f"“{name}” ({data}): {review_sentence(record, today)}"


def kpi_since_sentence(kpi: Kpi, found: BeforeSince, grain: Grain) -> str:
    """``Quotes: 9.1 per month in the 6 months since, 6.2 per month in the 6 before.``"""
    return _since(kpi.name, found, grain, value_words(found.since, kpi), value_words(found.before, kpi))


def goal_since_sentence(goal: Goal, found: BeforeSince, grain: Grain) -> str:
    """The same of the goal, per rep and period."""
    each = "" if goal.unit and "per " in goal.unit else f" per rep and {grain}"
    since, before = (with_unit(value, goal.unit) for value in (found.since, found.before))
    return _since(goal_name(goal), found, grain, f"{since}{each}", before)


def _since(name: str, found: BeforeSince, grain: Grain, since: str, before: str) -> str:
    if not found.n_since:
        return f"{name}: no whole {grain} since then yet."
    if not found.n_before:
        return f"{name}: no {grain} before to compare with."
    return f"{name}: {since} in the {pluralize(found.n_since, grain)} since, {before} in the {found.n_before} before."
