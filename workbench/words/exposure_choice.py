"""The question how many days each person worked: what is assumed, and which measure says it."""

from __future__ import annotations

from workbench.data.aggregate.whole_periods import DaysKnown
from workbench.data.mapping.exposure_choices import ExposureKind
from workbench.words.days_at_work import unknown_days_sentence
from workbench.words.numbers import pluralize

TITLE = "How many days did each person work?"
ESTIMATED = "Estimated from dates and activity"
KINDS: dict[ExposureKind, str] = {"worked": "Days or hours at work", "away": "Days away"}
_FROM = {
    "roster": "the first and last day on the team list",
    "spells": "long pauses in the files",
}


def exposure_summary(label: str | None, kind: ExposureKind, known: DaysKnown) -> str:
    """What is settled: ``By Hours worked.``, ``Estimated for 24 of 30 reps.``"""
    if label is not None:
        return f"Workdays less {label}." if kind == "away" else f"By {label}."
    n = known.n_reps - known.n_unreadable - known.n_no_days
    if not n:
        return "Unknown, so every workday counts as worked."
    if n == known.n_reps:
        return f"Estimated for {'all ' if n > 1 else ''}{pluralize(n, 'rep')}."
    return f"Estimated for {n} of {pluralize(known.n_reps, 'rep')}."


def assumed_sentence(known: DaysKnown, grain: str) -> str:
    """What is assumed where no measure says it."""
    sources = [_FROM[each] for each in known.sources if each in _FROM]
    seen = f"We read absence from {' and '.join(sources)}." if sources else "No file shows when somebody was away."
    unknown = unknown_days_sentence(known, grain)
    return f"{seen} All other workdays count as worked. {unknown}".rstrip()


def exposure_offer(label: str, kind: ExposureKind) -> str:
    """The button that takes the measure whose name says it."""
    return f"Use {label}: {KINDS[kind].lower()}"
