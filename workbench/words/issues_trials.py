"""What is wrong with a trial file, on its own and against the data set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from workbench.words.issue_parts import Sentence, did_you_mean


def _day(day: str) -> str:
    return f"{(when := date.fromisoformat(day)).day} {when:%B %Y}"


SENTENCES: dict[str, Callable[..., Sentence]] = {
    "named_twice": lambda name: (f"“{name}” is named twice.", "Name each rep once."),
    "nobody_meant": lambda: (
        "No rep meets this condition.", "Check the condition against the team list, or name the reps."
    ),
    "propose_out_of_range": lambda n_known: (
        f"Somebody must be left on both sides of {n_known:,}.", "Give a smaller number, of at least 1."
    ),
    "start_outside_trial": lambda name: (
        f"“{name}” starts before the trial begins or after it ends.", "Change this date, or the dates of the trial."
    ),
    "treated_and_comparison": lambda name: (
        f"“{name}” is among those who change and among those compared.", "Take the name out of one of the two."
    ),
    "trial_before_data": lambda since: (
        f"The data begin on {_day(since)}, so there is no history before the change.",
        "Choose a later start, or add earlier data.",
    ),
    "trial_ends_early": lambda: ("The trial ends before it begins.", "Change one of the two dates."),
    "trial_without_data": lambda: ("The data set has no period with a scored rep.", "Check the data set on Data."),
    "unit_split": lambda name, unit: (
        f"Part of “{name}” changes and part is compared, though whole groups by “{unit}” were assigned.",
        "Move all of the group to one side, or say that single reps were assigned.",
    ),
    "unknown_arm": lambda name, near, known: (f"The team list has no “{name}”.", did_you_mean(near, known)),
    "unknown_person": lambda name, near: (
        f"No rep is called “{name}”.", f"Did you mean “{near}”?" if near else "Check the name against the team list."
    ),
    "unknown_start": lambda name, near, known: (
        f"Nobody who was assigned is called “{name}”.", did_you_mean(near, known)
    ),
    "unknown_unit": lambda name, near, known: (
        f"The team list has no “{name}” by which reps could have been assigned.", did_you_mean(near, known)
    ),
}  # fmt: skip
