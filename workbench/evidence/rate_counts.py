"""Read successes and attempts of a rate from the formula of its KPI."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.data.model.panel import N_PART, REP, SUM_PART, Panel
from workbench.formula.formula import Formula
from workbench.formula.tree import Arithmetic, Name, Node, Number

COUNTS = ("count", "distinct")
WHOLE = 1e-6


def rate_counts(formula: Formula | None, panel: Panel, share: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Return (rows,) successes and attempts of a rate of counts; None if the formula is none.

    A rate is one count over another that holds it, whatever it is multiplied by (``100 * won / closed``), what it
    lacks to 1, or the mean of a measure that is 0 or 1.

    Parameters
    ----------
    panel : with counts put on whole periods. share : (rows,) share of each period worked, which undoes that.
    """
    match None if formula is None else _rate(formula.tree):
        case Name(name) if panel.info(name).aggregate == "mean":
            hits, tries = (panel.frame[f"{name}{part}"].to_numpy(float) for part in (SUM_PART, N_PART))
        case Arithmetic("/", top, bottom):
            one, other = _count(top, panel), _count(bottom, panel)
            if one is None or other is None:
                return None
            hits, tries = one * share, other * share
        case _:
            return None
    return (hits, tries) if _are_trials(hits, tries, panel) else None


def _rate(tree: Node) -> Node:
    """Return a rate without what it is multiplied by, or without the 1 it is taken from."""
    match tree:
        case Arithmetic("*", Number(), rate) | Arithmetic("*", rate, Number()) | Arithmetic("-", Number(1), rate):
            return _rate(rate)
    return tree


def _count(tree: Node, panel: Panel) -> np.ndarray | None:
    """Return (rows,) a count, or a sum of counts; None for anything else."""
    match _rate(tree) if isinstance(tree, Arithmetic) and tree.op == "*" else tree:
        case Name(name) if panel.info(name).aggregate in COUNTS:
            return panel.frame[name].to_numpy(float)
        case Arithmetic("+", left, right):
            one, other = _count(left, panel), _count(right, panel)
            return None if one is None or other is None else one + other
    return None


def _are_trials(hits: np.ndarray, tries: np.ndarray, panel: Panel) -> bool:
    """Whether both are whole numbers, and no rep has more successes than attempts."""
    known = np.isfinite(hits) & np.isfinite(tries)
    if not known.any() or (hits[known] < 0).any() or not tries[known].sum() > 0:
        return False
    whole = all(np.allclose(part[known], np.rint(part[known]), atol=WHOLE) for part in (hits, tries))
    failures = pd.Series(np.where(known, tries - hits, 0.0)).groupby(panel.frame[REP].to_numpy()).sum()
    return whole and bool((failures >= -WHOLE).all())
