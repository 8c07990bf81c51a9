"""The strength of a link in words: association, never cause."""

from __future__ import annotations

import math

from workbench.scoring.correlation import Correlation
from workbench.words.numbers import interval_words, pluralize, signed_number

MATTERS = 0.2
"""The smallest link worth acting on, unless the user moves it."""
HARDLY = 0.005
"""An interval that ends within this of the smallest link that matters does not exclude that link for certain."""
STRENGTHS: tuple[tuple[float, str], ...] = ((0.7, "closely"), (0.4, "clearly"), (MATTERS, "loosely"), (0, "barely"))

METHOD = (
    "**ρ** is Spearman's rank correlation: 1 means that whoever has more of the one always has more of the other, "
    "0 that they know nothing of each other, −1 that they run against each other.\n\n"
    "The **interval** in brackets leaves out one rep at a time and asks how far ρ moves (jackknife on atanh ρ, "
    "t with n − 1 degrees of freedom, 95%). Reps are the unit of evidence: 24 reps over 18 months are 24, not 432.\n\n"
    "A link is an association. That reps with more of it sell more does not show that *moving* it moves sales: "
    "a trial shows that."
)


def has_interval(found: Correlation) -> bool:
    """Whether there is enough data for a correlation with an interval."""
    return all(math.isfinite(value) for value in (found.rho, found.low, found.high))


def link_words(found: Correlation, what: str = "it") -> str:
    """What the interval allows to be said, in a few words: ``no link seen``, ``goes with it clearly`` …"""
    if not has_interval(found):
        return "not enough data"
    if found.low > 0:
        return f"goes with {what} {_strength(found.rho)}"
    if found.high < 0:
        return f"runs {_strength(found.rho)} against {what}"
    largest = max(abs(found.low), abs(found.high))
    return "no link that matters" if largest < MATTERS and not is_hardly_below(largest, MATTERS) else "no link seen"


def is_hardly_below(high: float, smallest: float) -> bool:
    """Whether an interval that ends at ``high`` excludes the smallest link that matters by next to nothing."""
    return smallest - HARDLY < high < smallest


def link_figures(found: Correlation) -> str:
    """``ρ 0.21 (−0.05 to 0.44), n = 24 reps``, or why there is none. Reps are the unit of evidence, so n is reps."""
    reps = f"n = {pluralize(found.n_reps, 'rep')}"
    if not math.isfinite(found.rho):
        return f"{found.reason or 'too few reps'}, {reps}"
    return f"ρ {signed_number(found.rho)} ({interval_words(found.low, found.high)}), {reps}"


def link_small_print(found: Correlation) -> str:
    """The same with the pairs of values behind it: ``ρ 0.26 (0.12 to 0.38), n = 24 reps (335 pairs)``."""
    same = found.n == found.n_reps
    return link_figures(found) if same else f"{link_figures(found)} ({pluralize(found.n, 'pair')})"


def short_link_figures(found: Correlation) -> str:
    """The same without words for what was counted: ``ρ 0.21 (−0.05 to 0.44), n 24``."""
    if not math.isfinite(found.rho):
        return f"n {found.n_reps}"
    return f"ρ {signed_number(found.rho)} ({interval_words(found.low, found.high)}), n {found.n_reps}"


def _strength(rho: float) -> str:
    return next(word for least, word in STRENGTHS if abs(rho) >= least)
