"""``backup FILE``: write everything in the workspace to one file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from workbench.data.library.data_sets import workspace_folder
from workbench.data.library.privacy import keep_private
from workbench.errors import InputError, Issue, Where
from workbench.store.backup import write_backup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a ZIP file; one of this name is replaced")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Write the file. Raises InputError when something cannot be read or written."""
    try:
        keep_private(workspace_folder())
        content = write_backup(workspace_folder(), args.file)
    except OSError as error:
        raise InputError(not_written(args.file, error)) from None
    return {"file": str(args.file), "documents": content.n_documents, "data_sets": content.n_data_sets}


def not_written(file: Path, error: OSError) -> Issue:
    """Return the problem of a backup or a workspace that cannot be written."""
    return Issue.of("error", "workspace_fails", Where(file=str(file)), reason=str(error.strerror))


def show(result: dict[str, Any]) -> str:
    """What was written."""
    return f"Wrote {result['file']}: {result['documents']:,} documents and {result['data_sets']:,} data sets."
