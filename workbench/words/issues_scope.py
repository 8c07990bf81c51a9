"""Who is scored, who gets the credit, and what the files of one source have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbench.errors import Amount, Examples
from workbench.words.issue_parts import (
    Sentence,
    amounts_at_stake,
    did_you_mean,
    one_or_many,
    quoted_examples,
    row_count,
)
from workbench.words.numbers import pluralize


def credit_to_nobody(n: int, amounts: Sequence[Amount]) -> Sentence:
    found = f"{row_count(n)} {one_or_many(n, 'belongs', 'belong')} to nobody: no row of the same case earns the credit."
    return found + amounts_at_stake(
        amounts
    ), "Check the condition of the credit, or leave these rows out of the measure."


def not_scored(reps: Examples) -> Sentence:
    are = one_or_many(reps.n, "is", "are")
    found = f"{pluralize(reps.n, 'rep')} {are} in the data but not scored: {quoted_examples(reps)}."
    return found, ""


def new_people(reps: Examples, names: tuple[str, ...]) -> Sentence:
    who = one_or_many(reps.n, "person has", "people have")
    found = f"{reps.n:,} {who} joined since you chose whom to score: {quoted_examples(reps)}."
    return found, "Score them, or leave them out. Until you decide they are not scored."


SENTENCES: dict[str, Callable[..., Sentence]] = {
    "credit_not_shared": lambda aggregate: (
        f"A {aggregate} cannot be shared out in parts.", "Credit the first or the last row's rep."
    ),
    "credit_to_nobody": credit_to_nobody,
    "lacks_columns": lambda columns: (
        f"The file lacks {quoted_examples(columns)}, which other files of this source have. The cells are blank here.",
        "Export the file with the same columns.",
    ),
    "new_people": new_people,
    "nobody_scored": lambda: ("No rep is scored.", "Change the condition, or name the reps to score."),
    "not_scored": not_scored,
    "same_rows": lambda n, other: (
        f"{row_count(n)} of this file {one_or_many(n, 'is', 'are')} in “{other}” too, so they count twice.",
        "Leave one of the two files out.",
    ),
    "unknown_rep": lambda name, near: (
        f"There is no rep called “{name}”.", did_you_mean(near, Examples((), 0)) or "Correct the name."
    ),
}  # fmt: skip
