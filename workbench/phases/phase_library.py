"""Keep the phase file of each data set in the workspace; samples bring their own."""

from __future__ import annotations

import contextlib
import json
import re
from pathlib import Path

from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.dataset import parse_json
from workbench.errors import InputError
from workbench.phases.phase_file import PhaseFile, load_phases, parse_phases, phases_json
from workbench.store.document_rows import StoredDocument
from workbench.store.kinds import PHASES
from workbench.store.opening import reading, writing

ENDING = ".phases.json"
_DATA = re.compile(r"[\w-]+")


def read_phase_file(home: Path, entry: DataSetEntry, *, of_nobody: bool = False) -> PhaseFile | None:
    """Return the phase file saved for a data set or the version before it, or the one that came with a sample.

    None if there is none. A damaged one is as none. ``of_nobody``: only what belongs to nobody, for what all share.
    """
    with reading(home) as store:
        for data in filter(None, (entry.id, entry.replaces)):
            stored = store.find(PHASES, data, "")
            if of_nobody and stored is not None and stored.owner:
                continue
            if stored is not None and (file := _parsed(stored)) is not None:
                return file
    return shipped_phase_file(entry) if entry.kind == "sample" else None


def shipped_phase_file(entry: DataSetEntry) -> PhaseFile | None:
    """Return the phase file that lies beside the data set's own, whatever was saved since; None if there is none."""
    own = next(iter(sorted(entry.folder.glob(f"*{ENDING}"))), None)
    return load_phases(own) if own is not None else None


def save_phase_file(home: Path, entry: DataSetEntry, file: PhaseFile) -> None:
    """Save the phase file of a data set as the next version. Raises OSError where nothing can be written."""
    if not _DATA.fullmatch(entry.id):
        raise LookupError(f"no data set is called {entry.id!r}")
    with writing(home) as store:
        store.save(PHASES, entry.id, "", json.dumps(phases_json(file), ensure_ascii=False))


def list_phase_files(home: Path) -> tuple[PhaseFile, ...]:
    """List the saved phase files of all data sets, the last saved first; damaged ones are left out."""
    with reading(home) as store:
        found = [(each.version.at, _parsed(each)) for each in store.list(PHASES) if each.version]
    return tuple(file for _, file in sorted(found, key=lambda pair: pair[0], reverse=True) if file is not None)


def _parsed(stored: StoredDocument) -> PhaseFile | None:
    with contextlib.suppress(InputError):
        if stored.version is not None:
            return parse_phases(parse_json(stored.version.content.encode(), PHASES))
    return None
