"""Keep the phase file of each data set in the workspace; samples bring their own."""

from __future__ import annotations

import contextlib
import json
import re
from pathlib import Path

from workbench.data.library.data_sets import DataSetEntry
from workbench.data.library.write_whole import write_whole
from workbench.errors import InputError
from workbench.phases.phase_file import PhaseFile, load_phases, phases_json

ENDING, FOLDER = ".phases.json", "phases"
_DATA = re.compile(r"[\w-]+")


def read_phase_file(home: Path, entry: DataSetEntry) -> PhaseFile | None:
    """Return the phase file saved for a data set or the version before it, or the one that came with a sample.

    None if there is none. A damaged file is put aside, and is as none.
    """
    for data in filter(None, (entry.id, entry.replaces)):
        saved = path_in_library(home, data, ENDING)
        if saved.is_file():
            try:
                return load_phases(saved)
            except InputError:
                with contextlib.suppress(FileNotFoundError):
                    saved.replace(saved.with_suffix(".damaged"))
    return shipped_phase_file(entry) if entry.kind == "sample" else None


def shipped_phase_file(entry: DataSetEntry) -> PhaseFile | None:
    """Return the phase file that lies beside the data set's own, whatever was saved since; None if there is none."""
    own = next(iter(sorted(entry.folder.glob(f"*{ENDING}"))), None)
    return load_phases(own) if own is not None else None


def save_phase_file(home: Path, entry: DataSetEntry, file: PhaseFile) -> None:
    """Save the phase file of a data set in place of the one before. Raises OSError where nothing can be written."""
    write_whole(path_in_library(home, entry.id, ENDING), json.dumps(phases_json(file), ensure_ascii=False, indent=1))


def list_phase_files(home: Path) -> tuple[PhaseFile, ...]:
    """List the saved phase files of all data sets, the last saved first; damaged ones are left out."""
    found = []
    for path in sorted((home / FOLDER).glob(f"*{ENDING}"), key=lambda each: each.stat().st_mtime, reverse=True):
        with contextlib.suppress(InputError, OSError):
            found.append(load_phases(path))
    return tuple(found)


def path_in_library(home: Path, data: str, ending: str) -> Path:
    """Return where something about the phases of a data set is kept."""
    if not _DATA.fullmatch(data):
        raise LookupError(f"no data set is called {data!r}")
    return home / FOLDER / f"{data}{ending}"
