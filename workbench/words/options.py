"""Words of the Options page: an option in a line, and the comparison table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from workbench.design.model import Design
from workbench.design.options import Option
from workbench.scoring.compare import OptionOutcome
from workbench.weights.accept import weights_origin
from workbench.words.links import link_in_words
from workbench.words.numbers import percent
from workbench.words.weights import CAME_FROM

QUESTION = "Which of our designs should it be?"
NOW = "Open design"
EMPTY = "No options yet. Save this design, change some weights, save again, and compare them here."
METHOD = (
    "Every option is scored on the same data. *Link with the next period* compares a period's score with the goal of "
    "the "
    "period after (Spearman ρ, 95% CI by jackknife over reps). *Best sellers on top*: how many of the best sellers "
    "have "
    "the highest scores over all the data. *Unjust reprimands*: rep-periods with the goal made and the scorecard "
    "missed. In the picture the best rank is on top; coloured lines gain or lose two ranks or more from the first "
    "design to the last."
)


def shares_words(design: Design) -> str:
    """``Dials 70% · Quotes 30%``: the shares that are above 0."""
    on = [f"{name} {percent(share)}" for name, share in design.shares().items() if share > 0]
    return " · ".join(on) or "no weights yet"


def option_line(design: Design, note: str) -> str:
    """What an option is: its shares, where its weights came from, and the note."""
    source = weights_origin(design)
    origin = f"weights {CAME_FROM[source.way]}" if source else ""
    return " — ".join(filter(None, [shares_words(design), origin, note]))


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


def comparison_table(outcomes: Mapping[str, OptionOutcome]) -> pd.DataFrame:
    """One column per option, one row per figure, as text."""
    return pd.DataFrame({name: _column(found, outcomes) for name, found in outcomes.items()})


def _column(found: OptionOutcome, outcomes: Mapping[str, OptionOutcome]) -> dict[str, str]:
    kpis = dict.fromkeys(kpi for each in outcomes.values() for kpi, share in each.shares.items() if share > 0)
    shares = {f"Weight of {kpi}": percent(found.shares.get(kpi, 0)) for kpi in kpis}
    return shares | {
        "Link with the next period": link_in_words(found.agreement.next_period),
        "Link across reps": link_in_words(found.agreement.across_reps),
        "Best sellers on top": f"{found.awards.overlap} of {len(found.awards.best_sellers)}",
        "Reprimands": f"{found.called_in:,}",
        "Unjust reprimands": f"{found.unjust:,}",
    }
