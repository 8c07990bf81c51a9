"""What is wrong with a phase file, on its own and against the data set."""

from __future__ import annotations

from collections.abc import Callable

from workbench.words.issue_parts import Sentence, did_you_mean, one_or_many, quoted_examples, row_count
from workbench.words.numbers import percent

SENTENCES: dict[str, Callable[..., Sentence]] = {
    "disposition_twice": lambda other: (
        f"This outcome is the same as “{other}” but for capitals, spaces or hyphens, and has another phase.",
        "Keep one of the two.",
    ),
    "no_disposition_column": lambda name: (
        f"The source “{name}” does not say which column holds the outcome of a call.",
        "Choose the column of the outcome on Data, or write it under “events” in the data set file.",
    ),
    "no_phase_reached": lambda: (
        "No row has an outcome that proves any of the phases.", "Say for at least one outcome which phase it proves."
    ),
    "no_phases": lambda: ("There are no phases.", "Name the phases of the conversation in their order."),
    "outcomes_unmapped": lambda n, names, share: (
        f"{row_count(n)} ({percent(share)}) {one_or_many(n, 'has', 'have')} an outcome without a phase: "
        f"{quoted_examples(names)}. {one_or_many(n, 'It is', 'They are')} left out.",
        "Say which phase each outcome proves, or that it proves none.",
    ),
    "phase_unproved": lambda name: (
        f"No outcome proves “{name}”, so nothing separates it from the phase after it.",
        "Say which outcome ends there, or take the phase out.",
    ),
    "repeated_phase": lambda name: (f"“{name}” is there more than once.", "Give each phase a name of its own."),
    "unknown_phase": lambda name, near, known: (f"There is no phase “{name}”.", did_you_mean(near, known)),
    "unknown_source": lambda name, near, known: (
        f"The data set has no source “{name}”.", did_you_mean(near, known)
    ),
    "unknown_stratum": lambda name, near, known: (
        f"Neither the source nor the team list has “{name}”.", did_you_mean(near, known)
    ),
}  # fmt: skip
