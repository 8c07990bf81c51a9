"""Command line: parse arguments, run one command, print JSON or a table, turn input faults into exit code 2."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Sequence
from typing import Any

from workbench.cli.commands import COMMANDS
from workbench.errors import InputError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 done, 2 the input is at fault (every issue on stderr)."""
    parser = argparse.ArgumentParser(prog="python -m workbench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        sub = commands.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        command.add_arguments(sub)
        sub.add_argument("--json", action="store_true", help="print one JSON object on stdout")
        sub.set_defaults(run=command.run, show=command.show)
    chosen = parser.parse_args(arguments)
    try:
        result = chosen.run(chosen)
    except InputError as error:
        for issue in error.issues:
            print(f"{issue.level}: {issue.where}: {issue.message} {issue.fix}".rstrip(), file=sys.stderr)
        return 2
    print(json.dumps(without_nan(result), ensure_ascii=False) if chosen.json else chosen.show(result))
    return 0


def without_nan(value: Any) -> Any:
    """The same JSON-ready content with every number that is not finite as ``None``."""
    if isinstance(value, dict):
        return {key: without_nan(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_nan(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
