"""Evaluate a formula's tree on arrays in memory, or translate it to expressions of the engine."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from typing import Any, Protocol

import ibis
import numpy as np
import pandas as pd

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
    Number,
    Text,
    children,
    names_in,
    value_kind,
)

COMPARE = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
PLAIN = {"+": operator.add, "-": operator.sub, "*": operator.mul}


class Operations(Protocol):
    """The operations a backend must offer; numbers, texts and truths are its own types of values."""

    def number(self, name: str) -> Any: ...
    def text(self, name: str) -> Any: ...
    def is_text(self, name: str) -> bool: ...
    def constant(self, value: float | str) -> Any: ...
    def divide(self, left: Any, right: Any) -> Any: ...
    def compare(self, op: str, left: Any, right: Any) -> Any: ...
    def among(self, item: Any, options: Sequence[float | str]) -> Any: ...
    def as_number(self, truth: Any) -> Any: ...
    def as_truth(self, number: Any) -> Any: ...
    def choose(self, condition: Any, yes: Any, no: Any) -> Any: ...
    def first(self, values: Sequence[Any]) -> Any: ...
    def smallest(self, values: Sequence[Any]) -> Any: ...
    def largest(self, values: Sequence[Any]) -> Any: ...
    def log1p(self, number: Any) -> Any: ...
    def size(self, number: Any) -> Any: ...


class TreeEvaluator:
    """Evaluate a tree; each method returns a node's value as that kind."""

    def __init__(self, operations: Operations) -> None:
        self.do = operations

    def number(self, node: Node) -> Any:
        match node:
            case Number(value):
                return self.do.constant(value)
            case Name(name):
                return self.do.number(name)
            case Negate(operand):
                return -self.number(operand)
            case Arithmetic("/", left, right):
                return self.do.divide(self.number(left), self.number(right))
            case Arithmetic(op, left, right):
                return PLAIN[op](self.number(left), self.number(right))
            case Call(function, arguments):
                return self._call(function, arguments, self.number)
        return self.do.as_number(self.truth(node))

    def text(self, node: Node) -> Any:
        match node:
            case Text(value):
                return self.do.constant(value)
            case Name(name):
                return self.do.text(name)
            case Call(function, arguments):
                return self._call(function, arguments, self.text)
        raise TypeError(node)

    def truth(self, node: Node) -> Any:
        match node:
            case Compare(op, left, right):
                read = self._common_reader(left, right)
                return self.do.compare(op, read(left), read(right))
            case Logic("and", left, right):
                return self.truth(left) & self.truth(right)
            case Logic("or", left, right):
                return self.truth(left) | self.truth(right)
            case Not(operand):
                return ~self.truth(operand)
            case Among(item, options):
                return self.do.among(self._common_reader(item, *options)(item), [option.value for option in options])
        return self.do.as_truth(self.number(node))

    def _common_reader(self, *nodes: Node) -> Any:
        """Read both sides as text if one side is text, or if only columns are compared and one of them is text."""
        kinds = {value_kind(node) for node in nodes}
        undecided = kinds == {"any"} and any(self.do.is_text(name) for node in nodes for name in names_in(node))
        return self.text if "text" in kinds or undecided else self.number

    def _call(self, function: str, arguments: tuple[Node, ...], read: Any) -> Any:
        if function == "if":
            return self.do.choose(self.truth(arguments[0]), read(arguments[1]), read(arguments[2]))
        values = [read(argument) for argument in arguments]
        match function:
            case "coalesce":
                return self.do.first(values)
            case "min":
                return self.do.smallest(values)
            case "max":
                return self.do.largest(values)
            case "log1p":
                return self.do.log1p(values[0])
        return self.do.size(values[0])


class OnPandas:
    """Numbers are float arrays (NaN missing), texts string arrays, truths BooleanArrays (three-valued)."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame

    def number(self, name: str) -> np.ndarray:
        return pd.to_numeric(self.frame[name], errors="coerce").to_numpy("float64", na_value=np.nan)

    def text(self, name: str) -> pd.arrays.ArrowStringArray:
        return self.frame[name].astype("string").array

    def is_text(self, name: str) -> bool:
        return not pd.api.types.is_numeric_dtype(self.frame[name])

    def constant(self, value: float | str) -> Any:
        if isinstance(value, str):
            return pd.array([value] * len(self.frame), dtype="string")
        return np.full(len(self.frame), value, dtype="float64")

    def divide(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        return left / np.where(right == 0, np.nan, right)

    def compare(self, op: str, left: Any, right: Any) -> pd.arrays.BooleanArray:
        if not isinstance(left, np.ndarray):
            return COMPARE[op](left, right).astype("boolean")
        return pd.arrays.BooleanArray(COMPARE[op](left, right), np.isnan(left) | np.isnan(right))

    def among(self, item: Any, options: Sequence[float | str]) -> pd.arrays.BooleanArray:
        return pd.arrays.BooleanArray(np.asarray(pd.Series(item).isin(options), dtype=bool), np.asarray(pd.isna(item)))

    def as_number(self, truth: pd.arrays.BooleanArray) -> np.ndarray:
        return truth.to_numpy("float64", na_value=np.nan)

    def as_truth(self, number: np.ndarray) -> pd.arrays.BooleanArray:
        return pd.arrays.BooleanArray(number != 0, np.isnan(number))

    def choose(self, condition: pd.arrays.BooleanArray, yes: Any, no: Any) -> Any:
        chosen = pd.Series(yes).where(condition.to_numpy(bool, na_value=False), pd.Series(no))
        return self._bare(chosen.mask(np.asarray(condition.isna())))

    def first(self, values: Sequence[Any]) -> Any:
        return self._bare(functools.reduce(lambda one, other: one.where(one.notna(), other), map(pd.Series, values)))

    @staticmethod
    def _bare(series: pd.Series) -> Any:
        return series.to_numpy() if series.dtype == "float64" else series.array

    def smallest(self, values: Sequence[np.ndarray]) -> np.ndarray:
        return functools.reduce(np.minimum, values)

    def largest(self, values: Sequence[np.ndarray]) -> np.ndarray:
        return functools.reduce(np.maximum, values)

    def log1p(self, number: np.ndarray) -> np.ndarray:
        return np.log1p(np.where(number > -1, number, np.nan))

    def size(self, number: np.ndarray) -> np.ndarray:
        return np.abs(number)


class InEngine:
    """Build expressions for any Ibis engine; ``expanded_size`` tells how large a tree becomes there."""

    def __init__(self, table: ibis.Table, typed: dict[str, ibis.Value]) -> None:
        self.table, self.typed = table, typed

    def number(self, name: str) -> ibis.Value:
        column = self.typed.get(name, self.table[name])
        return column.try_cast("float64") if column.type().is_string() else column.cast("float64")

    def text(self, name: str) -> ibis.Value:
        column = self.table[name]
        if column.type().is_string():
            return column
        return column.strftime("%Y-%m-%d") if column.type().is_timestamp() else column.cast("string")

    def is_text(self, name: str) -> bool:
        kind_of = self.typed.get(name, self.table[name]).type()
        return not (kind_of.is_numeric() or kind_of.is_boolean())

    def constant(self, value: float | str) -> ibis.Value:
        return ibis.literal(value)

    def divide(self, left: ibis.Value, right: ibis.Value) -> ibis.Value:
        return left / right.nullif(0.0)

    def compare(self, op: str, left: ibis.Value, right: ibis.Value) -> ibis.Value:
        return COMPARE[op](left, right)

    def among(self, item: ibis.Value, options: Sequence[float | str]) -> ibis.Value:
        return item.isin(options)

    def as_number(self, truth: ibis.Value) -> ibis.Value:
        return truth.cast("float64")

    def as_truth(self, number: ibis.Value) -> ibis.Value:
        return number != 0.0

    def choose(self, condition: ibis.Value, yes: ibis.Value, no: ibis.Value) -> ibis.Value:
        return condition.cases((True, yes), (False, no))

    def first(self, values: Sequence[ibis.Value]) -> ibis.Value:
        return ibis.coalesce(*values)

    def smallest(self, values: Sequence[ibis.Value]) -> ibis.Value:
        return self._extreme(ibis.least, values, -np.inf)

    def largest(self, values: Sequence[ibis.Value]) -> ibis.Value:
        return self._extreme(ibis.greatest, values, np.inf)

    def _extreme(self, pick: Any, values: Sequence[ibis.Value], missing: float) -> ibis.Value:
        """Engines differ on NULL in LEAST and GREATEST, so missing goes in as the value that always wins."""
        return pick(*(value.coalesce(missing) for value in values)).nullif(missing)

    def log1p(self, number: ibis.Value) -> ibis.Value:
        return ibis.greatest(number + 1.0, 0.0).nullif(0.0).ln()

    def size(self, number: ibis.Value) -> ibis.Value:
        return number.abs()

    @staticmethod
    def finite(number: ibis.Value) -> ibis.Value:
        return (number * 0.0 == 0.0).ifelse(number, ibis.null("float64"))


def expanded_size(node: Node) -> int:
    """Count the parts of the engine's expression, in which operands of NULLIF, CASE and IN appear repeatedly."""
    sizes = [expanded_size(child) for child in children(node)]
    match node:
        case Arithmetic("/"):
            return 1 + sizes[0] + 2 * sizes[1]
        case Call("if"):
            return 1 + sum(sizes) + sizes[0]
        case Among(Name()):
            return 1
        case Among(_, options):
            return (len(options) + 1) * sizes[0]
        case Call("min" | "max" | "log1p"):
            return 2 * (1 + sum(sizes))
    return 1 + sum(sizes)
