"""Stage uploaded files under safe names until they are mapped to a data set."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from workbench.data.library.safe_names import DESIGN_ENDING, SPEC_ENDING, distinct_file_names
from workbench.errors import Issue, Where

_KEPT_SECONDS = 2 * 24 * 3600


@dataclass(frozen=True)
class StagedUpload:
    """Files of one upload in a folder of their own; the same files again have the same folder.

    Attributes
    ----------
    folder : the folder of the files; removed two days after its last use.
    files : their safe names, in the order of the upload.
    names : the safe name by the name a file was uploaded under. Files with the same content share one.
    issues : files left out because another one has the same content.
    """

    folder: Path
    files: tuple[str, ...]
    names: Mapping[str, str]
    issues: tuple[Issue, ...] = ()

    @property
    def tables(self) -> tuple[str, ...]:
        """The files that may hold data."""
        return tuple(name for name in self.files if not name.lower().endswith((SPEC_ENDING, DESIGN_ENDING)))

    @property
    def specs(self) -> tuple[Path, ...]:
        """The data set files."""
        return tuple(self.folder / name for name in self.files if name.lower().endswith(SPEC_ENDING))

    @property
    def designs(self) -> tuple[Path, ...]:
        """The design files."""
        return tuple(self.folder / name for name in self.files if name.lower().endswith(DESIGN_ENDING))

    def paths(self) -> dict[str, Path]:
        """Return every file but the data set files, by safe name: the ``files`` of ``add_data_set``."""
        return {name: self.folder / name for name in self.files if not name.lower().endswith(SPEC_ENDING)}


def stage_upload(home: Path, files: Sequence[tuple[str, BinaryIO | Path]]) -> StagedUpload:
    """Copy files (name, content) into ``<home>/incoming``, each content once. Raises OSError on failure."""
    shelf = home / "incoming"
    shelf.mkdir(parents=True, exist_ok=True)
    _remove_old_uploads(shelf)
    digests = [_digest(content) for _, content in files]
    first = {digest: files[digests.index(digest)] for digest in digests}
    safe = dict(zip(first, distinct_file_names([name for name, _ in first.values()]), strict=True))
    folder = _store_folder(
        shelf, {safe[digest]: content for digest, (_, content) in first.items()}, sorted(safe.items())
    )
    names: dict[str, str] = {}
    for (name, _), digest in zip(files, digests, strict=True):
        names.setdefault(name, safe[digest])
    repeated = [place for place, digest in enumerate(digests) if digests.index(digest) != place]
    return StagedUpload(
        folder,
        tuple(safe.values()),
        names,
        tuple(_same_file_issue(files[place][0], first[digests[place]][0]) for place in repeated),
    )


_BLOCK = 1 << 20  # bytes


def _digest(content: BinaryIO | Path) -> str:
    if isinstance(content, Path):
        with content.open("rb") as handle:
            return _digest(handle)
    content.seek(0)
    digest = hashlib.sha256()
    while block := content.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _store_folder(shelf: Path, contents: Mapping[str, BinaryIO | Path], content_id: list[tuple[str, str]]) -> Path:
    folder = shelf / hashlib.sha256(repr(content_id).encode()).hexdigest()[:16]
    with suppress(FileNotFoundError):  # it is not there, or is just being removed
        os.utime(folder)
        return folder
    with tempfile.TemporaryDirectory(dir=shelf, prefix=".new-") as scratch:
        draft = Path(scratch) / "files"
        draft.mkdir()
        for name, content in contents.items():
            _copy(content, draft / name)
        try:
            draft.rename(folder)
        except OSError:
            if not folder.is_dir():  # otherwise somebody has just brought the same files
                raise
    return folder


def _copy(content: BinaryIO | Path, target: Path) -> None:
    if isinstance(content, Path):
        shutil.copyfile(content, target)
        return
    content.seek(0)
    with target.open("wb") as handle:
        shutil.copyfileobj(content, handle)


def _remove_old_uploads(shelf: Path) -> None:
    oldest = time.time() - _KEPT_SECONDS
    for folder in shelf.iterdir():
        with suppress(FileNotFoundError):  # another upload has just moved or removed it
            if folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)


def _same_file_issue(name: str, other: str) -> Issue:
    return Issue.of("info", "same_file", Where(file=name), other=None if name == other else other)
