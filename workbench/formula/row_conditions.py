"""Convert conditions picked one by one, such as "stage is Won and amount is at least 500", to a formula and back."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, get_args

from workbench.errors import InputError
from workbench.formula.formula import parse_formula, quote_name
from workbench.formula.tree import (
    Among,
    Call,
    Compare,
    Connective,
    Logic,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Text,
    with_children,
)
from workbench.formula.value_choice import Choice, choice_from_tree

Test = Literal["is", "is not", "at least", "at most"]
TESTS: tuple[Test, ...] = get_args(Test)
BLANK = ""
"""Among the values of a condition: the rows without a value in its column."""
_MONTH, _DAY = re.compile(r"\d{4}-\d{2}"), re.compile(r"\d{4}-\d{2}-\d{2}")
_SIGNS: dict[Test, str] = {"at least": ">=", "at most": "<="}


@dataclass(frozen=True)
class Condition:
    """One condition on one column.

    ``at least`` and ``at most`` have one value: a number, a day, or a month, which is taken whole. ``is not`` keeps the
    rows without a value unless ``BLANK`` is among its values.
    """

    column: str
    test: Test
    values: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether it says enough to be tested."""
        if not self.column or not self.values:
            return False
        return self.test not in _SIGNS or _bound(self.values[0], self.test) is not None

    def formula(self) -> str:
        """Return a complete condition in the formula language."""
        if self.test in _SIGNS:
            return f"{quote_name(self.column)} {_SIGNS[self.test]} {_bound(self.values[0], self.test)}"
        name = quote_name(self.column)
        if self.test == "is":
            tested = _blank_counting(name) if BLANK in self.values else name
            return tested + Choice(self.column, self.values).formula().removeprefix(name)
        tested = name if BLANK in self.values else _blank_counting(name)
        values = tuple(value for value in self.values if value != BLANK) or self.values
        rest = Choice(self.column, values).formula().removeprefix(name)
        return f"{tested} !={rest.removeprefix(' ==')}" if len(values) == 1 else f"{tested} not{rest}"


def _blank_counting(name: str) -> str:
    """Write a quoted column so that a row without a value has a blank text in it."""
    return f"coalesce({name}, '')"


@dataclass(frozen=True)
class Conditions:
    """Conditions of which all hold (``and``), or of which one is enough (``or``)."""

    parts: tuple[Condition, ...]
    joined: Connective = "and"

    def formula(self) -> str:
        """Return them in the formula language."""
        return f" {self.joined} ".join(part.formula() for part in self.parts)


def parse_conditions(text: str) -> Conditions | None:
    """Return the conditions that a formula expresses; None for any other formula and for one that does not parse."""
    try:
        tree = parse_formula(text).tree
    except InputError:
        return None
    joined: Connective = tree.op if isinstance(tree, Logic) else "and"
    parts = [_condition(node) for node in _joined(tree, joined)]
    known = tuple(part for part in parts if part is not None)
    return Conditions(known, joined) if len(known) == len(parts) else None


def _joined(node: Node, connective: Connective) -> list[Node]:
    if isinstance(node, Logic) and node.op == connective:
        return [*_joined(node.left, connective), *_joined(node.right, connective)]
    return [node]


def _condition(node: Node) -> Condition | None:
    match node:
        case Compare("==", item, Text()) | Among(item) if column := _column_counting_blanks(item):
            found = choice_from_tree(_testing(node, column))
            return Condition(column, "is", found.values) if found and BLANK in found.values else None
        case Compare("!=", item, Text(value)) if value and (column := _column_counting_blanks(item)):
            return Condition(column, "is not", (value,))
        case Not(Among(item) as among) if column := _column_counting_blanks(item):
            found = choice_from_tree(_testing(among, column))
            return Condition(column, "is not", found.values) if found and BLANK not in found.values else None
        case Compare("!=", Name(column), Text(value)):
            return Condition(column, "is not", tuple(dict.fromkeys((value, BLANK))))
        case Not(Among() as among) if choice := choice_from_tree(among):
            return Condition(choice.column, "is not", tuple(dict.fromkeys((*choice.values, BLANK))))
        case Compare(">=" | "<=" as sign, Name(column), bound):
            return _bounded(column, "at least" if sign == ">=" else "at most", bound)
    choice = choice_from_tree(node)
    return Condition(choice.column, "is", choice.values) if choice and BLANK not in choice.values else None


def _column_counting_blanks(item: Node) -> str | None:
    """Return the column of ``coalesce(column, '')``, which has a blank text where a row has no value."""
    match item:
        case Call("coalesce", (Name(column), Text(""))):
            return column
    return None


def _testing(node: Node, column: str) -> Node:
    return with_children(node, lambda child: child if isinstance(child, Text) else Name(column))


def _bounded(column: str, test: Test, bound: Node) -> Condition | None:
    """Return the condition of an ordering; a month that is written, which stands for its first day, becomes a day."""
    match bound:
        case Number(number) | Negate(Number(number)):
            value = f"{Decimal(f'{number:.15g}'):f}"
            return Condition(column, test, (f"-{value}" if isinstance(bound, Negate) else value,))
        case Text(text) if _DAY.fullmatch(text) and _real_day(text):
            return Condition(column, test, (text,))
        case Text(text) if _MONTH.fullmatch(text) and (first := _real_day(f"{text}-01")) and first > date.min:
            before = first if test == "at least" else first - timedelta(days=1)
            return Condition(column, test, (before.isoformat(),))
    return None


def is_unreal_date(written: str) -> bool:
    """Whether a text is written like a day or a month that the calendar does not have."""
    bare = written.strip()
    return bool(_MONTH.fullmatch(bare) or _DAY.fullmatch(bare)) and _bound(bare, "at least") is None


def _bound(written: str, test: Test) -> str | None:
    """Return a number or a day in the formula language; of a month its first or last day; None for anything else."""
    bare = written.strip()
    if _DAY.fullmatch(bare):
        return f"'{bare}'" if _real_day(bare) else None
    if _MONTH.fullmatch(bare):
        if not (first := _real_day(f"{bare}-01")):
            return None
        return f"'{bare}-{monthrange(first.year, first.month)[1] if test == 'at most' else 1:02}'"
    number = bare.replace(",", "") if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", bare) else bare
    return number if re.fullmatch(r"-?\d+(\.\d+)?", number) else None


def _real_day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
