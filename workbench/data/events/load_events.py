"""Load a source's clean rows into the engine, or leave them in their database."""

from __future__ import annotations

from dataclasses import replace

import ibis
import ibis.expr.types as ir

from workbench.data.engine.embedded import FILE, ROW, Engine
from workbench.data.engine.temp_tables import drop_tables, fetch, is_remote, materialize, store_rows
from workbench.data.events.classify_rows import classify_rows
from workbench.data.events.duplicates import DIGEST, find_exact_copies, find_repeated_ids, row_digest
from workbench.data.events.events import (
    FIRST,
    NUMERIC,
    REPEAT,
    Events,
    date_columns,
    needed_columns,
    needed_own_columns,
    source_place,
)
from workbench.data.events.lookups import join_lookup
from workbench.data.events.opened_tables import OpenedSource
from workbench.data.events.parse_rows import parse_rows
from workbench.data.model.dataset import DataSet
from workbench.errors import Issue


def load_events(opened: OpenedSource, dataset: DataSet, engine: Engine, with_time: bool = False) -> Events:
    """Compute a source's clean rows once in the engine; rows that can be aggregated in their database stay there.

    ``with_time`` keeps the ``MOMENT`` of each row, and brings rows of any database into the engine.
    """
    if not with_time and stays_remote(opened, engine):
        return classify_rows(parse_rows(opened, opened.table.rows, dataset.timezone, remote=True), dataset, engine)
    local = _bring_into_engine(opened, engine)
    read_again = local.table.columnar
    needed = _needed_rows(local)
    base = needed if read_again else materialize(engine, needed)
    repeats = _find_repeats(local, base, whole_rows=local is opened)
    rows = _join_lookups(local, _mark_repeats(base, repeats))
    joined = materialize(engine, rows) if opened.lookups or repeats is not None else None
    events = classify_rows(
        parse_rows(local, rows if joined is None else joined, dataset.timezone, with_time=with_time), dataset, engine
    )
    kept = replace(events, rows=store_rows(engine, events.rows, local.table.n_rows))
    drop_tables(engine, *([] if read_again else [base]), *([] if joined is None else [joined]))
    return kept


def stays_remote(opened: OpenedSource, engine: Engine) -> bool:
    """Whether a database's rows are aggregated there: all columns needed are typed, and there are no lookups."""
    rows = opened.table.rows
    if not is_remote(engine, rows) or opened.lookups:
        return False
    numbers = {measure.column for measure in opened.source.measures if measure.aggregate in NUMERIC}
    return not any(rows[name].type().is_string() for name in {*date_columns(opened.source), *numbers})


def _bring_into_engine(opened: OpenedSource, engine: Engine) -> OpenedSource:
    """Return the source with its table in the engine; of a database table, only the columns needed."""
    table = opened.table
    if not is_remote(engine, table.rows):
        return opened
    rows = fetch(engine, table.rows.select(*needed_own_columns(opened)))
    issue = Issue.of("info", "fetched", source_place(opened.source), table.n_rows)
    return replace(
        opened, found=replace(table, rows=rows, columns=needed_own_columns(opened), issues=(*table.issues, issue))
    )


def _needed_rows(opened: OpenedSource) -> ir.Table:
    """Select the needed columns, the first one (where totals are written), and a hash of the row to detect copies."""
    rows, names = opened.table.rows, opened.table.columns
    file = [FILE] if FILE in rows.columns else []
    return rows.select(
        ROW, *file, *needed_own_columns(opened), **{FIRST: rows[names[0]], DIGEST: row_digest(rows, names)}
    )


def _mark_repeats(base: ir.Table, repeats: ir.Table | None) -> ir.Table:
    """Add whether each row repeats an earlier one."""
    if repeats is None:
        return base.drop(DIGEST).mutate(**{REPEAT: ibis.literal(False)})
    marks = repeats.select(repeated=repeats[ROW])
    match = base.left_join(marks, base[ROW] == marks.repeated)
    return match.mutate(**{REPEAT: match.repeated.notnull()}).drop("repeated", DIGEST)


def _find_repeats(opened: OpenedSource, base: ir.Table, whole_rows: bool) -> ir.Table | None:
    if opened.source.replace:
        return None  # what stands in two files is replaced by the later one
    if opened.source.id:
        return find_repeated_ids(base, opened.source.id)
    return find_exact_copies(opened.table.rows, base, opened.table.columns) if whole_rows else None


def _join_lookups(opened: OpenedSource, rows: ir.Table) -> ir.Table:
    for i, each in enumerate(opened.lookups):
        rows = join_lookup(rows, i, each, needed_columns(opened))
    return rows
