"""The panel: one row per (rep, period) with every measure; the input of every floor above data."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from workbench.data.model.daily import Daily, Exposure
from workbench.data.model.dataset import Aggregate, Grain
from workbench.data.model.row_overlap import RowOverlap
from workbench.data.model.source_coverage import SourceCoverage
from workbench.errors import Issue

REP, PERIOD = "rep", "period"
DAYS_AT_WORK = "days_at_work"
BUILT_IN = ("days", "workdays", "tenure", DAYS_AT_WORK)
UNUSED_KEPT = 10_000
SUM_PART, N_PART = "·sum", "·n"


@dataclass(frozen=True)
class MeasureInfo:
    """Description of a panel column: its aggregate (``"built_in"`` for days, workdays, tenure), unit, label."""

    name: str
    aggregate: Aggregate | str
    unit: str | None = None
    label: str | None = None
    source: str | None = None


@dataclass(frozen=True, eq=False)
class Panel:
    """Every measure per rep and period, with its origin and issues.

    Attributes
    ----------
    frame : one row per (rep, period), sorted by both; columns ``rep`` (str), ``period`` (datetime64, the period's
        first day), one float column per measure and built-in. A count or sum without events is 0; a mean, min or
        max is NaN. For each mean measure ``m`` two more columns ``m·sum`` and ``m·n`` let it be aggregated as a
        ratio of sums.
    measures : one entry per measure column, in the data set file's order, built-ins last.
    reps : one row per rep seen in the panel or on the roster: ``rep``, the roster's attributes, ``start``, ``end``
        (datetime64, NaT when unknown), ``n_periods`` (0: on the roster, no events).
    unscored : the same rows and columns as ``frame``, for the reps who are in the data but not scored.
    partial : periods not fully covered by the data (first or last), as period starts.
    unused : one row per row not used: ``source``, ``row`` (number in the file), ``reason`` (a code), then the row as
        text. At most ``UNUSED_KEPT`` rows a source are kept here.
    n_unused : the full counts: one row per ``source`` and ``reason`` with ``n_rows``.
    undated : one row per rep with events that carry no date: ``rep`` and the measures that add up, counted over those
        events alone. They belong to no period, so ``frame`` leaves them out; a rep's total over everything has them.
    daily : sums per rep and day, None when no source is dated by days.
    overlaps : measures, with the same rep and date, that count the same rows, of one source or of two.
    coverage : which periods each source covers, by date column; outside, its counts are missing.
    exposure : which workdays each rep was at work; None for a panel without dates.
    team_workdays : workdays of the team by period where a period is made of weeks; None: counted from ``exposure``.
    key : hash of the file contents and the data set file: equal keys mean equal panels.
    """

    name: str
    grain: Grain
    frame: pd.DataFrame
    measures: tuple[MeasureInfo, ...]
    reps: pd.DataFrame
    issues: tuple[Issue, ...] = ()
    partial: tuple[pd.Timestamp, ...] = ()
    unscored: pd.DataFrame = field(default_factory=pd.DataFrame)
    unused: pd.DataFrame = field(default_factory=pd.DataFrame)
    n_unused: pd.DataFrame = field(default_factory=pd.DataFrame)
    undated: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({REP: pd.Series(dtype="str")}))
    daily: Daily | None = None
    exposure: Exposure | None = None
    overlaps: tuple[RowOverlap, ...] = ()
    coverage: tuple[SourceCoverage, ...] = ()
    team_workdays: pd.Series | None = None
    n_rows_read: int = 0
    n_rows_used: int = 0
    engine: str = "duckdb"
    key: str = ""

    @property
    def everybody(self) -> pd.DataFrame:
        """``frame`` with the rows of the reps who are not scored, sorted by rep and period."""
        if self.unscored.empty:
            return self.frame
        return pd.concat([self.frame, self.unscored]).sort_values([REP, PERIOD], ignore_index=True)

    @property
    def measure_names(self) -> tuple[str, ...]:
        return tuple(m.name for m in self.measures)

    @property
    def attributes(self) -> tuple[str, ...]:
        """List the roster columns that reps can be grouped by."""
        return tuple(c for c in self.reps.columns if c not in (REP, "start", "end", "n_periods"))

    def info(self, measure: str) -> MeasureInfo:
        """Return the description of one measure. Raises KeyError when the panel has no such measure."""
        return {m.name: m for m in self.measures}[measure]
