"""Build the panel of a data set file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from workbench.data.aggregate.activity import active_periods, active_spans, employment_issues, first_and_last_events
from workbench.data.aggregate.assemble import assemble_frame, measure_infos, rep_table
from workbench.data.aggregate.coverage import (
    count_events_by_day,
    coverage_issues,
    data_span,
    outlier_date_issues,
    partial_periods,
    source_coverage,
    working_week,
)
from workbench.data.aggregate.credited import credit_issues
from workbench.data.aggregate.exposure import estimate_exposure, sum_by_day, with_days_at_work
from workbench.data.aggregate.limit_reps import limit_panel, shown_problems
from workbench.data.aggregate.preaggregated_dates import spread_over_periods
from workbench.data.aggregate.rep_matching import rep_issues
from workbench.data.aggregate.rep_period_sums import (
    RepPeriodSums,
    count_rows_by_rep,
    first_event_days,
    goes_on_beside,
    sum_by_rep_and_period,
    sum_undated,
)
from workbench.data.aggregate.roster import Team, read_roster
from workbench.data.aggregate.row_overlaps import find_row_overlaps, same_rows_issues
from workbench.data.aggregate.rows_in_several_files import find_rows_in_several_files
from workbench.data.aggregate.scored_reps import is_scored, scored_issues
from workbench.data.engine.embedded import Engine
from workbench.data.engine.temp_tables import drop_tables
from workbench.data.events.dataset_rules import check_dataset
from workbench.data.events.events import REASON, Events
from workbench.data.events.load_events import load_events
from workbench.data.events.opened_tables import OpenedSource, OpenedTables, open_tables
from workbench.data.events.row_counts import count_rows
from workbench.data.events.row_issues import count_unused_rows, row_issues
from workbench.data.events.still_open import still_open_issues
from workbench.data.events.unused_rows import read_unused_rows
from workbench.data.model.build_step import BuildStep
from workbench.data.model.dataset import DataSet
from workbench.data.model.panel import REP, Panel
from workbench.data.model.panel_key import panel_key
from workbench.data.model.relocate import list_locations
from workbench.data.model.row_overlap import RowOverlap
from workbench.errors import InputError, Issue

Progress = Callable[[float, BuildStep], None]
Adjust = Callable[[Events, Engine], Events]


def build_panel(
    dataset: DataSet,
    folder: Path,
    *,
    connections: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    adjust: Adjust | None = None,
) -> Panel:
    """Read a data set's sources and aggregate them per rep and period.

    Parameters
    ----------
    folder : the folder that the data set's locations are relative to.
    connections : URL of each named database connection.
    progress : called with the share done (0 to 1) and the step that begins.
    adjust : changes the clean rows of each source before they are aggregated, such as which of them count.

    Raises
    ------
    InputError
        With every problem found: files that cannot be read, unknown columns, unreadable conditions.
    """
    steps = _Steps(progress, len(list_locations(dataset)) + 3 * len(dataset.sources) + 2)
    with Engine() as engine:
        opened = open_tables(dataset, folder, engine, connections or {}, steps.next)
        problems = (*opened.problems, *check_dataset(dataset, opened))
        if problems:
            raise InputError(shown_problems(problems, dataset.only))
        return limit_panel(_assemble_panel(dataset, folder, opened, engine, steps, adjust), dataset.only)


class _Steps:
    """Count the steps done and report progress."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0

    def next(self, step: BuildStep) -> None:
        if self.progress:
            self.progress(min(self.done / self.total, 1.0), step)
        self.done += 1


@dataclass(frozen=True, eq=False)
class _SourcePart:
    """The results of one source, and its rows until all sources are read."""

    events: Events
    tallies: tuple[RepPeriodSums, ...]
    overlaps: tuple[RowOverlap, ...]
    undated: pd.DataFrame
    rep_rows: dict[str, int]
    began: pd.Series
    goes_on: tuple[bool, bool]
    unused: pd.DataFrame
    n_unused: pd.DataFrame
    issues: tuple[Issue, ...]
    n_rows: int
    engine: str


def _read_source(
    opened: OpenedSource, dataset: DataSet, engine: Engine, steps: _Steps, adjust: Adjust | None
) -> _SourcePart:
    name, n_rows = opened.source.name, opened.table.n_rows
    steps.next(BuildStep("read", name, n_rows))
    events = load_events(opened, dataset, engine)
    events = adjust(events, engine) if adjust else events
    steps.next(BuildStep("aggregate", name, n_rows))
    counted = tuple(spread_over_periods(tally, dataset) for tally in sum_by_rep_and_period(events, dataset))
    steps.next(BuildStep("check", name, n_rows))
    found = count_rows(events)
    unused = count_unused_rows(events)
    return _SourcePart(
        events=events,
        tallies=counted,
        overlaps=find_row_overlaps(events, counted, dataset),
        undated=sum_undated(events, any(found.undated)),
        rep_rows=count_rows_by_rep(events),
        goes_on=goes_on_beside(events, dataset) if dataset.first or dataset.last else (False, False),
        began=first_event_days(events) if dataset.first else pd.Series(dtype="datetime64[us]"),
        unused=read_unused_rows(events, found.unused),
        n_unused=unused[[REASON, "n_rows"]].assign(source=name),
        issues=(
            *events.opened.table.issues,
            *events.issues,
            *row_issues(events, found, unused, dataset),
            *still_open_issues(events, dataset),
            *credit_issues(events),
        ),
        n_rows=opened.table.n_rows,
        engine=events.rows.get_backend().name,
    )


def _assemble_panel(
    dataset: DataSet, folder: Path, opened: OpenedTables, engine: Engine, steps: _Steps, adjust: Adjust | None
) -> Panel:
    parts = [_read_source(each, dataset, engine, steps, adjust) for each in opened.sources]
    shared = find_rows_in_several_files([(part.events, part.tallies) for part in parts], dataset, engine)
    drop_tables(engine, *(part.events.rows for part in parts if not part.events.remote))
    steps.next(BuildStep("roster"))
    team = None
    if dataset.roster and opened.roster:
        team = read_roster(dataset.roster, opened.roster, dataset.same_rep, dataset.timezone)
    steps.next(BuildStep("assemble"))
    counted = [tally for part in parts for tally in part.tallies]
    seen, covered = first_and_last_events(counted), data_span(count_events_by_day(counted))
    began = pd.concat([part.began for part in parts]).groupby(level=0).min() if dataset.first else None
    reps = active_spans(seen, team, covered, began)
    everybody = assemble_frame(active_periods(seen, reps, dataset.grain, dataset.week_start), counted, dataset)
    attended = estimate_exposure(
        counted, reps, covered, working_week(count_events_by_day(counted)["day"]), dataset.exposure is not None
    )
    everybody = with_days_at_work(everybody, attended, dataset)
    table = rep_table(reps, everybody, team.frame if team else None)
    scored = everybody[REP].isin(table[REP][is_scored(dataset.scored, table)])
    frame = everybody[scored].reset_index(drop=True)
    return Panel(
        name=dataset.name,
        grain=dataset.grain,
        frame=frame,
        measures=measure_infos(dataset),
        reps=table,
        unscored=everybody[~scored].reset_index(drop=True),
        issues=(
            *scored_issues(dataset.scored, table, dataset.not_scored),
            *same_rows_issues(shared, dataset, everybody),
            *_collect_issues(parts, counted, team, dataset, reps, everybody),
        ),
        partial=partial_periods(counted, dataset, _goes_on(parts)),
        unused=pd.concat([part.unused for part in parts], ignore_index=True),
        n_unused=pd.concat([part.n_unused for part in parts], ignore_index=True)[["source", "reason", "n_rows"]],
        undated=_undated_of_reps(parts, frame),
        daily=sum_by_day(counted),
        exposure=attended,
        coverage=source_coverage(counted, dataset),
        overlaps=(*(overlap for part in parts for overlap in part.overlaps), *shared),
        n_rows_read=sum(part.n_rows for part in parts),
        n_rows_used=sum(sum(part.rep_rows.values()) for part in parts),
        engine=" + ".join(dict.fromkeys(part.engine for part in parts)),
        key=panel_key(dataset, folder),
    )


def _goes_on(parts: Sequence[_SourcePart]) -> tuple[bool, bool]:
    """Whether any source has rows beside the periods used, before and after; a plan says nothing of what was done."""
    done = [part for part in parts if not all(tally.stamped for tally in part.tallies)]
    return any(part.goes_on[0] for part in done), any(part.goes_on[1] for part in done)


def _collect_issues(
    parts: Sequence[_SourcePart],
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
    found += [*employment_issues(counted, reps, dataset), *outlier_date_issues(count_events_by_day(counted))]
    order = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted(dict.fromkeys(found), key=lambda issue: order[issue.level]))


def _undated_of_reps(parts: Sequence[_SourcePart], frame: pd.DataFrame) -> pd.DataFrame:
    """Add up undated events by rep; reps without any period are left out, since their active time is unknown."""
    whole = pd.concat([part.undated for part in parts], ignore_index=True).groupby(REP, as_index=False).sum()
    return whole[whole[REP].isin(frame[REP].unique())].reset_index(drop=True)
