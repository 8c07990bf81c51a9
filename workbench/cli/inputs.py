"""Read a data set file with a design file, and report the problems of both at once."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from workbench.cli.panel import build_from_file
from workbench.data.model.dataset import load_dataset
from workbench.data.model.panel import Panel
from workbench.design.model import Design, load_design
from workbench.design.rules import check_design
from workbench.errors import InputError, Issue, errors
from workbench.words.issues import issue_line

Read = TypeVar("Read")


def add_dataset_and_design(parser: argparse.ArgumentParser) -> None:
    """The two files."""
    parser.add_argument("dataset", type=Path, metavar="DATASET", help="a *.dataset.json file")
    parser.add_argument("design", type=Path, metavar="DESIGN", help="a *.design.json file")


def panel_and_design(args: argparse.Namespace) -> tuple[Panel, Design]:
    """The panel and the design that was checked against it; warnings go to stderr.

    Raises
    ------
    InputError
        With the problems of both files' form together; then, once the panel is built, with every error of the design.
    """
    problems: list[Issue] = []
    read_or_note(load_dataset, args.dataset, problems)
    design = read_or_note(load_design, args.design, problems)
    if design is None or problems:
        raise InputError([*problems, *(check_design(design) if design else ())])
    panel = build_from_file(args.dataset)
    found = check_design(design, panel)
    if errors(found):
        raise InputError(found)
    for issue in (*panel.issues, *found):
        if issue.level != "info":
            print(issue_line(issue), file=sys.stderr)
    return panel, design


def read_or_note(load: Callable[[Path], Read], path: Path, problems: list[Issue]) -> Read | None:
    """Read a file; where it is at fault, add its problems to those of other files and return None."""
    try:
        return load(path)
    except InputError as refused:
        problems.extend(refused.issues)
        return None
