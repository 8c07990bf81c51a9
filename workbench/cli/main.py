"""Command line: parse arguments, run one command, print JSON or a table, turn input faults into exit code 2."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Sequence
from typing import Any

from workbench.cli.commands import COMMANDS, command
from workbench.errors import InputError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 done, 2 the input is at fault (every issue on stderr)."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    chosen = _parser(arguments).parse_args(arguments)
    called = command(chosen.command)
    try:
        result = called.run(chosen)
    except InputError as error:
        from workbench.words.issues import issue_line

        for issue in error.issues:
            print(issue_line(issue), file=sys.stderr)
        return 2
    print(json.dumps(without_nan(result), ensure_ascii=False) if chosen.json else called.show(result))
    return 0


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """Knows every command by name, and the options of the one that is called."""
    parser = argparse.ArgumentParser(prog="python -m workbench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, does in COMMANDS.items():
        sub = commands.add_parser(name, help=does, description=does)
        sub.add_argument("--json", action="store_true", help="print one JSON object on stdout")
        if name == next(iter(arguments), None):
            command(name).add_arguments(sub)
    return parser


def without_nan(value: Any) -> Any:
    """The same JSON-ready content with every number that is not finite as ``None``."""
    if isinstance(value, dict):
        return {key: without_nan(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_nan(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
