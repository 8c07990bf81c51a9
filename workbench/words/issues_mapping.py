"""Why files were mapped as they were, what is still to be said about them, and what could not be kept."""

from __future__ import annotations

from collections.abc import Callable

from workbench.words.issue_parts import Sentence

CHOICES: dict[str, Callable[..., Sentence]] = {
    "date": lambda name, filled: (
        f"“{name}” is taken for the date: {filled:.0%} of the rows have one.", "Choose another column if that is wrong."
    ),
    "lookup": lambda name, other: (
        f"“{name}” is looked up in {other}, which has one row for each.", "If that is wrong, do not use that file."
    ),
    "rep": lambda name, n_values, n_in: (
        f"“{name}” is taken for the rep: {n_values:,} different values in {n_in:,} rows.",
        "Choose another column if that is wrong.",
    ),
    "roster": lambda name: (
        f"One row per person and no dates of events, so this is the team list, by “{name}”.",
        "Choose another file if that is wrong.",
    ),
    "stacked": lambda other: (
        f"The columns of {other}, with later dates: its rows are added there.", "Take it out if it is something else."
    ),
    "unpivot": lambda value: (
        f"One column per period: each cell becomes a row with its “{value}”, totals and quarters left out.",
        "Turn this off if the columns mean something else.",
    ),
    "unused": lambda: ("Neither work nor a team list was recognised here, so this file is not used.", ""),
}  # fmt: skip
LACKING: dict[str, Sentence] = {
    "date": ("Which column says when?", "Choose the date column."),
    "join": ("How does this file join?", "Choose what both files have."),
    "measure": ("Nothing is counted yet.", "Add a measure."),
    "rep": ("Which column says who did it?", "Choose the rep's column."),
    "roster": ("Which column holds the names?", "Choose the rep's column."),
    "year": ("Of which year are the months?", "Choose the year of the first month."),
}


def guess(choice: str, **facts: object) -> Sentence:
    return CHOICES[choice](**facts)


def no_guess(lacking: tuple[str, ...]) -> Sentence:
    missing = " or ".join(f"a {what}" for what in lacking)
    message = f"No column of this file looks like {missing}." if lacking else "One row per person, but no events."
    return message, "Add a file with one row per call, deal or month."


def same_file(other: str | None) -> Sentence:
    what = f"has the same content as “{other}”" if other else "was chosen twice"
    return f"This file {what}; it counts once.", ""


SENTENCES: dict[str, Callable[..., Sentence]] = {
    "guess": guess,
    "no_guess": no_guess,
    "not_kept": lambda reason: (
        f"The files could not be kept: {reason}.",
        "Free some space, or point WORKBENCH_HOME at a folder that can be written.",
    ),
    "same_file": same_file,
    "unfinished": lambda lacking: LACKING[lacking],
}
