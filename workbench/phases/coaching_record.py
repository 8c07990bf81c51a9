"""Remember who was coached on which phase since when, per data set."""

from __future__ import annotations

import contextlib
from pathlib import Path

from pydantic import Field, ValidationError

from workbench.data.library.data_sets import DataSetEntry
from workbench.data.library.write_whole import write_whole
from workbench.data.model.dataset import Model, read_json
from workbench.errors import InputError
from workbench.phases.phase_library import path_in_library

COACHED = ".coached.json"


class CoachingStart(Model):
    """Coaching of some reps, by their real names, on a phase, from a month on (``2025-04``).

    ``trial`` : key of the trial that measures it; "" where none was kept.
    """

    phase: str = Field(min_length=1)
    reps: tuple[str, ...]
    since: str = Field(pattern=r"^\d{4}-\d{2}$")
    trial: str = ""


class _Record(Model):
    starts: tuple[CoachingStart, ...] = ()


def list_coaching(home: Path, entry: DataSetEntry) -> tuple[CoachingStart, ...]:
    """List when coaching began, the last one last; of a version of a data set also what the one before knew."""
    for data in filter(None, (entry.id, entry.replaces)):
        path = path_in_library(home, data, COACHED)
        if path.is_file():
            with contextlib.suppress(InputError, ValidationError):
                return _Record.model_validate(read_json(path)).starts
    return ()


def save_coaching(home: Path, entry: DataSetEntry, start: CoachingStart) -> None:
    """Add a start. Raises OSError where nothing can be written."""
    record = _Record(starts=(*list_coaching(home, entry), start))
    write_whole(path_in_library(home, entry.id, COACHED), record.model_dump_json(indent=1))
