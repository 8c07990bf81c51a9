"""What scores make of months cut by joining, leaving or vacation."""

from __future__ import annotations

from workbench.data.aggregate.whole_periods import LEAST_DAYS
from workbench.scoring.classification import CutPeriods
from workbench.words.days_at_work import unknown_days_sentence
from workbench.words.numbers import pluralize

CUT_METHOD = (
    "\n\n**Days worked.** In a {grain} cut by joining, leaving or vacation the target of a count or sum is the one for "
    "the days worked: 12 of 21 workdays, 12/21 of the target. A number per workday counts days worked; ratios keep "
    "their target. Averages and ranks weigh each {grain} by its days worked. A {grain} with {few} gets no score."
)


def cut_periods_sentence(found: CutPeriods, grain: str) -> str:
    """How many targets are those for the days worked, what is not scored, and whose days at work are not known."""
    said = (_prorated_words(found, grain), _short_words(found, grain), unknown_days_sentence(found.known, grain))
    return " ".join(filter(None, said))


def cut_periods_method(found: CutPeriods, grain: str) -> str:
    """The paragraph below *How computed*; empty where no rep-period is cut."""
    return CUT_METHOD.format(grain=grain, few=_few_days(grain)) if found.n_prorated + found.n_short else ""


def _prorated_words(found: CutPeriods, grain: str) -> str:
    if not found.n_prorated:
        return ""
    targets = "Targets are" if found.n_prorated > 1 else "The target is"
    cut = f"{pluralize(found.n_prorated, f'rep-{grain}')} cut by joining, leaving or vacation"
    return f"{targets} lowered to the days worked in {cut}."


def _short_words(found: CutPeriods, grain: str) -> str:
    if not found.n_short:
        return ""
    are = "is" if found.n_short == 1 else "are"
    return f"{pluralize(found.n_short, f'rep-{grain}')} with {_few_days(grain)} {are} not scored."


def _few_days(grain: str) -> str:
    return f"fewer than {LEAST_DAYS} days worked" if grain == "month" else "less than half of the days worked"
