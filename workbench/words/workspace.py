"""Words about the workspace: where work is kept, its backup, and getting it back."""

from __future__ import annotations

from datetime import datetime

from workbench.store.backup import BackupContent
from workbench.words.markdown import plain
from workbench.words.numbers import pluralize

TITLE = "Workspace and backup"
BACK_UP = "Download a backup"
BACK_UP_HELP = "One file with all designs, options, decisions, trials and data sets."
CHOOSE = "Backup to restore"
RESTORE = "Restore this backup"
REPLACES = "The backup replaces everything in this workspace, for everybody who uses it."
KEPT_FIRST = "What is here now is saved as another backup first."


def place_sentence(place: str) -> str:
    """``Your work is kept in ~/.kpi-workbench/workbench.db.``"""
    return f"Your work is kept in {plain(place)}."


def files_sentence(folder: str) -> str:
    """``The files of your data sets lie in ~/.kpi-workbench/datasets.``"""
    return f"The files of your data sets lie in {plain(folder)}."


def unread_sentence(n_files: int, folder: str) -> str:
    """``2 files of an earlier version could not be read. They are kept in …/before-store.``"""
    are = "It is" if n_files == 1 else "They are"
    return f"{pluralize(n_files, 'file')} of an earlier version could not be read. {are} kept in {plain(folder)}."


def restored_sentence(content: BackupContent) -> str:
    """``Restored 3 data sets and all that was saved with them. What was here before is kept in …``"""
    what = f"Restored {pluralize(content.n_data_sets, 'data set')} and all that was saved with the backup."
    return f"{what} What was here before is kept in {plain(str(content.before))}."


def backup_name(at: datetime) -> str:
    """``kpi-workbench-2026-12-01.zip``"""
    return f"kpi-workbench-{at:%Y-%m-%d}.zip"
