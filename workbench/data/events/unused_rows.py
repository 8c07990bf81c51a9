"""Read the unused rows as they are in the file, each with its reason."""

from __future__ import annotations

import ibis
import pandas as pd

from workbench.data.engine.embedded import ROW
from workbench.data.events.events import REASON, Events
from workbench.data.model.panel import UNUSED_KEPT

FIXED = ("source", "row", "reason")


def read_unused_rows(events: Events, n_unused: int) -> pd.DataFrame:
    """Return the first ``UNUSED_KEPT`` unused rows of a source: ``source``, ``row``, ``reason``, the row as text.

    ``reason`` is one of ``REASONS``. ``row`` is the number of the row in the file, missing for a database.
    """
    if not n_unused:
        return pd.DataFrame(columns=list(FIXED))
    rows = events.rows.filter(events.rows[REASON].notnull())
    if events.remote:
        return _with_file_columns(events, rows.select(REASON).limit(UNUSED_KEPT).mutate(row=ibis.null("int64")))
    wanted = rows.select(ROW, REASON).order_by(ROW).limit(UNUSED_KEPT)
    table = events.opened.table
    texts = {f"column{i}": table.rows[name].cast("string") for i, name in enumerate(table.columns)}
    return _with_file_columns(
        events, wanted.inner_join(table.rows.select(ROW, **texts), ROW).rename(row=ROW).order_by("row")
    )


def _with_file_columns(events: Events, rows: ibis.Table) -> pd.DataFrame:
    frame = rows.to_pyarrow().to_pandas()
    columns = {f"column{i}": name for i, name in enumerate(events.opened.table.columns)}
    shown = frame[[name for name in columns if name in frame]].rename(columns=columns)
    clash = {name: f"{name} (column)" for name in FIXED}
    head = {"source": events.source.name, "row": frame["row"].astype("Int64"), "reason": frame[REASON]}
    return pd.concat([pd.DataFrame(head, index=frame.index), shown.rename(columns=clash)], axis=1)
