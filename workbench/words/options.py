"""Words of the Options page: an option in a line, and the comparison table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from workbench.design.model import Design
from workbench.design.options import Option
from workbench.scoring.compare import OptionOutcome
from workbench.scoring.correlation import Correlation
from workbench.weights.accept import weights_origin
from workbench.words.evidence_actions import trials_words
from workbench.words.links import link_in_words
from workbench.words.numbers import NONE, percent, pluralize
from workbench.words.weights import CAME_FROM

QUESTION = "Which of our designs should it be?"
NOW = "Open design"
DECIDE = "Choose one on Decide"
CURRENT = "Current scorecard"
REPRIMANDS_DESPITE = "Reprimands despite making the goal"
EMPTY = "No options yet. Save this design, change some weights, save again, and compare them here."
METHOD = (
    "Every option is scored on the same data. *Link with the next period* compares a period's score with the goal of "
    "the period after (Spearman ρ, 95% CI by jackknife over reps). *Best sellers on top*: how many of the best sellers "
    "have the highest scores over all the data. *Reprimands despite making the goal*: rep-periods with the goal made "
    "and the scorecard missed. *Better* and *worse* compare with the first design; links from a difference of 0.05 on. "
    "In the picture the best rank is on top; coloured lines gain or lose two ranks or more from the first design to "
    "the last."
)


def shares_words(design: Design) -> str:
    """``Dials 70% · Quotes 30%``: the shares that are above 0."""
    on = [f"{name} {percent(share)}" for name, share in design.shares().items() if share > 0]
    return " · ".join(on) or "no weights yet"


def saved_sentence(name: str) -> str:
    """What was just saved."""
    return f"“{name}” is saved as an option."


def option_line(design: Design, note: str) -> str:
    """What an option is: its shares, where its weights came from, and the note."""
    source = weights_origin(design)
    origin = f"weights {CAME_FROM[source.way]}" if source else ""
    return " — ".join(filter(None, [shares_words(design), origin, trials_words(design), note]))


def option_labels(kept: Sequence[Option]) -> dict[str, str]:
    """A name for each option by design id, made different where two options share one."""
    found: dict[str, str] = {}
    for option in kept:
        name, times = option.name, 1
        while name in found.values() or name == NOW:
            times += 1
            name = f"{option.name} ({times})"
        found[option.design] = name
    return found


def verdict_line(outcomes: Mapping[str, OptionOutcome]) -> str:
    """What the last design does better or worse than the first: best sellers on top, reprimands, winners.

    Where one of the two ranks nobody, that alone.
    """
    for name in (list(outcomes)[-1], next(iter(outcomes))):
        if not outcomes[name].ranks_anybody:
            return f"{name} ranks nobody. Give a KPI some weight to compare."
    before, after = next(iter(outcomes.values())), list(outcomes.values())[-1]
    best, other = after.awards.overlap, before.awards.overlap
    said = f"{best} of {len(after.awards.best_sellers)} best sellers on top"
    top = f"{said} instead of {other}" if best != other else f"{said}, as before"
    new = len(set(after.awards.winners) - set(before.awards.winners))
    names = pluralize(new, "new name") if new else "the same names"
    return f"{top}, {names}; {_reprimands(before, after)}."


def _reprimands(before: OptionOutcome, after: OptionOutcome) -> str:
    fewer = before.unjust - after.unjust
    if not fewer:
        return "as many reprimands despite making the goal"
    noun = "reprimand" if abs(fewer) == 1 else "reprimands"
    return f"{abs(fewer):,} {'fewer' if fewer > 0 else 'more'} {noun} despite making the goal"


def compared_words(outcomes: Mapping[str, OptionOutcome]) -> str:
    """Which design is held against which: ``Open design compared with As it is``; empty where one ranks nobody."""
    names = list(outcomes)
    ranked = all(outcomes[name].ranks_anybody for name in (names[0], names[-1]))
    return f"{names[-1]} compared with {names[0]}." if ranked else ""


def comparison_table(outcomes: Mapping[str, OptionOutcome]) -> pd.DataFrame:
    """One column per option, one row per figure, as text; marked where it is better or worse than in the first.

    A design that ranks nobody has no figures, and nothing is compared with it.
    """
    first = next(iter(outcomes.values()))
    return pd.DataFrame({name: _column(found, first, outcomes) for name, found in outcomes.items()})


@dataclass(frozen=True)
class Figure:
    """A row of the comparison: its text, and its size where more is better (None: neither is)."""

    text: Callable[[OptionOutcome], str]
    size: Callable[[OptionOutcome], float] | None = None
    link: Callable[[OptionOutcome], Correlation] | None = None
    """Links are marked where each lies outside the other's range: what nearly coincides is no better."""


def _link_figure(link: Callable[[OptionOutcome], Correlation]) -> Figure:
    return Figure(lambda found: link_in_words(link(found)), lambda found: link(found).rho, link)


FIGURES: dict[str, Figure] = {
    "Best sellers on top": Figure(
        lambda found: f"{found.awards.overlap} of {len(found.awards.best_sellers)}", lambda found: found.awards.overlap
    ),
    REPRIMANDS_DESPITE: Figure(lambda found: f"{found.unjust:,}", lambda found: -found.unjust),
    "Reprimands": Figure(lambda found: f"{found.called_in:,}"),
    "Link with the next period": _link_figure(lambda found: found.agreement.next_period),
    "Link across reps": _link_figure(lambda found: found.agreement.across_reps),
}


def _column(found: OptionOutcome, first: OptionOutcome, outcomes: Mapping[str, OptionOutcome]) -> dict[str, str]:
    kpis = dict.fromkeys(kpi for each in outcomes.values() for kpi, share in each.shares.items() if share > 0)
    figures = dict.fromkeys(FIGURES, NONE)
    if found.ranks_anybody:
        figures = {name: figure.text(found) + _mark(figure, found, first) for name, figure in FIGURES.items()}
    return figures | {f"Weight of {kpi}": percent(found.shares.get(kpi, 0)) for kpi in kpis}


def _mark(figure: Figure, found: OptionOutcome, first: OptionOutcome) -> str:
    """`` ▲ better``, `` ▼ worse``, or nothing."""
    change = figure.size(found) - figure.size(first) if figure.size and first.ranks_anybody else 0
    if figure.link and not _apart(figure.link(found), figure.link(first)):
        return ""
    return " ▲ better" if change > 0 else " ▼ worse" if change < 0 else ""


def _apart(one: Correlation, other: Correlation) -> bool:
    """Return whether each link lies outside the other's range."""
    return not (one.low <= other.rho <= one.high or other.low <= one.rho <= other.high)
