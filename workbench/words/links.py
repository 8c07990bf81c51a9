"""The strength of a link in words: association, never cause."""

from __future__ import annotations

import math

from workbench.scoring.correlation import Correlation
from workbench.words.numbers import interval_words, pluralize, signed_number

MATTERS = 0.2
"""The smallest link worth acting on, unless the user moves it."""
HARDLY = 0.005
"""An interval that ends within this of the smallest link that matters does not exclude that link for certain."""
STRENGTHS: tuple[tuple[float, str], ...] = ((0.7, "very strong"), (0.5, "strong"), (0.3, "moderate"), (0, "weak"))
SCALE = "Links: very strong from 0.7, strong from 0.5, moderate from 0.3, weak below. 1 is a perfect link, 0 is none."
"""What the words for strength mean, for a tooltip."""

METHOD = (
    "**ρ** is the strength of a link (Spearman's rank correlation, within reps Pearson's): 1 is a perfect link, 0 is "
    f"none, below 0 is negative. {SCALE.split('. ')[0]}.\n\n"
    "**95% CI** is the likely range. It leaves out one rep at a time and asks how far ρ moves (jackknife on atanh ρ, "
    "t with n − 1 degrees of freedom). Reps are the unit of evidence: however long the history, a rep counts once.\n\n"
    "A link is an association. It does not show that *moving* a KPI moves the goal: only a trial shows that."
)


def has_interval(found: Correlation) -> bool:
    """Whether there is enough data for a correlation with an interval."""
    return all(math.isfinite(value) for value in (found.rho, found.low, found.high))


def link_words(found: Correlation) -> str:
    """What may be said of a link, in a few words: ``very strong link``, ``negative link``, ``no detectable link`` …

    An estimate whose interval holds both no link and one that matters "could be chance".
    """
    if not has_interval(found):
        return "too early to say"
    if found.low > 0:
        return f"{strength_word(found.rho)} link"
    if found.high < 0:
        return "negative link"
    largest = max(abs(found.low), abs(found.high))
    if largest < MATTERS and not is_hardly_below(largest, MATTERS):
        return "no link that matters"
    if abs(found.rho) < MATTERS:
        return "no detectable link"
    return "could be chance" if found.rho > 0 else "negative, could be chance"


def link_in_words(found: Correlation) -> str:
    """The same with its figures, for a table: ``strong link (0.55, 0.31 to 0.72, 24 reps)``."""
    if not has_interval(found):
        return link_words(found)
    figures = [signed_number(found.rho), interval_words(found.low, found.high), pluralize(found.n_reps, "rep")]
    return f"{link_words(found)} ({', '.join(figures)})"


def strength_word(rho: float) -> str:
    """``very strong``, ``strong``, ``moderate`` or ``weak``, by size alone."""
    return next(word for least, word in STRENGTHS if abs(rho) >= least)


def is_hardly_below(high: float, smallest: float) -> bool:
    """Whether an interval that ends at ``high`` excludes the smallest link that matters by next to nothing."""
    return smallest - HARDLY < high < smallest


def link_figures(found: Correlation) -> str:
    """``ρ 0.21, 95% CI −0.05 to 0.44, 24 reps``, or why there is none. Reps are the unit of evidence, so they count."""
    reps = pluralize(found.n_reps, "rep")
    if not math.isfinite(found.rho):
        return f"{found.reason or 'too few reps'}, {reps}"
    if not has_interval(found):
        return f"ρ {signed_number(found.rho)}, no likely range, {reps}"
    return f"ρ {signed_number(found.rho)}, 95% CI {interval_words(found.low, found.high)}, {reps}"


def link_small_print(found: Correlation) -> str:
    """The same with the pairs of values behind it: ``ρ 0.26, 95% CI 0.12 to 0.38, 24 reps (335 pairs)``."""
    same = found.n == found.n_reps
    return link_figures(found) if same else f"{link_figures(found)} ({pluralize(found.n, 'pair')})"
