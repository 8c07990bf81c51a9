"""Parse a formula to a checked tree, and evaluate it on pandas or in the engine with the same meaning.

Missing is never zero. It spreads through arithmetic, comparisons, ``min``, ``max`` and the condition of ``if``; only
``coalesce`` replaces it. Logic is three-valued: ``missing and false`` is false, ``missing or true`` is true, everything
else with missing is missing. Division by zero, the logarithm of nothing and numbers too large to hold are missing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import ibis
import numpy as np
import pandas as pd

from workbench.errors import Examples, Where
from workbench.formula.evaluation import InEngine, OnPandas, TreeEvaluator, expanded_size
from workbench.formula.lexer import WORD, WORDS, FormulaError, issue_at, mark_positions, raise_formula_error
from workbench.formula.parser import parse_tree
from workbench.formula.tree import Arithmetic, Name, Node, names_in, value_kind, walk
from workbench.problems import nearest

__all__ = [
    "Formula",
    "FormulaError",
    "evaluate",
    "has_ratio",
    "is_condition",
    "mark_positions",
    "parse_formula",
    "quote_name",
    "to_ibis",
]

FORMULA = Where(area="formula")
MAX_EXPANDED = 5_000  # parts in the engine's plan; DuckDB plans this many in about a second


@dataclass(frozen=True, eq=False)
class Formula:
    """A checked formula. Equal when it means the same: spaces and brackets in ``text`` do not count.

    Attributes
    ----------
    tree : the checked tree; ``names`` : the names it uses, once each, in order of first appearance.
    """

    tree: Node
    text: str

    @property
    def names(self) -> tuple[str, ...]:
        return names_in(self.tree)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Formula) and self.tree == other.tree

    def __hash__(self) -> int:
        return hash(self.tree)


def parse_formula(
    text: str, names: Collection[str] | None = None, where: Where = FORMULA, *, condition: bool = False
) -> Formula:
    """Read a formula.

    Parameters
    ----------
    names : every name that may be used; ``None`` skips that check.
    where : the place that issues carry: the KPI, field or measure the formula stands in.
    condition : the formula must give true or false (a ``where``), not a number.

    Raises
    ------
    FormulaError
        An InputError with code ``formula``: the place and a suggestion; all unknown names at once.
    """
    tree = parse_tree(text, where, names)
    if names is not None:
        check_names(Formula(tree, text), names, where)
    if condition and value_kind(tree) != "truth":
        raise_formula_error(text, tree.position, where, "no_condition")
    if value_kind(tree) == "text":
        raise_formula_error(text, tree.position, where, "gives_text")
    return Formula(tree, text)


def check_names(formula: Formula, names: Collection[str], where: Where = FORMULA) -> None:
    """Raise FormulaError naming every name that is not among ``names``, each with the nearest known one."""
    first = {part.name: part.position for part in walk(formula.tree) if isinstance(part, Name)}
    unknown = {
        part.name: part.position
        for part in reversed([*walk(formula.tree)])
        if isinstance(part, Name) and part.name not in names
    }
    found = [(unknown[name], name) for name in first if name in unknown]
    issues = [
        issue_at(
            formula.text,
            at,
            where,
            "unknown_name",
            name=name,
            near=_nearest_name(name, names),
            known=_known_names(names),
        )
        for at, name in found
    ]
    if issues:
        raise FormulaError(issues, [at for at, _ in found])


def _nearest_name(name: str, names: Collection[str]) -> str | None:
    """Return the known name that was probably meant, quoted as in a formula."""
    begun = (known for known in names if known.lower().startswith(name.lower()))
    near = nearest(name, names) or next(begun, None)
    return quote_name(near) if near else None


def _known_names(names: Collection[str]) -> Examples:
    return Examples.of(map(quote_name, names), most=12)


def quote_name(name: str) -> str:
    """Quote a name for a formula: in backticks unless it is a plain word that is not reserved."""
    # Python's identifiers may hold signs such as the middle dot that no pattern of a word knows.
    plain = name.isidentifier() and WORD.fullmatch(name) and name.lower() not in WORDS
    return name if plain else "`" + name.replace("`", "``") + "`"


def has_ratio(formula: Formula) -> bool:
    """Whether the formula divides by anything but a fixed number (then its averages are ratios of sums)."""
    return any(isinstance(part, Arithmetic) and part.op == "/" and names_in(part.right) for part in walk(formula.tree))


def is_condition(formula: Formula) -> bool:
    """Whether the formula gives true or false rather than a number."""
    return value_kind(formula.tree) == "truth"


def evaluate(formula: Formula, frame: pd.DataFrame) -> pd.Series:
    """Evaluate a formula on every row of a frame: floats on its index, NaN where missing, conditions as 1 and 0.

    Text columns used as numbers are read as plain numbers, NaN where they are none.

    Raises
    ------
    FormulaError
        When the frame lacks a column the formula names.
    """
    check_names(formula, frame.columns)
    with np.errstate(over="ignore", invalid="ignore"):
        values = TreeEvaluator(OnPandas(frame)).number(formula.tree)
    return pd.Series(values, index=frame.index, dtype="float64", name=formula.text).where(
        lambda v: v.abs() < float("inf")
    )


def to_ibis(formula: Formula, table: ibis.Table, typed: Mapping[str, ibis.Value] | None = None) -> ibis.Value:
    """Translate a formula to an expression over an Ibis table: boolean for a condition, otherwise float64.

    Parameters
    ----------
    typed : for columns stored as text, the expression to use where the formula needs a number (or compares two
        columns). Without one, the text is read as a plain number. Comparisons with a quoted text always use the
        table's own column as text; dates compare as ``YYYY-MM-DD``.

    Raises
    ------
    FormulaError
        When the table lacks a column the formula names, or the formula would grow too large for the engine.
    """
    check_names(formula, table.columns)
    if expanded_size(formula.tree) > MAX_EXPANDED:
        raise_formula_error(formula.text, 0, FORMULA, "nested_for_engine")
    run = TreeEvaluator(InEngine(table, dict(typed or {})))
    return run.truth(formula.tree) if is_condition(formula) else InEngine.finite(run.number(formula.tree))
