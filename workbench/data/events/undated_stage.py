"""Find the stage at which rows have no date yet, so that nothing is missing from them."""

from __future__ import annotations

import re

import ibis

from workbench.data.engine.embedded import ROW
from workbench.data.events.events import REASON, Events

_STAGE = re.compile(r"stage|status|phase", re.IGNORECASE)
_OVER = re.compile(r"\b(won|lost|closed|done|completed|cancel\w*)\b", re.IGNORECASE)


def stage_without_date(events: Events) -> str | None:
    """Return the stage that all rows without a date share and no row with a date is at; None if there is none.

    A stage that ends a case, such as lost, is not one: there the date is missing.
    """
    if events.remote or ROW not in events.rows.columns:
        return None
    table = events.opened.table
    for name in [column for column in table.columns if _STAGE.search(column)]:
        stages = table.rows.select(ROW, stage=table.rows[name].cast("string").strip())
        reasons = events.rows.select(ROW, lacking=(events.rows[REASON] == "no_date").fill_null(False))
        groups = stages.inner_join(reasons, ROW).group_by("stage")
        counts = groups.aggregate(n=ibis._.count(), n_lacking=ibis._.lacking.sum()).to_pyarrow().to_pylist()
        found = [each for each in counts if each["n_lacking"]]
        if len(counts) > 1 and len(found) == 1 and found[0]["n"] == found[0]["n_lacking"]:
            stage = found[0]["stage"]
            return stage if stage and not _OVER.search(stage) else None
    return None
