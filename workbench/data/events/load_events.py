"""Where a source's rows are worked on: kept in the engine, or left in their database."""

from __future__ import annotations

from dataclasses import replace

import ibis
import ibis.expr.types as ir

from workbench.data.engine.embedded import FILE, ROW, Engine
from workbench.data.engine.temp_tables import drop_tables, fetch, is_remote, materialize
from workbench.data.events.classify_rows import classify_rows
from workbench.data.events.duplicates import DIGEST, copied_rows, digest, repeated_ids
from workbench.data.events.events import (
    FIRST,
    NUMERIC,
    REPEAT,
    Events,
    date_columns,
    needed_columns,
    own_columns,
    source_place,
)
from workbench.data.events.lookups import join_lookup
from workbench.data.events.opened_tables import OpenedSource
from workbench.data.events.parse_rows import parse_rows
from workbench.data.model.dataset import DataSet
from workbench.errors import Issue


def read_events(opened: OpenedSource, dataset: DataSet, engine: Engine) -> Events:
    """The source's clean rows, computed once and kept in the engine; a database's own rows stay where they are."""
    if stays_remote(opened, engine):
        return classify_rows(parse_rows(opened, opened.table.rows, dataset.timezone, remote=True), dataset)
    local = _here(opened, engine)
    base = materialize(engine, _base(local))
    repeats = _repeats(local, base, whole_rows=local is opened)
    rows = _joined(local, _marked(base, repeats))
    joined = materialize(engine, rows) if opened.lookups or repeats is not None else None
    events = classify_rows(parse_rows(local, rows if joined is None else joined, dataset.timezone), dataset)
    kept = replace(events, rows=materialize(engine, events.rows))
    drop_tables(engine, base, *([] if joined is None else [joined]))
    return kept


def stays_remote(opened: OpenedSource, engine: Engine) -> bool:
    """Whether a database's rows are aggregated there: it has typed columns for all we need, and nothing to look up."""
    rows = opened.table.rows
    if not is_remote(engine, rows) or opened.lookups:
        return False
    numbers = {measure.column for measure in opened.source.measures if measure.aggregate in NUMERIC}
    return not any(rows[name].type().is_string() for name in {*date_columns(opened.source), *numbers})


def _here(opened: OpenedSource, engine: Engine) -> OpenedSource:
    """The source with its table in the engine; of a database's, only the columns we need."""
    table = opened.table
    if not is_remote(engine, table.rows):
        return opened
    rows = fetch(engine, table.rows.select(*own_columns(opened)))
    issue = Issue.of("info", "fetched", source_place(opened.source), table.n_rows)
    return replace(opened, found=replace(table, rows=rows, columns=own_columns(opened), issues=(*table.issues, issue)))


def _base(opened: OpenedSource) -> ir.Table:
    """The needed columns, the first one (totals are written there), and a digest of the whole row to tell copies by."""
    rows, names = opened.table.rows, opened.table.columns
    file = [FILE] if FILE in rows.columns else []
    return rows.select(ROW, *file, *own_columns(opened), **{FIRST: rows[names[0]], DIGEST: digest(rows, names)})


def _marked(base: ir.Table, repeats: ir.Table | None) -> ir.Table:
    """The rows, each with whether it repeats an earlier one."""
    if repeats is None:
        return base.drop(DIGEST).mutate(**{REPEAT: ibis.literal(False)})
    marks = repeats.select(repeated=repeats[ROW])
    match = base.left_join(marks, base[ROW] == marks.repeated)
    return match.mutate(**{REPEAT: match.repeated.notnull()}).drop("repeated", DIGEST)


def _repeats(opened: OpenedSource, base: ir.Table, whole_rows: bool) -> ir.Table | None:
    if opened.source.replace:
        return None  # what stands in two files is replaced by the later one
    if opened.source.id:
        return repeated_ids(base, opened.source.id)
    return copied_rows(opened.table.rows, base, opened.table.columns) if whole_rows else None


def _joined(opened: OpenedSource, rows: ir.Table) -> ir.Table:
    for i, each in enumerate(opened.lookups):
        rows = join_lookup(rows, i, each, needed_columns(opened))
    return rows
