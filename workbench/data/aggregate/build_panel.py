"""From a data set file to its panel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from workbench.data.aggregate.activity import active_periods, active_spans, events_seen, outside_employment
from workbench.data.aggregate.assemble import measure_infos, panel_frame, rep_table
from workbench.data.aggregate.coverage import (
    coverage_issues,
    event_days,
    extent,
    far_off_issue,
    partial_periods,
    working_week,
)
from workbench.data.aggregate.credited import credit_issues
from workbench.data.aggregate.exposure import daily_sums, exposure, with_days_at_work
from workbench.data.aggregate.preaggregated_dates import spread_over_periods
from workbench.data.aggregate.rep_matching import rep_issues
from workbench.data.aggregate.rep_period_sums import RepPeriodSums, first_days, rep_period_sums, rep_rows, undated
from workbench.data.aggregate.roster import Team, read_roster
from workbench.data.aggregate.row_overlaps import row_overlaps
from workbench.data.aggregate.scored import scored_issues, scored_reps
from workbench.data.engine.embedded import Engine
from workbench.data.engine.temp_tables import drop_tables
from workbench.data.events.dataset_rules import dataset_problems
from workbench.data.events.events import REASON, REASONS
from workbench.data.events.load_events import read_events
from workbench.data.events.opened_tables import Opened, OpenedSource, open_all
from workbench.data.events.row_counts import count_rows
from workbench.data.events.row_issues import quality_issues, unused_counts
from workbench.data.events.unused_rows import unused_rows
from workbench.data.model.dataset import DataSet
from workbench.data.model.fingerprint import panel_key
from workbench.data.model.panel import REP, Panel
from workbench.data.model.relocate import locations
from workbench.data.model.row_overlap import RowOverlap
from workbench.errors import InputError, Issue

Progress = Callable[[float, str], None]


def build_panel(
    dataset: DataSet,
    folder: Path,
    *,
    connections: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Panel:
    """Read a data set's sources and add them up per rep and period.

    Parameters
    ----------
    folder : what the data set's locations are relative to.
    connections : URL of each named database connection.
    progress : told how much is done (0 to 1) and what comes next.

    Raises
    ------
    InputError
        With every problem found: files that cannot be read, unknown columns, unreadable conditions.
    """
    steps = _Steps(progress, len(locations(dataset)) + 3 * len(dataset.sources) + 2)
    with Engine() as engine:
        opened = open_all(dataset, folder, engine, connections or {}, steps.next)
        problems = (*opened.problems, *dataset_problems(dataset, opened))
        if problems:
            raise InputError(problems)
        return _panel(dataset, folder, opened, engine, steps)


class _Steps:
    """Counts steps and tells the listener."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0

    def next(self, what: str) -> None:
        if self.progress:
            self.progress(min(self.done / self.total, 1.0), what)
        self.done += 1


@dataclass(frozen=True, eq=False)
class _Part:
    """What one source gives to the panel."""

    tallies: tuple[RepPeriodSums, ...]
    overlaps: tuple[RowOverlap, ...]
    undated: pd.DataFrame
    rep_rows: dict[str, int]
    began: pd.Series
    unused: pd.DataFrame
    n_unused: pd.DataFrame
    issues: tuple[Issue, ...]
    n_rows: int
    engine: str


def _part(opened: OpenedSource, dataset: DataSet, engine: Engine, steps: _Steps) -> _Part:
    name = opened.source.name
    steps.next(f"Reading {name}")
    events = read_events(opened, dataset, engine)
    steps.next(f"Adding up {name}")
    counted = tuple(spread_over_periods(tally, dataset) for tally in rep_period_sums(events, dataset))
    steps.next(f"Checking {name}")
    found = count_rows(events)
    unused = unused_counts(events)
    part = _Part(
        tallies=counted,
        overlaps=row_overlaps(events, counted, dataset),
        undated=undated(events, any(found.undated)),
        rep_rows=rep_rows(events),
        began=first_days(events) if dataset.first else pd.Series(dtype="datetime64[us]"),
        unused=unused_rows(events, found.unused),
        n_unused=unused[[REASON, "n_rows"]].assign(source=name, reason=unused[REASON].map(REASONS)),
        issues=(
            *events.opened.table.issues,
            *events.issues,
            *quality_issues(events, found, unused),
            *credit_issues(events),
        ),
        n_rows=opened.table.n_rows,
        engine=events.rows.get_backend().name,
    )
    if not events.remote:
        drop_tables(engine, events.rows)
    return part


def _panel(dataset: DataSet, folder: Path, opened: Opened, engine: Engine, steps: _Steps) -> Panel:
    parts = [_part(each, dataset, engine, steps) for each in opened.sources]
    steps.next("Reading the roster")
    team = None
    if dataset.roster and opened.roster:
        team = read_roster(dataset.roster, opened.roster, dataset.same_rep, dataset.timezone)
    steps.next("Putting it together")
    counted = [tally for part in parts for tally in part.tallies]
    seen, covered = events_seen(counted), extent(event_days(counted))
    began = pd.concat([part.began for part in parts]).groupby(level=0).min() if dataset.first else None
    reps = active_spans(seen, team, covered, began)
    everybody = panel_frame(active_periods(seen, reps, dataset.grain, dataset.week_start), counted, dataset)
    attended = exposure(counted, reps, covered, working_week(event_days(counted)["day"]), dataset.exposure is not None)
    everybody = with_days_at_work(everybody, attended, dataset)
    table = rep_table(reps, everybody, team.frame if team else None)
    scored = everybody[REP].isin(table[REP][scored_reps(dataset.scored, table)])
    frame = everybody[scored].reset_index(drop=True)
    return Panel(
        name=dataset.name,
        grain=dataset.grain,
        frame=frame,
        measures=measure_infos(dataset),
        reps=table,
        unscored=everybody[~scored].reset_index(drop=True),
        issues=(*scored_issues(dataset.scored, table), *_issues(parts, counted, team, dataset, reps, everybody)),
        partial=partial_periods(counted, dataset),
        unused=pd.concat([part.unused for part in parts], ignore_index=True),
        n_unused=pd.concat([part.n_unused for part in parts], ignore_index=True)[["source", "reason", "n_rows"]],
        undated=_undated(parts, frame),
        daily=daily_sums(counted),
        exposure=attended,
        overlaps=tuple(overlap for part in parts for overlap in part.overlaps),
        n_rows_read=sum(part.n_rows for part in parts),
        n_rows_used=sum(sum(part.rep_rows.values()) for part in parts),
        engine=" + ".join(dict.fromkeys(part.engine for part in parts)),
        key=panel_key(dataset, folder),
    )


def _issues(
    parts: Sequence[_Part],
    counted: Sequence[RepPeriodSums],
    team: Team | None,
    dataset: DataSet,
    reps: pd.DataFrame,
    frame: pd.DataFrame,
) -> tuple[Issue, ...]:
    rows = {source.name: part.rep_rows for source, part in zip(dataset.sources, parts, strict=True)}
    found = [issue for part in parts for issue in part.issues]
    found += [
        *(team.issues if team else ()),
        *rep_issues(rows, team, dataset),
        *coverage_issues(counted, frame, dataset),
    ]
    found += [*outside_employment(counted, reps, dataset), *far_off_issue(event_days(counted))]
    order = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted(dict.fromkeys(found), key=lambda issue: order[issue.level]))


def _undated(parts: Sequence[_Part], frame: pd.DataFrame) -> pd.DataFrame:
    """Reps with no period at all are left out: nothing is known of when they were active."""
    whole = pd.concat([part.undated for part in parts], ignore_index=True).groupby(REP, as_index=False).sum()
    return whole[whole[REP].isin(frame[REP].unique())].reset_index(drop=True)
