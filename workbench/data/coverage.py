"""Which days the data covers: already aggregated tables, partial first and last periods, sources that stop early."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from workbench.data.panel import PERIOD
from workbench.data.periods import WeekStart, period_ends, period_starts
from workbench.data.spec import DataSet, Grain
from workbench.data.tally import FIRST, LAST, Tally
from workbench.errors import Issue

_QUIET_SHARE = 1 / 3  # an edge no wider than this share of a period may be a quiet stretch
_QUIET_QUANTILE = 0.95


def stamped_grain(days: pd.Series, grain: Grain, week_start: WeekStart = "monday") -> Grain | None:
    """The span that each date stands for, when all of them are the first (or all the last) days of periods.

    Such a table is already aggregated: a row dated 1 March is about March. ``None`` for dates of events.
    """
    if grain == "day" or days.empty:
        return None
    for wide in (grain, "month") if grain == "quarter" else (grain,):
        if any((edge(days, wide, week_start) == days).all() for edge in (period_starts, period_ends)):
            return wide
    return None


def widened(tally: Tally, dataset: DataSet) -> Tally:
    """An already aggregated table's days spread over what each row is about; any other tally as it is."""
    wide = stamped_grain(tally.days["day"], dataset.grain, dataset.week_start)
    if wide is None:
        return tally
    first = period_starts(tally.frame[FIRST], wide, dataset.week_start)
    last = period_ends(tally.frame[LAST], wide, dataset.week_start)
    days = pd.concat([period_starts(tally.days["day"], wide, dataset.week_start),
                      period_ends(tally.days["day"], wide, dataset.week_start)])  # fmt: skip
    frame = tally.frame.assign(**{FIRST: first, LAST: last})
    return replace(tally, frame=frame, days=pd.DataFrame({"day": days, "n": np.nan}), stamped=True)


def extent(tallies: Sequence[Tally]) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and last day that events are known of; aggregated tables (plans reach ahead) only if there is nothing
    else. NaT, NaT without any."""
    events = [tally for tally in tallies if not tally.stamped and len(tally.days)]
    days = pd.concat([tally.days["day"] for tally in events or tallies])
    return days.min(), days.max()


def partial_periods(tallies: Sequence[Tally], dataset: DataSet) -> tuple[pd.Timestamp, ...]:
    """The first and last period with events, where the data starts too late or ends too early to cover them.

    A quiet stretch at the edge that is no longer than the usual pause between days with events (95th percentile, so
    that weekends pass) does not make a period partial.
    """
    first, last = extent(tallies)
    if dataset.grain == "day" or pd.isna(first):
        return ()
    ends = pd.Series([first, last])
    starts = period_starts(ends, dataset.grain, dataset.week_start)
    closes = period_ends(ends, dataset.grain, dataset.week_start)
    lacking = pd.Series([first - starts[0], closes[1] - last])
    allowed = np.minimum(_usual_pause(tallies), _QUIET_SHARE * ((closes - starts).dt.days + 1))
    return tuple(dict.fromkeys(starts[lacking.dt.days >= allowed]))


def _usual_pause(tallies: Sequence[Tally]) -> float:
    """Days from one day with events to the next, 95th percentile; 1 when there is nothing to go by."""
    days = pd.concat(
        [tally.days["day"] for tally in tallies if not tally.stamped] or [pd.Series(dtype="datetime64[us]")]
    )
    pauses = days.drop_duplicates().sort_values().diff().dt.days.dropna()
    return float(pauses.quantile(_QUIET_QUANTILE)) if len(pauses) else 1.0


def coverage_issues(tallies: Sequence[Tally]) -> tuple[Issue, ...]:
    """Sources whose dates start later or stop earlier than those of the others: what they count is 0 there."""
    counting = [tally for tally in tallies if tally.measures and len(tally.frame)]
    periods = pd.concat([tally.frame[PERIOD] for tally in tallies])
    first, last = periods.min(), periods.max()
    issues = []
    for tally in counting:
        own = tally.frame[PERIOD]
        for edge, whole, side, verb in (
            (own.min(), first, "before", "starts"),
            (own.max(), last, "after", "goes on to"),
        ):
            if edge != whole:
                issues.append(_uncovered(tally, edge, whole, side, verb))
    return tuple(issues)


def _uncovered(tally: Tally, edge: pd.Timestamp, whole: pd.Timestamp, side: str, verb: str) -> Issue:
    names = ", ".join(f"“{measure.name}”" for measure in tally.measures)
    when = f"{side} the period of {edge:%Y-%m-%d}, while the data set {verb} {whole:%Y-%m-%d}"
    message = f"{names}, dated by “{tally.column}”, have no row {when}: counts and sums are 0 there."
    fix = "If that is only where the export begins or ends, load the missing part or leave these periods out."
    return Issue("warning", "coverage", f"source “{tally.source}”", message, fix)
