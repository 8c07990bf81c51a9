"""Why a data set does not fit its files, and what is still to be said about it."""

from __future__ import annotations

from collections.abc import Callable

from workbench.errors import Examples
from workbench.words.issue_parts import Sentence, did_you_mean


def repeated_name(what: str, n_named: int) -> Sentence:
    return f"{'Two' if n_named == 2 else n_named} {what}s have this name.", f"Give each {what} its own name."


def taken_name(what: str, name: str) -> Sentence:
    return TAKEN[what](name)


TAKEN: dict[str, Callable[[str], Sentence]] = {
    "attribute": lambda name: (
        f"“{name}” cannot be the name of an attribute: the workbench uses this name itself.", "Rename this column."
    ),
    "lookup": lambda name: (
        f"The source already has a column called “{name}”.", "Rename the column in one of the two files."
    ),
    "measure": lambda name: (
        "This name is taken: every panel has a column of this name by itself.", "Give the measure another name."
    ),
}  # fmt: skip


def unknown_column(name: str, near: str | None, known: Examples) -> Sentence:
    return f"There is no column “{name}”.", did_you_mean(near, known)


def unknown_timezone(name: str, near: str | None, known: Examples) -> Sentence:
    fix = did_you_mean(near, known) if near else "Use a name like Europe/Berlin."
    return f"There is no time zone called “{name}”.", fix


SENTENCES: dict[str, Callable[..., Sentence]] = {
    "no_column": lambda aggregate: (
        f"A {aggregate} needs a column to work on.", 'Add "column", or count rows with "aggregate": "count".'
    ),
    "no_key": lambda: ("The lookup names no key.", 'Write "on": {"our column": "their column"}.'),
    "repeated_name": repeated_name,
    "same_rep_circle": lambda name, last: (
        f"“{name}” leads round in a circle to “{last}”.", "Let every spelling lead to one final name."
    ),
    "taken_name": taken_name,
    "unknown_column": unknown_column,
    "unknown_measure": lambda name, near, known: (
        f"There is no measure called “{name}”.", did_you_mean(near, known)
    ),
    "unknown_role": lambda name, near, known: (
        f"There is no role called “{name}”.", did_you_mean(near, known)
    ),
    "unknown_timezone": unknown_timezone,
}  # fmt: skip
