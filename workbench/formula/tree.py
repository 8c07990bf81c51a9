"""The syntax tree of formulas: its node types, and the kind of value of each node."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

ValueKind = Literal["number", "truth", "text", "any"]  # "any": a name, whose column decides
Operation = Literal["+", "-", "*", "/"]
Comparison = Literal["==", "!=", "<", "<=", ">", ">="]
Connective = Literal["and", "or"]

# name: (fewest arguments, most arguments or None, how it is written)
FUNCTIONS: dict[str, tuple[int, int | None, str]] = {
    "min": (2, None, "min(a, b, …)"),
    "max": (2, None, "max(a, b, …)"),
    "abs": (1, 1, "abs(a)"),
    "log1p": (1, 1, "log1p(a)"),
    "coalesce": (2, None, "coalesce(a, b, …)"),
    "if": (3, 3, "if(condition, a, b)"),
}


@dataclass(frozen=True)
class Node:
    """A part of a formula. ``position`` (0-based, in the text) does not count when trees are compared."""

    position: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True)
class Number(Node):
    value: float


@dataclass(frozen=True)
class Text(Node):
    value: str


@dataclass(frozen=True)
class Name(Node):
    name: str


@dataclass(frozen=True)
class Negate(Node):
    operand: Node


@dataclass(frozen=True)
class Arithmetic(Node):
    op: Operation
    left: Node
    right: Node


@dataclass(frozen=True)
class Compare(Node):
    op: Comparison
    left: Node
    right: Node


@dataclass(frozen=True)
class Logic(Node):
    op: Connective
    left: Node
    right: Node


@dataclass(frozen=True)
class Not(Node):
    operand: Node


@dataclass(frozen=True)
class Among(Node):
    item: Node
    options: tuple[Number | Text, ...]


@dataclass(frozen=True)
class Call(Node):
    function: str
    arguments: tuple[Node, ...]


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly below a node."""
    match node:
        case Negate(operand) | Not(operand):
            return (operand,)
        case Arithmetic(_, left, right) | Compare(_, left, right) | Logic(_, left, right):
            return (left, right)
        case Among(item, options):
            return (item, *options)
        case Call(_, arguments):
            return arguments
    return ()


def with_children(node: Node, change: Callable[[Node], Node]) -> Node:
    """Return the node with every node directly below it changed; the options of ``in`` stay."""
    match node:
        case Negate(operand) | Not(operand):
            return replace(node, operand=change(operand))
        case Arithmetic(_, left, right) | Compare(_, left, right) | Logic(_, left, right):
            return replace(node, left=change(left), right=change(right))
        case Among(item):
            return replace(node, item=change(item))
        case Call(_, arguments):
            return replace(node, arguments=tuple(map(change, arguments)))
    return node


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all nodes below it, in the order of the text."""
    yield node
    for child in children(node):
        yield from walk(child)


def names_in(node: Node) -> tuple[str, ...]:
    """Return the names used, once each, in order of first appearance."""
    return tuple(dict.fromkeys(part.name for part in walk(node) if isinstance(part, Name)))


def depth(node: Node) -> int:
    return 1 + max((depth(child) for child in children(node)), default=0)


def value_kind(node: Node) -> ValueKind:
    """Return the kind of value of a node; ``if`` and ``coalesce`` have the common kind of their values."""
    match node:
        case Text():
            return "text"
        case Name():
            return "any"
        case Compare() | Logic() | Not() | Among():
            return "truth"
        case Call("if", (_, *values)) | Call("coalesce", values):
            return common_kind({value_kind(value) for value in values})
    return "number"


def common_kind(kinds: set[ValueKind]) -> ValueKind:
    """Return the kind that covers several: text if any is text, the kind itself if all agree, else number."""
    if "text" in kinds:
        return "text"
    return next(iter(kinds)) if len(kinds) == 1 else "number"
