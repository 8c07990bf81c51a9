"""How a formula's value changes when all that adds up over time doubles: not at all, twofold, or in no fixed way."""

from __future__ import annotations

from collections.abc import Callable

from workbench.formula.tree import Among, Arithmetic, Call, Compare, Logic, Name, Negate, Node, Not, Number, Text

ANY = float("nan")  # a literal 0 is 0 whatever doubles


def degree(node: Node, of: Callable[[str], float]) -> float | None:
    """The degree of homogeneity of a formula: 1 a count or sum, 0 a ratio, None where it has none (``log1p(calls)``).

    Parameters
    ----------
    of : the degree of a name, 1 where its values over two periods add up, else 0.
    """
    match node:
        case Number(value):
            return 0 if value else ANY
        case Text():
            return 0
        case Name(name):
            return of(name)
        case Negate(inner) | Not(inner) | Call("abs", (inner,)):
            return degree(inner, of)
        case Arithmetic("*" | "/" as op, left, right):
            return _product(degree(left, of), degree(right, of), 1 if op == "*" else -1)
        case Arithmetic(_, left, right):
            return _same([degree(left, of), degree(right, of)])
        case Call("min" | "max" | "coalesce", arguments):
            return _same([degree(one, of) for one in arguments])
        case Call("if", (condition, first, second)):
            return None if degree(condition, of) is None else _same([degree(first, of), degree(second, of)])
        case Compare(_, left, right):
            return None if _same([degree(left, of), degree(right, of)]) is None else 0
        case Logic(_, left, right):
            return None if None in (degree(left, of), degree(right, of)) else 0
        case Among(item, _):
            return 0 if degree(item, of) == 0 else None
    return None


def _product(left: float | None, right: float | None, sign: int) -> float | None:
    return None if left is None or right is None else left + sign * right


def _same(degrees: list[float | None]) -> float | None:
    """The degree all parts share, zeros fitting any."""
    if None in degrees:
        return None
    found = {one for one in degrees if one == one}
    return ANY if not found else found.pop() if len(found) == 1 else None
