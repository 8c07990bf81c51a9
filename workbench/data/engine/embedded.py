"""The embedded engine: one DuckDB connection through Ibis, with a scratch folder and bounded memory."""

from __future__ import annotations

import contextlib
import itertools
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import ibis

from workbench.data.engine.compiled_queries import connect
from workbench.data.engine.limits import ReadLimits, read_limits
from workbench.data.engine.read_progress import ReadProgress

MEMORY = "768MB"
"""What exceeds it spills to disk, so that several imports at once do not fill the machine."""
ROW = "__row__"
"""The column of a table that numbers the rows of its file, from 1."""
FILE = "__file__"
"""The column of a stacked table that numbers the files its rows come from, from 0."""

ibis.options.sql.fuse_selects = False  # merging takes a seventh of building a panel; the engine does it anyway


class Engine:
    """One in-memory DuckDB with a scratch folder for spilling and for transcoded files.

    Use it as a context manager, or call ``close``: both end the connection and remove the folder.

    Attributes
    ----------
    connection : the Ibis backend on which every table of this engine lives.
    folder : scratch folder, gone after ``close``.
    limits : the most that is read from one file.
    progress : how far the reading of a file has come.
    """

    def __init__(self, memory: str = MEMORY, limits: ReadLimits | None = None) -> None:
        self.limits = limits or read_limits()
        self._scratch = tempfile.TemporaryDirectory(prefix="workbench-")
        self.folder = Path(self._scratch.name)
        self._numbers, self._files = itertools.count(), itertools.count()
        self.progress = ReadProgress()
        self._closing = contextlib.ExitStack()
        self.connection = connect(str(self.folder / "spill"), memory)
        self.connection.raw_sql("SET TimeZone = 'UTC'")  # instants must not depend on the machine's clock

    def table_name(self) -> str:
        """Return an unused name of a table: its number, so that the same work gives the same names."""
        return f"table_{next(self._numbers)}"

    def scratch(self, suffix: str) -> Path:
        """Return a path in the scratch folder that was never given before, whatever was removed since."""
        return self.folder / f"{next(self._files)}{suffix}"

    def on_close(self, end: Callable[[], object]) -> None:
        """Call ``end`` when the engine is closed: sessions of other databases last as long as the engine."""
        self._closing.callback(end)

    def close(self) -> None:
        """End the connection and remove the scratch folder."""
        self._closing.close()
        self.connection.disconnect()
        self._scratch.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
