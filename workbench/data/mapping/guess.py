"""Guess a whole data set from uploaded files: the role of each file and column, with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from workbench.data.columns import read_column
from workbench.data.engine.embedded import Engine
from workbench.data.files.reshape import has_months_alone
from workbench.data.files.table_locations import TableLocation, location_of
from workbench.data.mapping import guess_words as words
from workbench.data.mapping.guess_columns import (
    guess_activity_column,
    guess_id_column,
    guess_status_column,
    have_key,
    looks_like_people,
)
from workbench.data.mapping.guess_event_roles import guess_event_roles
from workbench.data.mapping.guess_files import GuessedFile, open_files, stack_by_shape, stacked_location
from workbench.data.mapping.guess_measures import MOST_NUMBERS, guess_measures
from workbench.data.mapping.guess_words import has_word
from workbench.data.mapping.profile import ColumnProfile, profiles_by_name
from workbench.data.model.dataset import DataSet, EventRoles, Grain, Lookup, Roster, Source, locations_of
from workbench.data.model.panel import BUILT_IN
from workbench.errors import Issue, Part, Where

_MOST_ATTRIBUTE_VALUES = 40
_ABOUT = ("lead", "leads", "prospect", "person", "recipient", "subscriber", "member", "patient", "opportunity", "deal")


def guess_dataset(folder: Path, locations: Sequence[str]) -> tuple[DataSet | None, tuple[Issue, ...]]:
    """Guess a data set that fits these files.

    Returns
    -------
    DataSet or None
        None if no file has both a rep and a date.
    issues
        A reason (level info, code ``guess``) for every choice, and why files could not be read or are not used.
    """
    with Engine() as engine:
        files, problems = open_files(folder, locations, engine)
        sources = [file for file in files if file.is_source] or [file for file in files if file.dates_reps]
        if not sources:
            return None, (*problems, *_no_guess_issues(files))
        people = next((file for file in files if file.is_people and file not in sources), None)
        dataset = _guess_dataset(files, sources, people)
        dataset = dataset.model_copy(update={"grain": _guess_grain(sources)})
    return dataset, (
        *problems, *_left_out_issues(dataset, files), *_reason_issues(dataset, {file.place: file for file in files})
    )  # fmt: skip


def _left_out_issues(dataset: DataSet, files: Sequence[GuessedFile]) -> Iterator[Issue]:
    """Say of which tables not every column of numbers is counted."""
    by_place = {file.place: file for file in files}
    for source in dataset.sources:
        numbers = [column for column in by_place[location_of(source)].columns if column.kind == "number"]
        if len(source.measures) == MOST_NUMBERS and len(numbers) > MOST_NUMBERS:
            place = Where(file=location_of(source).label)
            yield Issue.of("info", "numbers_left_out", place, n_columns=len(numbers), most=MOST_NUMBERS)


def _guess_dataset(files: Sequence[GuessedFile], sources: Sequence[GuessedFile], people: GuessedFile | None) -> DataSet:
    taken = set(BUILT_IN)
    shown = _guess_name_column(sources, people) if people else None
    stacks = stack_by_shape(sources)
    parts = tuple(
        _guess_source(file, files, people, shown, taken).model_copy(update=stacked_location(stacks[file.place]))
        for file in sources
        if file.place in stacks
    )
    names = [part.name for part in parts]
    apart = [part.name if names.count(part.name) == 1 else location_of(part).label for part in parts]
    named = tuple(part.model_copy(update={"name": name}) for part, name in zip(parts, apart, strict=True))
    return DataSet(
        name=_guess_title(sources[0]), sources=named, roster=_guess_roster(people, shown) if people else None
    )


def _guess_title(file: GuessedFile) -> str:
    return file.stem.replace("_", " ").replace("-", " ").strip().capitalize() or file.place.label


def _guess_name_column(sources: Sequence[GuessedFile], people: GuessedFile) -> str:
    """Return the people table's column with rep names: its names if it also has ids, else its rep column."""
    ours = {source.rep.name for source in sources}
    calls = [c for c in people.columns if c.unique and looks_like_people(c) and "@" not in c.values[0]]
    if any(c.name in ours for c in calls) or not calls:
        return people.rep.name
    if not _people_keys(sources, people):
        reps = {value for source in sources for value in source.rep.values}
        return max((people.rep, *calls), key=lambda column: len({*column.values} & reps)).name
    return (
        calls[-1].name
        if len(calls) == 1
        else next((c.name for c in calls if has_word(c.name, words.REP)), calls[0].name)
    )


def _people_keys(sources: Sequence[GuessedFile], people: GuessedFile) -> set[str]:
    """Return the id columns of the people table that sources use for reps."""
    return {c.name for c in people.columns if c.unique} & {source.rep.name for source in sources}


def _guess_source(
    file: GuessedFile, files: Sequence[GuessedFile], people: GuessedFile | None, shown: str | None, taken: set[str]
) -> Source:
    rep, lookups = file.rep.name, _guess_lookups(file, [other for other in files if other is not people])
    if people and shown and shown not in (rep, *file.table.columns) and rep in _people_keys([file], people):
        lookups.insert(0, Lookup(**asdict(people.place), on={rep: rep}, take=(shown,)))
        rep = shown
    events = _guess_event_roles(file)
    own_id = guess_id_column([column for column in file.columns if not _says_about_whom(column, events)])
    return Source(
        **asdict(file.place), name=file.stem, rep=rep, date=file.date.name, id=own_id.name if own_id else None,
        lookups=tuple(lookups), events=events,
        unpivot=file.unpivot,
        measures=guess_measures(
            file.stem, file.columns, file.rep, file.date, not file.unpivot and _is_preaggregated(file), taken,
            file.unpivot,
        ),
    )  # fmt: skip


def _says_about_whom(column: ColumnProfile, events: EventRoles | None) -> bool:
    """Whether a column says whom or what an event was about, so that two rows with the same are two events."""
    if events is None:
        return False
    other = events.kind not in ("quotes", "orders") and has_word(column.name, _ABOUT)
    return other or column.name in (events.contact, events.list)


def _is_preaggregated(file: GuessedFile) -> bool:
    """Whether a file has one row per rep and date, without an id, an outcome or an activity."""
    if file.owner:
        return False
    n = file.columns[0].n_rows
    full = file.rep.filled > 0.9 and file.date.filled > 0.9
    pairs = file.table.rows.limit(20_000).select(file.rep.name, file.date.name).distinct().count().to_pyarrow().as_py()
    return (
        full
        and pairs >= 0.98 * n
        and not have_key(file.columns)
        and guess_status_column(file.columns) is None
        and guess_activity_column(file.columns) is None
    )


def _guess_lookups(file: GuessedFile, others: Sequence[GuessedFile]) -> list[Lookup]:
    """Return lookups in other files with one row per value of a column of this file, or of a file looked up before.

    Calls with a contact find the contact's owner and account, and by the account its region.
    """
    ours, had = profiles_by_name(file.columns), {name.casefold() for name in file.table.columns}
    found: list[Lookup] = []
    rest = [other for other in others if other is not file and not other.is_source]
    while rest:
        keys = {other.place: key for other in rest if (key := _lookup_key(file, other, ours))}
        other = next((each for each in rest if each.place in keys), None)
        if other is None:
            break
        take = tuple(name for name in other.table.columns if name.casefold() not in had)
        found.append(Lookup(**asdict(other.place), on=keys[other.place], take=take))
        had |= {name.casefold() for name in take}
        ours |= {name: profile for name, profile in profiles_by_name(other.columns).items() if name in take}
        rest.remove(other)
    return found


def _lookup_key(file: GuessedFile, other: GuessedFile, ours: Mapping[str, ColumnProfile]) -> dict[str, str] | None:
    """Return the columns by which a file is looked up; None if it has no row per value of one of ours."""
    if file.owner and file.owner.place == other.place:
        return {file.owner.ours: file.owner.theirs}
    for column in other.columns:
        mine = ours.get(column.name)
        repeats = mine is not None and (not mine.unique or mine not in file.columns)
        if mine is not None and repeats and column.unique and {*column.values} & {*mine.values}:
            return {column.name: column.name}
    return None


def _guess_event_roles(file: GuessedFile) -> EventRoles | None:
    whose = file.owner.ours if file.owner else file.rep.name
    return None if file.unpivot else guess_event_roles(file.stem, file.table, file.columns, whose, file.date)


def _guess_roster(people: GuessedFile, shown: str | None) -> Roster:
    dates = [c for c in people.columns if c.kind == "date"]
    start = next((c.name for c in dates if has_word(c.name, words.START)), None)
    end = next((c.name for c in dates if has_word(c.name, words.END) and c.name != start), None)
    groups = [
        c.name for c in people.columns if c.kind == "text" and not c.unique and c.n_distinct <= _MOST_ATTRIBUTE_VALUES
    ]
    rep = shown or people.rep.name
    return Roster(
        **asdict(people.place), rep=rep, attributes=tuple(n for n in groups if n != rep), start=start, end=end
    )


def _guess_grain(files: Sequence[GuessedFile]) -> Grain:
    """Return a grain that gives about a dozen periods or more in the longest history, if possible.

    A sheet with one column per period has no shorter ones.
    """
    grains: list[Grain] = ["day", "week", "month"]
    found = [_grain_of(file) for file in files]
    return max(found, key=grains.index, default="month")


def _grain_of(file: GuessedFile) -> Grain:
    if file.unpivot and has_months_alone(file.unpivot):
        return "month"
    when = read_column.parse_dates(file.table.rows, file.date.name).expr
    asked = {"first": when.min(), "last": when.max(), "n": when.nunique()}
    span = file.table.rows.aggregate(**asked).to_pyarrow().to_pylist()[0]
    if span["first"] is None:
        return "day"
    days = (span["last"] - span["first"]).days
    apart = days / max(span["n"] - 1, 1) if file.unpivot else 0
    return "month" if days > 150 or apart > 14 else "week" if days > 28 or apart > 3 else "day"


def _reason_issues(dataset: DataSet, files: Mapping[TableLocation, GuessedFile]) -> Iterator[Issue]:
    parts: list[Source | Lookup | Roster] = [*dataset.sources, *([dataset.roster] if dataset.roster else [])]
    parts += [lookup for source in dataset.sources for lookup in source.lookups]
    used = {location_of(part) for part in parts}
    used |= {TableLocation(name, part.sheet, part.table) for part in dataset.sources for name in locations_of(part)}
    for source in dataset.sources:
        yield from _source_reason_issues(source, files[location_of(source)])
        for name in locations_of(source)[1:]:
            yield _guess_issue(
                TableLocation(name, source.sheet, source.table), "stacked", other=location_of(source).label
            )
    if dataset.roster:
        yield _guess_issue(location_of(dataset.roster), "roster", name=dataset.roster.rep)
    for place in files:
        if place not in used:
            yield _guess_issue(place, "unused")


def _source_reason_issues(source: Source, file: GuessedFile) -> Iterator[Issue]:
    rep, when = file.rep, file.date
    yield _guess_issue(file.place, "rep", name=rep.name, n_values=rep.n_distinct, n_in=rep.n_rows)
    yield _guess_issue(file.place, "date", name=when.name, filled=when.filled)
    if file.unpivot:
        yield _guess_issue(file.place, "unpivot", value=file.unpivot.value)
    for lookup in source.lookups:
        yield _guess_issue(file.place, "lookup", name=next(iter(lookup.on)), other=location_of(lookup).label)


def _guess_issue(place: TableLocation, choice: str, **facts: Part) -> Issue:
    return Issue.of("info", "guess", Where(file=place.label), None, choice=choice, **facts)


def _no_guess_issues(files: Sequence[GuessedFile]) -> Iterator[Issue]:
    for file in files:
        lacking = tuple(what for what, c in (("rep", file.likely_rep), ("date", file.likely_date)) if c is None)
        yield Issue.of("warning", "no_guess", Where(file=file.place.label), lacking=lacking)
