"""Remember per data set who was coached on which phase since when, and with whom was talked about their calls."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from datetime import date
from pathlib import Path

from pydantic import Field, ValidationError

from workbench.data.library.data_sets import DataSetEntry, read_stamps
from workbench.data.library.versions import saves_before
from workbench.data.model.dataset import Model
from workbench.store.documents import DocumentReader
from workbench.store.kinds import COACHING
from workbench.store.opening import reading, writing


class CoachingStart(Model):
    """Coaching of some reps, by their real names, on a phase, from a month on (``2025-04``).

    ``trial`` : key of the trial that measures it; "" where none was kept.
    """

    phase: str = Field(min_length=1)
    reps: tuple[str, ...]
    since: str = Field(pattern=r"^\d{4}-\d{2}$")
    trial: str = ""


class SettledRep(Model):
    """A rep, by the real name, whose calls were in question and with whom somebody talked: what came out, and when."""

    rep: str
    why: str
    day: date


class _Record(Model):
    starts: tuple[CoachingStart, ...] = ()
    settled: tuple[SettledRep, ...] = ()


def list_coaching(home: Path, entry: DataSetEntry) -> tuple[CoachingStart, ...]:
    """List when coaching began, the last one last; of a version of a data set also what the ones before knew."""
    with reading(home) as store:
        return _read(store, home, entry).starts


def save_coaching(home: Path, entry: DataSetEntry, start: CoachingStart) -> None:
    """Add a start. Raises OSError where nothing can be written."""
    with writing(home) as store:
        record = _read(store, home, entry)
        changed = record.model_copy(update={"starts": (*record.starts, start)})
        store.save(COACHING, entry.id, "", changed.model_dump_json())


def list_settled(home: Path, entry: DataSetEntry) -> tuple[SettledRep, ...]:
    """List with whom was talked, the last one last; of a version of a data set also what the ones before knew."""
    with reading(home) as store:
        return _read(store, home, entry).settled


def settle_reps(home: Path, entry: DataSetEntry, reps: Collection[str], why: str, day: date) -> None:
    """Remember that somebody talked with these reps. Raises OSError where nothing can be written."""
    new = tuple(SettledRep(rep=rep, why=why, day=day) for rep in sorted(reps))
    with writing(home) as store:
        record = _read(store, home, entry)
        others = tuple(each for each in record.settled if each.rep not in reps)
        changed = record.model_copy(update={"settled": (*others, *new)})
        store.save(COACHING, entry.id, "", changed.model_dump_json())


def unsettle_rep(home: Path, entry: DataSetEntry, rep: str) -> None:
    """Take back that somebody talked with a rep. Raises OSError where nothing can be written."""
    with writing(home) as store:
        record = _read(store, home, entry)
        left = tuple(each for each in record.settled if each.rep != rep)
        changed = record.model_copy(update={"settled": left})
        store.save(COACHING, entry.id, "", changed.model_dump_json())


def copy_coaching(home: Path, old: DataSetEntry, new: DataSetEntry, *, over: bool = False) -> None:
    """Carry what is remembered of a data set to one made from it, or to a version of it that is opened again.

    What the new one has stays, or gives way where ``over``. Raises OSError where nothing can be written.
    """
    with writing(home) as store:
        given, own = _read(store, home, old), _read(store, home, new)
        talked = {each.rep for each in own.settled}
        both = given if over else _Record(
            starts=(*(each for each in given.starts if each not in own.starts), *own.starts),
            settled=(*(each for each in given.settled if each.rep not in talked), *own.settled),
        )  # fmt: skip
        if both != own:
            store.save(COACHING, new.id, "", both.model_dump_json())


def _read(store: DocumentReader, home: Path, entry: DataSetEntry) -> _Record:
    """Read the record of the latest version of a data set that has one; a damaged one is as none."""
    for data in _versions(store, home, entry):
        found = store.find(COACHING, data, "")
        if found is not None and found.version is not None:
            with contextlib.suppress(ValidationError):
                return _Record.model_validate_json(found.version.content)
    return _Record()


def _versions(store: DocumentReader, home: Path, entry: DataSetEntry) -> tuple[str, ...]:
    """The ids of a data set and of all that led to it, the latest first."""
    if entry.kind == "sample" or store.data_sets(COACHING) <= {entry.id}:  # the history is long to read
        return (entry.id,)
    return tuple(dict.fromkeys((entry.id, *(each for each, _ in saves_before(entry.id, read_stamps(home))))))
