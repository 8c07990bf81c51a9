"""What to do about a verdict, how a trial would be run, and the plan of one that a design file holds."""

from __future__ import annotations

from workbench.design.model import Design, Kpi, Trial, first_day
from workbench.evidence.verdict import VerdictName
from workbench.scoring.classification import Awards
from workbench.words.evidence_about import About

ACTIONS: dict[VerdictName, str] = {
    "drop": "Set weight to 0",
    "watch": "Try it as a trial",
    "not enough data": "Add more data",
}
REPLACE = "Find what comes before"
"""What to do with a KPI that counts the goal itself: the tree on Goal works backwards from there."""
REMOVE_PLAN = "Remove the plan"
TRIAL_MONTHS = {"day": "three months", "week": "three months", "month": "six months", "quarter": "four quarters"}


def is_worse_on_top(before: Awards, after: Awards) -> bool:
    """Whether fewer best sellers are on top than before, of those there are."""
    return after.overlap < before.overlap


def weight_zero_sentence(kpi: str, before: Awards, after: Awards | None) -> str:
    """What a weight of 0 does to the ranking; ``after`` is None where no KPI has a weight then.

    Empty where nobody is known to be a best seller.
    """
    if after is None:
        return f"{kpi} alone has a weight. Give another KPI a weight first."
    best, now = len(after.best_sellers), after.overlap
    if not best:
        return ""
    on_top = f"{now} of {best} best sellers {'is' if now == 1 else 'are'} on top"
    if now == before.overlap:
        return f"Without {kpi}, {on_top}, as today."
    return f"Without {kpi}, {'only ' if is_worse_on_top(before, after) else ''}{on_top} instead of {before.overlap}."


def trial_steps(kpi: str, about: About) -> tuple[str, ...]:
    """How to try a KPI, in three steps."""
    return (
        f"Draw lots: half of the team works on {kpi} for {TRIAL_MONTHS[about.grain]}.",
        "The other half works as before.",
        f"Keep {kpi} if the first half then has {about.more_goal} than the second.",
    )


def trial_words(trial: Trial) -> str:
    """``Trial: Work on Dials. Half of the team, by lot, from 1 December 2026. Expected: …. Decide on 2 June 2027.``"""
    who = f"{trial.who}, from" if trial.who else "From"
    expected = f"Expected: {trial.expect.rstrip('.')}." if trial.expect else ""
    parts = [f"Trial: {trial.what.rstrip('.')}.", f"{who} {_day(trial.start)}.", expected,
             f"Decide on {_day(trial.look_again)}."]  # fmt: skip
    return " ".join(filter(None, parts))


def trials_words(design: Design) -> str:
    """The planned trials of a design in a line: ``Trial of Dials until 2 June 2027``; empty without one."""
    planned = [f"{kpi.name} until {_day(kpi.trial.look_again)}" for kpi in _all(design) if kpi.trial]
    return f"Trial of {', '.join(planned)}" if planned else ""


def _all(design: Design) -> list[Kpi]:
    return [each for top in design.kpis for each in top.everything()]


def _day(text: str) -> str:
    when = first_day(text)
    return f"{when.day} {when:%B %Y}"
