"""Whether a formula divides like by like, so that it stays the same when everything doubles."""

from __future__ import annotations

from workbench.errors import InputError
from workbench.formula.degree import formula_degree
from workbench.formula.formula import parse_formula


def is_ratio(formula: str | None) -> bool:
    """Whether a formula is a ratio of its measures, such as ``won / closed``; False if it cannot be read.

    Examples
    --------
    >>> is_ratio("won / closed"), is_ratio("won"), is_ratio("1 +"), is_ratio(None)
    (True, False, False, False)
    """
    try:
        return formula is not None and formula_degree(parse_formula(formula).tree, lambda name: 1) == 0
    except InputError:
        return False
