"""A further file of the same shape: recognise it, add it to its source, and show the difference it makes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from workbench.data.events.events import needed_column_names
from workbench.data.files.table_locations import TableLocation, location_of
from workbench.data.mapping.edit import with_source
from workbench.data.model.dataset import ADDITIVE, DataSet, Source, locations_of
from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.data.model.source_coverage import SourceCoverage

HowAdded = Literal["both", "id", "period", "instead"]
SAME_SHAPE = 0.8  # of all columns of two files that they share
SAME_FILE, APART = 0.9, 0.1  # of the earlier file's rows that fall in periods with as many rows of the later one
MOST_CHANGES = 4
CHANGED = 0.001


def has_same_shape(source: Source, ours: Collection[str], theirs: Collection[str]) -> bool:
    """Whether a file can be read as more of a source: it has every column needed, and nearly all others."""
    one, other = {name.casefold() for name in ours}, {name.casefold() for name in theirs}
    needed = {name.casefold() for name in needed_column_names(source)} & one
    return bool(one) and needed <= other and len(one & other) >= SAME_SHAPE * len(one | other)


def find_source_of_shape(
    dataset: DataSet, place: TableLocation, columns: Mapping[TableLocation, Sequence[str]]
) -> int | None:
    """Return the number of the source of which a file, by its columns, is a further part; None if there is none."""
    for number, source in enumerate(dataset.sources):
        first = location_of(source)
        same_place = (first.sheet, first.table) == (place.sheet, place.table)
        if same_place and not source.query and has_same_shape(source, columns.get(first, ()), columns.get(place, ())):
            return number
    return None


def with_file_added(dataset: DataSet, number: int, location: str, how: HowAdded) -> DataSet:
    """Add a file to a source, or change how a file that was added counts.

    ``both`` files count; rows with the same ``id``, or of the same ``period``, are replaced by those of the later file;
    or it is read ``instead`` of the earlier files.
    """
    source = dataset.sources[number]
    earlier = tuple(each for each in locations_of(source) if each != location)
    if how == "instead":
        return with_source(dataset, number, location=location, replace=None)
    replace = None if how == "both" else how
    return with_source(dataset, number, location=(*earlier, location), replace=replace)


def how_added(source: Source) -> HowAdded:
    """Return how the files of a source count together."""
    return source.replace or "both"


def suggest_how_added(source: Source, earlier: Panel, later: Panel) -> HowAdded:
    """Suggest how a later file counts, from the panels of its source with the earlier files and with it alone.

    Rows with an id are replaced by it. Otherwise a file with as many rows in the same periods is a newer export of the
    same file, one of other periods is more of it, and one that overlaps replaces the periods it has.
    """
    if source.id:
        return "id"
    before, after = (_rows_by_period(panel.coverage) for panel in (earlier, later))
    same = sum(min(n, after.get(period, 0)) for period, n in before.items())
    share = same / max(sum(before.values()), 1)
    return "instead" if share >= SAME_FILE else "both" if share <= APART else "period"


def only_source(dataset: DataSet, number: int, location: str | tuple[str, ...]) -> DataSet:
    """Return a data set of one source alone, read from other files."""
    source = dataset.sources[number].model_copy(update={"location": location, "replace": None})
    return dataset.model_copy(
        update={
            "sources": (source,),
            "roster": None,
            "scored": None,
            "not_scored": None,
            "exposure": None,
            "first": None,
            "last": None,
        }
    )


def _rows_by_period(coverage: Sequence[SourceCoverage]) -> dict[pd.Timestamp, int]:
    return dict(coverage[0].rows) if coverage else {}


@dataclass(frozen=True)
class ChangedTotal:
    """A total of a period that was there before."""

    measure: str
    period: pd.Timestamp
    before: float
    after: float


@dataclass(frozen=True)
class PanelDifference:
    """What a further file adds; ``changed``: the totals of earlier periods that changed most, of ``n_changed``."""

    n_rows: int
    periods: tuple[pd.Timestamp, ...]
    n_reps: int
    changed: tuple[ChangedTotal, ...]
    n_changed: int


def panel_difference(before: Panel, after: Panel) -> PanelDifference:
    """Compare two panels of the same measures: rows used, periods and reps added, totals of earlier periods.

    A period of which a measure was not known before is an added one, not a change.
    """
    measures = [info for info in before.measures if info.aggregate in ADDITIVE and info.name in after.measure_names]
    added, changed = {*after.everybody[PERIOD]} - {*before.everybody[PERIOD]}, []
    for info in measures:
        old, new = (_totals(panel, info.name) for panel in (before, after))
        added |= {*new.index} - {*old.index}
        for period, total in old.items():
            now = float(new.get(period, 0.0))
            if abs(total - now) > CHANGED * max(abs(total), 1e-9):
                changed.append(ChangedTotal(info.label or info.name, pd.Timestamp(period), float(total), now))
    changed.sort(key=lambda one: -abs(one.after - one.before) / max(abs(one.before), 1e-9))
    n_reps = len({*after.everybody[REP]} - {*before.everybody[REP]})
    n_rows = after.n_rows_used - before.n_rows_used
    return PanelDifference(n_rows, tuple(sorted(added)), n_reps, tuple(changed[:MOST_CHANGES]), len(changed))


def _totals(panel: Panel, measure: str) -> pd.Series:
    """Return the known totals of a measure by period."""
    return panel.everybody.groupby(PERIOD)[measure].sum(min_count=1).dropna()
