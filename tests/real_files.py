"""Real exports that are too large, or not ours, to keep in the repository; tests skip where they are not at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

VARIABLE = "WORKBENCH_REAL_FILES"
BESIDE = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"


def real_files(name: str) -> Path:
    """A folder of real files, such as ``maven_crm``; where it is not at hand the test is skipped with the reason.

    The folder is looked for in the one that ``WORKBENCH_REAL_FILES`` names. When that variable is set the files must be
    there: a test that needs them fails without.
    """
    given = os.environ.get(VARIABLE)
    folder = Path(given or BESIDE) / name
    if not folder.is_dir():
        say = pytest.fail if given else pytest.skip
        say(f"The real files {name} are not in {'the folder' if given else 'a folder'} that {VARIABLE} names.")
    return folder
