"""Count in the engine how far calls got, per rep, stratum and month; only counts leave it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import ibis
import pandas as pd

from workbench.data.aggregate.build_panel import Progress
from workbench.data.aggregate.roster import read_roster
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
    """Count the rows of a log by rep, stratum, month and furthest phase.

    Raises
    ------
    InputError
        With every problem of the phase file, the data set and its files.
    """
    found = check_phases(file, dataset, name)
    source = next((each for each in dataset.sources if each.name == file.source), None)
    if source is None or not has_outcomes(source):
        raise InputError(errors(found))
    attributes = _roster_strata(dataset, source, file)
    only = _only_the_log(dataset, source, bool(attributes))
    with Engine() as engine:
        say = partial(progress, 0.0) if progress else _say_nothing
        opened = open_tables(only, folder, engine, connections or {}, say)
        found = (*found, *opened.problems, *check_dataset(only, opened))
        if not opened.problems:
            found = (*found, *_check_strata(file, attributes, opened, name))
        if errors(found):
            raise InputError(errors(found))
        columns = tuple(each for each in file.strata if each not in attributes)
        log = load_activity_log(opened.sources[0], only, engine, others=columns)
        if progress:
            progress(0.7, BuildStep("check", source.name, log.n_rows))
        cells, outcomes = _count_cells(log, file, columns), _count_outcomes(log, file)
        cells = _with_attributes(cells, attributes, only, opened)
    return _phase_counts(file, cells, outcomes, (*found, *_unmapped_issue(outcomes, name)), name)


def _say_nothing(_: BuildStep) -> None:
    """Report no progress."""


def _only_the_log(dataset: DataSet, source: Source, with_roster: bool) -> DataSet:
    """Return the data set with nothing but the log, whose outcomes are read as written rather than as our codes."""
    events = source.events.model_copy(update={"values": {}}) if source.events else None
    log = source.model_copy(update={"events": events})
    return dataset.model_copy(
        update={"sources": (log,), "roster": dataset.roster if with_roster else None, "scored": None, "exposure": None}
    )


def _roster_strata(dataset: DataSet, source: Source, file: PhaseFile) -> tuple[str, ...]:
    known = dataset.roster.attributes if dataset.roster else ()
    return tuple(name for name in file.strata if name in known)


def _check_strata(file: PhaseFile, attributes: Collection[str], opened: OpenedTables, name: str) -> Iterator[Issue]:
    log = opened.sources[0]
    columns = {*log.table.columns, *(taken for each in log.lookups for taken in each.lookup.take)}
    for stratum in file.strata:
        if stratum not in columns and stratum not in attributes:
            place, known = Where(file=name, path=("strata",)), sorted({*columns, *attributes})
            yield Issue.of("error", "unknown_stratum", place, name=stratum, near=nearest(stratum, known),
                           known=Examples.of(known))  # fmt: skip


def _count_cells(log: ActivityLog, file: PhaseFile, columns: tuple[str, ...]) -> pd.DataFrame:
    """Count rows per rep, month, column strata and furthest phase, in one scan."""
    rows = log.rows
    keys = {f"stratum{i}": rows[other_column(name)].fill_null(UNKNOWN) for i, name in enumerate(columns)}
    month, phase = rows[AT].truncate("M").cast("date"), _furthest(log, file)
    grouped = rows.group_by(rep=rows[REP], month=month, phase=phase, **keys).aggregate(n=rows.count())
    cells = grouped.to_pyarrow().to_pandas()
    names = {f"stratum{i}": f"in {name}" for i, name in enumerate(columns)}
    return cells.rename(columns=names).assign(month=pd.to_datetime(cells["month"]))


def _furthest(log: ActivityLog, file: PhaseFile) -> ibis.expr.types.IntegerValue:
    """Return the place of the furthest phase of each row; ``UNMAPPED`` where the outcome is unknown or blank."""
    numbers = phase_numbers(file)
    known = log.rows["disposition"].fill_null(UNKNOWN)
    return known.cases(*numbers.items(), else_=UNMAPPED) if numbers else ibis.literal(UNMAPPED)


def _count_outcomes(log: ActivityLog, file: PhaseFile) -> pd.DataFrame:
    rows, numbers = log.rows, phase_numbers(file)
    counted = rows.group_by(code=rows["disposition"].fill_null(UNKNOWN)).aggregate(n=rows.count())
    frame = counted.order_by(ibis.desc("n"), "code").to_pyarrow().to_pandas()
    return frame.assign(phase=[numbers.get(code, UNMAPPED) for code in frame["code"]])[["code", "phase", "n"]]


def _with_attributes(
    cells: pd.DataFrame, attributes: tuple[str, ...], dataset: DataSet, opened: OpenedTables
) -> pd.DataFrame:
    """Join the roster's attributes to the reps' counts; unknown for a rep who is not on it."""
    if not attributes or dataset.roster is None or opened.roster is None:
        return cells
    team = read_roster(dataset.roster, opened.roster, dataset.same_rep, dataset.timezone).frame.set_index(REP)
    return cells.assign(
        **{f"in {name}": cells["rep"].map(team[name]).fillna(UNKNOWN).astype(str) for name in attributes}
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
