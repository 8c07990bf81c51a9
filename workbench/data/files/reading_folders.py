"""Scratch folders for reading, and the removal of those that a server left behind when it was killed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

_NAME = re.compile(r"workbench-read-(\d+)-.+")


def make_reading_folder() -> Path:
    """Return a new scratch folder that its owner alone can read; its name holds the id of this process."""
    return Path(tempfile.mkdtemp(prefix=f"workbench-read-{os.getpid()}-"))


def remove_left_folders() -> None:
    """Remove scratch folders of this user whose process has ended."""
    if os.name == "nt":  # where asking whether a process lives may end it
        return
    for folder in Path(tempfile.gettempdir()).glob("workbench-read-*"):
        named = _NAME.fullmatch(folder.name)
        if named and not _lives(int(named[1])) and _is_own(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _is_own(folder: Path) -> bool:
    try:
        return folder.lstat().st_uid == os.getuid()
    except OSError:
        return False
