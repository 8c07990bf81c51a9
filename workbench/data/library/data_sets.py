"""List, find and add data sets: the app's samples, and uploads in a workspace folder.

An upload lives in ``<workspace>/datasets/<id>/`` with its files, its data set file and, if it came with one, its
design. The id is a hash of all of it, so a link that carries an id opens exactly what its sender saw, whoever uploads
or changes what else. When it was saved, and in place of what, stands in the store: a changed data set is a new entry
that replaces the old one in the list without touching it.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from workbench.data.library.safe_names import DESIGN_ENDING, SPEC_ENDING, distinct_file_names
from workbench.data.library.stamps import Saved, Stamp, read_all_stamps, read_latest_stamp, save_figures, save_stamp
from workbench.data.model.dataset import DataSet, dataset_json, load_dataset, read_json
from workbench.data.model.figures import Figures
from workbench.data.model.relocate import list_locations, relocate
from workbench.errors import InputError, Issue, Where, refused
from workbench.rights.acting import current_person
from workbench.rights.person import RepLimit
from workbench.store.kinds import DATA_SET
from workbench.store.opening import reading, writing

SAMPLES = Path(__file__).resolve().parents[3] / "sample_data"
SPEC, DESIGN = f"data{SPEC_ENDING}", f"first{DESIGN_ENDING}"
_ID = re.compile(r"[0-9a-f]{16}")
_NO_STAMP = Stamp()
_DRAFT, _STRAY_SECONDS = ".new-", 24 * 3600


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
    added : when an upload was last saved (ISO, UTC); empty for samples.
    replaces : id of the upload that this one is an edited version of, if any.
    figures : of an upload that was read before: its rows, reps, span and totals.
    only : the reps to whom whoever looks is limited: nothing of others is read.
    owner, shared : of an upload, the id of the person to whom it belongs, and with whom it is shared.
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
    figures: Figures | None = None
    only: RepLimit | None = None
    owner: str = ""
    shared: str = ""

    def load(self) -> DataSet:
        """Read and check the data set file. Raises InputError naming every problem."""
        found = load_dataset(self.spec_path)
        return found.model_copy(update={"only": self.only}) if self.only else found

    def files(self) -> dict[str, Path]:
        """Return the paths of the data files that the data set file names, by location."""
        return {name: path for name in list_locations(self.load()) if (path := self.folder / name).is_file()}


def workspace_folder() -> Path:
    """Return the folder of uploads and designs: ``WORKBENCH_HOME``, or ``~/.kpi-workbench``."""
    return Path(os.environ.get("WORKBENCH_HOME") or Path.home() / ".kpi-workbench").expanduser()


def list_data_sets(home: Path) -> tuple[DataSetEntry, ...]:
    """List samples by name, then uploads, newest first; uploads replaced by a later one are left out."""
    stamps = read_stamps(home)
    uploads = [read_upload(home / "datasets" / each, stamp) for each, stamp in stamps.items() if not stamp.deleted]
    shown = [entry for entry in uploads if not replaced_by(entry.id, stamps)]
    return list_samples() + tuple(sorted(shown, key=lambda entry: entry.added, reverse=True))


def read_stamps(home: Path) -> dict[str, Stamp]:
    """Read the stamps of all uploads by id, deleted ones included."""
    folders = [path for path in (home / "datasets").glob("*/") if _ID.fullmatch(path.name) and (path / SPEC).is_file()]
    return read_all_stamps(home, folders) if folders else {}


def replaced_by(entry_id: str, stamps: Mapping[str, Stamp]) -> tuple[str, ...]:
    """Return the uploads that took the place of this one after it was last saved, the latest first.

    What somebody made of an upload that they may only look at takes its place for them alone.
    """
    last, owner, person = stamps[entry_id].latest.at, stamps[entry_id].owner, current_person()
    found = {
        other: saved.at
        for other, stamp in stamps.items()
        for saved in stamp.saved
        if saved.replaces == entry_id and saved.at > last and not stamp.deleted
        if person is None or stamp.owner == person.id or _is_by_right(saved, stamp.owner == owner)
    }
    return tuple(sorted(found, key=found.__getitem__, reverse=True))


def _is_by_right(saved: Saved, same_owner: bool) -> bool:
    return same_owner if saved.by_right is None else saved.by_right


def find_data_set(home: Path, entry_id: str) -> DataSetEntry | None:
    """Return the entry with this id, replaced ones included; None if there is none to see. Any text is safe to pass."""
    folder = upload_folder(home, entry_id)
    if folder is not None:
        stamp = read_latest_stamp(home, folder)
        return None if stamp is None or stamp.deleted else read_upload(folder, stamp)
    spec = next((path for path in _sample_specs(SAMPLES) if path.parent.name == entry_id), None)
    return None if spec is None else _read_entry(spec, entry_id, "sample")


def upload_folder(home: Path, entry_id: str) -> Path | None:
    """Return the folder of an upload, deleted or not; None if there is none."""
    folder = home / "datasets" / entry_id if _ID.fullmatch(entry_id) else None
    return folder if folder is not None and (folder / SPEC).is_file() else None


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
    files : content, or a path to copy from, by the name the files were uploaded under. The last ``*.design.json``
        among them is kept as the design to start from; a ``*.dataset.json`` is not kept, since ``dataset`` stands for
        it.
    replaces : id of the entry that this is a changed form of.
    connections : names of database connections that a location may mean instead of a file.

    Raises
    ------
    InputError
        When a location of the data set is neither one of the files nor a connection, or nothing can be written.
    """
    with reading(home) as store:
        if not store.rights.may_make(DATA_SET, ""):
            raise refused("not_allowed", Where(area="data_set"))
    designs = [content for name, content in files.items() if name.lower().endswith(DESIGN_ENDING)]
    data = {name: files[name] for name in files if not name.lower().endswith((DESIGN_ENDING, SPEC_ENDING))}
    names = dict(zip(data, distinct_file_names(list(data)), strict=True))
    moved = relocate(dataset, names, connections)
    contents: dict[str, bytes | Path] = {names[name]: content for name, content in data.items()}
    contents[SPEC] = json.dumps(dataset_json(moved), indent=2, ensure_ascii=False).encode()
    if designs:
        contents[DESIGN] = designs[-1]
    try:
        folder = _store_folder(home, contents, replaces)
    except OSError as error:
        raise InputError(_not_saved_issue(home, error)) from None
    return read_upload(folder, read_latest_stamp(home, folder) or _NO_STAMP)


def record_figures(home: Path, entry_id: str, figures: Figures) -> None:
    """Keep the figures of an upload beside it, so that lists and its history need not read it again."""
    folder = upload_folder(home, entry_id)
    if folder is not None:
        save_figures(home, entry_id, figures)


def _store_folder(home: Path, contents: Mapping[str, bytes | Path], replaces: str | None) -> Path:
    """Write a folder aside and move it in one step with its stamp, so that no reader sees half an entry."""
    shelf = home / "datasets"
    shelf.mkdir(parents=True, exist_ok=True)
    _remove_strays(shelf)
    with tempfile.TemporaryDirectory(dir=shelf, prefix=_DRAFT) as scratch:
        draft = Path(scratch) / "entry"
        draft.mkdir()
        for name, content in contents.items():
            _write(draft / name, content, shelf)
        folder = shelf / _content_id(draft)
        with writing(home) as store:  # nobody else adds a folder meanwhile
            if not folder.exists():
                draft.rename(folder)
                save_stamp(store, folder.name, replaces)
            elif not _is_saved_already(home, folder.name, replaces):
                save_stamp(store, folder.name, replaces)
    return folder


def _remove_strays(shelf: Path) -> None:
    """Remove what processes left that were killed in the middle of an upload, long ago."""
    for stray in shelf.glob(f"{_DRAFT}*"):
        with suppress(OSError):  # somebody else has just moved or removed it
            if stray.stat().st_mtime < time.time() - _STRAY_SECONDS:
                shutil.rmtree(stray, ignore_errors=True)


def _is_saved_already(home: Path, entry_id: str, replaces: str | None) -> bool:
    """Whether the same contents are shown already, and would take the place of nothing."""
    stamps = read_stamps(home)
    stamp = stamps.get(entry_id)
    if stamp is None:  # somebody else's
        return False
    is_shown = bool(stamp.saved) and not stamp.deleted and not replaced_by(entry_id, stamps)
    return not stamp.deleted and (replaces == entry_id or (replaces is None and is_shown))


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


def list_samples() -> tuple[DataSetEntry, ...]:
    """List the samples that come with the app, by name."""
    return tuple(_read_entry(spec, spec.parent.name, "sample") for spec in _sample_specs(SAMPLES))


@functools.cache
def _sample_specs(folder: Path) -> tuple[Path, ...]:  # they come with the app
    return tuple(sorted(folder.glob("*/*.dataset.json")))


def read_upload(folder: Path, stamp: Stamp) -> DataSetEntry:
    """Read the entry of an upload's folder."""
    return _read_entry(folder / SPEC, folder.name, "upload", stamp)


def _read_entry(spec: Path, entry_id: str, kind: Literal["sample", "upload"], stamp: Stamp = _NO_STAMP) -> DataSetEntry:
    content = _read_json_or_empty(spec)
    design = next(iter(sorted(spec.parent.glob("*.design.json"))), None)
    name, note = str(content.get("name") or entry_id), str(content.get("note") or "")
    latest, only = stamp.latest, _limit_of_person() if kind == "upload" else None
    figures = stamp.figures if only is None else None
    return DataSetEntry(entry_id, name, kind, spec.parent, spec, design, note, latest.at, latest.replaces, figures,
                        only, stamp.owner, stamp.shared)  # fmt: skip


def _limit_of_person() -> RepLimit | None:
    person = current_person()
    return person.limit if person else None


def _read_json_or_empty(path: Path) -> dict[str, Any]:
    """Read a JSON object; return an empty one if the file is damaged, so that the list of data sets stays usable."""
    try:
        return read_json(path)
    except InputError:
        return {}


def _not_saved_issue(home: Path, error: OSError) -> Issue:
    return Issue.of("error", "not_kept", Where(file=str(home)), reason=str(error.strerror))
