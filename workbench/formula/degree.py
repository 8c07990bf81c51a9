"""Find how a formula scales with its additive measures: not at all, in proportion, or neither."""

from __future__ import annotations

from collections.abc import Callable

from workbench.formula.tree import Among, Arithmetic, Call, Compare, Logic, Name, Negate, Node, Not, Number, Text

ANY = float("nan")  # a literal 0 is 0 whatever doubles


def formula_degree(node: Node, of: Callable[[str], float]) -> float | None:
    """Return the degree of homogeneity: 1 a count or sum, 0 a ratio, None without one (``log1p(calls)``).

    Parameters
    ----------
    of : the degree of a name, 1 if its values add up over periods, else 0.
    """
    match node:
        case Number(value):
            return 0 if value else ANY
        case Text():
            return 0
        case Name(name):
            return of(name)
        case Negate(inner) | Not(inner) | Call("abs", (inner,)):
            return formula_degree(inner, of)
        case Arithmetic("*" | "/" as op, left, right):
            return _product(formula_degree(left, of), formula_degree(right, of), 1 if op == "*" else -1)
        case Arithmetic(_, left, right):
            return _common_degree([formula_degree(left, of), formula_degree(right, of)])
        case Call("min" | "max" | "coalesce", arguments):
            return _common_degree([formula_degree(one, of) for one in arguments])
        case Call("if", (condition, first, second)):
            return (
                None
                if formula_degree(condition, of) is None
                else _common_degree([formula_degree(first, of), formula_degree(second, of)])
            )
        case Compare(_, left, right):
            return None if _common_degree([formula_degree(left, of), formula_degree(right, of)]) is None else 0
        case Logic(_, left, right):
            return None if None in (formula_degree(left, of), formula_degree(right, of)) else 0
        case Among(item, _):
            return 0 if formula_degree(item, of) == 0 else None
    return None


def _product(left: float | None, right: float | None, sign: int) -> float | None:
    return None if left is None or right is None else left + sign * right


def _common_degree(degrees: list[float | None]) -> float | None:
    """Return the degree that all parts share; the constant 0 fits any degree."""
    if None in degrees:
        return None
    found = {one for one in degrees if one == one}
    return ANY if not found else found.pop() if len(found) == 1 else None
