"""Convert conditions picked one by one, such as "stage is Won and amount is at least 500", to a formula and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from workbench.errors import InputError
from workbench.formula.formula import parse_formula, quote_name
from workbench.formula.tree import Among, Compare, Connective, Logic, Name, Node, Not, Number, Text
from workbench.formula.value_choice import Choice, choice_from_tree

Test = Literal["is", "is not", "at least", "at most"]
TESTS: tuple[Test, ...] = get_args(Test)
DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_SIGNS: dict[Test, str] = {"at least": ">=", "at most": "<="}


@dataclass(frozen=True)
class Condition:
    """One condition on one column; ``at least`` and ``at most`` have one value: a number, or a date such as 2025-01."""

    column: str
    test: Test
    values: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether it says enough to be tested."""
        if not self.column or not self.values:
            return False
        return self.test not in _SIGNS or _bound(self.values[0]) is not None

    def formula(self) -> str:
        """Return a complete condition in the formula language."""
        if self.test in _SIGNS:
            return f"{quote_name(self.column)} {_SIGNS[self.test]} {_bound(self.values[0])}"
        said = Choice(self.column, self.values).formula()
        if self.test == "is":
            return said
        name = quote_name(self.column)
        rest = said.removeprefix(name)
        return f"{name} !={rest.removeprefix(' ==')}" if len(self.values) == 1 else f"{name} not{rest}"


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
    if choice := choice_from_tree(node):
        return Condition(choice.column, "is", choice.values)
    match node:
        case Not(Among() as among) if choice := choice_from_tree(among):
            return Condition(choice.column, "is not", choice.values)
        case Compare("!=", Name(column), Text(value)):
            return Condition(column, "is not", (value,))
        case Compare(">=" | "<=" as sign, Name(column), Number() | Text() as bound):
            value = f"{bound.value:.15g}" if isinstance(bound, Number) else bound.value
            found = Condition(column, "at least" if sign == ">=" else "at most", (value,))
            return found if found.is_complete else None
    return None


def _bound(written: str) -> str | None:
    """Return a number or a date in the formula language; None for anything else."""
    bare = written.strip()
    if DATE.fullmatch(bare):
        return f"'{bare}'"
    number = bare.replace(",", "") if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", bare) else bare
    return number if re.fullmatch(r"-?\d+(\.\d+)?", number) else None
