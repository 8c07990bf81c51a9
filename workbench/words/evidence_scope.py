"""Sentences on data that cannot show everything: one period of many reps, or a single series."""

from __future__ import annotations

from workbench.scoring.jackknife import MIN_REPS


def one_period_sentence(more: str, name: str, grain: str) -> str:
    """The limit of a cross-section. ``more``: “more Sales”."""
    return f"With one {grain} per rep we can say who has {more}, not whether doing more raises {name}."


def one_rep_sentence(name: str) -> str:
    """The limit of a single series."""
    return f"These figures are of one rep, or of one total. They cannot show what other reps would do for {name}."


def each_rep_words(grain: str) -> str:
    """What would turn a single series into evidence."""
    return f"the same figures for each rep, {MIN_REPS} reps or more, with a row per {grain}"


def reps_in_one_period_words(reps: int, grain: str) -> str:
    """The number of reps that would do where there is one period: ``about 200 reps in the same month``."""
    return f"about {reps:,} reps in the same {grain}"
