"""Errors that nobody foresaw: logged in the workspace under a number by which they are found again."""

from __future__ import annotations

import logging
import secrets
import traceback
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path

from workbench.data.library.data_sets import workspace_folder
from workbench.errors import InputError

LOG_FILE = "errors.log"
MOST_BYTES = 2_000_000
_LOG = logging.getLogger(__name__)


def log_error(error: BaseException) -> str:
    """Write an error with its trace to the log of the workspace, and return its number; the log keeps the latest."""
    number = secrets.token_hex(3).upper()
    said = f"{datetime.now():%Y-%m-%d %H:%M:%S} {number}\n{''.join(traceback.format_exception(error))}\n"
    _LOG.error("%s", said)
    with suppress(OSError):
        _append(workspace_folder() / LOG_FILE, said)
    return number


def _append(path: Path, said: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > MOST_BYTES:
        path.replace(path.with_suffix(".log.before"))
    with path.open("a", encoding="utf-8", errors="replace") as file:
        file.write(said)
    path.chmod(0o600)


class unforeseen(AbstractContextManager["unforeseen", bool]):
    """End the block at an error that nobody foresaw, and log it: ``number`` finds it in the log, empty without one.

    Input at fault has its own sentences and passes, as does what Streamlit raises to stop a page, which is no error.
    """

    def __init__(self, *passing: type[BaseException]) -> None:
        self.passing: tuple[type[BaseException], ...] = (InputError, *passing)
        self.number = ""

    def __enter__(self) -> unforeseen:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, Exception) or isinstance(error, self.passing):
            return False
        self.number = log_error(error)
        return True
