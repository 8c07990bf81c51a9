"""Keep the trials of each data set in the workspace, every version of each; samples bring their own.

Nothing writes over a version of a trial, so that two tabs lose nothing of each other, and a removal can be undone for
30 days. A new version of a data set shows the trials of the versions before it.
"""

from __future__ import annotations

import contextlib
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from workbench.data.library.data_sets import DataSetEntry, read_stamps
from workbench.data.model.dataset import Model
from workbench.errors import InputError
from workbench.store.document_rows import SavedVersion, StoredDocument
from workbench.store.documents import DocumentReader
from workbench.store.kinds import TRIAL
from workbench.store.opening import reading, writing
from workbench.trials.trial_file import TrialFile, load_trial

TRIAL_ENDING = ".trial.json"
_KEY = re.compile(r"[\w-]{1,80}")


class _Version(Model):
    trial: TrialFile
    removed: bool = False


@dataclass(frozen=True)
class KeptTrial:
    """A trial of a data set: ``key`` is what links carry, ``version`` counts from 1; 0 came with a sample.

    ``saved``: when, as ISO text in UTC, and ``by`` whom; both empty where that is not known. ``removed_at``: when it
    was removed, if it is.
    """

    key: str
    file: TrialFile
    version: int = 0
    removed: bool = False
    saved: str = ""
    by: str = ""
    removed_at: str | None = None


def new_trial_key() -> str:
    """Return a key that no trial has."""
    return secrets.token_hex(4)


def list_trials(home: Path, entry: DataSetEntry, removed: bool = False) -> tuple[KeptTrial, ...]:
    """List the trials of a data set by start and name; with ``removed`` those that were removed.

    Raises
    ------
    OSError
        When the store cannot be read now.
    """
    found: dict[str, KeptTrial | None] = {}
    with reading(home) as store:
        for data in _versions_before(home, entry):
            for stored in store.list(TRIAL, data):
                kept = _kept(store, stored)
                if kept is not None or stored.is_erased:  # what was removed for good does not come back by inheritance
                    found.setdefault(stored.key, kept)
    for shipped in _shipped(entry):
        found.setdefault(shipped.key, shipped)
    chosen = [kept for kept in found.values() if kept is not None and kept.removed is removed]
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
        When the store cannot be read now.
    """
    found = [kept for kept in _shipped(entry) if kept.key == key]
    with reading(home) as store:
        for data in reversed(tuple(_versions_before(home, entry))):
            found += _all_versions(store, data, key)
    before = (None, *found)
    return tuple(
        kept for kept, last in zip(found, before, strict=False)
        if last is None or (kept.file, kept.removed) != (last.file, last.removed)
    )  # fmt: skip


def every_trial_version(home: Path, entry: DataSetEntry) -> tuple[KeptTrial, ...]:
    """Return every version of every trial of a data set, also of those removed, the newest first.

    Raises
    ------
    OSError
        When the store cannot be read now.
    """
    found = list(_shipped(entry))
    with reading(home) as store:
        for data in reversed(tuple(_versions_before(home, entry))):
            versions = (_read(key, version) for _, key, version in store.versions(TRIAL, data))
            found += [kept for kept in versions if kept is not None]
    return tuple(reversed(found))


def save_trial(
    home: Path, entry: DataSetEntry, key: str, file: TrialFile, *,
    removed: bool = False, by: str = "", seen: int | None = None,
) -> KeptTrial:  # fmt: skip
    """Save the next version of a trial, or the first under a new key. ``by``: who, where that is known.

    Parameters
    ----------
    seen : number of the version that this one was made from, where nobody else's shall be passed over.

    Raises
    ------
    LookupError
        A key or data set id that is none.
    StaleSaveError
        Somebody else has saved since ``seen``.
    OSError
        Nothing can be written.
    """
    if not _KEY.fullmatch(key) or not _KEY.fullmatch(entry.id):
        raise LookupError(f"no trial is called {key!r}")
    content = _Version(trial=file, removed=removed).model_dump_json()
    with writing(home) as store:
        version = store.save(TRIAL, entry.id, key, content, seen=seen, author=by)
        if removed:
            store.delete(TRIAL, entry.id, key)
    return KeptTrial(key, file, version.number, removed, version.at, by)


def remove_trial(home: Path, entry: DataSetEntry, key: str, by: str = "") -> None:
    """Remove a trial from the list; ``restore_trial`` is the inverse. Raises OSError where nothing can be written."""
    with writing(home):  # so that what is saved is the last state
        kept = find_trial(home, entry, key)
        if kept is not None:
            save_trial(home, entry, key, kept.file, removed=True, by=by)


def restore_trial(home: Path, entry: DataSetEntry, key: str, by: str = "") -> None:
    """Bring a removed trial back. Raises OSError where nothing can be written."""
    with writing(home):  # so that what is saved is the last state
        kept = find_trial(home, entry, key)
        if kept is not None:
            save_trial(home, entry, key, kept.file, by=by)


def copy_trials(home: Path, old: DataSetEntry, new: DataSetEntry, *, over: bool = False) -> None:
    """Carry the trials of a data set to one made from it, or to a version of it that is opened again.

    Trials that the new one has are left, or get a version more where ``over``. Raises OSError where nothing can be
    written.
    """
    with writing(home):
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


def _kept(store: DocumentReader, stored: StoredDocument) -> KeptTrial | None:
    """Return the last version of a trial that can be read; damaged ones are passed over."""
    if stored.version is None:
        return None
    found = _read(stored.key, stored.version)
    if found is None:
        found = next(reversed(_all_versions(store, stored.data, stored.key)), None)
    gone = stored.deleted_at
    return replace(found, removed=gone is not None, removed_at=gone) if found else None


def _all_versions(store: DocumentReader, data: str, key: str) -> list[KeptTrial]:
    """Every version of a trial that can be read, of one version of the data set."""
    found = [_read(key, version) for _, each, version in store.versions(TRIAL, data) if each == key]
    return [kept for kept in found if kept is not None]


def _read(key: str, version: SavedVersion) -> KeptTrial | None:
    with contextlib.suppress(ValidationError):
        saved = _Version.model_validate_json(version.content)
        return KeptTrial(key, saved.trial, version.number, saved.removed, version.at, version.author)
    return None
