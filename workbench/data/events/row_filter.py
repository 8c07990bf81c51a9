"""Evaluate the ``where`` of a measure, and report values in it that no row has."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
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
    children,
    value_kind,
    walk,
    with_children,
)
from workbench.problems import nearest

Use = Literal["number", "text", "date", "compared"]
_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_AS_DATE = "\0date of "
"""Before the name of a column where it compares as a date; elsewhere in the same condition it may be text."""
_MOST_VALUES = 1_000


def row_mask(formula: Formula, read: ColumnReader, dates: Collection[str] = ()) -> ir.BooleanValue:
    """Return for which rows a condition holds (never null).

    Parameters
    ----------
    read : reader of the rows' columns, which collects issues.
    dates : the source's date columns; they compare as dates, also with a text such as ``'2024-06-30'``.

    Equal to a text is what the file writes so, unless the text is a day: any form of that day is equal to it.
    """
    uses = column_uses(formula, dates)
    best = {name: read.infer(name) for name in uses["compared"]}
    numbers = {name: value for name, value in best.items() if value.type().is_numeric()}
    view = _View({name: read.rows[name] for name in formula.names} | best)
    view.update({name: read.text(name) for name in uses["text"]})
    view.update({_AS_DATE + name: read.dates(name) for name in uses["date"]})
    dated = Formula(_with_dates_named(formula.tree, dates), formula.text)
    return to_ibis(dated, view, numbers | {name: read.number(name) for name in uses["number"]}).fill_null(False)


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
        case Compare() | Among():
            for side in children(node):
                yield from _uses(side, _comparison_use(node, dates), dates)
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


def _comparison_use(node: Compare | Among, dates: Collection[str]) -> Use:
    nodes = children(node)
    kinds = {value_kind(each) for each in nodes}
    texts = [each.value for each in nodes if isinstance(each, Text)]
    names = [each.name for each in nodes if isinstance(each, Name)]
    ordered = isinstance(node, Compare) and node.op not in ("==", "!=")
    if texts and all(_DATE.match(text) if ordered else _DAY.fullmatch(text) for text in texts):
        return "date"
    if "text" in kinds:
        return "text"
    if kinds == {"any"}:
        return "date" if any(name in dates for name in names) else "compared"
    return "number"


def _with_dates_named(node: Node, dates: Collection[str], inside: bool = False) -> Node:
    """Return the tree with another name for the columns that compare as dates; ``inside`` such a comparison."""
    match node:
        case Name(name):
            return replace(node, name=_AS_DATE + name) if inside else node
        case Compare() | Among():
            as_date = _comparison_use(node, dates) == "date"
            return with_children(node, lambda child: _with_dates_named(child, dates, as_date))
        case Call("if", (test, *values)):
            chosen = (_with_dates_named(value, dates, inside) for value in values)
            return replace(node, arguments=(_with_dates_named(test, dates), *chosen))
        case Call("coalesce"):
            return with_children(node, lambda child: _with_dates_named(child, dates, inside))
    return with_children(node, lambda child: _with_dates_named(child, dates))


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
    """Return the texts that each column is tested to be equal to; days, orderings and blanks are left out."""
    found: dict[str, list[str]] = {}
    for node in walk(formula.tree):
        match node:
            case Compare("==" | "!=", item, Text(text)) | Compare("==" | "!=", Text(text), item):
                texts = [text]
            case Among(item, options):
                texts = [option.value for option in options if isinstance(option, Text)]
            case _:
                continue
        if name := _column_of(item):
            found.setdefault(name, []).extend(text for text in texts if text and not _DAY.fullmatch(text))
    return {name: list(dict.fromkeys(texts)) for name, texts in found.items()}


def _column_of(item: Node) -> str | None:
    """Return the column of a test, also of one that takes blanks for a value: ``coalesce(stage, '')``."""
    match item:
        case Name(name) | Call("coalesce", (Name(name), Text(""))):
            return name
    return None


def _absent_choice_issue(name: str, choice: str, known: Collection[str], where: Where) -> Issue:
    near = nearest(choice, known)
    return Issue.of("warning", "absent_value", where, name=choice, column=name, near=near, known=Examples.of(known, 8))
