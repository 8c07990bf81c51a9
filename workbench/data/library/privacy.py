"""What people bring and save is readable by its owner only, where the system knows owners as POSIX does."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

OURS = ("datasets", "incoming", "designs", "decisions", "workbench.db*", "errors.log*")
"""What the workspace holds. Its folder may hold other things and stays as it is."""


def keep_private(home: Path) -> None:
    """From now on nobody else reads what this process writes, nor what an earlier one wrote to the workspace."""
    if os.name != "posix":
        return
    os.umask(0o077)
    for path in (found for pattern in OURS for found in home.glob(pattern)):
        with suppress(OSError):  # of another owner
            path.chmod(0o700 if path.is_dir() else 0o600)
