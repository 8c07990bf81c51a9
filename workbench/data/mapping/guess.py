"""A whole data set guessed from uploaded files: what each file is for, which column means what, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from workbench.data.columns import read_column
from workbench.data.engine.embedded import Engine
from workbench.data.files.table import Table, open_table
from workbench.data.files.table_locations import TableLocation, list_tables, location_of
from workbench.data.mapping import guess_words as words
from workbench.data.mapping.guess_columns import best_date, best_rep, durations, id_column, looks_like_people, status
from workbench.data.mapping.guess_measures import guess_measures
from workbench.data.mapping.guess_words import has
from workbench.data.mapping.profile import Column, named, profile
from workbench.data.model.dataset import DataSet, EventRoles, Grain, Lookup, Roster, Source
from workbench.data.model.panel import BUILT_IN
from workbench.errors import InputError, Issue, Part, Where

_MOST_ATTRIBUTE_VALUES = 40


@dataclass(frozen=True, eq=False)
class _File:
    """A file that could be opened, with what its columns look like and which are probably the rep and the date."""

    place: TableLocation
    table: Table
    columns: tuple[Column, ...]
    likely_rep: Column | None
    likely_date: Column | None

    @property
    def rep(self) -> Column:
        return _there(self.likely_rep, self, "rep")

    @property
    def date(self) -> Column:
        return _there(self.likely_date, self, "date")

    @property
    def stem(self) -> str:
        return self.place.sheet or self.place.table or self.place.location.split(".")[0]

    @property
    def is_people(self) -> bool:
        """One row per person, and no date but those on which somebody came or left."""
        dates = [c for c in self.columns if c.kind == "date" and not has(c.name, (*words.START, *words.END))]
        return self.likely_rep is not None and not dates and any(c.unique for c in self.columns)

    @property
    def is_source(self) -> bool:
        return self.dates_reps and not self.is_people

    @property
    def dates_reps(self) -> bool:
        return self.likely_rep is not None and self.likely_date is not None


def _there(column: Column | None, file: _File, role: str) -> Column:
    """A column that a source has, and people have but for the date; other files are not asked for it."""
    if column is None:
        raise LookupError(f"{file.place.label} has no column for the {role}")
    return column


def guess_dataset(folder: Path, locations: Sequence[str]) -> tuple[DataSet | None, tuple[Issue, ...]]:
    """A data set that probably fits these files.

    Returns
    -------
    DataSet or None
        None when no file can be read as a table with somebody and some date in it.
    issues
        A reason (level info, code ``guess``) for every choice, and why files could not be read or are not used.
    """
    with Engine() as engine:
        files, problems = _open(folder, locations, engine)
        sources = [file for file in files if file.is_source] or [file for file in files if file.dates_reps]
        if not sources:
            return None, (*problems, *_nothing(files))
        people = next((file for file in files if file.is_people and file not in sources), None)
        dataset = _dataset(files, sources, people)
        dataset = dataset.model_copy(update={"grain": _grain(sources[0])})
    return dataset, (*problems, *_reasons(dataset, {file.place: file for file in files}))


def _open(folder: Path, locations: Sequence[str], engine: Engine) -> tuple[list[_File], list[Issue]]:
    """Every table of the files, the longest first, and what could not be read."""
    files: list[_File] = []
    problems: list[Issue] = []
    for place in [place for location in locations for place in list_tables(folder, location)]:
        try:
            table = open_table(folder=folder, engine=engine, **asdict(place))
        except InputError as error:
            problems += error.issues
            continue
        seen = profile(table, engine)
        files.append(_File(place, table, seen, best_rep(seen), best_date(seen)))
    return sorted(files, key=lambda file: -file.table.n_rows), problems


def _dataset(files: Sequence[_File], sources: Sequence[_File], people: _File | None) -> DataSet:
    taken = set(BUILT_IN)
    shown = _shown_name(sources, people) if people else None
    parts = tuple(_source(file, files, people, shown, taken) for file in sources)
    names = [part.name for part in parts]
    apart = [part.name if names.count(part.name) == 1 else location_of(part).label for part in parts]
    named = tuple(part.model_copy(update={"name": name}) for part, name in zip(parts, apart, strict=True))
    return DataSet(name=_title(sources[0]), sources=named, roster=_roster(people, shown) if people else None)


def _title(file: _File) -> str:
    return file.stem.replace("_", " ").replace("-", " ").strip().capitalize() or file.place.label


def _shown_name(sources: Sequence[_File], people: _File) -> str:
    """The column of the people table that reps are called by: its names where it also has ids, else its rep column."""
    ours = {source.rep.name for source in sources}
    calls = [c for c in people.columns if c.unique and looks_like_people(c) and "@" not in c.values[0]]
    if any(c.name in ours for c in calls) or not calls or not _keys(sources, people):
        return people.rep.name
    return calls[-1].name if len(calls) == 1 else next((c.name for c in calls if has(c.name, words.REP)), calls[0].name)


def _keys(sources: Sequence[_File], people: _File) -> set[str]:
    """Id columns of the people table that sources name their reps by."""
    return {c.name for c in people.columns if c.unique} & {source.rep.name for source in sources}


def _source(file: _File, files: Sequence[_File], people: _File | None, shown: str | None, taken: set[str]) -> Source:
    rep, lookups = file.rep.name, list(_lookups(file, [other for other in files if other is not people]))
    if people and shown and shown not in (rep, *file.table.columns) and rep in _keys([file], people):
        lookups.insert(0, Lookup(**asdict(people.place), on={rep: rep}, take=(shown,)))
        rep = shown
    own_id = id_column(file.columns)
    return Source(
        **asdict(file.place), name=file.stem, rep=rep, date=file.date.name, id=own_id.name if own_id else None,
        lookups=tuple(lookups), events=_events(file),
        measures=guess_measures(file.stem, file.columns, file.rep, file.date, _already_aggregated(file), taken),
    )  # fmt: skip


def _already_aggregated(file: _File) -> bool:
    """One row per rep and date, without an id of its own or an outcome."""
    n = file.columns[0].n_rows
    full = file.rep.filled > 0.9 and file.date.filled > 0.9
    pairs = file.table.rows.limit(20_000).select(file.rep.name, file.date.name).distinct().count().to_pyarrow().as_py()
    return full and pairs >= 0.98 * n and id_column(file.columns) is None and status(file.columns) is None


def _lookups(file: _File, others: Sequence[_File]) -> Iterator[Lookup]:
    """Other files with one row per value of a column that this one has too."""
    ours, had = named(file.columns), {name.casefold() for name in file.table.columns}
    for other in others:
        key = next((c for c in other.columns if c.unique and c.name in ours and not ours[c.name].unique), None)
        if key is None or other is file or other.is_source or not set(key.values) & set(ours[key.name].values):
            continue
        take = tuple(name for name in other.table.columns if name.casefold() not in had)
        had |= {name.casefold() for name in take}
        yield Lookup(**asdict(other.place), on={key.name: key.name}, take=take)


def _events(file: _File) -> EventRoles | None:
    """Roles for the checks of single events, where the file has what they need."""
    outcome, length = status(file.columns), next(iter(durations(file.columns)), None)
    whom = next(
        (c for c in file.columns if c.kind != "date" and has(c.name, ("contact", "phone", "lead", "prospect"))), None
    )
    how = next((c for c in file.columns if c.kind == "text" and has(c.name, ("channel", "medium", "activity"))), None)
    in_seconds = length is not None and has(length.name, ("seconds", "second", "secs", "sec"))
    if not (how or in_seconds or (outcome and has(outcome.name, ("disposition", "outcome")))):
        return None
    names = {"disposition": outcome, "contact": whom, "channel": how, "seconds": length if in_seconds else None}
    roles: dict[str, Any] = {role: column.name for role, column in names.items() if column}
    return EventRoles(timestamp=file.date.name, **roles)


def _roster(people: _File, shown: str | None) -> Roster:
    dates = [c for c in people.columns if c.kind == "date"]
    start = next((c.name for c in dates if has(c.name, words.START)), None)
    end = next((c.name for c in dates if has(c.name, words.END) and c.name != start), None)
    groups = [
        c.name for c in people.columns if c.kind == "text" and not c.unique and c.n_distinct <= _MOST_ATTRIBUTE_VALUES
    ]
    rep = shown or people.rep.name
    return Roster(
        **asdict(people.place), rep=rep, attributes=tuple(n for n in groups if n != rep), start=start, end=end
    )


def _grain(file: _File) -> Grain:
    """A grain that gives a dozen periods or more where it can."""
    when = read_column.parse_dates(file.table.rows, file.date.name).expr
    span = file.table.rows.aggregate(first=when.min(), last=when.max()).to_pyarrow().to_pylist()[0]
    days = (span["last"] - span["first"]).days
    return "month" if days > 150 else "week" if days > 28 else "day"


def _reasons(dataset: DataSet, files: Mapping[TableLocation, _File]) -> Iterator[Issue]:
    parts: list[Source | Lookup | Roster] = [*dataset.sources, *([dataset.roster] if dataset.roster else [])]
    parts += [lookup for source in dataset.sources for lookup in source.lookups]
    used = {location_of(part) for part in parts}
    for source in dataset.sources:
        yield from _source_reasons(source, files[location_of(source)])
    if dataset.roster:
        yield _guessed(location_of(dataset.roster), "roster", name=dataset.roster.rep)
    for place in files:
        if place not in used:
            yield _guessed(place, "unused")


def _source_reasons(source: Source, file: _File) -> Iterator[Issue]:
    rep, when = file.rep, file.date
    yield _guessed(file.place, "rep", name=rep.name, n_values=rep.n_distinct, n_in=rep.n_rows)
    yield _guessed(file.place, "date", name=when.name, filled=when.filled)
    for lookup in source.lookups:
        yield _guessed(file.place, "lookup", name=next(iter(lookup.on)), other=location_of(lookup).label)


def _guessed(place: TableLocation, choice: str, **facts: Part) -> Issue:
    return Issue.of("info", "guess", Where(file=place.label), None, choice=choice, **facts)


def _nothing(files: Sequence[_File]) -> Iterator[Issue]:
    for file in files:
        lacking = tuple(what for what, c in (("rep", file.likely_rep), ("date", file.likely_date)) if c is None)
        yield Issue.of("warning", "no_guess", Where(file=file.place.label), lacking=lacking)
