"""``restore FILE``: bring the workspace to the state of a backup."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from workbench.cli.backup import not_written
from workbench.data.library.data_sets import workspace_folder
from workbench.data.library.privacy import keep_private
from workbench.errors import InputError, Issue, Where
from workbench.store.backup import BadBackupError, restore_backup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which backup."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that the command backup wrote")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Restore it. Raises InputError when it is no backup, or something cannot be written."""
    try:
        keep_private(workspace_folder())
        content = restore_backup(workspace_folder(), args.file)
    except BadBackupError:
        raise InputError(Issue.of("error", "bad_backup", Where(file=str(args.file)))) from None
    except OSError as error:
        raise InputError(not_written(args.file, error)) from None
    return {"documents": content.n_documents, "data_sets": content.n_data_sets, "before": str(content.before)}


def show(result: dict[str, Any]) -> str:
    """What was restored, and where the state of before is."""
    what = f"Restored {result['documents']:,} documents and {result['data_sets']:,} data sets."
    return f"{what}\nWhat was there before is in {result['before']}."
