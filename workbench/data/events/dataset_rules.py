"""Does a data set fit its files? Every unknown column, unreadable condition and clash of names, all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from workbench.data.events.opened_tables import Opened, OpenedSource
from workbench.data.model.dataset import DataSet, Measure, Source
from workbench.data.model.panel import BUILT_IN, N_PART, PERIOD, REP, SUM_PART
from workbench.data.values.rep_names import settled
from workbench.errors import InputError, Issue
from workbench.formula.formula import parse
from workbench.problems import nearest

NEEDS_COLUMN = ("sum", "mean", "min", "max", "distinct")
ROSTER_COLUMNS = (REP, "start", "end", "n_periods")


def dataset_problems(dataset: DataSet, opened: Opened) -> tuple[Issue, ...]:
    """Every reason why this data set cannot be built from these files; empty when it can."""
    found = [*_names(dataset), *_exposure(dataset), *_timezone(dataset), *_same_rep(dataset)]
    for each in opened.sources:
        found += _source(each)
    return (*found, *_roster(dataset, opened))


def _names(dataset: DataSet) -> Iterator[Issue]:
    measures = [measure for source in dataset.sources for measure in source.measures]
    for name in _repeated(source.name for source in dataset.sources):
        yield _error("repeated_name", f"source “{name}”", "Two sources have this name.", "Give each its own name.")
    for name in _repeated(measure.name for measure in measures):
        yield _error("repeated_name", f"measure “{name}”", "Two measures have this name.", "Give each its own name.")
    parts = {m.name + part for m in measures if m.aggregate == "mean" for part in (SUM_PART, N_PART)}
    for name in {measure.name for measure in measures} & {*BUILT_IN, REP, PERIOD, *parts}:
        reason = "This name is taken: every panel has a column of this name by itself."
        yield _error("taken_name", f"measure “{name}”", reason, "Give the measure another name.")


def _exposure(dataset: DataSet) -> Iterator[Issue]:
    name = getattr(dataset.exposure, "absent", dataset.exposure)
    measures = [measure.name for source in dataset.sources for measure in source.measures]
    if name is not None and name not in measures:
        yield _error("unknown_measure", "exposure", f"There is no measure “{name}”.", _did_you_mean(name, measures))


def _repeated(names: Iterator[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _timezone(dataset: DataSet) -> Iterator[Issue]:
    if dataset.timezone is None:
        return
    try:
        ZoneInfo(dataset.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = f"There is no time zone “{dataset.timezone}”."
        yield _error("unknown_timezone", "timezone", message, _did_you_mean(dataset.timezone, available_timezones()))


def _same_rep(dataset: DataSet) -> Iterator[Issue]:
    final = settled(dataset.same_rep)
    for name in sorted(name for name in final if final[name] in final and final[name] != name):
        message = f"“{name}” leads round in a circle to “{final[name]}”."
        yield _error("same_rep_circle", "same_rep", message, "Let every spelling lead to one final name.")


def _source(opened: OpenedSource) -> Iterator[Issue]:
    if opened.table is None:
        return
    columns = list(opened.table.columns)
    for number, each in enumerate(opened.lookups, start=1):
        yield from _lookup(opened, number, columns)
        columns += [name for name in each.lookup.take if name not in each.lookup.on]
    source = opened.source
    where = f"source “{source.name}”"
    for field in ("rep", "date", "id"):
        if (name := getattr(source, field)) is not None:
            yield from _known(name, columns, f"{where}, {field}")
    yield from _events(source, columns, where)
    for measure in source.measures:
        yield from _measure(measure, columns, f"{where}, measure “{measure.name}”")


def _events(source: Source, columns: Collection[str], where: str) -> Iterator[Issue]:
    roles = source.events.model_dump(exclude={"values"}, exclude_none=True) if source.events else {}
    for role, name in roles.items():
        yield from _known(name, columns, f"{where}, events, {role}")


def _measure(measure: Measure, columns: Collection[str], where: str) -> Iterator[Issue]:
    if measure.column is None and measure.aggregate in NEEDS_COLUMN:
        message = f"A {measure.aggregate} needs a column to be taken of."
        yield _error("no_column", where, message, 'Add "column", or count rows with "aggregate": "count".')
    for field in ("column", "date"):
        if (name := getattr(measure, field)) is not None:
            yield from _known(name, columns, f"{where}, {field}")
    if measure.where is not None:
        try:
            parse(measure.where, columns, f"{where}, where", condition=True)
        except InputError as error:
            yield from error.issues


def _lookup(opened: OpenedSource, number: int, columns: Collection[str]) -> Iterator[Issue]:
    lookup, table = opened.lookups[number - 1].lookup, opened.lookups[number - 1].table
    where = f"source “{opened.source.name}”, lookup {number} ({lookup.location})"
    if not lookup.on:
        yield _error("no_key", where, "The lookup names no key.", 'Write "on": {"our column": "their column"}.')
    for ours in lookup.on:
        yield from _known(ours, columns, f"{where}, on")
    taken = {column.casefold() for column in columns}
    for name in lookup.take:
        if name.casefold() in taken and name not in lookup.on:
            message = f"The source already has a column called “{name}”."
            yield _error("taken_name", f"{where}, take", message, "Rename the column in one of the two files.")
    for theirs in (*lookup.on.values(), *lookup.take) if table else ():
        yield from _known(theirs, table.columns, f"{where}, in {lookup.location}")


def _roster(dataset: DataSet, opened: Opened) -> Iterator[Issue]:
    roster = dataset.roster
    if roster is None or opened.roster is None:
        return
    for name in (roster.rep, *roster.attributes, *filter(None, (roster.start, roster.end))):
        yield from _known(name, opened.roster.columns, f"roster ({roster.location})")
    for name in roster.attributes:
        if name in ROSTER_COLUMNS:
            message = f"“{name}” cannot be the name of an attribute."
            yield _error("taken_name", f"roster ({roster.location})", message, "Rename this column.")


def _known(name: str, columns: Collection[str], where: str) -> Iterator[Issue]:
    if name not in columns:
        fix = _did_you_mean(name, columns)
        yield _error("unknown_column", where, f"There is no column “{name}”.", fix)


def _did_you_mean(name: str, known: Collection[str]) -> str:
    near = nearest(name, known)
    listed = ", ".join(f"“{each}”" for each in list(known)[:12])
    return f"Did you mean “{near}”?" if near else f"There are {listed}{' …' if len(known) > 12 else ''}."


def _error(code: str, where: str, message: str, fix: str) -> Issue:
    return Issue("error", code, where, message, fix)


def columns_of(opened: OpenedSource) -> Mapping[str, str]:
    """Where each column of a source comes from: its own location, or that of a lookup."""
    own = dict.fromkeys(opened.table.columns if opened.table else (), opened.source.location)
    return own | {name: each.lookup.location for each in opened.lookups for name in each.lookup.take if name not in own}
