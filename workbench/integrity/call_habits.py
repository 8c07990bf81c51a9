"""Count how calls were made, by length, hour and outcome: of some reps, beside all others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal, get_args

import ibis
import ibis.expr.types as ir
import pandas as pd

from workbench.data.engine.embedded import Engine
from workbench.data.events.activity_log import AT, ActivityLog, event_kind, other_column, without_time_of_day
from workbench.data.model.dataset import DataSet
from workbench.data.model.panel import REP
from workbench.integrity.count_suspects import open_logs

CallWay = Literal["length", "hour", "outcome"]
LENGTHS = (0, 6, 10, 30, 60, 180)
"""From how many seconds each class of lengths goes on to the next."""
MOST_OUTCOMES = 6
REST = ""
"""The outcomes beyond the most frequent ones."""
RARE = 0.002
"""Share of a group's calls below which an hour before the first or after the last usual one is not listed."""


@dataclass(frozen=True, eq=False)
class CallHabits:
    """How two groups of reps made their calls.

    Attributes
    ----------
    frame : one row per way, value and group: ``way`` (CallWay), ``value`` (the least seconds of a class, an hour of the
        rep's clock, or an outcome as the file writes it), ``apart`` (bool: the chosen reps), ``n`` calls, ``share`` of
        the group's calls with a known value. Values in their order; a way that the files do not tell is missing.
    n_apart, n_others : calls of the two groups.
    since, until : the months looked at, first and last; None where the data begin or end.
    """

    frame: pd.DataFrame
    n_apart: int
    n_others: int
    since: pd.Timestamp | None
    until: pd.Timestamp | None

    def of(self, way: CallWay) -> pd.DataFrame:
        """The rows of one way."""
        return self.frame[self.frame["way"] == way]

    @property
    def ways(self) -> tuple[CallWay, ...]:
        """The ways that the files tell."""
        return tuple(way for way in get_args(CallWay) if not self.of(way).empty)


def count_call_habits(
    dataset: DataSet,
    folder: Path,
    chosen: Collection[str],
    team: Collection[str],
    *,
    since: pd.Timestamp | None = None,
    until: pd.Timestamp | None = None,
    connections: Mapping[str, str] | None = None,
) -> CallHabits:
    """Count the calls of the ``chosen`` reps and of all others of the ``team``, over all logs of calls.

    ``since`` and ``until`` are first days of months; the month of ``until`` is the last one counted.

    Raises
    ------
    InputError
        With every problem found of files and columns.
    """
    calls = dataset.model_copy(
        update={"sources": tuple(each for each in dataset.sources if event_kind(each) == "calls")}
    )
    parts: list[pd.DataFrame] = []
    with Engine() as engine:
        for log in open_logs(calls, folder, engine, connections or {}, as_written=True):
            rows = log.rows.filter(log.rows[REP].isin(list(team)))
            if since is not None:
                rows = rows.filter(rows[AT] >= since.to_pydatetime())
            if until is not None:
                rows = rows.filter(rows[AT] < (until + pd.DateOffset(months=1)).to_pydatetime())
            parts += [_count_way(log, rows, way, value, chosen) for way, value in _values(log, rows).items()]
    counted = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["way", "value", "apart", "n"])
    frame = pd.concat([_laid_out(counted, way) for way in get_args(CallWay)], ignore_index=True)
    groups = frame.groupby(["way", "apart"])["n"].sum().groupby("apart").max() if len(frame) else pd.Series(dtype=int)
    return CallHabits(frame, int(groups.get(True, 0)), int(groups.get(False, 0)), since, until)


def _values(log: ActivityLog, rows: ir.Table) -> dict[CallWay, ir.StringValue]:
    found: dict[CallWay, ir.StringValue] = {}
    if "seconds" in log.roles:
        steps = [(rows["seconds"] < high, str(low)) for low, high in pairwise(LENGTHS)]
        found["length"] = ibis.ifelse(rows["seconds"].isnull(), None, ibis.cases(*steps, else_=str(LENGTHS[-1])))
    if not without_time_of_day(log):
        clock = rows["local"] if "local" in rows.columns else rows[AT]
        found["hour"] = clock.hour().cast("string").lpad(2, "0")
    written = log.source.events.disposition if log.source.events else None
    if "disposition" in log.roles and written:
        found["outcome"] = rows[other_column(written)].strip().nullif("")
    return found


def _count_way(
    log: ActivityLog, rows: ir.Table, way: CallWay, value: ir.StringValue, chosen: Collection[str]
) -> pd.DataFrame:
    grouped = rows.group_by(value=value, apart=rows[REP].isin(list(chosen))).aggregate(n=rows.count())
    counted = grouped.to_pyarrow().to_pandas().dropna(subset="value")
    return counted.assign(way=way, n=counted["n"].astype(int))


def _laid_out(counted: pd.DataFrame, way: CallWay) -> pd.DataFrame:
    """One way with both groups for each value, in order, and shares."""
    mine = counted[counted["way"] == way]
    wide = mine.pivot_table(index="value", columns="apart", values="n", aggfunc="sum", fill_value=0)
    wide = wide.reindex(columns=[True, False], fill_value=0)
    wide = _listed(wide, way)
    long = wide.reset_index().melt("value", var_name="apart", value_name="n").astype({"apart": bool, "n": int})
    total = long.groupby("apart")["n"].transform("sum")
    long = long.assign(way=way, share=(long["n"] / total.where(total > 0)).fillna(0.0))
    place = {value: at for at, value in enumerate(wide.index)}
    return long.sort_values("value", key=lambda values: values.map(place), kind="stable", ignore_index=True)


def _listed(wide: pd.DataFrame, way: CallWay) -> pd.DataFrame:
    """The values of a way in their order: all classes, all hours in between, the most frequent outcomes."""
    if wide.empty:
        return wide
    if way == "length":
        return wide.reindex([str(low) for low in LENGTHS], fill_value=0)
    if way == "hour":
        usual = wide.index[(wide / wide.sum().clip(lower=1)).max(axis=1) >= RARE].astype(int)
        return wide.reindex([f"{hour:02d}" for hour in range(usual.min(), usual.max() + 1)], fill_value=0)
    order = wide.sum(axis=1).sort_values(ascending=False, kind="stable").index
    if len(order) <= MOST_OUTCOMES + 1:  # one left over is better named than called the rest
        return wide.loc[order]
    rest = wide.loc[order[MOST_OUTCOMES:]].sum()
    return pd.concat([wide.loc[order[:MOST_OUTCOMES]], rest.to_frame(REST).T.rename_axis("value")])
