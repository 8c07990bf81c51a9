"""What a changed data set file says differently, as facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from workbench.data.model.dataset import Absence, DataSet, Lookup, Measure, Model, Roster, Source, locations_of

ChangeKind = Literal[
    "renamed", "grain", "periods", "all_periods", "scored", "everybody_scored", "left_out", "same_rep",
    "exposure", "exposure_estimated", "team", "no_team", "file", "no_file", "stacked", "replaced_file", "once",
    "repeats_count", "covers", "covers_rows", "rep", "date", "measure", "no_measure", "measure_date", "measure_name",
    "credit", "no_credit", "measure_rows", "names", "no_names", "events", "reading",
]  # fmt: skip
Named = TypeVar("Named", Source, Measure)


@dataclass(frozen=True)
class DataSetChange:
    """One difference: what kind, of which file, measure or field, and what it is now.

    ``n``: how many people or spellings, or how many dates a row can have where the periods differ.
    """

    kind: ChangeKind
    subject: str = ""
    now: str = ""
    n: int = 0


def dataset_changes(before: DataSet, after: DataSet) -> tuple[DataSetChange, ...]:
    """Return the differences of two data set files, those of files and measures first."""
    found = [
        *_sources(before, after),
        *_periods(before, after),
        *_people(before, after),
        *_team(before.roster, after.roster),
        *_exposure(before, after),
    ]
    if before.grain != after.grain:
        found.append(DataSetChange("grain", now=after.grain))
    if (before.timezone, before.week_start) != (after.timezone, after.week_start):
        found.append(DataSetChange("reading", after.name))
    if before.name != after.name:
        found.append(DataSetChange("renamed", before.name, after.name))
    return tuple(dict.fromkeys(found))


def _sources(before: DataSet, after: DataSet) -> Iterable[DataSetChange]:
    for old, new in _pairs(before.sources, after.sources):
        if old is not None and new is not None:
            yield from _source(old, new)
        elif new is not None:
            yield DataSetChange("file", _file(new))
        elif old is not None:
            yield DataSetChange("no_file", _file(old))


def _source(old: Source, new: Source) -> Iterable[DataSetChange]:
    added = [each for each in locations_of(new) if each not in locations_of(old)]
    gone = [each for each in locations_of(old) if each not in locations_of(new)]
    yield from (DataSetChange("replaced_file" if gone else "stacked", each, _file(old)) for each in added)
    if not added:
        yield from (DataSetChange("no_file", each) for each in gone)
    if old.duplicates != new.duplicates:
        yield DataSetChange("once" if new.duplicates == "drop" else "repeats_count", new.name)
    if old.covers != new.covers:
        days = [day.isoformat() for day in new.covers] if new.covers else []
        yield DataSetChange("covers" if days else "covers_rows", new.name, " ".join(days))
    if old.rep != new.rep:
        yield DataSetChange("rep", new.name, new.rep)
    if old.date != new.date:
        yield DataSetChange("date", new.name, new.date)
    for was, now in _pairs(old.measures, new.measures):
        yield from _measure(was, now, new)
    yield from _lookups(old, new)
    if old.events != new.events:
        yield DataSetChange("events", new.name)
    if old.model_copy(update=dict.fromkeys(_TOLD)) != new.model_copy(update=dict.fromkeys(_TOLD)):
        yield DataSetChange("reading", new.name)


_TOLD = ("location", "replace", "duplicates", "covers", "rep", "date", "measures", "lookups", "events")


def _measure(old: Measure | None, new: Measure | None, source: Source) -> Iterable[DataSetChange]:
    if old is None or new is None:
        shown = new or old
        if shown is not None:
            yield DataSetChange("measure" if old is None else "no_measure", shown.title)
        return
    if (old.date or source.date) != (new.date or source.date):
        yield DataSetChange("measure_date", new.title, new.date or source.date)
    if old.credit != new.credit:
        yield DataSetChange("credit" if new.credit else "no_credit", new.title)
    if old.title != new.title:
        yield DataSetChange("measure_name", old.title, new.title)
    if (old.where, old.column, old.aggregate, old.unit) != (new.where, new.column, new.aggregate, new.unit):
        yield DataSetChange("measure_rows", new.title)


def _lookups(old: Source, new: Source) -> Iterable[DataSetChange]:
    before, after = ({each.location: each for each in source.lookups} for source in (old, new))
    for location in dict.fromkeys((*after, *before)):
        was, now = before.get(location), after.get(location)
        if was == now:
            continue
        if was and now:
            matched = len(now.same) - len(was.same)
            same = _without_spellings(was) == _without_spellings(now)
            yield DataSetChange("same_rep" if same and matched > 0 else "names", new.name, location, max(matched, 0))
        else:
            yield DataSetChange("names" if now else "no_names", new.name, location)


def _without_spellings(lookup: Lookup) -> Model:
    return lookup.model_copy(update={"same": {}})


def _periods(before: DataSet, after: DataSet) -> Iterable[DataSetChange]:
    if (before.first, before.last) != (after.first, after.last):
        limits = [day.isoformat() if day else "" for day in (after.first, after.last)]
        dates = max(len({source.date, *(each.date or source.date for each in source.measures)})
                    for source in (*before.sources, *after.sources))  # fmt: skip
        yield DataSetChange("periods" if any(limits) else "all_periods", now="|".join(limits), n=dates)


def _people(before: DataSet, after: DataSet) -> Iterable[DataSetChange]:
    if before.scored != after.scored:
        n = len(after.scored) if isinstance(after.scored, tuple) else 0
        yield DataSetChange("everybody_scored" if after.scored is None else "scored", n=n)
    elif before.not_scored != after.not_scored:
        yield DataSetChange("left_out", n=len(set(after.not_scored or ()) - set(before.not_scored or ())))
    if before.same_rep != after.same_rep:
        yield DataSetChange("same_rep", n=len(set(after.same_rep) - set(before.same_rep)))


def _team(before: Roster | None, after: Roster | None) -> Iterable[DataSetChange]:
    if before != after:
        yield DataSetChange("team", after.location) if after else DataSetChange("no_team")


def _exposure(before: DataSet, after: DataSet) -> Iterable[DataSetChange]:
    if before.exposure == after.exposure:
        return
    if after.exposure is None:
        yield DataSetChange("exposure_estimated")
    else:
        name = after.exposure.absent if isinstance(after.exposure, Absence) else after.exposure
        labels = {measure.name: measure.title for source in after.sources for measure in source.measures}
        yield DataSetChange("exposure", labels.get(name, name))


def _pairs(before: Sequence[Named], after: Sequence[Named]) -> list[tuple[Named | None, Named | None]]:
    old: dict[str, Named] = {each.name: each for each in before}
    new: dict[str, Named] = {each.name: each for each in after}
    return [(old.get(name), new.get(name)) for name in dict.fromkeys((*new, *old))]


def _file(source: Source) -> str:
    return locations_of(source)[0]
