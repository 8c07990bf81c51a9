"""Check a data set against its files: unknown columns, unreadable conditions, clashes of names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from workbench.data.events.opened_tables import OpenedSource, OpenedTables
from workbench.data.model.dataset import EVENT_ROLES, Absence, DataSet, Measure, Source, locations_of
from workbench.data.model.panel import BUILT_IN, N_PART, PERIOD, REP, SUM_PART
from workbench.data.values.rep_names import resolve_spellings
from workbench.errors import Examples, InputError, Issue, Part, Where
from workbench.formula.formula import parse_formula
from workbench.problems import nearest

SHARED_OUT = ("count", "sum", "mean")
NEEDS_COLUMN = ("sum", "mean", "min", "max", "distinct")
ROSTER_COLUMNS = (REP, "start", "end", "n_periods")


def check_dataset(dataset: DataSet, opened: OpenedTables) -> tuple[Issue, ...]:
    """Return every error that keeps this data set from being built from these files; empty if it can be."""
    found = [*_check_names(dataset), *_check_exposure(dataset), *_check_timezone(dataset), *_check_same_rep(dataset)]
    for each in opened.sources:
        found += _check_source(each)
    return (*found, *_check_roster(dataset, opened), *_check_scored(dataset))


def _check_names(dataset: DataSet) -> Iterator[Issue]:
    measures = [measure for source in dataset.sources for measure in source.measures]
    for name in _repeated_names(source.name for source in dataset.sources):
        yield _error("repeated_name", Where(source=name), what="source", n_named=2)
    for name in _repeated_names(measure.name for measure in measures):
        yield _error("repeated_name", Where(measure=name), what="measure", n_named=2)
    parts = {m.name + part for m in measures if m.aggregate == "mean" for part in (SUM_PART, N_PART)}
    for name in {measure.name for measure in measures} & {*BUILT_IN, REP, PERIOD, *parts}:
        yield _error("taken_name", Where(measure=name), what="measure", name=name)


def _check_exposure(dataset: DataSet) -> Iterator[Issue]:
    name = dataset.exposure.absent if isinstance(dataset.exposure, Absence) else dataset.exposure
    measures = [measure.name for source in dataset.sources for measure in source.measures]
    if name is not None and name not in measures:
        yield _error("unknown_measure", Where(area="exposure"), **_unknown_name_parts(name, measures))


def _repeated_names(names: Iterator[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _check_timezone(dataset: DataSet) -> Iterator[Issue]:
    if dataset.timezone is None:
        return
    try:
        ZoneInfo(dataset.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        known = available_timezones()
        yield _error("unknown_timezone", Where(area="timezone"), **_unknown_name_parts(dataset.timezone, known))


def _check_same_rep(dataset: DataSet) -> Iterator[Issue]:
    final = resolve_spellings(dataset.same_rep)
    for name in sorted(name for name in final if final[name] in final and final[name] != name):
        yield _error("same_rep_circle", Where(area="same_rep"), name=name, last=final[name])


def _check_source(opened: OpenedSource) -> Iterator[Issue]:
    if opened.found is None:
        return
    columns = list(opened.found.columns)
    for number, each in enumerate(opened.lookups, start=1):
        yield from _check_lookup(opened, number, columns)
        columns += [name for name in each.lookup.take if name not in each.lookup.on]
    source = opened.source
    where = Where(source=source.name)
    for field in ("rep", "date", "id"):
        if (name := getattr(source, field)) is not None:
            yield from _check_column(name, columns, _place_of_field(where, field))
    yield from _check_event_roles(source, columns, where)
    for measure in source.measures:
        yield from _check_measure(measure, columns, replace(where, measure=measure.name))


def _check_event_roles(source: Source, columns: Collection[str], where: Where) -> Iterator[Issue]:
    if source.events is None:
        return
    for role, name in source.events.columns.items():
        yield from _check_column(name, columns, _place_of_field(where, "events", role))
    for role in source.events.values:
        if role not in EVENT_ROLES:
            place = _place_of_field(where, "events", "values")
            yield _error("unknown_role", place, **_unknown_name_parts(role, EVENT_ROLES))


def _check_measure(measure: Measure, columns: Collection[str], where: Where) -> Iterator[Issue]:
    if measure.column is None and measure.aggregate in NEEDS_COLUMN:
        yield _error("no_column", where, aggregate=measure.aggregate)
    for field in ("column", "date"):
        if (name := getattr(measure, field)) is not None:
            yield from _check_column(name, columns, _place_of_field(where, field))
    yield from _check_condition(measure.where, columns, _place_of_field(where, "where"))
    if measure.credit is not None:
        yield from _check_column(measure.credit.case, columns, _place_of_field(where, "credit", "case"))
        yield from _check_condition(measure.credit.where, columns, _place_of_field(where, "credit", "where"))
        if measure.credit.to == "each" and measure.aggregate not in SHARED_OUT:
            yield _error("credit_not_shared", where, aggregate=measure.aggregate)


def _check_condition(text: str | None, columns: Collection[str], where: Where) -> Iterator[Issue]:
    if text is not None:
        try:
            parse_formula(text, columns, where, condition=True)
        except InputError as error:
            yield from error.issues


def _check_lookup(opened: OpenedSource, number: int, columns: Collection[str]) -> Iterator[Issue]:
    lookup, table = opened.lookups[number - 1].lookup, opened.lookups[number - 1].found
    where = Where(source=opened.source.name, lookup=lookup.location, lookup_number=number)
    if not lookup.on:
        yield _error("no_key", where)
    for ours in lookup.on:
        yield from _check_column(ours, columns, _place_of_field(where, "on"))
    taken = {column.casefold() for column in columns}
    for name in lookup.take:
        if name.casefold() in taken and name not in lookup.on:
            yield _error("taken_name", _place_of_field(where, "take"), what="lookup", name=name)
    if table is None:
        return
    for theirs in (*lookup.on.values(), *lookup.take):
        yield from _check_column(theirs, table.columns, _place_of_field(where, f"in {lookup.location}"))


def _check_roster(dataset: DataSet, opened: OpenedTables) -> Iterator[Issue]:
    roster = dataset.roster
    if roster is None or opened.roster is None:
        return
    for name in (roster.rep, *roster.attributes, *filter(None, (roster.start, roster.end))):
        yield from _check_column(name, opened.roster.columns, Where(area="roster", file=roster.location))
    for name in roster.attributes:
        if name in ROSTER_COLUMNS:
            yield _error("taken_name", Where(area="roster", file=roster.location), what="attribute", name=name)


def _check_scored(dataset: DataSet) -> Iterator[Issue]:
    if isinstance(dataset.scored, str):
        attributes = dataset.roster.attributes if dataset.roster else ()
        yield from _check_condition(dataset.scored, attributes, Where(area="scored"))


def _check_column(name: str, columns: Collection[str], where: Where) -> Iterator[Issue]:
    if name not in columns:
        yield _error("unknown_column", where, **_unknown_name_parts(name, columns))


def _unknown_name_parts(name: str, known: Collection[str]) -> dict[str, Part]:
    return {"name": name, "near": nearest(name, known), "known": Examples.of(known, most=12)}


def _place_of_field(where: Where, *fields: str) -> Where:
    return replace(where, path=fields)


def _error(code: str, where: Where, **parts: Part) -> Issue:
    return Issue.of("error", code, where, None, **parts)


def column_origins(opened: OpenedSource) -> Mapping[str, str]:
    """Return the location that each column of a source comes from: its own, or that of a lookup."""
    own = dict.fromkeys(opened.found.columns if opened.found else (), locations_of(opened.source)[0])
    return own | {name: each.lookup.location for each in opened.lookups for name in each.lookup.take if name not in own}
