"""What is wrong with a phase file, on its own and against the data set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from workbench.words.issue_parts import Sentence, did_you_mean, one_or_many, quoted_examples, row_count
from workbench.words.numbers import percent


def _day(day: str) -> str:
    return f"{(when := date.fromisoformat(day)).day} {when:%B %Y}"


SENTENCES: dict[str, Callable[..., Sentence]] = {
    "circular_phases": lambda name: (
        f"The phases run in a circle: “{name}” comes before and after another phase.",
        "Keep the place at which calls get there first.",
    ),
    "disposition_twice": lambda other: (
        f"This outcome is the same as “{other}” but for capitals, spaces or hyphens, and has another phase.",
        "Keep one of the two.",
    ),
    "lengths_of_good_calls": lambda n, good, rest: (
        f"Lengths are known for {percent(good)} of the calls that reached somebody, and for {percent(rest)} of the "
        f"others ({row_count(n)} without): talk time shows good calls only.",
        "Export the length of every call before a phase or a KPI rests on it.",
    ),
    "many_outcomes_unmapped": lambda n, names, share: (
        f"{percent(share)} of the calls ({row_count(n)}) have an outcome without a phase: {quoted_examples(names)}. "
        "Reps who use these outcomes more than others cannot be compared.",
        "Say which phase each of them proves, or that it proves none, before reading any rate.",
    ),
    "no_disposition_column": lambda name: (
        f"The source “{name}” does not say which column holds the outcome of a call.",
        "Choose the column of the outcome on Data, or write it under “events” in the data set file.",
    ),
    "no_phase_reached": lambda: (
        "No row has an outcome that proves any of the phases.", "Say for at least one outcome which phase it proves."
    ),
    "no_phases": lambda: ("There are no phases.", "Name the phases of the conversation in their order."),
    "outcome_begins_late": lambda n, since: (
        f"This outcome is first used on {_day(since)} ({row_count(n)} since): such calls had another outcome "
        "before, so rates before and after are not the same thing.",
        "Give both outcomes the same phase, or use the months since then only.",
    ),
    "outcomes_unmapped": lambda n, names, share: (
        f"{row_count(n)} ({percent(share)}) {one_or_many(n, 'has', 'have')} an outcome without a phase: "
        f"{quoted_examples(names)}. {one_or_many(n, 'It is', 'They are')} left out.",
        "Say which phase each outcome proves, or that it proves none.",
    ),
    "phase_without_rows": lambda name: (
        f"No call in the log ends at “{name}”, so nothing separates it from the phase after it.",
        "Check how its outcomes are written, or take the phase out.",
    ),
    "phase_unproved": lambda name: (
        f"No outcome proves “{name}”, so nothing separates it from the phase after it.",
        "Say which outcome ends there, or take the phase out.",
    ),
    "phases_out_of_order": lambda early, late: (
        f"“{early}” proves a later phase than “{late}”, though it comes before it in a call.",
        "Change the order of the phases, or the phase of one of the two outcomes.",
    ),
    "phases_skipped": lambda n, names: (
        f"{row_count(n)} of no length {one_or_many(n, 'has', 'have')} an outcome that needs a talk: "
        f"{quoted_examples(names)}. {one_or_many(n, 'It skips', 'They skip')} the phases before.",
        "Check how these calls were logged, or by another channel; the rates count them as reached.",
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
