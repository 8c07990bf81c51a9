"""``audit``: list what was done in the workspace, the last first."""

from __future__ import annotations

import argparse
from typing import Any

from workbench.cli.readable import format_table
from workbench.data.library.data_sets import workspace_folder
from workbench.errors import InputError, Issue, Where
from workbench.store.opening import reading


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much of it."""
    parser.add_argument("--most", type=int, default=1_000, metavar="N", help="lines, the last ones (default 1,000)")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Read the log. Raises InputError when the store cannot be read."""
    home = workspace_folder()
    try:
        with reading(home) as store:
            return {"lines": list(store.audit_log(args.most))}
    except OSError as error:
        raise InputError(Issue.of("error", "workspace_fails", Where(file=str(home)), reason=error.strerror)) from None


def show(result: dict[str, Any]) -> str:
    """A line each."""
    head = ("at", "author", "action", "kind", "data", "key")
    return "\n".join(format_table(head, [[str(line[name]) for name in head] for line in result["lines"]]))
