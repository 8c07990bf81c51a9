"""Does a data set fit its files? Every unknown column, unreadable condition and clash of names, all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from workbench.data.events.opened_tables import Opened, OpenedSource
from workbench.data.model.dataset import Absence, DataSet, Measure, Source, locations_of
from workbench.data.model.panel import BUILT_IN, N_PART, PERIOD, REP, SUM_PART
from workbench.data.values.rep_names import resolve_spellings
from workbench.errors import Examples, InputError, Issue, Part, Where
from workbench.formula.formula import parse_formula
from workbench.problems import nearest

SHARED_OUT = ("count", "sum", "mean")
NEEDS_COLUMN = ("sum", "mean", "min", "max", "distinct")
ROSTER_COLUMNS = (REP, "start", "end", "n_periods")


def dataset_problems(dataset: DataSet, opened: Opened) -> tuple[Issue, ...]:
    """Every reason why this data set cannot be built from these files; empty when it can."""
    found = [*_names(dataset), *_exposure(dataset), *_timezone(dataset), *_same_rep(dataset)]
    for each in opened.sources:
        found += _source(each)
    return (*found, *_roster(dataset, opened), *_scored(dataset))


def _names(dataset: DataSet) -> Iterator[Issue]:
    measures = [measure for source in dataset.sources for measure in source.measures]
    for name in _repeated(source.name for source in dataset.sources):
        yield _error("repeated_name", Where(source=name), what="source", n_named=2)
    for name in _repeated(measure.name for measure in measures):
        yield _error("repeated_name", Where(measure=name), what="measure", n_named=2)
    parts = {m.name + part for m in measures if m.aggregate == "mean" for part in (SUM_PART, N_PART)}
    for name in {measure.name for measure in measures} & {*BUILT_IN, REP, PERIOD, *parts}:
        yield _error("taken_name", Where(measure=name), what="measure", name=name)


def _exposure(dataset: DataSet) -> Iterator[Issue]:
    name = dataset.exposure.absent if isinstance(dataset.exposure, Absence) else dataset.exposure
    measures = [measure.name for source in dataset.sources for measure in source.measures]
    if name is not None and name not in measures:
        yield _error("unknown_measure", Where(area="exposure"), **_unknown(name, measures))


def _repeated(names: Iterator[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _timezone(dataset: DataSet) -> Iterator[Issue]:
    if dataset.timezone is None:
        return
    try:
        ZoneInfo(dataset.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        known = available_timezones()
        yield _error("unknown_timezone", Where(area="timezone"), **_unknown(dataset.timezone, known))


def _same_rep(dataset: DataSet) -> Iterator[Issue]:
    final = resolve_spellings(dataset.same_rep)
    for name in sorted(name for name in final if final[name] in final and final[name] != name):
        yield _error("same_rep_circle", Where(area="same_rep"), name=name, last=final[name])


def _source(opened: OpenedSource) -> Iterator[Issue]:
    if opened.found is None:
        return
    columns = list(opened.found.columns)
    for number, each in enumerate(opened.lookups, start=1):
        yield from _lookup(opened, number, columns)
        columns += [name for name in each.lookup.take if name not in each.lookup.on]
    source = opened.source
    where = Where(source=source.name)
    for field in ("rep", "date", "id"):
        if (name := getattr(source, field)) is not None:
            yield from _known(name, columns, _at(where, field))
    yield from _events(source, columns, where)
    for measure in source.measures:
        yield from _measure(measure, columns, replace(where, measure=measure.name))


def _events(source: Source, columns: Collection[str], where: Where) -> Iterator[Issue]:
    roles = source.events.model_dump(exclude={"values"}, exclude_none=True) if source.events else {}
    for role, name in roles.items():
        yield from _known(name, columns, _at(where, "events", role))


def _measure(measure: Measure, columns: Collection[str], where: Where) -> Iterator[Issue]:
    if measure.column is None and measure.aggregate in NEEDS_COLUMN:
        yield _error("no_column", where, aggregate=measure.aggregate)
    for field in ("column", "date"):
        if (name := getattr(measure, field)) is not None:
            yield from _known(name, columns, _at(where, field))
    yield from _condition(measure.where, columns, _at(where, "where"))
    if measure.credit is not None:
        yield from _known(measure.credit.case, columns, _at(where, "credit", "case"))
        yield from _condition(measure.credit.where, columns, _at(where, "credit", "where"))
        if measure.credit.to == "each" and measure.aggregate not in SHARED_OUT:
            yield _error("credit_not_shared", where, aggregate=measure.aggregate)


def _condition(text: str | None, columns: Collection[str], where: Where) -> Iterator[Issue]:
    if text is not None:
        try:
            parse_formula(text, columns, where, condition=True)
        except InputError as error:
            yield from error.issues


def _lookup(opened: OpenedSource, number: int, columns: Collection[str]) -> Iterator[Issue]:
    lookup, table = opened.lookups[number - 1].lookup, opened.lookups[number - 1].found
    where = Where(source=opened.source.name, lookup=lookup.location, lookup_number=number)
    if not lookup.on:
        yield _error("no_key", where)
    for ours in lookup.on:
        yield from _known(ours, columns, _at(where, "on"))
    taken = {column.casefold() for column in columns}
    for name in lookup.take:
        if name.casefold() in taken and name not in lookup.on:
            yield _error("taken_name", _at(where, "take"), what="lookup", name=name)
    if table is None:
        return
    for theirs in (*lookup.on.values(), *lookup.take):
        yield from _known(theirs, table.columns, _at(where, f"in {lookup.location}"))


def _roster(dataset: DataSet, opened: Opened) -> Iterator[Issue]:
    roster = dataset.roster
    if roster is None or opened.roster is None:
        return
    for name in (roster.rep, *roster.attributes, *filter(None, (roster.start, roster.end))):
        yield from _known(name, opened.roster.columns, Where(area="roster", file=roster.location))
    for name in roster.attributes:
        if name in ROSTER_COLUMNS:
            yield _error("taken_name", Where(area="roster", file=roster.location), what="attribute", name=name)


def _scored(dataset: DataSet) -> Iterator[Issue]:
    if isinstance(dataset.scored, str):
        attributes = dataset.roster.attributes if dataset.roster else ()
        yield from _condition(dataset.scored, attributes, Where(area="scored"))


def _known(name: str, columns: Collection[str], where: Where) -> Iterator[Issue]:
    if name not in columns:
        yield _error("unknown_column", where, **_unknown(name, columns))


def _unknown(name: str, known: Collection[str]) -> dict[str, Part]:
    return {"name": name, "near": nearest(name, known), "known": Examples.of(known, most=12)}


def _at(where: Where, *fields: str) -> Where:
    return replace(where, path=fields)


def _error(code: str, where: Where, **parts: Part) -> Issue:
    return Issue.of("error", code, where, None, **parts)


def columns_of(opened: OpenedSource) -> Mapping[str, str]:
    """Where each column of a source comes from: its own location, or that of a lookup."""
    own = dict.fromkeys(opened.found.columns if opened.found else (), locations_of(opened.source)[0])
    return own | {name: each.lookup.location for each in opened.lookups for name in each.lookup.take if name not in own}
