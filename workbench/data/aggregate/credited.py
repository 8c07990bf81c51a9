"""Credit the rows of a measure to the rep of another row of the same case."""

from __future__ import annotations

from collections.abc import Iterator

import ibis
import ibis.expr.types as ir

from workbench.data.engine.embedded import ROW
from workbench.data.events.affected_totals import counts_column, group_rows_and_totals
from workbench.data.events.events import MOMENT, REASON, Events, case_column, earns_column
from workbench.data.model.dataset import CreditTo, Measure
from workbench.data.model.panel import REP
from workbench.errors import Amount, Issue, Where

SHARE = "__share__"
_OTHERS_FAULT = ("blank_rep", "no_match", "rep_error")  # without a rep of its own a row can still be credited


def credited_rows(events: Events, i: int, measure: Measure) -> ir.Table:
    """Return the rows that measure number ``i`` counts, under the reps who get the credit, each with its ``SHARE``.

    A row whose case has no row that earns the credit has a null rep.
    """
    rows = events.rows
    usable = rows[REASON].isnull() | rows[REASON].isin(_OTHERS_FAULT)
    mine = rows.filter(usable & rows[counts_column(i)]).drop(REP)
    earners = _credited_reps(events, i, measure.credit.to if measure.credit else "last")
    return mine.left_join(earners, mine[case_column(i)] == earners["of"]).drop("of")


def _credited_reps(events: Events, i: int, to: CreditTo) -> ir.Table:
    """Return ``of`` (a case), ``rep`` and ``SHARE``: one row per case, or per case and rep who shares in it."""
    rows = events.rows
    able = rows.filter(rows[REP].notnull() & rows[case_column(i)].notnull() & rows[earns_column(i)])
    if to == "each":
        reps = able.select(able[REP], of=able[case_column(i)]).distinct()
        sharing = reps.count().over(ibis.window(group_by=reps["of"]))
        return reps.mutate(**{SHARE: 1.0 / sharing})
    order = [able[MOMENT], *([able[ROW]] if ROW in able.columns else [])]
    if to == "last":
        order = [column.desc() for column in order]
    nth = ibis.row_number().over(ibis.window(group_by=able[case_column(i)], order_by=order))
    placed = able.select(able[REP], of=able[case_column(i)], nth=nth)
    return placed.filter(placed["nth"] == 0).select("of", REP, **{SHARE: ibis.literal(1.0)})


def credit_issues(events: Events) -> tuple[Issue, ...]:
    """Return a warning for each credited measure with rows that belong to nobody."""
    return tuple(
        issue
        for i, measure in enumerate(events.measures)
        if measure.credit is not None
        for issue in _uncredited_issues(events, i, measure)
    )


def _uncredited_issues(events: Events, i: int, measure: Measure) -> Iterator[Issue]:
    rows = credited_rows(events, i, measure)
    lost = group_rows_and_totals(rows.filter(rows[REP].isnull()).mutate(nobody=True), ["nobody"], events.measures)
    if lost.empty:
        return
    total = float(lost[f"stake{i}"].iloc[0]) if f"stake{i}" in lost else 0.0
    amounts = (Amount(measure.title, total, measure.unit),) if total and measure.aggregate == "sum" else ()
    where = Where(source=events.source.name, measure=measure.name, title=measure.title)
    yield Issue.of("warning", "credit_to_nobody", where, int(lost["n_rows"].iloc[0]), amounts=amounts)
