"""What is wrong with a formula, and how to write it."""

from __future__ import annotations

from collections.abc import Callable

from workbench.errors import Examples
from workbench.words.issue_parts import Sentence
from workbench.words.numbers import pluralize

HINTS: dict[str, str] = {
    "=": "To compare, write == (two equal signs).",
    "<>": "Write != for “is not equal to”.",
    "&": "Write the word and.",
    "&&": "Write the word and.",
    "|": "Write the word or.",
    "||": "Write the word or.",
    "!": "Write the word not.",
    "^": "There are no powers; multiply instead.",
    "%": "Write 0.5 for 50%.",
    "“": "Use straight quotes: 'text'.",
    "”": "Use straight quotes: 'text'.",
    "‘": "Use straight quotes: 'text'.",
    "’": "Use straight quotes: 'text'.",
    "×": "Write * to multiply.",
    "÷": "Write / to divide.",
    "−": "Write - (a plain hyphen) for minus.",
    "≤": "Write <= for “at most”.",
    "≥": "Write >= for “at least”.",
    "≠": "Write != for “is not equal to”.",
}
NEEDED: dict[str, str] = {
    "bracket": "Close the bracket that was opened before.",
    "choices": "Write the choices in brackets: in ('Won', 'Lost').",
    "choices_end": "Close the list of choices with a bracket.",
}


def formula(problem: str, position: int, shown: str, **facts: object) -> Sentence:
    """What is wrong, with the place: ``won / ▸clsed``."""
    message, fix = PROBLEMS[problem](**facts)
    return f"{message} (position {position}: {shown})", fix


def in_field(problem: str, position: int, shown: str, **facts: object) -> Sentence:
    """The same beside the field itself, where a caret marks the place."""
    return PROBLEMS[problem](**facts)


def _unexpected(word: str, is_value: bool, spaced: str | None) -> Sentence:
    fix = "Put an operator such as + - * / before it." if is_value else "Remove it."
    if spaced:
        fix = f"Put a name with spaces in backticks: `{spaced}`."
    return f"“{word}” is not expected here", fix


def _missing_sign(sign: str, of: str, written: str) -> Sentence:
    return f"“{sign}” is missing here", NEEDED.get(of) or f"Write {written}."


def _unknown_function(name: str, near: str | None, known: tuple[str, ...]) -> Sentence:
    fix = f"Did you mean {near}?" if near else f"Use one of {', '.join(known)}."
    return f"There is no function “{name}”", fix


def _arguments(function: str, n_given: int, written: str) -> Sentence:
    return f"{function} does not take {pluralize(n_given, 'argument')}", f"Write {written}."


def _unknown_name(name: str, near: str | None, known: Examples) -> Sentence:
    if near:
        return f"There is no “{name}”", f"Did you mean {near}?"
    more = " …" if known.n > len(known.shown) else "."
    fix = f"Use one of {', '.join(known.shown)}{more}" if known.n else "Load data first: no names are known here."
    return f"There is no “{name}”", fix


PROBLEMS: dict[str, Callable[..., Sentence]] = {
    "arguments": _arguments,
    "chained": lambda: ("Comparisons cannot be chained", "Write a < b and b < c."),
    "empty": lambda: ("The formula is empty", "Write a measure's name, for example."),
    "ends_early": lambda: ("The formula ends too early", "Finish it, or remove the last operator."),
    "gives_text": lambda: ("This gives text, not a number", "Compare it with == or in ( … )."),
    "missing_sign": _missing_sign,
    "nested": lambda most: (f"The formula nests more than {most} levels deep", "Write it flatter."),
    "nested_for_engine": lambda: ("The formula nests too many functions and divisions", "Write it flatter."),
    "no_condition": lambda: (
        "A condition is needed here", "Compare something, such as stage == 'Won' or value > 0."
    ),
    "not_a_choice": lambda: ("Only texts and numbers can be listed here", "Put texts in quotes: 'Won'."),
    "number_and_text": lambda: ("A number and text cannot be compared or mixed", "Quote both, or neither."),
    "open_quote": lambda sign: (f"The quote {sign} is not closed", f"Add {sign} at the end of the quoted part."),
    "text_as_number": lambda: ("Text cannot be used as a number", "Compare it with == or in ( … )."),
    "too_large": lambda: ("This number is too large", "Write a smaller number."),
    "too_long": lambda most: (f"The formula is longer than {most:,} characters", "Shorten it."),
    "too_many_terms": lambda most: (f"More than {most} terms follow one another", "Use fewer, or in ( … )."),
    "unexpected": _unexpected,
    "unknown_function": _unknown_function,
    "unknown_name": _unknown_name,
    "unknown_sign": lambda sign: (f"“{sign}” has no meaning in a formula", HINTS.get(sign, "Remove it.")),
}  # fmt: skip
SENTENCES: dict[str, Callable[..., Sentence]] = {"formula": formula}
