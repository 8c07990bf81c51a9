"""Delete uploads in a way that can be undone for 30 days."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workbench.data.library.data_sets import DataSetEntry, read_stamps, read_upload, replaced_by, upload_folder
from workbench.data.library.stamps import Deleted, Stamp, read_latest_stamp
from workbench.data.library.versions import saves_before
from workbench.rights.acting import as_server, current_person
from workbench.rights.may import Action, Thing, may
from workbench.store.document_rows import UNDO
from workbench.store.kinds import DATA_SET
from workbench.store.opening import writing


@dataclass(frozen=True)
class DeletedDataSet:
    """A data set that can still be restored: its latest version, when it was deleted (ISO, UTC), and its versions."""

    entry: DataSetEntry
    at: str
    n_versions: int


def own_versions(home: Path, entry_id: str) -> tuple[str, ...]:
    """Return the ids of an upload and of the versions that led to it and to no other data set, its own first."""
    stamps = {each: stamp for each, stamp in read_stamps(home).items() if not stamp.deleted}
    heads = [each for each in stamps if each != entry_id and not replaced_by(each, stamps)]
    elsewhere = {version for head in heads for version, _ in saves_before(head, stamps)}
    own = [version for version, _ in saves_before(entry_id, stamps)]
    return tuple(dict.fromkeys((entry_id, *(each for each in own if each not in elsewhere))))


def delete_data_set(home: Path, entry_id: str) -> bool:
    """Delete an upload with its older versions; False if there is no such upload, as with samples.

    It can be restored for 30 days; what was deleted longer ago is erased. Raises OSError where nothing can be written.
    """
    if upload_folder(home, entry_id) is None:
        return False
    with writing(home) as store:
        for each in own_versions(home, entry_id):
            found = store.find(DATA_SET, each, "")
            if each == entry_id or (found is not None and store.rights.may(Action.MANAGE, found)):
                store.delete(DATA_SET, each, "", together=entry_id)
    erase_old(home)
    return True


def list_deleted(home: Path) -> tuple[DeletedDataSet, ...]:
    """List what the person at work can restore, the last deleted first."""
    stamps = {each: stamp for each, stamp in read_stamps(home).items() if stamp.deleted and _may_manage(stamp)}
    heads = [stamp.deleted.head for stamp in stamps.values() if stamp.deleted]
    found = [
        DeletedDataSet(read_upload(home / "datasets" / each, stamp), stamp.deleted.at, heads.count(each))
        for each, stamp in stamps.items()
        if stamp.deleted and stamp.deleted.head == each
    ]
    return tuple(sorted(found, key=lambda each: each.at, reverse=True))


def _may_manage(stamp: Stamp) -> bool:
    return may(current_person(), Action.MANAGE, Thing(DATA_SET, stamp.owner, stamp.shared))


def deleted_name(home: Path, entry_id: str) -> str | None:
    """Return the name of a deleted upload, so that a link to it can say so; None if it was not deleted."""
    folder = upload_folder(home, entry_id)
    stamp = read_latest_stamp(home, folder) if folder else None
    return read_upload(folder, stamp).name if folder and stamp and stamp.deleted else None


def restore_data_set(home: Path, entry_id: str) -> bool:
    """Take a deletion back, older versions included; False if there is nothing to restore."""
    with writing(home) as store:
        restored = [store.restore(DATA_SET, each, "") for each in _deleted_together(home, entry_id)]
    return any(restored)


def erase_data_set(home: Path, entry_id: str) -> None:
    """Remove what was deleted from the disk, for good; what was not deleted stays."""
    _erase(home, lambda deleted: deleted.head == entry_id)


def erase_old(home: Path, at: datetime | None = None) -> None:
    """Erase what was deleted more than 30 days ago."""
    oldest = ((at or datetime.now(UTC)) - UNDO).isoformat()
    with as_server():
        _erase(home, lambda deleted: deleted.at < oldest)


def _erase(home: Path, is_meant: Callable[[Deleted], bool]) -> None:
    """Erase what is deleted at that moment: somebody may just have restored it, or uploaded it again."""
    if not any(stamp.deleted and is_meant(stamp.deleted) for stamp in read_stamps(home).values()):
        return
    with tempfile.TemporaryDirectory(dir=home / "datasets", prefix=".new-") as gone, ExitStack() as undo:
        with writing(home) as store:
            for each, stamp in read_stamps(home).items():
                if stamp.deleted and is_meant(stamp.deleted):
                    store.erase(DATA_SET, each, "")
                    if store.is_held(DATA_SET, each):  # somebody else has the same files
                        continue
                    (home / "datasets" / each).rename(Path(gone) / each)
                    undo.callback((Path(gone) / each).rename, home / "datasets" / each)
        undo.pop_all()


def _deleted_together(home: Path, entry_id: str) -> tuple[str, ...]:
    stamps = read_stamps(home).items()
    return tuple(each for each, stamp in stamps if stamp.deleted and stamp.deleted.head == entry_id)
