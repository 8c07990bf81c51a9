"""Compute the key of a panel, by which caches identify it: equal keys mean equal panels."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

import workbench
from workbench.data.model.dataset import DataSet, dataset_json
from workbench.data.model.relocate import list_locations


def panel_key(dataset: DataSet, folder: Path) -> str:
    """Return a hash of the files' contents, the data set file and this program's version.

    Files that did not change since they were last hashed are not read again. Of a database behind a connection
    only name and query count: changes of its content do not change the key.
    """
    digest = hashlib.sha256(workbench.__version__.encode())
    digest.update(json.dumps(dataset_json(dataset), sort_keys=True).encode())
    for location in list_locations(dataset):
        path = folder / location
        digest.update(_hash_content(path).encode() if path.is_file() else b"-")
    return digest.hexdigest()[:32]


def _hash_content(path: Path) -> str:
    state = path.stat()
    return _hash_file(path.resolve(), state.st_mtime_ns, state.st_size, state.st_ino)


@lru_cache(maxsize=256)
def _hash_file(path: Path, _changed: int, _size: int, _inode: int) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
