"""Words of the Decide page: what is in force, when to review it, what was known then, and records in a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from workbench.data.model.dataset import Grain
from workbench.data.model.panel import PERIOD, Panel
from workbench.design.decisions import Decision, Dissent, KnownData, KnownFigures, Pivot, Withdrawal
from workbench.design.in_force import InForceSpan, span_of_day
from workbench.design.model import Design
from workbench.scoring.known_figures import SpanOutcome, freeze_data, freeze_figures, thaw_link
from workbench.words.gaps import span_words
from workbench.words.kpis import goal_name
from workbench.words.links import link_in_words
from workbench.words.numbers import NONE, percent, pluralize
from workbench.words.options import FIGURES
from workbench.words.panels import day_words

QUESTION = "Which design do we choose, and who disagrees?"
EMPTY = "Nothing decided yet. Choose a design, say why, and record the decision."
NO_DESIGN = "No design chosen yet. Choose one, say why, and record the decision."
EMPTY_MORE = (
    "A record keeps who disagreed and what was known that day, and past periods keep the design they had. "
    "On the review date you see what came of it."
)
CHOOSE, RECORDS, TIMELINE, AS_IT_WAS = "Choose", "Decisions so far", "In force when", "What each design did in its time"
ONLY_ONE = "There is only one design to choose from. Save others as options to compare them here."
SCOPE = "Which time"
IN_FORCE_NAME = "In force"
FIELDS = {
    "why": "Why this design?",
    "by": "Decided by",
    "dissent": "Who disagrees, and why?",
    "expects": "What should change by the review?",
    "in_force": "In force from",
    "review": "Review on",
}
DISSENT_HINT = "Field manager: too many dials for my team"
DISSENT_HELP = "One person a line: the name or alias, a colon, and the reason."
RECORD, WITHDRAW, KEEP = "Record the decision", "Withdraw", "Keep this design"
WITHDRAW_HELP = "For a decision recorded by mistake. The record stays and says so."
WITHDRAW_WHY = "Why was it a mistake?"
MISSING_WHY = "Say why first: somebody will ask at the review."
REVIEW_FIRST = "Choose a review date after the first day in force."
TIMELINE_CAPTION = "Each colour is a design in force. Bars: {goal} of the team."
METHOD = (
    "A period belongs to the design in force on its first day. A decision counts from its date on until a later one. "
    "One that is recorded afterwards fills only time for which nothing had been recorded, so history is never "
    "rewritten. A withdrawn decision stays on record; it no longer counts from the day of the withdrawal."
)
SEE_DECISION = "Open Decide"
HIDDEN = "Hidden name"
"""Stands for what was typed on another data set while names are hidden, whose reps are not known here."""
THEN, TODAY = "Then", "Today"
NOT_TODAY = "This design no longer fits the data, so there are no figures of today."
MOST_DUE_DAYS = 14
"""Reviews that are due within this many days are on Start."""


def own_label(kind: str, design: Design | None) -> str:
    """A design that is no saved option: ``Current scorecard: My scorecard``."""
    return f"{kind}: {design.name}" if design else kind


def known_rows(known: KnownFigures) -> dict[str, str]:
    """The figures of a record, by the names that the page Options gives them."""
    said = [f"{known.best_on_top} of {known.best_sellers}", f"{known.unjust:,}", f"{known.called_in:,}",
            link_in_words(thaw_link(known.next_period)), link_in_words(thaw_link(known.across_reps))]  # fmt: skip
    return dict(zip(FIGURES, said if known.ranks_anybody else [NONE] * len(said), strict=True))


def then_and_today(known: KnownFigures, today: KnownFigures | None) -> pd.DataFrame:
    """What was known then beside the same figures today; one row per figure, as text."""
    columns = {THEN: known_rows(known)} | ({TODAY: known_rows(today)} if today else {})
    return pd.DataFrame(columns)


def considered_table(decision: Decision) -> pd.DataFrame:
    """The figures of every design that was among those to choose from, as they were; the chosen one first."""
    columns: dict[str, dict[str, str]] = {}
    for each in decision.considered:
        name, times = each.name, 1
        while name in columns:
            times += 1
            name = f"{each.name} ({times})"
        columns[name] = known_rows(each.known)
    return pd.DataFrame(columns)


def data_words(known: KnownData) -> str:
    """``24 reps × 18 months, January 2024 to June 2025``."""
    span = span_words(pd.Timestamp(known.first), pd.Timestamp(known.last), known.grain)
    return f"{pluralize(known.n_reps, 'rep')} × {pluralize(known.n_periods, known.grain)}, {span}"


def data_since_sentence(known: KnownData, panel: Panel) -> str:
    """Whether the data are those of the record, by their fingerprint."""
    if known.key == panel.key:
        return f"Same data as then: {data_words(known)}."
    then, today = data_words(known), data_words(freeze_data(panel))
    if then == today:
        return f"The data have changed since, though not in size: {then}."
    return f"The data have changed since. Then: {then}. Today: {today}."


def fingerprint_words(known: KnownData) -> str:
    """``Data fingerprint ed4a0438b381``."""
    return f"Data fingerprint {known.key[:12]}"


def in_force_sentence(decision: Decision, today: dt.date, spans: Sequence[InForceSpan] = ()) -> str:
    """``“Fewer dials” is in force since 1 July 2024.``; from a later day on it says so.

    ``spans``: as of ``spans_in_force``; a design that was decided for again is in force since the first time.
    """
    if decision.in_force > today:
        return f"“{decision.called}” comes into force on {day_words(decision.in_force.isoformat())}."
    span = span_of_day(spans, today)
    since = span.start if span else decision.in_force
    return f"“{decision.called}” has been in force since {day_words(since.isoformat())}."


def review_sentence(record: Decision | Pivot, today: dt.date, *, dated: bool = True) -> str:
    """When the review is due: ``Review in 31 days, on 30 January 2027.``; ``dated``: whether the date is named."""
    days = (record.review - today).days
    on = f", on {day_words(record.review.isoformat())}" if dated else ""
    if days == 0:
        return "The review is due today."
    if days < 0:
        return f"The review was due {pluralize(-days, 'day')} ago{on}."
    return f"Review in {pluralize(days, 'day')}{on}."


def is_review_near(record: Decision | Pivot, today: dt.date) -> bool:
    """Whether a review is due, or will be within two weeks."""
    return (record.review - today).days <= MOST_DUE_DAYS


def span_heading(span: InForceSpan) -> str:
    """``1 July 2024 to 31 December 2024``; ``since 1 July 2024``."""
    start = day_words(span.start.isoformat())
    if span.end is None:
        return f"since {start}"
    return f"{start} to {day_words((span.end - dt.timedelta(days=1)).isoformat())}"


def decision_line(decision: Decision) -> str:
    """When and by whom it was decided, and from when on it counts."""
    by = f" by {decision.by}" if decision.by else ""
    afterwards = ", recorded afterwards" if decision.decided.date() > decision.in_force else ""
    counts = f"counts from {day_words(decision.in_force.isoformat())}{afterwards}"
    return f"Decided {day_words(decision.decided.date().isoformat())}{by}, {counts}."


def chosen_line(decision: Decision) -> str:
    """``Goal Sales. Weights: Quotes 67%, Meetings 33%.``"""
    on = [f"{name} {percent(share)}" for name, share in decision.chosen.shares().items() if share > 0]
    return f"Goal {goal_name(decision.chosen.goal)}. Weights: {', '.join(on) or 'none'}."


def dissent_line(dissent: Dissent) -> str:
    """``Ana Ruiz disagreed: too many dials``."""
    return f"{dissent.who} disagreed: {dissent.says}" if dissent.says else f"{dissent.who} disagreed."


def withdrawal_line(found: Withdrawal) -> str:
    """``Withdrawn 30 November 2026: wrong design``."""
    by = f" by {found.by}" if found.by else ""
    return f"Withdrawn {day_words(found.decided.date().isoformat())}{by}: {found.why}"


def recorded_words(decision: Decision) -> str:
    """What was just recorded."""
    return f"Recorded: “{decision.called}” from {day_words(decision.in_force.isoformat())} on."


def past_kept_sentence(name: str, until: dt.date) -> str:
    """Why a decision with a past date counts only from today on; ``until``: the last day of the one before it."""
    return f"“{name}” was in force until {day_words(until.isoformat())}. The past keeps that design."


def too_early_sentence(decision: Decision) -> str:
    """Why a decision cannot count from before the one in force, and what to do."""
    since = day_words(decision.in_force.isoformat())
    return f"“{decision.called}” counts from {since}. Choose that day or a later one."


def damaged_sentence(n: int) -> str:
    """How many records cannot be read."""
    return f"{pluralize(n, 'record')} cannot be read and {'is' if n == 1 else 'are'} left out."


def what_if_sentence(in_force: Sequence[bool | None], grain: Grain) -> str:
    """Whether the rules of a replay were in force in its periods; empty where nothing is known to have been.

    ``in_force``: of each period, as of ``rules_in_force``.
    """
    n = len(in_force)
    if not n or all(each is None for each in in_force):
        return ""
    own, every = sum(each is True for each in in_force), f"{n} {grain}s"
    if own == n:
        return f"As in force: these rules counted in all {every}." if n > 1 else "As in force: these rules counted."
    if not own:
        when = f"in any of these {every}" if n > 1 else f"this {grain}"
        return f"What-if: these rules were not in force {when}."
    return f"What-if: these rules were in force in only {own} of these {every}."


def scope_words(panel: Panel, *, whole: bool) -> str:
    """``What-if: all 18 months``; ``As in force: July to December 2024``."""
    periods = panel.frame[PERIOD]
    if whole:
        return f"What-if: all {pluralize(periods.nunique(), panel.grain)}"
    return f"As in force: {span_words(periods.min(), periods.max(), panel.grain)}"


def as_it_was_rows(found: Sequence[SpanOutcome], grain: Grain) -> pd.DataFrame:
    """What each design did over the periods in which it was in force; one row per stretch of time, as text."""
    rows = [
        {"Design": one.span.decision.called, "Periods": span_words(one.first, one.last, grain),
         **{name: text for name, text in known_rows(freeze_figures(one.outcome)).items() if name in AS_IT_WAS_FIGURES}}
        for one in found
    ]  # fmt: skip
    return pd.DataFrame(rows)


AS_IT_WAS_FIGURES = tuple(FIGURES)[:3]
"""Links need more months than most designs are in force."""


def decide_slide_sentence(standing: Sequence[Decision], spans: Sequence[InForceSpan], today: dt.date) -> str:
    """The one sentence on the wall."""
    if not standing:
        return EMPTY
    return f"{in_force_sentence(standing[0], today, spans)} {review_sentence(standing[0], today, dated=False)}"
