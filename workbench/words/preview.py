"""Sentences of the Preview page: headline, warnings, and the four kinds of rep-periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.data.model.dataset import Grain
from workbench.design.model import Goal, Kpi, Scoring
from workbench.scoring.agreement import Agreement
from workbench.scoring.classification import Awards
from workbench.scoring.correlation import Correlation
from workbench.words.links import MATTERS, has_interval, link_words, strength_word
from workbench.words.lists import list_names
from workbench.words.numbers import pluralize

QUESTION = "How would these weights have scored our reps against what they sold?"
NOBODY = "None of these reps worked in these periods. Choose more reps or periods in the filter."
WEIGHTS_PLACES = {"hand": "Set by hand", "find": "Find weights", "matter": "How much they matter"}
"""What can stand beside the ranking, by its name in a link."""
NO_WEIGHT = "Give a KPI some weight to rank the reps."


@dataclass(frozen=True)
class KindWords:
    """One of the four kinds of rep-periods: its name and what it means."""

    name: str
    meaning: str


KINDS: dict[str, KindWords] = {
    "hit_both": KindWords("Hit both", "score and goal reached"),
    "box_ticker": KindWords("Box tickers", "score reached, goal missed"),
    "unsung_seller": KindWords("Unsung sellers", "goal reached, score missed"),
    "missed_both": KindWords("Missed both", "neither score nor goal reached"),
}

READINGS: dict[str, KindWords] = {
    "across_reps": KindWords("Across reps", "Each dot is a rep. Are reps who do better on this KPI better at {goal}?"),
    "within_reps_and_periods": KindWords(
        "Within reps", "Each dot is a rep in one {grain}, compared with the rep's "
        "and the {grain}'s own average. Are a rep's better {grain}s on this KPI better {grain}s for {goal}?"),
    "next_period": KindWords(
        "Next {grain}", "Each dot is a rep in one {grain}, with {goal} of the {grain} after. "
        "Who is better throughout counts as well"),
    "rep_periods": KindWords(
        "Rep-{grain}s", "Each dot is a rep in one {grain}. Who is better throughout counts as well"),
}  # fmt: skip

KINDS_METHOD = (
    "A **rep-period** is one rep in one period. The score is *hit* from {line:g} points on; the goal from its target "
    "on. Each rep-period is scored with the points of that period alone. Rep-periods without a score, a goal or a "
    "target are left out and counted below."
)
_POINTS_METHOD = (
    "**Points** put each KPI on one scale ({scale}), between {floor:g} and {cap:g}. The **score** is {combine}. "
    "{missing} Per rep, values are {basis}; ratios are ratios of totals. Equal scores share a rank."
)
_RANKS_METHOD = (
    " A filter changes who is shown and ranked, never anybody's points.\n\n"
    "**Stated weight** is a KPI's share of the weights. **Actual influence** is its share in the differences between "
    "reps' scores, share × cov(points, score) ÷ var(score) (Paruolo, Saisana, Saltelli 2013): a KPI on which "
    "everybody is "
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
    """The goal inside a sentence: ``sales``, ``USD won``; a name with several capitals stays as it is written."""
    name = goal.label or goal.measure
    return name.lower() if name[1:] == name[1:].lower() else name


def reading_meaning(reading: str, goal: Goal, grain: Grain) -> str:
    """What a dot is, and what the picture asks."""
    return READINGS[reading].meaning.format(grain=grain, goal=goal_inline(goal))


def drawn_name(of: Kpi | Goal) -> str:
    """The name of a KPI or goal in a picture, which falls where the link is good if less of one of them is better."""
    name = of.name if isinstance(of, Kpi) else of.label or of.measure
    return f"{name} (less is better)" if of.direction == "lower" and not (isinstance(of, Kpi) and of.kpis) else name


def awards_sentence(awards: Awards, n_ranked: int) -> str:
    """``These weights put 6 of your 10 best sellers in the top 10.``"""
    if not n_ranked:
        return NO_WEIGHT
    if n_ranked == 1:
        return "One rep alone cannot be ranked."
    if not awards.goal_known:
        return "The goal is not known for any rep, so there are no best sellers to find."
    best, top = len(awards.best_sellers), max(awards.top, len(awards.winners))
    if not best:
        return "No rep has reached any of the goal, so there are no best sellers to find."
    if len(awards.winners) == n_ranked:
        return f"All {n_ranked} reps share the best score, so these weights put nobody first."
    if best == 1:
        put, place = "put" if awards.overlap else "do not put", "first" if top == 1 else f"in the top {top}"
        return f"These weights {put} your best seller {place}."
    return f"These weights put {awards.overlap} of your {best} best sellers in the top {top}."


def agreement_sentence(agreement: Agreement, goal: Goal, grain: Grain) -> str:
    """How well the score predicts the next period's goal; its link with the same period's where there is no next."""
    found, name = headline_link(agreement), goal_inline(goal)
    if not agreement.next_period.n:
        return _link_sentence(found, name)
    what = f"next {grain}'s {name}"
    if has_interval(found) and found.low > 0:
        return f"This scorecard is a {strength_word(found.rho)} predictor of {what}."
    return _link_sentence(found, what)


def leading_sentences(
    awards: Awards,
    n_ranked: int,
    agreement: Agreement,
    goal: Goal,
    grain: Grain,
    goal_inside: bool,
    draft: str = "",
) -> list[str]:
    """What the page says first: the best sellers on top, then the link.

    The other way round where the score counts what makes the goal, since then the best sellers are on top by counting.
    ``draft``: what is said of a draft's best sellers instead.
    """
    said = [draft or awards_sentence(awards, n_ranked)]
    if n_ranked > 1:
        said.append(agreement_sentence(agreement, goal, grain))
    return said[::-1] if goal_inside and agreement.next_period.n else said


def headline_link(agreement: Agreement) -> Correlation:
    """The link that the headline is about: with the next period's goal where there is one."""
    return agreement.next_period if agreement.next_period.n else agreement.across_reps


def _link_sentence(found: Correlation, what: str) -> str:
    if not has_interval(found):
        return f"It is too early to say whether this scorecard is linked to {what}."
    if found.high < 0:
        return f"Reps who score higher on this scorecard are lower on {what}."
    if found.low > 0:
        return f"This scorecard has a {link_words(found)} with {what}."
    if abs(found.rho) >= MATTERS and link_words(found) != "no link that matters":
        return f"The link between this scorecard and {what} could be chance."
    return f"No link between this scorecard and {what} can be detected."


def harmed_sentence(n_harmed: int, n_made_goal: int) -> str:
    """Reps who made their goal and would still rank in the bottom third; empty when nobody made the goal.

    About as long whether there are some or none, so that the weights below stay where the hand is.
    """
    if not n_made_goal:
        return ""
    if not n_harmed:
        return "No rep who made the goal would rank in the bottom third."
    return f"{n_harmed} of the {pluralize(n_made_goal, 'rep')} who made the goal would rank in the bottom third."


def goal_inside_sentence(kpis: Sequence[str], goal: Goal, grain: Grain, leads_with_next: bool = False) -> str:
    """The warning that the goal is inside the scorecard; empty when it is not.

    ``leads_with_next``: the headline is about the next period already.
    """
    if not kpis:
        return ""
    return (
        f"{_count_the_goal(kpis, goal)} Part of the scorecard's link with {goal_inline(goal)} of the same {grain} is "
        "automatic. "
        + (
            f"The headline therefore looks at the next {grain}."
            if leads_with_next
            else "Set the weight to 0 to see the link without it."
        )
    )


def _count_the_goal(kpis: Sequence[str], goal: Goal) -> str:
    names = list_names([f"“{name}”" for name in kpis])
    return f"{names} {'counts' if len(kpis) == 1 else 'count'} what makes {goal_inline(goal)}."


def goal_switched_off_sentence(kpis: Sequence[str], goal: Goal) -> str:
    """The note that KPIs which contain the goal have weight 0."""
    return f"{_count_the_goal(kpis, goal)} With weight 0 that does no harm."


def ranks_method(scoring: Scoring) -> str:
    """How points, score and ranks are computed under these rules, on a page with a filter."""
    return points_method(scoring) + _RANKS_METHOD


def points_method(scoring: Scoring) -> str:
    """How points and score are computed under these rules."""
    return _POINTS_METHOD.format(scale=SCALES[scoring.points], floor=scoring.floor, cap=scoring.cap,
                                 combine=COMBINES[scoring.combine], missing=MISSINGS[scoring.missing],
                                 basis=BASES[scoring.basis])  # fmt: skip


def shown_reps_words(n_shown: int, n_all: int) -> str:
    """``12 of 24 reps shown``; empty when all are."""
    return (
        ""
        if n_shown == n_all
        else f"{n_shown} of {pluralize(n_all, 'rep')} shown. Points stay those of the whole team."
    )


def weight_changes_words(before: Sequence[float], after: Sequence[float], names: Sequence[str]) -> str:
    """Which weights changed, in a few words: ``Dials 30 → 0``, ``3 weights``; empty when none did."""
    changes = [f"{name} {a:g} → {b:g}" for name, a, b in zip(names, before, after, strict=True) if a != b]
    return changes[0] if len(changes) == 1 else f"{len(changes)} weights" if changes else ""


def kinds_caption(kind: str | None, n_all: int, n_judged: int, grain: Grain) -> str:
    """What the kind looked at means, how many rep-periods are judged, and how many are left out."""
    what = f"{KINDS[kind].name}: {KINDS[kind].meaning}. " if kind else ""
    left_out = n_all - n_judged
    are = "is" if left_out == 1 else "are"
    rest = f"; {left_out:,} without a score, a goal or a target {are} left out" if left_out else ""
    return f"{what}{pluralize(n_judged, f'rep-{grain}')}{rest}."
