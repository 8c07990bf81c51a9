"""Count in the engine how far calls got, per rep, stratum and month; only counts leave it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pandas as pd

from workbench.data.aggregate.build_panel import Progress
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
from workbench.phases.phase_file import PhaseFile, check_phases, has_outcomes, phase_numbers
from workbench.problems import nearest

MOST_CODES = 200
UNMAPPED = -1
UNKNOWN = ""
HOUR = "hour"
"""A stratum of every log with times of day, unless a column or an attribute has this name."""


@dataclass(frozen=True, eq=False)
class PhaseCounts:
    """How far the calls of each rep got.

    Attributes
    ----------
    phases : names in order. strata : the columns and roster attributes compared within, by name.
    frame : one row per (rep, stratum, month, phase) with rows: ``rep``, ``stratum`` (the values of ``strata`` joined,
        "" where there are none), ``month`` (datetime64, its first day), ``phase`` (int: the place of the furthest
        phase, 0 for none) and ``n`` (int). Rows with an outcome that is not mapped, or blank, are left out.
    outcomes : one row per outcome found: ``code`` (as codes are written, "" for blank), ``phase`` (-1: not mapped),
        ``n``; the most frequent first, at most ``MOST_CODES``.
    n_rows, n_unmapped : used rows of the log, and of these rows without a mapped outcome.
    """

    phases: tuple[str, ...]
    strata: tuple[str, ...]
    frame: pd.DataFrame
    outcomes: pd.DataFrame
    n_rows: int
    n_unmapped: int
    issues: tuple[Issue, ...] = ()


def count_phases(
    dataset: DataSet,
    folder: Path,
    file: PhaseFile,
    *,
    name: str = "phase file",
    connections: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> PhaseCounts:
    """Count the rows of a log by scored rep, stratum, month and furthest phase.

    Raises
    ------
    InputError
        With every problem of the phase file, the data set and its files.
    """
    found = check_phases(file, dataset, name)
    source = next((each for each in dataset.sources if each.name == file.source), None)
    if source is None or not has_outcomes(source):
        raise InputError(errors(found))
    attributes = _roster_strata(dataset, file)
    only = _only_the_log(dataset, source, bool(attributes))
    with Engine() as engine:
        say = partial(progress, 0.0) if progress else _say_nothing
        opened = open_tables(only, folder, engine, connections or {}, say)
        found = (*found, *opened.problems, *check_dataset(only, opened))
        if not opened.problems:
            found = (*found, *_check_strata(file, attributes, opened, name))
        if errors(found):
            raise InputError(errors(found))
        inner = tuple(each for each in file.strata if each not in attributes)
        columns = tuple(each for each in inner if each in _columns_of(opened))
        team = _read_team(only, opened)
        log = _of_scored_reps(load_activity_log(opened.sources[0], only, engine, others=columns), only, team)
        if progress:
            progress(0.7, BuildStep("check", source.name, log.n_rows))
        cells, outcomes = _count_cells(log, file, inner), _count_outcomes(log, file)
        cells = _with_attributes(cells, attributes, team)
    return _phase_counts(file, cells, outcomes, (*found, *_unmapped_issue(outcomes, name)), name)


def _say_nothing(_: BuildStep) -> None:
    """Report no progress."""


def _only_the_log(dataset: DataSet, source: Source, with_roster: bool) -> DataSet:
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


def _roster_strata(dataset: DataSet, file: PhaseFile) -> tuple[str, ...]:
    known = dataset.roster.attributes if dataset.roster else ()
    return tuple(name for name in file.strata if name in known)


def _check_strata(file: PhaseFile, attributes: Collection[str], opened: OpenedTables, name: str) -> Iterator[Issue]:
    for stratum in file.strata:
        if stratum not in (known := {*_columns_of(opened), *attributes, HOUR}):
            place = Where(file=name, path=("strata",))
            yield Issue.of("error", "unknown_stratum", place, name=stratum, near=nearest(stratum, known),
                           known=Examples.of(sorted(known)))  # fmt: skip


def _columns_of(opened: OpenedTables) -> set[str]:
    log = opened.sources[0]
    return {*log.table.columns, *(taken for each in log.lookups for taken in each.lookup.take)}


def _count_cells(log: ActivityLog, file: PhaseFile, strata: tuple[str, ...]) -> pd.DataFrame:
    """Count rows per rep, month, strata of the log and furthest phase, in one scan."""
    rows = log.rows
    keys = {f"stratum{i}": _stratum(rows, name) for i, name in enumerate(strata)}
    month, phase = rows[AT].truncate("M").cast("date"), _furthest(log, file)
    grouped = rows.group_by(rep=rows[REP], month=month, phase=phase, **keys).aggregate(n=rows.count())
    cells = grouped.to_pyarrow().to_pandas()
    names = {f"stratum{i}": f"in {name}" for i, name in enumerate(strata)}
    return cells.rename(columns=names).assign(month=pd.to_datetime(cells["month"]))


def _stratum(rows: ir.Table, name: str) -> ir.StringValue:
    """Return the value of a column of each row, or the hour in which it happened."""
    column = other_column(name)
    return rows[column].fill_null(UNKNOWN) if column in rows.columns else rows[AT].hour().cast("string").lpad(2, "0")


def _furthest(log: ActivityLog, file: PhaseFile) -> ir.IntegerValue:
    """Return the place of the furthest phase of each row; ``UNMAPPED`` where the outcome is unknown or blank."""
    numbers = phase_numbers(file)
    known = log.rows["disposition"].fill_null(UNKNOWN)
    return known.cases(*numbers.items(), else_=UNMAPPED) if numbers else ibis.literal(UNMAPPED)


def _count_outcomes(log: ActivityLog, file: PhaseFile) -> pd.DataFrame:
    rows, numbers = log.rows, phase_numbers(file)
    counted = rows.group_by(code=rows["disposition"].fill_null(UNKNOWN)).aggregate(n=rows.count())
    frame = counted.order_by(ibis.desc("n"), "code").to_pyarrow().to_pandas()
    return frame.assign(phase=[numbers.get(code, UNMAPPED) for code in frame["code"]])[["code", "phase", "n"]]


def _with_attributes(cells: pd.DataFrame, attributes: tuple[str, ...], team: pd.DataFrame) -> pd.DataFrame:
    """Join the roster's attributes to the reps' counts; unknown for a rep who is not on it."""
    known = team.set_index(REP)
    return cells.assign(
        **{f"in {name}": cells["rep"].map(known[name]).fillna(UNKNOWN).astype(str) for name in attributes}
    )


def _unmapped_issue(outcomes: pd.DataFrame, name: str) -> Iterator[Issue]:
    lost = outcomes[outcomes["phase"] == UNMAPPED]
    n, total = int(lost["n"].sum()), int(outcomes["n"].sum())
    if n:
        codes = Examples.of(code or "(blank)" for code in lost["code"])
        place = Where(file=name, path=("dispositions",))
        yield Issue.of("warning", "outcomes_unmapped", place, n, names=codes, share=n / total)


def _phase_counts(
    file: PhaseFile, cells: pd.DataFrame, outcomes: pd.DataFrame, found: tuple[Issue, ...], name: str
) -> PhaseCounts:
    known = cells[cells["phase"] != UNMAPPED]
    if known.empty or not (known["phase"] > 0).any():
        raise InputError(Issue.of("error", "no_phase_reached", Where(file=name, path=("dispositions",))))
    strata = [f"in {each}" for each in file.strata]
    joined = known[strata].astype(str).agg(" · ".join, axis=1) if strata else UNKNOWN
    keys = ["rep", "stratum", "month", "phase"]
    frame = known.assign(stratum=joined).groupby(keys, as_index=False)["n"].sum()
    unmapped = int(outcomes.loc[outcomes["phase"] == UNMAPPED, "n"].sum())
    return PhaseCounts(
        file.phases, file.strata, frame.astype({"phase": int, "n": int}), outcomes.head(MOST_CODES),
        int(outcomes["n"].sum()), unmapped, found,
    )  # fmt: skip
