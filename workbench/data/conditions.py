"""The ``where`` of a measure: which columns it reads as numbers, dates or text, and choices that no row has."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Literal

import ibis.expr.types as ir

from workbench.data import columns
from workbench.data.formula import Formula, to_ibis
from workbench.data.formula_tree import (
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
    kind,
    walk,
)
from workbench.errors import Issue
from workbench.problems import nearest

Use = Literal["number", "text", "date", "compared"]
_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_MOST_VALUES = 1_000


def condition(
    formula: Formula, rows: ir.Table, dates: Mapping[str, ir.Value], decimal: str | None
) -> tuple[ir.BooleanValue, tuple[Issue, ...]]:
    """Which rows the condition holds for (never null), with what reading its columns found.

    Parameters
    ----------
    dates : the source's date columns, already read; they compare as dates, also with a text such as ``'2024-06-30'``.
    """
    uses = column_uses(formula, dates)
    numbers = {name: columns.number(rows, name, decimal) for name in uses["number"]}
    numbers |= {name: found for name in uses["compared"] if (found := _as_number(rows, name, decimal))}
    moments = {name: columns.moment(rows, name) for name in uses["date"] if name not in dates}
    view = _View({name: rows[name] for name in formula.names})
    view.update({name: columns.text(rows, name).expr for name in uses["text"]})
    view.update({name: dates[name] if name in dates else moments[name].expr for name in uses["date"]})
    holds = to_ibis(formula, view, {name: reading.expr for name, reading in numbers.items()})
    issues = [issue for reading in (*numbers.values(), *moments.values()) for issue in reading.issues]
    return holds.fill_null(False), tuple(issues)


class _View(dict[str, ir.Value]):
    """A table's columns, some of them read; expressions stay expressions over the table itself."""

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self)


def _as_number(rows: ir.Table, name: str, decimal: str | None) -> columns.Reading | None:
    """A text column compared with another column is numbers when all of it reads as numbers."""
    if not rows[name].type().is_string():
        return None
    reading = columns.number(rows, name, decimal)
    unread = rows.count(where=columns.text(rows, name).expr.notnull() & reading.expr.isnull())
    return None if unread.to_pyarrow().as_py() else reading


def column_uses(formula: Formula, dates: Collection[str] = ()) -> dict[Use, set[str]]:
    """Which columns a condition uses as what; one may be used in several ways.

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
                yield from _uses(side, _compared_as((left, right), dates), dates)
        case Among(item, options):
            yield from _uses(item, _compared_as((item, *options), dates), dates)
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


def _compared_as(nodes: tuple[Node, ...], dates: Collection[str]) -> Use:
    kinds = {kind(node) for node in nodes}
    texts = [node.value for node in nodes if isinstance(node, Text)]
    names = [node.name for node in nodes if isinstance(node, Name)]
    if texts and all(_DATE.match(text) for text in texts):
        return "date"
    if "text" in kinds:
        return "text"
    if kinds == {"any"}:
        return "date" if any(name in dates for name in names) else "compared"
    return "number"


def absent_choices(formula: Formula, rows: ir.Table, where: str) -> tuple[Issue, ...]:
    """A warning for every quoted text that no row has in its column, with the one that was probably meant."""
    issues = []
    for name, choices in _choices(formula).items():
        text = columns.text(rows, name).expr
        present = set(_values(rows.select(value=text).filter(lambda t, c=choices: t.value.isin(c))))
        absent = [choice for choice in choices if choice not in present]
        known = _values(rows.select(value=text)) if absent else ()
        issues += [_absent(name, choice, known, where) for choice in absent]
    return tuple(issues)


def _values(column: ir.Table) -> list[str]:
    return column.drop_null().distinct().order_by("value").limit(_MOST_VALUES).to_pyarrow()["value"].to_pylist()


def _choices(formula: Formula) -> dict[str, list[str]]:
    """The texts each column is compared with for being equal; dates and orderings do not count."""
    found: dict[str, list[str]] = {}
    for node in walk(formula.tree):
        match node:
            case Compare("==" | "!=", Name(name), Text(text)) | Compare("==" | "!=", Text(text), Name(name)):
                found.setdefault(name, []).append(text)
            case Among(Name(name), options):
                found.setdefault(name, []).extend(o.value for o in options if isinstance(o, Text))
    return {name: [t for t in dict.fromkeys(texts) if not _DATE.match(t)] for name, texts in found.items()}


def _absent(name: str, choice: str, known: Collection[str], where: str) -> Issue:
    near = nearest(choice, known)
    listed = ", ".join(f"“{value}”" for value in list(known)[:8])
    fix = f"Did you mean “{near}”?" if near else f"The column has {listed}{' …' if len(known) > 8 else ''}."
    return Issue("warning", "absent_value", where, f"No row has “{choice}” in “{name}”.", fix)
