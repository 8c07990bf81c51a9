"""List, find, add and delete data sets: the app's samples, and uploads in a workspace folder.

An upload lives in ``<workspace>/datasets/<id>/`` with its files, its data set file and, if it came with one, its
design. The id is a hash of all of it, so a link that carries an id opens exactly what its sender saw; a changed data
set is a new entry that replaces the old one in the list without touching it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from workbench.data.library.safe_names import DESIGN_ENDING, SPEC_ENDING, distinct_file_names
from workbench.data.model.dataset import DataSet, dataset_json, load_dataset, read_json
from workbench.data.model.relocate import list_locations, relocate
from workbench.errors import InputError, Issue, Where

SAMPLES = Path(__file__).resolve().parents[3] / "sample_data"
SPEC, DESIGN, STAMP = f"data{SPEC_ENDING}", f"first{DESIGN_ENDING}", ".entry.json"
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class DataSetEntry:
    """One stored data set.

    Attributes
    ----------
    id : the sample's folder name, or 16 hex digits for an upload; what links carry.
    name, note : from the data set file, as text.
    kind : "sample" or "upload".
    folder : the folder that the data set file's locations are relative to.
    spec_path, design_path : the data set file; the design that came with it, if any.
    added : when an upload was added (ISO, UTC); empty for samples.
    replaces : id of the upload that this one is an edited version of, if any.
    """

    id: str
    name: str
    kind: Literal["sample", "upload"]
    folder: Path
    spec_path: Path
    design_path: Path | None = None
    note: str = ""
    added: str = ""
    replaces: str | None = None

    def load(self) -> DataSet:
        """Read and check the data set file. Raises InputError naming every problem."""
        return load_dataset(self.spec_path)

    def files(self) -> dict[str, Path]:
        """Return the paths of the data files that the data set file names, by location."""
        return {name: path for name in list_locations(self.load()) if (path := self.folder / name).is_file()}


def workspace_folder() -> Path:
    """Return the folder of uploads and designs: ``WORKBENCH_HOME``, or ``~/.kpi-workbench``."""
    return Path(os.environ.get("WORKBENCH_HOME") or Path.home() / ".kpi-workbench").expanduser()


def list_data_sets(home: Path) -> tuple[DataSetEntry, ...]:
    """List samples by name, then uploads, newest first; uploads replaced by a later one are left out."""
    uploads = _list_uploads(home)
    added = {entry.id: entry.added for entry in uploads}
    replaced = {e.replaces for e in uploads if e.replaces and e.added > added.get(e.replaces, "")}
    return _list_samples() + tuple(entry for entry in uploads if entry.id not in replaced)


def find_data_set(home: Path, entry_id: str) -> DataSetEntry | None:
    """Return the entry with this id, replaced ones included; None if there is none. Any text is safe to pass."""
    if _ID.fullmatch(entry_id):
        folder = home / "datasets" / entry_id
        return _read_upload(folder) if (folder / SPEC).is_file() else None
    return next((entry for entry in _list_samples() if entry.id == entry_id), None)


def add_data_set(
    home: Path,
    dataset: DataSet,
    files: Mapping[str, bytes | Path],
    *,
    replaces: str | None = None,
    connections: Collection[str] = (),
) -> DataSetEntry:
    """Store a data set with its files; the same content twice is the same entry.

    Parameters
    ----------
    files : content, or a path to copy from, by the name the files were uploaded under. A ``*.design.json`` among
        them is kept as the design to start from; a ``*.dataset.json`` is not kept, since ``dataset`` stands for it.
    replaces : id of the entry that this is a changed form of.
    connections : names of database connections that a location may mean instead of a file.

    Raises
    ------
    InputError
        When a location of the data set is neither one of the files nor a connection, or nothing can be written.
    """
    designs = [content for name, content in files.items() if name.lower().endswith(DESIGN_ENDING)]
    data = {name: files[name] for name in files if not name.lower().endswith((DESIGN_ENDING, SPEC_ENDING))}
    names = dict(zip(data, distinct_file_names(list(data)), strict=True))
    moved = relocate(dataset, names, connections)
    contents: dict[str, bytes | Path] = {names[name]: content for name, content in data.items()}
    contents[SPEC] = json.dumps(dataset_json(moved), indent=2, ensure_ascii=False).encode()
    if designs:
        contents[DESIGN] = designs[0]
    try:
        folder = _store_folder(home / "datasets", contents, replaces)
    except OSError as error:
        raise InputError(_not_saved_issue(home, error)) from None
    return _read_upload(folder)


def older_versions(home: Path, entry_id: str) -> tuple[DataSetEntry, ...]:
    """Return the versions that an upload replaced, latest first, without those that another upload replaced too.

    The list of data sets hides them only as long as the upload is there.
    """
    uploads = {entry.id: entry for entry in _list_uploads(home)}
    now, found = uploads.get(entry_id), dict[str, DataSetEntry]()
    while now and now.replaces and (before := uploads.get(now.replaces)) and before.added < now.added:
        others = [e for e in uploads.values() if e.replaces == before.id and e.id not in (entry_id, *found)]
        if before.id in (entry_id, *found) or any(each.added > before.added for each in others):
            break
        found[before.id] = now = before
    return tuple(found.values())


def delete_data_set(home: Path, entry_id: str) -> bool:
    """Delete an upload and its older versions permanently; False if there is no such upload, as with samples."""
    if _ID.fullmatch(entry_id) is None or not (home / "datasets" / entry_id).is_dir():
        return False
    with tempfile.TemporaryDirectory(dir=home / "datasets", prefix=".gone-") as bin_folder:
        for each in (entry_id, *(version.id for version in older_versions(home, entry_id))):
            (home / "datasets" / each).rename(Path(bin_folder) / each)
    return True


def _store_folder(shelf: Path, contents: Mapping[str, bytes | Path], replaces: str | None) -> Path:
    """Write a new folder aside and move it in one step, so that no reader sees half an entry."""
    shelf.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=shelf, prefix=".new-") as scratch:
        draft = Path(scratch) / "entry"
        draft.mkdir()
        for name, content in contents.items():
            _write(draft / name, content, shelf)
        folder = shelf / _content_id(draft)
        _write_stamp(draft if not folder.exists() else folder, replaces)
        if not folder.exists():
            draft.rename(folder)
    return folder


def _write(target: Path, content: bytes | Path, shelf: Path) -> None:
    if not isinstance(content, Path):
        target.write_bytes(content)
    elif not (content.is_relative_to(shelf) and _try_link(content, target)):
        shutil.copyfile(content, target)


def _try_link(content: Path, target: Path) -> bool:
    """Hard-link a file of another entry, which never changes, instead of copying it; False if the disk cannot."""
    try:
        target.hardlink_to(content)
    except OSError:
        return False
    return True


def _content_id(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        with path.open("rb") as handle:
            digest.update(path.name.encode() + b"\0" + hashlib.file_digest(handle, "sha256").digest())
    return digest.hexdigest()[:16]


def _write_stamp(folder: Path, replaces: str | None) -> None:
    """Write when an entry was added and what it replaces; moved into place, since another session may read it."""
    content = {"added": datetime.now(UTC).isoformat(), "replaces": replaces if replaces != folder.name else None}
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix=".stamp-", delete=False, encoding="utf-8") as handle:
        json.dump(content, handle)
    Path(handle.name).replace(folder / STAMP)


def _list_samples() -> tuple[DataSetEntry, ...]:
    specs = sorted(SAMPLES.glob("*/*.dataset.json"))
    return tuple(_read_entry(spec, spec.parent.name, "sample") for spec in specs)


def _list_uploads(home: Path) -> tuple[DataSetEntry, ...]:
    folders = [path for path in (home / "datasets").glob("*/") if _ID.fullmatch(path.name) and (path / SPEC).is_file()]
    return tuple(sorted(map(_read_upload, folders), key=lambda entry: entry.added, reverse=True))


def _read_upload(folder: Path) -> DataSetEntry:
    stamp = _read_json_or_empty(folder / STAMP)
    return _read_entry(folder / SPEC, folder.name, "upload", stamp.get("added") or "", stamp.get("replaces"))


def _read_entry(
    spec: Path, entry_id: str, kind: Literal["sample", "upload"], added: str = "", replaces: str | None = None
) -> DataSetEntry:
    content = _read_json_or_empty(spec)
    design = next(iter(sorted(spec.parent.glob("*.design.json"))), None)
    name, note = str(content.get("name") or entry_id), str(content.get("note") or "")
    return DataSetEntry(entry_id, name, kind, spec.parent, spec, design, note, added, replaces)


def _read_json_or_empty(path: Path) -> dict[str, Any]:
    """Read a JSON object; return an empty one if the file is damaged, so that the list of data sets stays usable."""
    try:
        return read_json(path)
    except InputError:
        return {}


def _not_saved_issue(home: Path, error: OSError) -> Issue:
    return Issue.of("error", "not_kept", Where(file=str(home)), reason=str(error.strerror))
