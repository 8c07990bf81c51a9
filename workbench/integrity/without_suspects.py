"""Build the panel without suspect events: the same class of rows is left out for everybody."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from workbench.data.aggregate.build_panel import Progress, build_panel
from workbench.data.aggregate.rep_zones import read_rep_zones
from workbench.data.engine.embedded import ROW, Engine
from workbench.data.engine.temp_tables import drop_tables, materialize
from workbench.data.events.activity_log import event_kind, load_activity_log
from workbench.data.events.affected_totals import counts_column
from workbench.data.events.events import Events
from workbench.data.model.dataset import DataSet
from workbench.data.model.panel import Panel
from workbench.integrity.checks.catalogue import CHECKS
from workbench.integrity.count_suspects import judge_log, suspect_by_any
from workbench.integrity.suspect_counts import CheckName


def panel_without_suspects(
    dataset: DataSet,
    folder: Path,
    checks: Collection[CheckName],
    *,
    connections: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Panel:
    """Build the panel as ``build_panel`` does, where rows that any of the checks points at count in no measure.

    Such rows still show that their rep was at work. Logs that are aggregated in a database of their own stay whole.

    Raises
    ------
    InputError
        With every problem found of files and columns.
    """

    zones = read_rep_zones(dataset, folder, connections or {})

    def leave_out(events: Events, engine: Engine) -> Events:
        return _leave_out(events, dataset, engine, checks, zones)

    panel = build_panel(dataset, folder, connections=connections, progress=progress, adjust=leave_out)
    return replace(panel, key=f"{panel.key}-without-{'-'.join(sorted(checks))}")


def _leave_out(
    events: Events, dataset: DataSet, engine: Engine, checks: Collection[CheckName], zones: Mapping[str, str]
) -> Events:
    readers = [check.name for check in CHECKS if event_kind(events.source) in check.kinds and check.name in checks]
    if not readers or events.remote:
        return events
    judged = judge_log(load_activity_log(events.opened, dataset, engine, zones), engine, readers)
    if not judged.checks:
        return events
    suspect = judged.rows.filter(suspect_by_any(judged.rows, judged.checks))
    marks = suspect.select(left_out=suspect[ROW]).distinct()
    joined = events.rows.left_join(marks, events.rows[ROW] == marks["left_out"])
    counted = {name: joined[name] & joined["left_out"].isnull() for i in range(len(events.measures))
               for name in [counts_column(i)]}  # fmt: skip
    rows = materialize(engine, joined.mutate(**counted).drop("left_out"))
    drop_tables(engine, events.rows)
    return replace(events, rows=rows)
