"""On POSIX nobody but the owner reads what the server writes; elsewhere nothing changes."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.data.library.data_sets import add_data_set
from workbench.data.library.privacy import keep_private
from workbench.data.library.uploads import stage_upload
from workbench.data.model.dataset import parse_dataset

SPEC = {"name": "x", "sources": [{"name": "calls", "location": "calls.csv", "rep": "rep", "date": "date",
                                  "measures": [{"name": "n"}]}]}  # fmt: skip


@pytest.fixture(autouse=True)
def mask() -> Iterator[None]:
    """The umask of most systems, under which everybody reads; the tests' own afterwards."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    """What others may read or enter below a folder, by its path there."""
    others = stat.S_IRWXG | stat.S_IRWXO
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.stat().st_mode & others)


def bring(home: Path) -> None:
    content = b"rep,date\nAnn,2024-01-05\n"
    staged = stage_upload(home, [("calls.csv", io.BytesIO(content))])
    add_data_set(home, parse_dataset(SPEC), staged.paths())


def test_what_is_written_from_then_on_is_the_owners(tmp_path: Path) -> None:
    keep_private(tmp_path)
    bring(tmp_path)
    assert len(list(tmp_path.rglob("calls.csv"))) == 2
    assert open_to_others(tmp_path) == ([] if os.name == "posix" else open_to_others(tmp_path))


def test_a_workspace_of_before_is_closed_and_what_lies_beside_it_is_not(tmp_path: Path) -> None:
    bring(tmp_path)
    (tmp_path / "notes.txt").write_text("of somebody else")
    assert {"datasets", "incoming"} <= set(open_to_others(tmp_path))
    keep_private(tmp_path)
    closed = {"datasets", "incoming", "workbench.db"} & set(open_to_others(tmp_path))
    assert closed == (set() if os.name == "posix" else closed)
    assert "notes.txt" in open_to_others(tmp_path)


def test_the_app_begins_with_it(tmp_path: Path) -> None:
    (tmp_path / "datasets").mkdir(mode=0o755)
    code = "import streamlit_app, os; print(oct(os.umask(0)))"
    home = os.environ | {"WORKBENCH_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], env=home, capture_output=True,
                          text=True, check=True)  # fmt: skip
    if os.name == "posix":
        assert done.stdout.split()[-1] == "0o77"
        assert open_to_others(tmp_path) == []
