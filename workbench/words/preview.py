"""Sentences of the Preview page: headline, warnings, and the four kinds of rep-periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.data.model.dataset import Grain
from workbench.design.model import Goal, Scoring
from workbench.scoring.agreement import Agreement
from workbench.scoring.classification import Awards
from workbench.scoring.correlation import Correlation
from workbench.words.links import has_interval, link_figures, link_words
from workbench.words.numbers import pluralize

QUESTION = "How would these weights have scored our reps against what they sold?"
NOBODY = "None of these reps was there in these periods. Choose more of either in the filter."
NO_WEIGHT = "Give a KPI some weight and the reps can be ranked."


@dataclass(frozen=True)
class KindWords:
    """One of the four kinds of rep-periods: its name and what it means."""

    name: str
    meaning: str


KINDS: dict[str, KindWords] = {
    "hit_both": KindWords("Hit both", "score and goal reached"),
    "box_ticker": KindWords("Box tickers", "score reached, goal missed: rewarded without the sales"),
    "unsung_seller": KindWords("Unsung sellers", "goal reached, score missed: sold without the points"),
    "missed_both": KindWords("Missed both", "neither score nor goal reached"),
}

READINGS: dict[str, KindWords] = {
    "across_reps": KindWords("Across reps", "each dot is a rep: do reps with more of it sell more?"),
    "within_reps_and_periods": KindWords(
        "Within reps", "each dot is a rep in one {grain}, less the rep's and the {grain}'s own level: when a rep does "
        "more than usual, does the rep sell more than usual?"),
    "next_period": KindWords("Next {grain}", "each dot is a rep in one {grain}, beside the goal of the {grain} after"),
    "rep_periods": KindWords("Rep-{grain}s", "each dot is a rep in one {grain}"),
}  # fmt: skip

KINDS_METHOD = (
    "A **rep-period** is one rep in one period. The score is *hit* from {line:g} points on; the goal from its target "
    "on. Each rep-period is scored with the points of that period alone. Rep-periods without a score, a goal or a "
    "target are left out and counted below."
)
RANKS_METHOD = (
    "**Points** put each KPI on one scale ({scale}), between {floor:g} and {cap:g}. The **score** is {combine}. "
    "{missing} Per rep, values are {basis}; ratios are ratios of totals. Equal scores share a rank. "
    "A filter changes who is shown and ranked, never anybody's points.\n\n"
    "**What we say** are the shares of the weights. **What it does** is each KPI's share in the differences between "
    "reps, share × cov(points, score) ÷ var(score) (Paruolo, Saisana, Saltelli 2013): a KPI on which everybody is "
    "alike moves no ranks, whatever its weight."
)
SCALES = {"attainment": "100 × value ÷ target", "percentile": "the percentile among all rep-periods",
          "zscore": "50 + 10 per standard deviation", "minmax": "0 to 100 between two anchors"}  # fmt: skip
COMBINES = {"mean": "the weighted mean of the points", "minimum": "the points of the KPI that is lowest",
            "geometric": "the weighted geometric mean of the points, so that a zero cannot be hidden"}  # fmt: skip
MISSINGS = {"reweight": "A KPI without a value is left out and the others count more.",
            "zero": "A KPI without a value counts as 0 points.",
            "exclude": "A rep without a value on one of the KPIs gets no score."}  # fmt: skip
BASES = {"per_period": "averages per active period", "totals": "totals over all periods"}


def goal_inline(goal: Goal) -> str:
    """The goal inside a sentence: ``sales``, ``USD won``."""
    name = goal.label or goal.measure
    return name[0].lower() + name[1:] if name[1:2].islower() else name


def awards_sentence(awards: Awards, n_ranked: int) -> str:
    """``These weights put 6 of your 10 best sellers in the top 10.``"""
    if not n_ranked:
        return NO_WEIGHT
    if n_ranked == 1:
        return "One rep alone cannot be ranked."
    best, top = len(awards.best_sellers), max(awards.top, len(awards.winners))
    if best == 1:
        place = "first" if awards.overlap else "not first"
        return f"These weights put your best seller {place}."
    return f"These weights put {awards.overlap} of your {best} best sellers in the top {top}."


def agreement_sentence(agreement: Agreement, goal: Goal, grain: Grain) -> str:
    """How the score goes with the next period's goal; with the same period's where there is no next one."""
    if agreement.next_period.n:
        return _link(agreement.next_period, f"next {grain}'s {goal_inline(goal)}")
    return _link(agreement.across_reps, goal_inline(goal))


def _link(found: Correlation, what: str) -> str:
    if not has_interval(found):
        return f"Whether the score goes with {what} cannot be said yet ({link_figures(found)})."
    if found.low > 0 or found.high < 0:
        return f"The score {link_words(found, what)}: {link_figures(found)}."
    return f"{link_words(found).capitalize()} between the score and {what}: {link_figures(found)}."


def harmed_sentence(n_harmed: int, n_made_goal: int) -> str:
    """Reps who made their goal and would still rank in the bottom third; empty when there are none."""
    if not n_harmed:
        return ""
    would = "would rank" if n_harmed > 1 else "would still rank"
    return f"{n_harmed} of the {pluralize(n_made_goal, 'rep')} who made the goal {would} in the bottom third."


def goal_inside_sentence(kpis: Sequence[str], goal: Goal) -> str:
    """The warning that the goal is inside the scorecard; empty when it is not."""
    if not kpis:
        return ""
    names = " and ".join(f"“{name}”" for name in kpis)
    return (
        f"{names} {'counts' if len(kpis) == 1 else 'count'} what makes {goal_inline(goal)}, so this scorecard agrees "
        f"with {goal_inline(goal)} by construction. Look at the next period instead, or set the weight to 0."
    )


def goal_switched_off_sentence(kpis: Sequence[str], goal: Goal) -> str:
    """The note that KPIs which contain the goal have weight 0."""
    names = " and ".join(f"“{name}”" for name in kpis)
    return (
        f"{names} would bring {goal_inline(goal)} itself into the score; with weight 0 nothing agrees by construction."
    )


def ranks_method(scoring: Scoring) -> str:
    """How points, score and ranks are computed under these rules."""
    return RANKS_METHOD.format(scale=SCALES[scoring.points], floor=scoring.floor, cap=scoring.cap,
                               combine=COMBINES[scoring.combine], missing=MISSINGS[scoring.missing],
                               basis=BASES[scoring.basis])  # fmt: skip


def shown_reps_words(n_shown: int, n_all: int) -> str:
    """``12 of 24 reps shown``; empty when all are."""
    return "" if n_shown == n_all else f"{n_shown} of {pluralize(n_all, 'rep')} shown; nobody's points change"


def weight_changes_words(before: Sequence[float], after: Sequence[float], names: Sequence[str]) -> str:
    """Which weights changed, in a few words: ``Dials 30 → 0``, ``3 weights``; empty when none did."""
    changes = [f"{name} {a:g} → {b:g}" for name, a, b in zip(names, before, after, strict=True) if a != b]
    return changes[0] if len(changes) == 1 else f"{len(changes)} weights" if changes else ""


def kinds_caption(kind: str | None, n_all: int, n_judged: int, grain: Grain) -> str:
    """What the kind looked at means, how many rep-periods are judged, and how many are left out."""
    what = f"{KINDS[kind].name}: {KINDS[kind].meaning}. " if kind else ""
    left_out = n_all - n_judged
    rest = f", {left_out:,} left out without score, goal or target" if left_out else ""
    return f"{what}{pluralize(n_judged, f'rep-{grain}')}{rest}."
