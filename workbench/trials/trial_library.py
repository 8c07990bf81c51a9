"""Keep the trials of each data set in the workspace, every version of each; samples bring their own.

Each version of a trial is a file of its own that nothing writes over, so that two tabs lose nothing of each other and
every removal can be undone. A new version of a data set shows the trials of the versions before it.
"""

from __future__ import annotations

import contextlib
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from workbench.data.library.data_sets import DataSetEntry, read_stamps
from workbench.data.library.stamps import now
from workbench.data.model.dataset import Model, read_json
from workbench.errors import InputError
from workbench.trials.trial_file import TrialFile, load_trial

TRIAL_ENDING, TRIALS_FOLDER = ".trial.json", "trials"
_KEY = re.compile(r"[\w-]{1,80}")
_VERSION = re.compile(r"([\w-]{1,80})\.(\d{4,})\.json")


class _Version(Model):
    trial: TrialFile
    removed: bool = False
    saved: str = ""
    by: str = ""


@dataclass(frozen=True)
class KeptTrial:
    """A trial of a data set: ``key`` is what links carry, ``version`` counts from 1; 0 came with a sample.

    ``saved``: when, as ISO text in UTC, and ``by`` whom; both empty where that is not known.
    """

    key: str
    file: TrialFile
    version: int = 0
    removed: bool = False
    saved: str = ""
    by: str = ""


def new_trial_key() -> str:
    """Return a key that no trial has."""
    return secrets.token_hex(4)


def list_trials(home: Path, entry: DataSetEntry, removed: bool = False) -> tuple[KeptTrial, ...]:
    """List the trials of a data set by start and name; with ``removed`` those that were removed.

    Raises
    ------
    OSError
        When the folder is there but cannot be read now.
    """
    found: dict[str, KeptTrial] = {}
    for data in _versions_before(home, entry):
        for kept in _latest(home / TRIALS_FOLDER / data).values():
            found.setdefault(kept.key, kept)
    for kept in _shipped(entry):
        found.setdefault(kept.key, kept)
    chosen = [kept for kept in found.values() if kept.removed is removed]
    return tuple(sorted(chosen, key=lambda kept: (kept.file.start, kept.file.name, kept.key)))


def find_trial(home: Path, entry: DataSetEntry, key: str) -> KeptTrial | None:
    """Return the trial with a key, removed or not; None if there is none. Any text is safe to pass."""
    both = (*list_trials(home, entry), *list_trials(home, entry, removed=True))
    return next((kept for kept in both if kept.key == key), None)


def trial_versions(home: Path, entry: DataSetEntry, key: str) -> tuple[KeptTrial, ...]:
    """Return every version of a trial that differs from the one before it, the first first.

    Raises
    ------
    OSError
        When a folder is there but cannot be read now.
    """
    found = [kept for kept in _shipped(entry) if kept.key == key]
    for data in reversed(tuple(_versions_before(home, entry))):
        found += [kept for number, path in sorted((n, path) for k, n, path in _files(home / TRIALS_FOLDER / data)
                                                  if k == key) if (kept := _read(key, number, path))]  # fmt: skip
    before = (None, *found)
    return tuple(
        kept for kept, last in zip(found, before, strict=False)
        if last is None or (kept.file, kept.removed) != (last.file, last.removed)
    )  # fmt: skip


def save_trial(
    home: Path, entry: DataSetEntry, key: str, file: TrialFile, *, removed: bool = False, by: str = ""
) -> KeptTrial:
    """Save the next version of a trial, or the first under a new key. ``by``: who, where that is known.

    Raises
    ------
    LookupError
        A key or data set id that cannot be a file's name.
    OSError
        Nothing can be written.
    """
    if not _KEY.fullmatch(key) or not _KEY.fullmatch(entry.id):
        raise LookupError(f"no trial is called {key!r}")
    folder = home / TRIALS_FOLDER / entry.id
    folder.mkdir(parents=True, exist_ok=True)
    saved = now()
    content = _Version(trial=file, removed=removed, saved=saved, by=by).model_dump_json(indent=1)
    version = max((number for found, number, _ in _files(folder) if found == key), default=0) + 1
    while True:
        with contextlib.suppress(FileExistsError):  # another tab has just saved this version: this is the next
            _write_new(folder / f"{key}.{version:04}.json", content)
            return KeptTrial(key, file, version, removed, saved, by)
        version += 1


def remove_trial(home: Path, entry: DataSetEntry, key: str, by: str = "") -> None:
    """Remove a trial from the list; ``restore_trial`` is the inverse. Raises OSError where nothing can be written."""
    kept = find_trial(home, entry, key)
    if kept is not None:
        save_trial(home, entry, key, kept.file, removed=True, by=by)


def restore_trial(home: Path, entry: DataSetEntry, key: str, by: str = "") -> None:
    """Bring a removed trial back. Raises OSError where nothing can be written."""
    kept = find_trial(home, entry, key)
    if kept is not None:
        save_trial(home, entry, key, kept.file, by=by)


def copy_trials(home: Path, old: DataSetEntry, new: DataSetEntry, *, over: bool = False) -> None:
    """Carry the trials of a data set to one made from it, or to a version of it that is opened again.

    Trials that the new one has are left, or get a version more where ``over``. Raises OSError where nothing can be
    written.
    """
    for removed in (False, True):
        for kept in list_trials(home, old, removed):
            there = find_trial(home, new, kept.key)
            if there is None or (over and (there.file, there.removed) != (kept.file, removed)):
                save_trial(home, new, kept.key, kept.file, removed=removed, by=kept.by)


def _versions_before(home: Path, entry: DataSetEntry) -> Iterator[str]:
    """Yield the ids of a data set and of what it replaced, the latest first."""
    stamps = read_stamps(home) if entry.kind == "upload" else {}
    waiting, seen = [entry.id, *filter(None, [entry.replaces])], set[str]()
    while waiting:
        data = waiting.pop(0)
        if data in seen:
            continue
        seen.add(data)
        yield data
        if data in stamps:
            waiting += [saved.replaces for saved in reversed(stamps[data].saved) if saved.replaces]


def _shipped(entry: DataSetEntry) -> Iterator[KeptTrial]:
    if entry.kind == "sample":
        for path in sorted(entry.folder.glob(f"*{TRIAL_ENDING}")):
            with contextlib.suppress(InputError):
                yield KeptTrial(path.name.removesuffix(TRIAL_ENDING), load_trial(path))


def _latest(folder: Path) -> dict[str, KeptTrial]:
    """Return the last version of each trial that can be read; damaged ones are passed over."""
    found: dict[str, KeptTrial] = {}
    for key, number, path in sorted(_files(folder), reverse=True):
        if key not in found and (kept := _read(key, number, path)):
            found[key] = kept
    return found


def _read(key: str, number: int, path: Path) -> KeptTrial | None:
    with contextlib.suppress(InputError, ValidationError):
        saved = _Version.model_validate(read_json(path))
        return KeptTrial(key, saved.trial, number, saved.removed, saved.saved, saved.by)
    return None


def _files(folder: Path) -> list[tuple[str, int, Path]]:
    named = [(_VERSION.fullmatch(path.name), path) for path in folder.iterdir()] if folder.is_dir() else []
    return [(match[1], int(match[2]), path) for match, path in named if match]


def _write_new(target: Path, content: str) -> None:
    """Write a file that is there as a whole or not at all. Raises FileExistsError where there is one."""
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        part.write_text(content, encoding="utf-8")
        target.hardlink_to(part)
    finally:
        part.unlink(missing_ok=True)
