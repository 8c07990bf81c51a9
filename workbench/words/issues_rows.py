"""What is wrong with a source's rows: not used and why, repeated, undated, without an amount or a match."""

from __future__ import annotations

import json
from collections.abc import Callable

import pandas as pd

from workbench.data.model.dataset import Grain
from workbench.errors import Amount, Examples, Spelling
from workbench.words.gaps import span_words
from workbench.words.issue_parts import (
    Sentence,
    amounts_at_stake,
    amounts_without,
    one_or_many,
    quoted,
    quoted_examples,
    row_count,
)
from workbench.words.numbers import pluralize

Amounts = tuple[Amount, ...]
SHOWN = 5  # spellings in a sentence


def _unused(one: str, many: str, fix: str) -> Callable[..., Sentence]:
    """The sentence for a reason why rows are not used."""

    def said(n: int, amounts: Amounts) -> Sentence:
        return f"{row_count(n)} {one_or_many(n, one, many)}.{amounts_at_stake(amounts)}", fix

    return said


def spelled(spellings: tuple[Spelling, ...], n: int) -> str:
    """``“gtxpro” (2 rows) for “GTX Pro”``, the first few, and how many more there are."""
    said = [f"“{each.written}” ({row_count(each.n_rows)}) for “{each.meant}”" for each in spellings[:SHOWN]]
    return ", ".join(said) + (f" and {n - SHOWN:,} more" if n > SHOWN else "")


def remedy(spellings: tuple[Spelling, ...]) -> str:
    """What is to be written into a file: ``{"gtxpro": "GTX Pro"}``."""
    meant = {each.written: each.meant for each in spellings if each.written != each.meant}
    return json.dumps(meant, ensure_ascii=False)


def lookup_almost(n: int, spellings: tuple[Spelling, ...], n_spellings: int, amounts: Amounts) -> Sentence:
    has = one_or_many(n, "has", "have")
    message = (
        f"{row_count(n)} {has} a key that almost matches: {spelled(spellings, n_spellings)}.{amounts_without(amounts)}"
    )
    return message, "Write the keys the same way in both files."


def lookup_no_match(n: int, keys: Examples, columns: Examples, amounts: Amounts) -> Sentence:
    message = (
        f"{row_count(n)} {one_or_many(n, 'has', 'have')} no match: {quoted_examples(keys)}.{amounts_without(amounts)}"
    )
    blank = f"{quoted_examples(columns)} {one_or_many(columns.n, 'is', 'are')} blank in these rows"
    return message, f"Add these keys to the looked-up file; until then {blank}."


def lookup_repeated_key(n: int, keys: Examples) -> Sentence:
    stand = one_or_many(keys.n, "key stands", "keys stand")
    message = f"{keys.n:,} {stand} in more than one row ({quoted_examples(keys)}); the first row of each was used."
    unused = f"{row_count(n)} {one_or_many(n, 'was', 'were')} not used."
    return message, f"Leave one row per key, or look up by more columns. {unused}"


def absent_value(name: str, column: str, near: str | None, known: Examples) -> Sentence:
    more = " …" if known.n > len(known.shown) else "."
    fix = f"Did you mean “{near}”?" if near else f"The column has {quoted(known.shown)}{more}"
    return f"No row has “{name}” in “{column}”.", fix


def duplicate_ids(n: int, column: str, amounts: Amounts) -> Sentence:
    repeat, they = one_or_many(n, "repeats", "repeat"), one_or_many(n, "it is", "they are")
    message = f"{row_count(n)} {repeat} the “{column}” of an earlier row; {they} counted.{amounts_at_stake(amounts)}"
    return message, "If they are the same event twice, leave the repeated rows out of the file."


def duplicate_rows(n: int, amounts: Amounts) -> Sentence:
    copies = one_or_many(n, "is an exact copy of an earlier row; it is", "are exact copies of an earlier row; they are")
    message = f"{row_count(n)} {copies} counted.{amounts_at_stake(amounts)}"
    return message, "If they are the same event twice, leave the repeated rows out of the file."


def outside_periods(n: int, amounts: Amounts, grain: str) -> Sentence:
    has = one_or_many(n, "has a date", "have a date")
    message = f"{row_count(n)} {has} outside the {grain}s in use.{amounts_at_stake(amounts)}"
    return message, f"To use them, edit the mapping and press “Use all {grain}s”."


def not_yet_dated(n: int, stage: str, amounts: Amounts) -> Sentence:
    has, they = one_or_many(n, "has", "have"), one_or_many(n, "it is", "they are")
    message = f"{row_count(n)} at “{stage}” {has} no date yet, so {they} in no period.{amounts_at_stake(amounts)}"
    return message, "Nothing to do: these rows have not got that far."


def still_open(n: int, wait: int, first: str, last: str, grain: Grain) -> Sentence:
    begun = span_words(pd.Timestamp(first), pd.Timestamp(last), grain)
    who = one_or_many(n, "is still open and may close", "are still open and may close")
    message = f"The export ends before newer cases close: {n:,} begun in {begun} {who} later."
    fix = f"Compare wins with new cases in earlier {grain}s only: the newest cases can still be won."
    return f"{message} Nine in ten close within {wait} days.", fix


def no_amount(n: int, column: str, due: int) -> Sentence:
    if 2 * n <= due:
        message = f"{row_count(n)} counted here {one_or_many(n, 'has', 'have')} no amount in “{column}”"
        return f"{message}; a blank is not a zero.", "They add nothing; fill in the amount where one is due."
    have = one_or_many(n, "has", "have")
    message = f"{n:,} of {pluralize(due, 'row')} counted here {have} no amount in “{column}”, and add nothing."
    fix = "Nothing to do if most need none, such as unanswered calls. Otherwise build no KPI on this column."
    return message, fix


COUNT_ONCE = 'Or add "duplicates": "drop" to the source.'
FILE_STEPS: dict[str, Callable[..., str]] = {
    "duplicate_ids": lambda **_: COUNT_ONCE,
    "duplicate_rows": lambda **_: COUNT_ONCE,
    "lookup_almost": lambda spellings, **_: f'Or add "same": {remedy(spellings)} to this lookup.',
    "rep_spellings": lambda spellings, **_: f'Or add "same_rep": {remedy(spellings)} to the data set file.',
}
"""What somebody who writes the data set file by hand can do instead; only commands say it."""
SENTENCES: dict[str, Callable[..., Sentence]] = {
    "absent_value": absent_value,
    "blank_rep": _unused("names no rep", "name no rep", "Fill in the rep where the rows matter."),
    "duplicate": _unused(
        "repeats an earlier row and was dropped, as the data set file asks",
        "repeat an earlier row and were dropped, as the data set file asks",
        "",
    ),
    "duplicate_ids": duplicate_ids,
    "duplicate_rows": duplicate_rows,
    "header_row": _unused(
        "repeats the column names", "repeat the column names", "Nothing to do: files were probably pasted together."
    ),
    "outside_periods": outside_periods,
    "still_open": still_open,
    "replaced": _unused(
        "is replaced by a row of a later file",
        "are replaced by rows of a later file",
        "Nothing to do: the later file counts.",
    ),
    "implausible_date": _unused(
        "has a date that cannot be right", "have a date that cannot be right", "Correct the dates."
    ),
    "lookup_almost": lookup_almost,
    "lookup_blank_key": lambda n, columns: (
        f"{row_count(n)} {one_or_many(n, 'has', 'have')} a blank {' or '.join(f'“{name}”' for name in columns)}, so "
        "nothing "
        "could be looked up.",
        "Fill in the blanks where they matter.",
    ),
    "lookup_no_match": lookup_no_match,
    "lookup_repeated_key": lookup_repeated_key,
    "no_amount": no_amount,
    "no_date": _unused(
        "has no date, so it is in no period",
        "have no date, so they are in no period",
        "Fill in the date where the rows matter.",
    ),
    "no_match": _unused(
        "has a rep that could not be looked up",
        "have a rep that could not be looked up",
        "Add the missing keys to the looked-up file.",
    ),
    "not_yet_dated": not_yet_dated,
    "nothing_used": lambda n, rep, date: (
        f"None of the {pluralize(n, 'row')} of this source could be used.",
        f"Check that “{rep}” names the rep and “{date}” the date.",
    ),
    "rep_error": _unused(
        "has a spreadsheet error instead of a rep",
        "have a spreadsheet error instead of a rep",
        "Repair the formula in the spreadsheet.",
    ),
    "total_row": _unused(
        "is a total, not a rep's own row",
        "are totals, not a rep's own rows",
        "Nothing to do: totals would count everything twice.",
    ),
    "undated": lambda n, column, amounts: (
        f"{row_count(n)} counted here {one_or_many(n, 'has', 'have')} no “{column}”, so "
        f"{one_or_many(n, 'it is', 'they are')} in no period.{amounts_at_stake(amounts)}",
        f"Fill in “{column}”, or date the measure by another column.",
    ),
    "unreadable_date": _unused(
        "has a date that cannot be read",
        "have a date that cannot be read",
        "Correct them, or choose the date format under “How the file is read”.",
    ),
}
