"""Rows of a log that end in one outcome, to see what the outcome means."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from workbench.data.aggregate.limit_reps import read_allowed_reps, shown_problems
from workbench.data.engine.embedded import ROW, Engine
from workbench.data.events.activity_log import AT, CODED_ROLES, load_activity_log, other_column
from workbench.data.events.opened_tables import open_tables
from workbench.data.model.build_step import BuildStep
from workbench.data.model.dataset import DataSet, Source
from workbench.data.model.panel import REP
from workbench.errors import InputError
from workbench.phases.outcome_counts import UNKNOWN, only_the_log

MOST_ROWS = 50


def outcome_rows(
    dataset: DataSet, folder: Path, source: Source, code: str, *, connections: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return the last rows with an outcome: one row per event, at most ``MOST_ROWS``.

    Columns: ``row`` (number in the file), ``rep``, ``at`` and the columns with a role, by the names and in the words of
    the file.

    Raises
    ------
    InputError
        With every problem of the data set's files.
    """
    only = only_the_log(dataset, source, with_roster=False)
    events = source.events
    written = {role: name for role, name in (events.columns.items() if events else ()) if role in CODED_ROLES}
    with Engine() as engine:
        opened = open_tables(only, folder, engine, connections or {}, _say_nothing)
        if opened.problems:
            raise InputError(shown_problems(opened.problems, dataset.only))
        log = load_activity_log(opened.sources[0], only, engine, others=tuple(written.values()),
                                allowed=read_allowed_reps(dataset, folder, connections or {}))  # fmt: skip
        rows = log.rows
        last = rows.filter(rows["disposition"].fill_null(UNKNOWN) == code).order_by(rows[AT].desc(), ROW)
        columns = {name: rows[other_column(written[name]) if name in written else name] for name in sorted(log.roles)}
        shown = last.limit(MOST_ROWS).select(row=rows[ROW], rep=rows[REP], at=rows[AT], **columns)
        called = events.columns if events else {}
        return shown.to_pyarrow().to_pandas().rename(columns={role: called.get(role, role) for role in columns})


def _say_nothing(_: BuildStep) -> None:
    """Report no progress."""
