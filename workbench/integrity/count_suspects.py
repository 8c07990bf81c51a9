"""Count suspect events in the engine, per rep, list and month."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pandas as pd

from workbench.data.aggregate.build_panel import Progress
from workbench.data.aggregate.limit_reps import read_allowed_reps, shown_problems
from workbench.data.aggregate.rep_zones import read_rep_zones
from workbench.data.engine.embedded import ROW, Engine
from workbench.data.engine.temp_tables import materialize
from workbench.data.events.activity_log import (
    AT,
    CODED_ROLES,
    LOCAL,
    ActivityLog,
    event_kind,
    load_activity_log,
    other_column,
    without_time_of_day,
)
from workbench.data.events.dataset_rules import check_dataset
from workbench.data.events.opened_tables import open_tables
from workbench.data.model.build_step import BuildStep
from workbench.data.model.dataset import DataSet, Source, locations_of
from workbench.data.model.panel import REP
from workbench.errors import InputError
from workbench.integrity.checks.catalogue import CHECKS
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.suspect_counts import ANY, CHECK_NAMES, TEAM_ONLY, CannotTell, CheckName, SuspectCounts

_COLUMNS = ("check", "source", "rep", "list", "month", "n", "k")
FEWEST_ROWS = 500
"""A log with fewer rows cannot show a rep's habits."""


@dataclass(frozen=True, eq=False)
class JudgedLog:
    """A log with a pair of columns per check that it supports, and those that it does not.

    Attributes
    ----------
    rows : one row per used row of the log with its columns, and for each entry of ``checks`` whether it was judged
        (``judged_`` + name) and is suspect (``suspect_`` + name); never null.
    """

    log: ActivityLog
    rows: ir.Table
    checks: tuple[CheckName, ...]
    cannot_tell: tuple[CannotTell, ...]


def judged_column(check: str) -> str:
    return f"judged_{check}"


def suspect_column(check: str) -> str:
    return f"suspect_{check}"


def judge_log(log: ActivityLog, engine: Engine, only: Collection[CheckName] = CHECK_NAMES) -> JudgedLog:
    """Let every check that reads this kind of log point at its rows, or ``only`` some of them."""
    found: dict[CheckName, Suspects] = {}
    cannot: list[CannotTell] = []
    timeless = without_time_of_day(log)
    for check in CHECKS:
        if log.kind not in check.kinds or check.name not in only:
            continue
        said = _judge_by(check, log, timeless)
        if isinstance(said, CannotTell):
            cannot.append(said)
        else:
            found[check.name] = said
    columns = dict(_columns_of(found))
    rows = materialize(engine, log.rows.mutate(**columns)) if found else log.rows
    return JudgedLog(log, rows, tuple(found), tuple(cannot))


def _judge_by(check: EventCheck, log: ActivityLog, timeless: bool) -> Suspects | CannotTell:
    missing = [role for role in check.needs if role not in log.roles]
    if missing:
        return check.cannot(log, "no_column", missing[0])
    if log.n_rows < FEWEST_ROWS:
        return replace(check.cannot(log, "few_rows"), n=log.n_rows)
    if check.needs_time and timeless:
        return check.cannot(log, "no_time_of_day")
    said = check.judge(log)
    return said if isinstance(said, Suspects) else check.cannot(log, said)


def _columns_of(found: Mapping[CheckName, Suspects]) -> Iterator[tuple[str, ir.BooleanValue]]:
    for name, points in found.items():
        judged = points.judged.fill_null(False)
        yield judged_column(name), judged
        yield suspect_column(name), judged & points.suspect.fill_null(False)


def count_suspects(
    dataset: DataSet,
    folder: Path,
    *,
    connections: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> SuspectCounts:
    """Count how many events of each rep each check points at, over all logs of a data set.

    Raises
    ------
    InputError
        With every problem found of files and columns.
    """
    logs = [source for source in dataset.sources if source.events]
    if not logs:
        return SuspectCounts(_empty(), tuple(CannotTell(check.name, "no_log") for check in CHECKS))
    with Engine() as engine:
        frames: list[pd.DataFrame] = []
        cannot: list[CannotTell] = []
        for done, judged in enumerate(_judged_logs(dataset, folder, engine, connections or {}, progress)):
            frames.append(_count(judged))
            idle = [check for check in judged.checks if check not in set(frames[-1]["check"])]
            cannot += [*judged.cannot_tell, *(CannotTell(check, "few_rows", judged.log.source.name) for check in idle)]
            if progress:
                progress((done + 1) / len(logs), BuildStep("check", judged.log.source.name, judged.log.n_rows))
    frame = pd.concat(frames, ignore_index=True) if frames else _empty()
    return SuspectCounts(frame, (*cannot, *_without_a_log(frame, cannot)), own_logs_of(dataset))


def own_logs_of(dataset: DataSet) -> frozenset[str]:
    """Return the names of the sources whose rows reps enter themselves: logs of activity, and what reads their tables.

    Orders are not among them: somebody else pays for an order. Nor is a table without event roles, unless it is the
    table of such a log under another name.
    """
    written = {_table_of(source) for source in dataset.sources if source.events and event_kind(source) != "orders"}
    return frozenset(source.name for source in dataset.sources if _table_of(source) in written)


def _table_of(source: Source) -> tuple[object, ...]:
    return locations_of(source), source.sheet, source.table, source.query


def _judged_logs(
    dataset: DataSet,
    folder: Path,
    engine: Engine,
    connections: Mapping[str, str],
    progress: Progress | None,
    only: Collection[CheckName] = CHECK_NAMES,
    as_written: bool = False,
) -> Iterator[JudgedLog]:
    """Yield each log with event roles, judged."""
    for log in open_logs(dataset, folder, engine, connections, progress, as_written=as_written):
        yield judge_log(log, engine, only)


def open_logs(
    dataset: DataSet,
    folder: Path,
    engine: Engine,
    connections: Mapping[str, str],
    progress: Progress | None = None,
    *,
    as_written: bool = False,
) -> Iterator[ActivityLog]:
    """Yield each log with event roles; only their files are opened.

    ``as_written`` keeps the file's own words beside our codes. Raises InputError with every problem found.
    """
    only_logs = dataset.model_copy(
        update={"sources": tuple(source for source in dataset.sources if source.events), "roster": None, "scored": None}
    )
    opened = open_tables(only_logs, folder, engine, connections, lambda step: progress(0.0, step) if progress else None)
    problems = (*opened.problems, *check_dataset(only_logs.model_copy(update={"exposure": None}), opened))
    if problems:
        raise InputError(shown_problems(problems, dataset.only))
    zones = read_rep_zones(dataset, folder, connections)
    allowed = read_allowed_reps(dataset, folder, connections)
    for each in opened.sources:
        words = _coded_columns(each.source) if as_written else ()
        yield load_activity_log(each, only_logs, engine, zones, tuple(words), allowed)


def _coded_columns(source: Source) -> list[str]:
    """List the columns whose words are translated to our codes."""
    return [name for role, name in source.events.columns.items() if role in CODED_ROLES] if source.events else []


def _count(judged: JudgedLog) -> pd.DataFrame:
    """Add up judged and suspect rows per rep, list and month, in one scan."""
    if not judged.checks:
        return _empty()
    rows = judged.rows
    place = rows["list"].fill_null("") if "list" in judged.log.roles else ibis.literal("")
    sums = {name: expr for check in judged.checks for name, expr in _pair(rows, check).items()}
    empty = tuple(check for check in judged.checks if check not in TEAM_ONLY)
    if empty:
        sums["n_any"] = rows.count(where=ibis.or_(*(rows[judged_column(check)] for check in empty)))
        sums["k_any"] = rows.count(where=suspect_by_any(rows, empty))
    grouped = rows.group_by(rep=rows[REP], list=place, month=rows[AT].truncate("M").cast("date")).aggregate(**sums)
    wide = grouped.to_pyarrow().to_pandas()
    wide["month"] = pd.to_datetime(wide["month"])
    long = pd.concat(
        [_one_check(wide, check) for check in (*judged.checks, *([ANY] if empty else []))], ignore_index=True
    )
    counted = long[long["n"] > 0].assign(source=judged.log.source.name)
    return counted.sort_values(["check", "rep", "list", "month"], ignore_index=True)[list(_COLUMNS)]


def suspect_by_any(rows: ir.Table, checks: tuple[CheckName, ...]) -> ir.BooleanValue:
    """Whether any of the checks points at a row of a ``JudgedLog``."""
    return ibis.or_(*(rows[suspect_column(check)] for check in checks))


def _pair(rows: ir.Table, check: str) -> dict[str, ir.IntegerScalar]:
    return {
        f"n_{check}": rows.count(where=rows[judged_column(check)]),
        f"k_{check}": rows.count(where=rows[suspect_column(check)]),
    }


def _one_check(wide: pd.DataFrame, check: str) -> pd.DataFrame:
    return wide[["rep", "list", "month"]].assign(
        check=check, n=wide[f"n_{check}"].astype(int), k=wide[f"k_{check}"].astype(int)
    )


def _without_a_log(frame: pd.DataFrame, cannot: list[CannotTell]) -> Iterator[CannotTell]:
    """Name the checks whose kind of log this data set does not have."""
    known = {*frame["check"].unique(), *(each.check for each in cannot)}
    return (CannotTell(check.name, "no_log") for check in CHECKS if check.name not in known)


def _empty() -> pd.DataFrame:
    kinds = {
        "check": "str",
        "source": "str",
        "rep": "str",
        "list": "str",
        "month": "datetime64[us]",
        "n": int,
        "k": int,
    }
    return pd.DataFrame({name: pd.Series(dtype=kinds[name]) for name in _COLUMNS})


def suspect_rows(
    dataset: DataSet,
    folder: Path,
    check: CheckName,
    rep: str,
    *,
    since: pd.Timestamp | None = None,
    most: int = 500,
    connections: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return the rows at which a check points: one row per event of the rep, in order of time, at most ``most``.

    ``since``: only those from this day on.

    Columns: ``row`` (number in the file), ``source``, ``at``, ``local`` where the rep's own clock is another one, and
    the columns with a role, in the words of the file.
    """
    found = []
    kinds = next(each.kinds for each in CHECKS if each.name == check)
    read = [source for source in dataset.sources if event_kind(source) in kinds]  # no other log is opened
    logs = dataset.model_copy(update={"sources": tuple(read)})
    with Engine() as engine:
        for judged in _judged_logs(logs, folder, engine, connections or {}, None, [check], as_written=True):
            if check in judged.checks:
                found.append(_rows_of(judged, check, rep, since, most))
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["row", "source", AT])


def _rows_of(judged: JudgedLog, check: CheckName, rep: str, since: pd.Timestamp | None, most: int) -> pd.DataFrame:
    rows = judged.rows
    wanted = (rows[REP] == rep) & rows[suspect_column(check)]
    mine = (
        rows.filter(wanted if since is None else wanted & (rows[AT] >= since.to_pydatetime()))
        .order_by(AT, ROW)
        .limit(most)
    )
    columns = [AT, *([LOCAL] if LOCAL in rows.columns else []), *sorted(judged.log.roles)]
    events = judged.log.source.events
    own = events.columns.items() if events else ()
    written = {role: other_column(name) for role, name in own if role in CODED_ROLES}
    shown = mine.select(row=mine[ROW], **{name: mine[written.get(name, name)] for name in columns})
    frame = shown.to_pyarrow().to_pandas()
    frame.insert(1, "source", judged.log.source.name)
    return frame
