"""The history of an upload: each time it was saved is a version that can be looked at and gone back to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.data.library.data_sets import DataSetEntry, find_data_set, read_stamps, replaced_by, upload_folder
from workbench.data.library.stamps import Stamp, save_stamp
from workbench.store.opening import writing


@dataclass(frozen=True)
class Version:
    """One save of a data set.

    Attributes
    ----------
    entry : the contents that were saved.
    at : when (ISO, UTC).
    back_to : when the same contents had been saved before in this history, if they had: somebody went back to them.
    """

    entry: DataSetEntry
    at: str
    back_to: str | None = None


def list_versions(home: Path, entry_id: str) -> tuple[Version, ...]:
    """Return the saves that led to an upload, the latest first, its own last one included; none of a sample."""
    stamps = {each: stamp for each, stamp in read_stamps(home).items() if not stamp.deleted}
    saves = saves_before(entry_id, stamps)
    entries = {each: entry for each, _ in saves if (entry := find_data_set(home, each))}
    versions = []
    for place, (each, at) in enumerate(saves):
        earlier = next((time for other, time in saves[place + 1 :] if other == each), None)
        if each in entries:
            versions.append(Version(entries[each], at, earlier))
    return tuple(versions)


def saves_before(entry_id: str, stamps: Mapping[str, Stamp]) -> list[tuple[str, str]]:
    """Return (id, time) of each save that led to an upload, the latest first, its own last one included."""
    found: list[tuple[str, str]] = []
    current, until = entry_id, None
    while current in stamps:
        times = [saved for saved in stamps[current].saved if until is None or saved.at < until]
        if not times:
            break
        found.append((current, times[-1].at))
        if times[-1].replaces is None:
            break
        current, until = times[-1].replaces, times[-1].at
    return found


def newer_versions(home: Path, entry_id: str) -> tuple[DataSetEntry, ...]:
    """Return the data sets that an older version became, the latest first; none if it is the latest itself."""
    stamps, found = read_stamps(home), dict[str, None]()
    if entry_id not in stamps:
        return ()
    waiting, seen = [entry_id], {entry_id}
    while waiting:
        later = [each for each in replaced_by(waiting[0], stamps) if each not in seen]
        if not replaced_by(waiting[0], stamps) and waiting[0] != entry_id:
            found[waiting[0]] = None
        seen.update(later)
        waiting = waiting[1:] + later
    entries = (find_data_set(home, each) for each in found)
    return tuple(sorted(filter(None, entries), key=lambda entry: entry.added, reverse=True))


def go_back(home: Path, entry_id: str, version_id: str) -> DataSetEntry | None:
    """Make an earlier version the latest one again; all others stay in the history. None if there is no such version.

    Raises
    ------
    OSError
        When nothing can be written.
    """
    folder = upload_folder(home, version_id)
    if folder is None or find_data_set(home, version_id) is None:
        return None
    if version_id != entry_id:
        with writing(home) as store:
            save_stamp(store, version_id, entry_id)
    return find_data_set(home, version_id)
