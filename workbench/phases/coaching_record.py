"""Remember per data set who was coached on which phase since when, and with whom was talked about their calls."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Collection
from datetime import date
from pathlib import Path

from pydantic import Field, ValidationError

from workbench.data.library.data_sets import DataSetEntry, read_stamps
from workbench.data.library.versions import saves_before
from workbench.data.library.write_whole import write_whole
from workbench.data.model.dataset import Model, read_json
from workbench.errors import InputError
from workbench.phases.phase_library import FOLDER, path_in_library

COACHED = ".coached.json"
_TURN = threading.Lock()  # tabs write one after the other, so that none loses what another one added


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
    return _read(home, entry).starts


def save_coaching(home: Path, entry: DataSetEntry, start: CoachingStart) -> None:
    """Add a start. Raises OSError where nothing can be written."""
    with _TURN:
        record = _read(home, entry)
        _write(home, entry, record.model_copy(update={"starts": (*record.starts, start)}))


def list_settled(home: Path, entry: DataSetEntry) -> tuple[SettledRep, ...]:
    """List with whom was talked, the last one last; of a version of a data set also what the ones before knew."""
    return _read(home, entry).settled


def settle_reps(home: Path, entry: DataSetEntry, reps: Collection[str], why: str, day: date) -> None:
    """Remember that somebody talked with these reps. Raises OSError where nothing can be written."""
    new = tuple(SettledRep(rep=rep, why=why, day=day) for rep in sorted(reps))
    with _TURN:
        record = _read(home, entry)
        others = tuple(each for each in record.settled if each.rep not in reps)
        _write(home, entry, record.model_copy(update={"settled": (*others, *new)}))


def unsettle_rep(home: Path, entry: DataSetEntry, rep: str) -> None:
    """Take back that somebody talked with a rep. Raises OSError where nothing can be written."""
    with _TURN:
        record = _read(home, entry)
        left = tuple(each for each in record.settled if each.rep != rep)
        _write(home, entry, record.model_copy(update={"settled": left}))


def copy_coaching(home: Path, old: DataSetEntry, new: DataSetEntry, *, over: bool = False) -> None:
    """Carry what is remembered of a data set to one made from it, or to a version of it that is opened again.

    What the new one has stays, or gives way where ``over``. Raises OSError where nothing can be written.
    """
    with _TURN:
        given, own = _read(home, old), _read(home, new)
        talked = {each.rep for each in own.settled}
        both = given if over else _Record(
            starts=(*(each for each in given.starts if each not in own.starts), *own.starts),
            settled=(*(each for each in given.settled if each.rep not in talked), *own.settled),
        )  # fmt: skip
        if both != own:
            _write(home, new, both)


def _read(home: Path, entry: DataSetEntry) -> _Record:
    """Read the record of the latest version that has one; a damaged one is put aside."""
    for data in _versions(home, entry):
        path = path_in_library(home, data, COACHED)
        if path.is_file():
            try:
                return _Record.model_validate(read_json(path))
            except (InputError, ValidationError):
                with contextlib.suppress(FileNotFoundError):  # another tab has just put it aside
                    path.replace(path.with_suffix(".damaged"))
    return _Record()


def _versions(home: Path, entry: DataSetEntry) -> tuple[str, ...]:
    """The ids of a data set and of all that led to it, the latest first."""
    if entry.kind == "sample" or not any((home / FOLDER).glob(f"*{COACHED}")):  # the history is long to read
        return (entry.id,)
    return tuple(dict.fromkeys((entry.id, *(each for each, _ in saves_before(entry.id, read_stamps(home))))))


def _write(home: Path, entry: DataSetEntry, record: _Record) -> None:
    write_whole(path_in_library(home, entry.id, COACHED), record.model_dump_json(indent=1))
