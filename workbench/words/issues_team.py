"""What does not fit when sources, periods and the team list meet: names, gaps, dates far off; and panels not saved."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from workbench.data.model.dataset import Grain
from workbench.errors import Examples, Spelling
from workbench.words.gaps import span_words
from workbench.words.issue_parts import Sentence, one_or_many, quoted, quoted_examples, row_count
from workbench.words.numbers import pluralize
from workbench.words.panels import day_words

DIFFERENCES = {
    "alphabet": "; letters of another alphabet that look the same",
    "stored": "; the same letters are stored in two ways",
}


def rep_spellings(n: int, spellings: tuple[Spelling, ...], difference: str | None) -> Sentence:
    written = ", ".join(f"“{each.written}” ({row_count(each.n_rows)})" for each in spellings)
    looks = DIFFERENCES[difference] if difference else ""
    message = f"These look like the same rep but are counted apart: {written}{looks}."
    return message, "If this is one person, write the name the same way in the file."


def coverage(
    measures: tuple[str, ...], column: str, low: str, high: str, first: str, last: str, grain: Grain
) -> Sentence:
    cover = one_or_many(len(measures), "covers", "cover")
    own, whole = (
        span_words(pd.Timestamp(start), pd.Timestamp(end), grain) for start, end in ((low, high), (first, last))
    )
    message = (
        f"{quoted(measures)}, dated by “{column}”, {cover} {own}, while the data set goes from {whole}. "
        f"In the other {grain}s the values are missing, not 0."
    )
    return message, "Load the missing part, use only these periods, or say that nothing happened in the others."


def not_on_roster(n: int, reps: Examples) -> Sentence:
    are = one_or_many(reps.n, "is", "are")
    message = f"{pluralize(reps.n, 'rep')} with {row_count(n)} {are} not on the team list: {quoted_examples(reps)}."
    return message, "Add them, or correct their names; until then their attributes are blank."


SENTENCES: dict[str, Callable[..., Sentence]] = {
    "bad_ending": lambda ending, endings: (
        f"This is written as {' or '.join(endings)}, not “{ending}”.",
        "Choose one of these endings.",
    ),
    "coverage": coverage,
    "far_dates": lambda n, days: (
        f"{row_count(n)} {one_or_many(n, 'is', 'are')} dated more than a year away from the rest: "
        f"{quoted_examples(Examples(tuple(map(day_words, days.shown)), days.n))}. "
        f"{one_or_many(n, 'It is', 'They are')} counted.",
        "Correct the dates, or remove the rows; the time in between is not filled with zeros.",
    ),
    "limited_view": lambda attribute, values: (
        f"You see only the reps whose {attribute} is {' or '.join(values)}.",
        "Ask an admin to see others.",
    ),
    "limit_unknown": lambda attribute: (
        f"You may see some reps only, and this team list has no column “{attribute}”.",
        "Ask an admin.",
    ),
    "limit_empty": lambda: ("None of the reps whom you may see is in these data.", "Ask an admin."),
    "limited_problems": lambda n_problems: (
        f"These data have {pluralize(n_problems, 'problem')}; who sees only some reps is not shown which.",
        "Ask the owner of the data set.",
    ),
    "no_events": lambda reps: (
        f"{pluralize(reps.n, 'rep')} on the team list {one_or_many(reps.n, 'has', 'have')} no row in any source: "
        f"{quoted_examples(reps)}.",
        "Nothing to do if they did not sell yet.",
    ),
    "not_on_roster": not_on_roster,
    "not_written": lambda reason: (f"The file cannot be written: {reason}.", "Choose another place."),
    "outside_employment": lambda n, reps: (
        f"{pluralize(n, 'event')} of {quoted_examples(reps)} {one_or_many(n, 'lies', 'lie')} "
        f"in periods in which the team list says they were not there; {one_or_many(n, 'it is', 'they are')} counted.",
        "Correct the dates on the team list, or the rep of these rows.",
    ),
    "rep_spaces": lambda n: (
        f"{row_count(n)} {one_or_many(n, 'writes', 'write')} the rep with extra or invisible spaces; the spaces were "
        "removed.",
        "Nothing to do; clean the export if other tools read it.",
    ),
    "rep_spellings": rep_spellings,
    "roster_repeats": lambda n, reps: (
        f"{row_count(n)} {one_or_many(n, 'repeats', 'repeat')} a rep: {quoted_examples(reps)}. "
        "The first row's attributes count.",
        "Leave one row per rep; times of employment are joined.",
    ),
    "same_rep_absent": lambda names: (
        f"No row names {quoted_examples(names)} in the end.",
        "Check how these names are written.",
    ),
    "sources_do_not_meet": lambda n, reps, others: (
        f"None of the {pluralize(reps.n, 'rep')} of this source ({quoted_examples(reps)}) is in another source "
        f"({quoted_examples(others)}).",
        "Choose the column with the same names or ids, or look them up in a file that has both.",
    ),
    "too_many_periods": lambda n_expected: (
        f"The result would have {row_count(n_expected)} (reps times periods).",
        "Look for dates far from the others, or choose a longer period, such as months.",
    ),
}
