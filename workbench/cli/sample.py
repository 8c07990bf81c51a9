"""``sample NAME --out DIR``: write a sample data set with its data set file, its design and its truth."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sample_data import STORIES, write
from workbench.errors import Examples, InputError, Issue, Where
from workbench.learn.other_dice import SEED, write_thrown
from workbench.problems import nearest

SLUGS = tuple(story.SLUG for story in STORIES)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which sample, and where to."""
    parser.add_argument("name", metavar="NAME", help=", ".join(SLUGS))
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder to write into, made when missing"
    )
    parser.add_argument("--dice", metavar="N", help="the same story with other people and figures, by a number")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Write the files; those of the same names are replaced, others in the folder stay.

    Raises
    ------
    InputError
        No sample of this name, no such dice, or the folder cannot be written to.
    """
    story = next((story for story in STORIES if args.name == story.SLUG), None)
    if story is None:
        raise InputError(_unknown(args.name))
    if args.dice is not None and not SEED.fullmatch(args.dice):
        raise InputError(Issue.of("error", "no_dice", Where(data_set=story.SLUG), value=args.dice))
    try:
        args.out.mkdir(parents=True, exist_ok=True)
        written = write(story, args.out) if args.dice is None else write_thrown(args.out, story.SLUG, args.dice)
    except OSError as error:
        raise InputError(_cannot_write(args.out, error)) from None
    return {"name": story.SLUG, "title": story.truth().title, "folder": str(args.out), "files": written}


def _cannot_write(folder: Path, error: OSError) -> Issue:
    return Issue.of("error", "cannot_write", Where(file=str(folder)), reason=str(error.strerror))


def _unknown(name: str) -> Issue:
    known = Examples.of(SLUGS, len(SLUGS))
    return Issue.of("error", "unknown_sample", Where(data_set=name), near=nearest(name, SLUGS), known=known)


def show(result: dict[str, Any]) -> str:
    """What was written, and what to do with it."""
    data, design = (f"{result['folder']}/{result['name']}.{kind}.json" for kind in ("dataset", "design"))
    return "\n".join([
        f"{result['title']}: wrote to {result['folder']}", *(f"  {name}" for name in result["files"]),
        f"Next: python -m workbench backtest {data} {design}",
    ])  # fmt: skip
