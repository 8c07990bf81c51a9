"""Count what conditions leave of a source, one after the other, as the panel would count it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.data.aggregate.rep_period_sums import filter_events
from workbench.data.engine.embedded import Engine
from workbench.data.events.affected_totals import counts_column, value_column
from workbench.data.events.dataset_rules import check_dataset
from workbench.data.events.events import date_number
from workbench.data.events.load_events import load_events
from workbench.data.events.opened_tables import open_tables
from workbench.data.model.build_step import BuildStep
from workbench.data.model.dataset import DataSet, Measure, Source
from workbench.errors import InputError
from workbench.formula.row_conditions import Conditions


@dataclass(frozen=True)
class RowsLeft:
    """The rows that are left, and the sum of the measure's column over them; None without such a column."""

    n_rows: int
    total: float | None


def count_conditions(
    dataset: DataSet, source: Source, measure: Measure, conditions: Conditions, folder: Path,
    connections: Mapping[str, str] | None = None,
) -> tuple[RowsLeft, ...]:  # fmt: skip
    """Return what all rows amount to, then what the first condition leaves, the first two, and so on.

    Parameters
    ----------
    dataset : says which periods are used, and how times and names are read.
    measure : its ``date`` dates the rows, and its ``column`` is added up if it is a sum.

    Raises
    ------
    InputError
        When the source cannot be read, or a condition cannot be tested.
    """
    steps = [None, *(Conditions(conditions.parts[:n], conditions.joined).formula()
                     for n in range(1, len(conditions.parts) + 1))]  # fmt: skip
    summed = measure.aggregate == "sum" and measure.column is not None
    asked = tuple(
        Measure(name=f"step {n}", where=where, date=measure.date, aggregate="sum" if summed else "count",
                column=measure.column if summed else None)
        for n, where in enumerate(steps)
    )  # fmt: skip
    alone = dataset.model_copy(update={
        "sources": (source.model_copy(update={"measures": asked, "events": None, "covers": None}),), "roster": None,
        "exposure": None, "scored": None,
    })  # fmt: skip
    with Engine() as engine:
        opened = open_tables(alone, folder, engine, connections or {}, _unreported)
        if problems := (*opened.problems, *check_dataset(alone, opened)):
            raise InputError(problems)
        events = load_events(opened.sources[0], alone, engine)
        rows = filter_events(events, date_number(events.source, asked[0]), range(len(asked)), alone)
        found = rows.aggregate(
            **{f"n{n}": rows.count(where=rows[counts_column(n)]) for n in range(len(asked))},
            **({f"t{n}": rows[value_column(n)].sum(where=rows[counts_column(n)]).coalesce(0.0)
                for n in range(len(asked))} if summed else {}),
        ).to_pyarrow().to_pylist()[0]  # fmt: skip
    return tuple(RowsLeft(int(found[f"n{n}"]), float(found[f"t{n}"]) if summed else None) for n in range(len(asked)))


def _unreported(step: BuildStep) -> None:
    """Reading is over before it could be told how far it is."""
