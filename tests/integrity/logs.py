"""Small call logs with known faults, written as files and read as a user's would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.data.engine.embedded import ROW, Engine
from workbench.data.events.activity_log import load_activity_log
from workbench.data.events.opened_tables import open_tables
from workbench.data.model.dataset import DataSet, parse_dataset
from workbench.integrity.count_suspects import count_suspects, judge_log, suspect_column

START = pd.Timestamp("2025-03-03 09:00")


def quiet_calls(reps: Sequence[str], per_rep: int, step_minutes: float = 17.0) -> pd.DataFrame:
    """One row per call: every rep calls other people at odd minutes of working days, and nobody answers."""
    per_day = 25
    rows = []
    for r, rep in enumerate(reps):
        for i in range(per_rep):
            day = pd.Timestamp("2025-03-03") + pd.offsets.BDay(i // per_day)
            minute = 9 * 60 + (i % per_day) * step_minutes + (i * i * 7 + r * 3) % 11
            rows.append((day + pd.Timedelta(minutes=minute, seconds=(i * 37 + r * 11) % 60), rep, f"{r}-{i % 600}"))
    calls = pd.DataFrame(rows, columns=["started", "rep", "phone"])
    return calls.assign(seconds=25 + calls.index % 20, outcome="no answer")


def write_log(
    folder: Path, rows: pd.DataFrame, events: Mapping[str, Any], measures: Sequence[Mapping[str, Any]] = ()
) -> DataSet:
    """Write a log and its data set file; ``events`` are the roles of its columns."""
    rows.to_csv(folder / "log.csv", index=False)
    source = {"name": "log", "location": "log.csv", "rep": "rep", "date": "started", "events": dict(events)}
    return parse_dataset(
        {"name": "Log", "sources": [source | {"measures": [*measures] or [{"name": "dials", "aggregate": "count"}]}]}
    )


CALLS = {"seconds": "seconds", "contact": "phone", "disposition": "outcome"}


def pointed_at(folder: Path, rows: pd.DataFrame, check: str, **roles: Any) -> list[int]:
    """The numbers, from 0, of the rows that a check points at."""
    dataset = write_log(folder, rows, {**CALLS, **roles})
    with Engine() as engine:
        opened = open_tables(dataset, folder, engine, {}, lambda step: None)
        judged = judge_log(load_activity_log(opened.sources[0], dataset, engine), engine)
        assert check in judged.checks, judged.cannot_tell
        found = judged.rows.filter(judged.rows[suspect_column(check)])
        return sorted(row - 1 for row in found.select(ROW).to_pyarrow()[ROW].to_pylist())


def why_not(folder: Path, rows: pd.DataFrame, check: str, **roles: Any) -> str:
    """Why a check cannot tell."""
    counted = count_suspects(write_log(folder, rows, {**CALLS, **roles}), folder)
    return next(each.why for each in counted.cannot_tell if each.check == check)
