"""Freeze the figures of a design and its data for a record, and score each stretch of time by the design in force."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.design.decisions import KnownData, KnownFigures, KnownLink
from workbench.design.in_force import InForceSpan, span_of_day
from workbench.scoring.compare import OptionOutcome, evaluate_option
from workbench.scoring.correlation import Correlation
from workbench.scoring.preview import select_periods
from workbench.scoring.replay.stop_signal import panel_as_of


@dataclass(frozen=True, eq=False)
class SpanOutcome:
    """What a design did while it was in force: its figures over the periods that began in that time."""

    span: InForceSpan
    first: pd.Timestamp
    last: pd.Timestamp
    n_periods: int
    outcome: OptionOutcome


def freeze_figures(outcome: OptionOutcome) -> KnownFigures:
    """Return the figures of an outcome as a record keeps them; numbers that are not known become None."""
    return KnownFigures(
        ranks_anybody=outcome.ranks_anybody, best_on_top=outcome.awards.overlap,
        best_sellers=len(outcome.awards.best_sellers), unjust=outcome.unjust, called_in=outcome.called_in,
        next_period=_freeze_link(outcome.agreement.next_period),
        across_reps=_freeze_link(outcome.agreement.across_reps),
    )  # fmt: skip


def freeze_data(panel: Panel) -> KnownData:
    """Return what identifies the data of a panel: fingerprint, size and span."""
    periods = panel.frame[PERIOD]
    return KnownData(key=panel.key, grain=panel.grain, n_reps=panel.frame[REP].nunique(), n_periods=periods.nunique(),
                     first=periods.min().date(), last=periods.max().date())  # fmt: skip


def _freeze_link(found: Correlation) -> KnownLink:
    rho, low, high = (
        float(value) if math.isfinite(value) else None for value in (found.rho, found.low, found.high)
    )  # fmt: skip
    return KnownLink(rho=rho, low=low, high=high, n=int(found.n), n_reps=int(found.n_reps), method=found.method,
                     reason=found.reason)  # fmt: skip


def thaw_link(known: KnownLink) -> Correlation:
    """Return the correlation that a record holds; NaN where it was not known."""
    rho, low, high = (math.nan if value is None else value for value in (known.rho, known.low, known.high))
    return Correlation(rho, low, high, known.n, known.n_reps, known.method, known.reason)


def score_as_in_force(panel: Panel, spans: Sequence[InForceSpan]) -> tuple[SpanOutcome, ...]:
    """Score each period of a panel by the design in force on its first day.

    Stretches without a period are left out. Points are those among the whole history.

    Raises
    ------
    InputError
        When a design does not fit the panel.
    """
    starts = sorted(pd.Timestamp(start) for start in panel.frame[PERIOD].unique())
    placed = [(start, span_of_day(spans, start.date())) for start in starts]
    found = []
    for span in spans:
        own = [start for start, place in placed if place is span]
        if own:
            part = select_periods(panel, own[0], own[-1])
            outcome = evaluate_option(part, span.decision.chosen, reference=panel)
            found.append(SpanOutcome(span, own[0], own[-1], len(own), outcome))
    return tuple(found)


def period_days(panel: Panel, until: pd.Timestamp | None = None) -> tuple[dt.date, ...]:
    """Return the first day of each period of a panel, up to that of ``until``."""
    starts = sorted(pd.Timestamp(start) for start in panel.frame[PERIOD].unique())
    return tuple(start.date() for start in starts if until is None or start <= until)


def stretches_in_force(panel: Panel, flags: Sequence[bool | None]) -> tuple[Panel, ...]:
    """Return the parts of a panel in which some rules were in force without a break, as known at the end of each.

    ``flags``: of each period, as of ``rules_in_force`` over ``period_days``.
    """
    starts = sorted(pd.Timestamp(start) for start in panel.frame[PERIOD].unique())
    found: list[list[pd.Timestamp]] = []
    for place, (start, flag) in enumerate(zip(starts, flags, strict=True)):
        if flag is True and place and flags[place - 1] is True:
            found[-1].append(start)
        elif flag is True:
            found.append([start])
    return tuple(select_periods(panel_as_of(panel, own[-1]), own[0], own[-1]) for own in found)
