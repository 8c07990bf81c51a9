"""The data sets at hand: the samples that come with the app, and uploads kept in a workspace folder.

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
from workbench.data.model.relocate import locations, relocated
from workbench.errors import InputError, Issue, Where

SAMPLES = Path(__file__).resolve().parents[3] / "sample_data"
SPEC, DESIGN, STAMP = f"data{SPEC_ENDING}", f"first{DESIGN_ENDING}", ".entry.json"
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Entry:
    """One data set at hand.

    Attributes
    ----------
    id : the sample's folder name, or 16 hex digits for an upload; what links carry.
    name, note : from the data set file, as text.
    kind : "sample" or "upload".
    folder : what the data set file's locations are relative to.
    spec_path, design_path : the data set file; the design that came with it, if any.
    added : when an upload was kept (ISO, UTC); empty for samples.
    replaces : id of the upload this one was made from by a change, if any.
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
        """The data set file, checked. Raises InputError naming every problem."""
        return load_dataset(self.spec_path)

    def files(self) -> dict[str, Path]:
        """The data files that the data set file names, by location."""
        return {name: path for name in locations(self.load()) if (path := self.folder / name).is_file()}


def workspace() -> Path:
    """Where uploads and designs are kept: ``WORKBENCH_HOME``, or ``~/.kpi-workbench``."""
    return Path(os.environ.get("WORKBENCH_HOME") or Path.home() / ".kpi-workbench").expanduser()


def entries(home: Path) -> tuple[Entry, ...]:
    """Samples by name, then uploads with the newest first; an upload that a later one replaces is left out."""
    uploads = _uploads(home)
    added = {entry.id: entry.added for entry in uploads}
    replaced = {e.replaces for e in uploads if e.replaces and e.added > added.get(e.replaces, "")}
    return _samples() + tuple(entry for entry in uploads if entry.id not in replaced)


def find(home: Path, entry_id: str) -> Entry | None:
    """The entry with this id, replaced ones included; None when there is none. Any text is safe to ask for."""
    if _ID.fullmatch(entry_id):
        folder = home / "datasets" / entry_id
        return _upload(folder) if (folder / SPEC).is_file() else None
    return next((entry for entry in _samples() if entry.id == entry_id), None)


def add_data_set(
    home: Path,
    dataset: DataSet,
    files: Mapping[str, bytes | Path],
    *,
    replaces: str | None = None,
    connections: Collection[str] = (),
) -> Entry:
    """Keep a data set with its files; the same content twice is the same entry.

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
    moved = relocated(dataset, names, connections)
    contents: dict[str, bytes | Path] = {names[name]: content for name, content in data.items()}
    contents[SPEC] = json.dumps(dataset_json(moved), indent=2, ensure_ascii=False).encode()
    if designs:
        contents[DESIGN] = designs[0]
    try:
        folder = _keep(home / "datasets", contents, replaces)
    except OSError as error:
        raise InputError(_not_kept(home, error)) from None
    return _upload(folder)


def delete(home: Path, entry_id: str) -> bool:
    """Remove an upload for good; False when there is no such upload (samples stay)."""
    if _ID.fullmatch(entry_id) is None or not (folder := home / "datasets" / entry_id).is_dir():
        return False
    with tempfile.TemporaryDirectory(dir=home / "datasets", prefix=".gone-") as bin_folder:
        folder.rename(Path(bin_folder) / entry_id)
    return True


def _keep(shelf: Path, contents: Mapping[str, bytes | Path], replaces: str | None) -> Path:
    """Write aside, then move in one step: a reader sees the whole entry or none of it."""
    shelf.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=shelf, prefix=".new-") as scratch:
        draft = Path(scratch) / "entry"
        draft.mkdir()
        for name, content in contents.items():
            _write(draft / name, content, shelf)
        folder = shelf / _id(draft)
        _stamp(draft if not folder.exists() else folder, replaces)
        if not folder.exists():
            draft.rename(folder)
    return folder


def _write(target: Path, content: bytes | Path, shelf: Path) -> None:
    if not isinstance(content, Path):
        target.write_bytes(content)
    elif not (content.is_relative_to(shelf) and _linked(content, target)):
        shutil.copyfile(content, target)


def _linked(content: Path, target: Path) -> bool:
    """Files of another entry never change, so a changed data set need not copy them; not every disk can link."""
    try:
        target.hardlink_to(content)
    except OSError:
        return False
    return True


def _id(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        with path.open("rb") as handle:
            digest.update(path.name.encode() + b"\0" + hashlib.file_digest(handle, "sha256").digest())
    return digest.hexdigest()[:16]


def _stamp(folder: Path, replaces: str | None) -> None:
    """When it was added and what it replaces; written aside and moved, since another session may be reading it."""
    content = {"added": datetime.now(UTC).isoformat(), "replaces": replaces if replaces != folder.name else None}
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix=".stamp-", delete=False, encoding="utf-8") as handle:
        json.dump(content, handle)
    Path(handle.name).replace(folder / STAMP)


def _samples() -> tuple[Entry, ...]:
    specs = sorted(SAMPLES.glob("*/*.dataset.json"))
    return tuple(_entry(spec, spec.parent.name, "sample") for spec in specs)


def _uploads(home: Path) -> tuple[Entry, ...]:
    folders = [path for path in (home / "datasets").glob("*/") if _ID.fullmatch(path.name) and (path / SPEC).is_file()]
    return tuple(sorted(map(_upload, folders), key=lambda entry: entry.added, reverse=True))


def _upload(folder: Path) -> Entry:
    stamp = _readable_json(folder / STAMP)
    return _entry(folder / SPEC, folder.name, "upload", stamp.get("added") or "", stamp.get("replaces"))


def _entry(
    spec: Path, entry_id: str, kind: Literal["sample", "upload"], added: str = "", replaces: str | None = None
) -> Entry:
    content = _readable_json(spec)
    design = next(iter(sorted(spec.parent.glob("*.design.json"))), None)
    name, note = str(content.get("name") or entry_id), str(content.get("note") or "")
    return Entry(entry_id, name, kind, spec.parent, spec, design, note, added, replaces)


def _readable_json(path: Path) -> dict[str, Any]:
    """Nothing, where the file is damaged: the list of data sets stays usable, and opening this one says why not."""
    try:
        return read_json(path)
    except InputError:
        return {}


def _not_kept(home: Path, error: OSError) -> Issue:
    return Issue.of("error", "not_kept", Where(file=str(home)), reason=str(error.strerror))
