"""The key of a panel: equal keys mean equal panels, so a key is what caches go by."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

import workbench
from workbench.data.model.dataset import DataSet, dataset_json
from workbench.data.model.relocate import locations


def panel_key(dataset: DataSet, folder: Path) -> str:
    """Hash of the files' contents, the data set file and this program's version.

    Files that did not change since they were last hashed are not read again. A database behind a connection is known by
    its name and query alone: what changes in there does not change the key.
    """
    digest = hashlib.sha256(workbench.__version__.encode())
    digest.update(json.dumps(dataset_json(dataset), sort_keys=True).encode())
    for location in locations(dataset):
        path = folder / location
        digest.update(_content(path).encode() if path.is_file() else b"-")
    return digest.hexdigest()[:32]


def _content(path: Path) -> str:
    state = path.stat()
    return _hashed(path.resolve(), state.st_mtime_ns, state.st_size, state.st_ino)


@lru_cache(maxsize=256)
def _hashed(path: Path, _changed: int, _size: int, _inode: int) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
