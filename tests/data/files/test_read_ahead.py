"""What is read before anybody asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from workbench.data.files import read_ahead as module
from workbench.data.files.file_options import FileOptions
from workbench.data.files.reading_processes import ReadingEndedError
from workbench.data.files.table_locations import TableLocation
from workbench.errors import InputError, Where, refused

ENDED, WRONG = ("slow.xlsx", "Second"), ("slow.xlsx", "First")


def test_a_file_that_took_too_long_is_left_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str | None]] = []

    def open_file(path: Path, where: str, engine: Any, options: FileOptions) -> None:
        asked.append((path.name, options.sheet))
        said = refused("reader_ended", Where(file=path.name))
        if asked[-1] == ENDED:
            raise ReadingEndedError(said.issues)
        if asked[-1] == WRONG:
            raise InputError(said.issues)

    sheets = ("First", "Second", "Third")
    monkeypatch.setattr(module, "open_file", open_file)
    monkeypatch.setattr(module, "are_read_apart", lambda: True)
    monkeypatch.setattr(module, "is_small_text", lambda path: False)
    monkeypatch.setattr(module, "list_tables", lambda folder, name: [TableLocation(name, each) for each in sheets])
    module.read_ahead(tmp_path, ["slow.xlsx", "quick.xlsx"])
    assert asked == [WRONG, ENDED, *(("quick.xlsx", each) for each in sheets)]
