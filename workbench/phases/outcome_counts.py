"""Count the outcomes of calls in the engine, per rep, stratum and month; only counts leave it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pandas as pd

from workbench.data.aggregate.build_panel import Progress
from workbench.data.aggregate.limit_reps import read_allowed_reps, shown_problems
from workbench.data.aggregate.roster import read_roster
from workbench.data.aggregate.scored_reps import is_scored
from workbench.data.engine.embedded import Engine
from workbench.data.events.activity_log import AT, ActivityLog, load_activity_log, other_column
from workbench.data.events.dataset_rules import check_dataset
from workbench.data.events.opened_tables import OpenedTables, open_tables
from workbench.data.model.build_step import BuildStep
from workbench.data.model.dataset import DataSet, Source
from workbench.data.model.panel import REP
from workbench.errors import Examples, InputError, Issue, Where, errors
from workbench.phases.log_spans import LogSpans, read_log_spans
from workbench.problems import nearest

MOST_CODES = 200
UNKNOWN = ""
RARE = "(rare)"
"""Stands for outcomes beyond the ``MOST_CODES`` most frequent ones."""
HOUR = "hour"
"""A stratum of every log with times of day, unless a column or an attribute has this name."""


@dataclass(frozen=True, eq=False)
class OutcomeCounts:
    """The outcomes of the calls of each rep, before anybody says which phase they prove.

    Attributes
    ----------
    strata : the columns and roster attributes compared within, by name.
    frame : one row per (rep, stratum, month, code) with rows: ``rep``, ``stratum`` (the values of ``strata`` joined, ""
        where there are none), ``month`` (datetime64, its first day), ``code`` (the outcome as codes are written, "" for
        blank) and ``n`` (int).
    outcomes : one row per outcome found: ``code``, ``written`` (the form in which the file writes it most), ``forms``
        (all of them), ``n``; the most frequent first.
    n_rows : used rows of the log.
    spans : from when to when reps and outcomes are in the log; None where nobody looked.
    hours : ``n`` by ``rep``, ``hour`` (of the clock, two digits) and ``code``, whatever the strata; None where nobody
        looked.
    """

    strata: tuple[str, ...]
    frame: pd.DataFrame
    outcomes: pd.DataFrame
    n_rows: int
    issues: tuple[Issue, ...] = ()
    spans: LogSpans | None = None
    hours: pd.DataFrame | None = None

    def without(self, reps: Collection[str]) -> OutcomeCounts:
        """The counts of all other reps."""
        return self.only(set(self.frame[REP]) - set(reps))

    def only(self, reps: Collection[str]) -> OutcomeCounts:
        """The counts of these reps."""
        frame = self.frame[self.frame[REP].isin(list(reps))]
        n = self.outcomes["code"].map(frame.groupby("code")["n"].sum())
        there = self.outcomes.assign(n=n)[n > 0].astype({"n": int})
        outcomes = there.sort_values(["n", "code"], ascending=[False, True]).reset_index(drop=True)
        spans = self.spans.only(reps) if self.spans else None
        hours = None if self.hours is None else self.hours[self.hours[REP].isin(list(reps))]
        return replace(self, frame=frame, outcomes=outcomes, n_rows=int(frame["n"].sum()), spans=spans, hours=hours)


def count_outcomes(
    dataset: DataSet,
    folder: Path,
    source: Source,
    strata: tuple[str, ...] = (),
    *,
    named: Collection[str] = (),
    name: str = "phase file",
    connections: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> OutcomeCounts:
    """Count the rows of a log by scored rep, stratum, month and outcome.

    Parameters
    ----------
    source : the log, with a column of outcomes (LookupError without). strata : columns, roster attributes or ``HOUR``
        to count within.
    named : codes to count by themselves however rare they are. name : of the file that asks, for its problems.

    Raises
    ------
    InputError
        With every problem of the data set, its files and the strata.
    """
    written = source.events.disposition if source.events else None
    if written is None:
        raise LookupError(f"{source.name} has no column of outcomes")
    attributes = _roster_strata(dataset, strata)
    only = only_the_log(dataset, source, bool(attributes) or _knows_starts(dataset))
    with Engine() as engine:
        say = partial(progress, 0.0) if progress else _say_nothing
        opened = open_tables(only, folder, engine, connections or {}, say)
        found = (*opened.problems, *check_dataset(only, opened))
        if not opened.problems:
            found = (*found, *_check_strata(strata, attributes, opened, name))
        if errors(found):
            raise InputError(shown_problems(errors(found), dataset.only))
        inner = tuple(each for each in strata if each not in attributes)
        columns = {written: None, **{each: None for each in inner if each in _columns_of(opened)}}
        team, allowed = _read_team(only, opened), read_allowed_reps(dataset, folder, connections or {})
        team = team if allowed is None else team[team[REP].isin(allowed)]
        every = load_activity_log(opened.sources[0], only, engine, others=tuple(columns), allowed=allowed)
        log = _of_scored_reps(every, only, team)
        if progress:
            progress(0.7, BuildStep("check", source.name, log.n_rows))
        outcomes = _count_codes(log, other_column(written))
        apart = {*outcomes["code"].head(MOST_CODES), *named}
        cells = _count_cells(log, inner, apart if len(outcomes) > MOST_CODES else None)
        cells, spans, hours = _with_attributes(cells, attributes, team), read_log_spans(log, team), _count_hours(log)
    return OutcomeCounts(strata, _joined(cells, strata), outcomes, int(outcomes["n"].sum()), found, spans, hours)


def _knows_starts(dataset: DataSet) -> bool:
    return bool(dataset.roster and dataset.roster.start)


def _say_nothing(_: BuildStep) -> None:
    """Report no progress."""


def only_the_log(dataset: DataSet, source: Source, with_roster: bool) -> DataSet:
    """Return the data set with nothing but the log, whose outcomes are read as written rather than as our codes."""
    events = source.events.model_copy(update={"values": {}}) if source.events else None
    log = source.model_copy(update={"events": events})
    roster = dataset.roster if with_roster or isinstance(dataset.scored, str) else None
    return dataset.model_copy(update={"sources": (log,), "roster": roster, "exposure": None})


def _read_team(dataset: DataSet, opened: OpenedTables) -> pd.DataFrame:
    """Return the roster's reps with their attributes; no rows where it is not needed."""
    if dataset.roster is None or opened.roster is None:
        return pd.DataFrame({REP: pd.Series(dtype="str")})
    return read_roster(dataset.roster, opened.roster, dataset.same_rep, dataset.timezone).frame


def _of_scored_reps(log: ActivityLog, dataset: DataSet, team: pd.DataFrame) -> ActivityLog:
    """Return the log without the rows of reps who are not scored."""
    if dataset.scored is None:
        return log
    there = log.rows.select(REP).distinct().to_pyarrow().to_pandas().merge(team, on=REP, how="left")
    rows = log.rows.filter(log.rows[REP].isin(list(there[REP][is_scored(dataset.scored, there)])))
    return replace(log, rows=rows, n_rows=int(rows.count().to_pyarrow().as_py()))


def _roster_strata(dataset: DataSet, strata: tuple[str, ...]) -> tuple[str, ...]:
    known = dataset.roster.attributes if dataset.roster else ()
    return tuple(name for name in strata if name in known)


def _check_strata(
    strata: tuple[str, ...], attributes: Collection[str], opened: OpenedTables, name: str
) -> Iterator[Issue]:
    for stratum in strata:
        if stratum not in (known := {*_columns_of(opened), *attributes, HOUR}):
            place = Where(file=name, path=("strata",))
            yield Issue.of("error", "unknown_stratum", place, name=stratum, near=nearest(stratum, known),
                           known=Examples.of(sorted(known)))  # fmt: skip


def _columns_of(opened: OpenedTables) -> set[str]:
    log = opened.sources[0]
    return {*log.table.columns, *(taken for each in log.lookups for taken in each.lookup.take)}


def _count_cells(log: ActivityLog, strata: tuple[str, ...], apart: Collection[str] | None) -> pd.DataFrame:
    """Count rows per rep, month, strata of the log and outcome, in one scan; only ``apart`` by themselves, if given."""
    rows = log.rows
    keys = {f"stratum{i}": _stratum(rows, name) for i, name in enumerate(strata)}
    code = rows["disposition"].fill_null(UNKNOWN)
    if apart is not None:
        code = ibis.ifelse(code.isin(sorted(apart)), code, RARE)
    month = rows[AT].truncate("M").cast("date")
    grouped = rows.group_by(rep=rows[REP], month=month, code=code, **keys).aggregate(n=rows.count())
    cells = grouped.to_pyarrow().to_pandas()
    names = {f"stratum{i}": f"in {name}" for i, name in enumerate(strata)}
    return cells.rename(columns=names).assign(month=pd.to_datetime(cells["month"]))


def _stratum(rows: ir.Table, name: str) -> ir.StringValue:
    """Return the value of a column of each row, or the hour in which it happened."""
    column = other_column(name)
    return rows[column].fill_null(UNKNOWN) if column in rows.columns else rows[AT].hour().cast("string").lpad(2, "0")


def _count_hours(log: ActivityLog) -> pd.DataFrame:
    rows = log.rows
    hour = rows[AT].hour().cast("string").lpad(2, "0")
    keys = {"rep": rows[REP], "hour": hour, "code": rows["disposition"].fill_null(UNKNOWN)}
    counted = rows.group_by(**keys).aggregate(n=rows.count()).to_pyarrow().to_pandas()
    return counted.sort_values(list(keys), ignore_index=True)


def _count_codes(log: ActivityLog, column: str) -> pd.DataFrame:
    rows = log.rows
    counted = rows.group_by(code=rows["disposition"].fill_null(UNKNOWN), written=rows[column].fill_null(UNKNOWN))
    frame = counted.aggregate(n=rows.count()).to_pyarrow().to_pandas()
    frame = frame.sort_values(["n", "written"], ascending=[False, True])
    codes = frame.groupby("code", sort=False).agg(
        written=("written", "first"), forms=("written", tuple), n=("n", "sum")
    )
    return codes.reset_index().sort_values(["n", "code"], ascending=[False, True], ignore_index=True)


def _with_attributes(cells: pd.DataFrame, attributes: tuple[str, ...], team: pd.DataFrame) -> pd.DataFrame:
    """Join the roster's attributes to the reps' counts; unknown for a rep who is not on it."""
    known = team.set_index(REP)
    return cells.assign(
        **{f"in {name}": cells["rep"].map(known[name]).fillna(UNKNOWN).astype(str) for name in attributes}
    )


def _joined(cells: pd.DataFrame, strata: tuple[str, ...]) -> pd.DataFrame:
    """Make one stratum of all of them."""
    columns = [f"in {each}" for each in strata]
    stratum = cells[columns].astype(str).agg(" · ".join, axis=1) if strata and len(cells) else UNKNOWN
    keys = ["rep", "stratum", "month", "code"]
    return cells.assign(stratum=stratum).groupby(keys, as_index=False)["n"].sum().astype({"n": int})
