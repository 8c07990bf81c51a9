"""Evaluate the ``where`` of a measure, and report values in it that no row has."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Literal

import ibis.expr.types as ir

from workbench.data.columns.column_reader import ColumnReader
from workbench.errors import Examples, Issue, Where
from workbench.formula.formula import Formula, to_ibis
from workbench.formula.tree import (
    Among,
    Arithmetic,
    Call,
    Compare,
    Logic,
    Name,
    Negate,
    Node,
    Not,
    Text,
    value_kind,
    walk,
)
from workbench.problems import nearest

Use = Literal["number", "text", "date", "compared"]
_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_MOST_VALUES = 1_000


def row_mask(formula: Formula, read: ColumnReader, dates: Collection[str] = ()) -> ir.BooleanValue:
    """Return for which rows a condition holds (never null).

    Parameters
    ----------
    read : reader of the rows' columns, which collects issues.
    dates : the source's date columns; they compare as dates, also with a text such as ``'2024-06-30'``.
    """
    uses = column_uses(formula, dates)
    best = {name: read.infer(name) for name in uses["compared"]}
    numbers = {name: value for name, value in best.items() if value.type().is_numeric()}
    view = _View({name: read.rows[name] for name in formula.names} | best)
    view.update({name: read.text(name) for name in uses["text"]})
    view.update({name: read.dates(name) for name in uses["date"]})
    return to_ibis(formula, view, numbers | {name: read.number(name) for name in uses["number"]}).fill_null(False)


class _View(dict[str, ir.Value]):
    """A table with some columns already read; expressions stay over the table itself."""

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self)


def column_uses(formula: Formula, dates: Collection[str] = ()) -> dict[Use, set[str]]:
    """Return which columns a condition uses as numbers, dates or text; a column can be used in several ways.

    ``"compared"``: only ever compared with another column, so the column itself decides.
    """
    found: dict[Use, set[str]] = {"number": set(), "text": set(), "date": set(), "compared": set()}
    for name, use in _uses(formula.tree, "number", dates):
        found[use].add(name)
    return found


def _uses(node: Node, use: Use, dates: Collection[str]) -> Iterator[tuple[str, Use]]:
    match node:
        case Name(name):
            yield name, use
        case Compare(_, left, right):
            for side in (left, right):
                yield from _uses(side, _comparison_use((left, right), dates), dates)
        case Among(item, options):
            yield from _uses(item, _comparison_use((item, *options), dates), dates)
        case Negate(operand) | Not(operand):
            yield from _uses(operand, "number", dates)
        case Arithmetic(_, left, right) | Logic(_, left, right):
            yield from _uses(left, "number", dates)
            yield from _uses(right, "number", dates)
        case Call("if", (test, *values)):
            yield from _uses(test, "number", dates)
            for value in values:
                yield from _uses(value, use, dates)
        case Call("coalesce", values):
            for value in values:
                yield from _uses(value, use, dates)
        case Call(_, values):
            for value in values:
                yield from _uses(value, "number", dates)


def _comparison_use(nodes: tuple[Node, ...], dates: Collection[str]) -> Use:
    kinds = {value_kind(node) for node in nodes}
    texts = [node.value for node in nodes if isinstance(node, Text)]
    names = [node.name for node in nodes if isinstance(node, Name)]
    if texts and all(_DATE.match(text) for text in texts):
        return "date"
    if "text" in kinds:
        return "text"
    if kinds == {"any"}:
        return "date" if any(name in dates for name in names) else "compared"
    return "number"


def absent_choice_issues(formula: Formula, read: ColumnReader, where: Where) -> tuple[Issue, ...]:
    """Return a warning for every quoted text that no row has in its column, with the one probably meant."""
    issues = []
    for name, choices in _compared_texts(formula).items():
        few, values = read.few_values(name, _MOST_VALUES), read.distinct_values(name)
        present = set(_list_values(values.filter(values.value.isin(choices))) if few is None else few)
        absent = [choice for choice in choices if choice not in present]
        known = (_list_values(values) if few is None else few) if absent else ()
        issues += [_absent_choice_issue(name, choice, known, where) for choice in absent]
    return tuple(issues)


def _list_values(values: ir.Table) -> list[str]:
    return values.drop_null().order_by("value").limit(_MOST_VALUES).to_pyarrow()["value"].to_pylist()


def _compared_texts(formula: Formula) -> dict[str, list[str]]:
    """Return the texts that each column is tested to be equal to; dates and orderings are left out."""
    found: dict[str, list[str]] = {}
    for node in walk(formula.tree):
        match node:
            case Compare("==" | "!=", Name(name), Text(text)) | Compare("==" | "!=", Text(text), Name(name)):
                found.setdefault(name, []).append(text)
            case Among(Name(name), options):
                found.setdefault(name, []).extend(o.value for o in options if isinstance(o, Text))
    return {name: [t for t in dict.fromkeys(texts) if not _DATE.match(t)] for name, texts in found.items()}


def _absent_choice_issue(name: str, choice: str, known: Collection[str], where: Where) -> Issue:
    near = nearest(choice, known)
    return Issue.of("warning", "absent_value", where, name=choice, column=name, near=near, known=Examples.of(known, 8))
