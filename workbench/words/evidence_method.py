"""The method of the evidence and the conditions of its verdicts, in words."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from workbench.data.model.dataset import Grain
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.report import CHECKS, Evidence
from workbench.evidence.verdict import RULES, Fact, Scope, VerdictRule
from workbench.scoring.jackknife import MIN_REPS
from workbench.words.lists import list_names
from workbench.words.numbers import percent
from workbench.words.panels import period_name

QUESTION = "Does each KPI earn its place?"
TABS = ("Verdicts", "One KPI", "All links", "Over time", "How reliable")
NO_TIME = "There is one period only, so nothing can be compared over time."
ASSOCIATION = "Association, not proof: only a trial shows whether moving a KPI moves {goal}."
_LIMITS: dict[Fact, Scope] = {"one_rep": "one rep", "one_period": "one period"}
NOT_SHOWN = ("no", "unclear")
CONDITIONS: dict[tuple[str, tuple[str, ...]], str] = {
    ("one_rep", ("yes",)): "all figures are of one rep, or of one total",
    ("one_period", ("yes",)): "there is one period only",
    ("trait", ("yes", "no")): "it is clear whether reps who do better on it have more of the goal",
    ("measured", ("no",)): "there is too little data for a likely range",
    ("goal", ("yes",)): "it counts the same rows as the goal",
    ("copy", ("yes",)): "another KPI already measures the same",
    ("encompassed", ("yes",)): "a stronger KPI that stays already predicts most of what it predicts",
    ("decoupled", ("yes",)): "it was linked to the goal once and no longer is",
    ("follows", ("yes",)): "it follows the goal instead of leading it",
    ("after", ("yes",)): "it comes after the goal, not before it",
    ("shocks", ("yes",)): "the link disappears without what reps share, their seasons, or new reps' first half year",
    ("uneven", ("yes",)): "it is linked to the goal in one part of the team and not in another",
    ("segment", ("yes",)): "it is linked to the goal in some part of the team",
    ("lever", ("yes",)): "a rep's better periods on it are better for the goal, at some delay",
    ("lever", ("no",)): "a rep's better periods on it are no better for the goal, at any delay",
    ("trait", ("yes",)): "reps who do better on it have more of the goal",
    ("weakens", ("yes",)): "the link has become weaker",
    ("holds", ("yes",)): "the link holds now, or is as large as matters without a sign of change",
    ("holds", NOT_SHOWN): "it is not shown that the link still holds",
    ("adds", ("yes",)): "it predicts what no other KPI predicts",
    ("adds", NOT_SHOWN): "it is not shown to predict what no other KPI predicts",
    ("readable", ("yes",)): "it separates reps within the horizon",
    ("powered", ("yes",)): "the history is long enough to show a link that matters, and shows none",
}
"""Every condition of the rules in words: a fact and the readings that meet it."""
METHOD = (
    "What all reps share in a period (season, trend) is taken out first. **Across reps** compares reps' averages "
    "(Spearman). **Within reps** compares each rep's periods with that rep's own level (Pearson), so that "
    "talent, and a territory that stays the same, drop out. What changes for a rep over time does not, which is why "
    "shocks of known parts of the team are taken out, and reps that move together without one are looked for. Months "
    "weigh by the days worked. Intervals leave out one rep at a time, since reps are the unit of evidence; only a "
    "single rep's own link cannot.\n\n"
    "**Delay** shuffles whole histories between reps and takes the clearest of all delays, so looking at several is no "
    "advantage. **Given the others** uses partial links; KPIs that this one drives, and outcomes that come after it, "
    "are not among the others. **Already predicted by a stronger KPI** takes the KPIs whose links hold up, the weakest "
    "first. One is dropped if its link given the KPIs that stay is below what matters and may be nothing, and the KPI "
    "that stays has a larger one beyond chance (98%). **Any at all** compares the link over all periods with that "
    "over the periods in which any of the KPI's work was done. **Real differences** leave out one period of a quarter "
    "at a time.\n\n"
    "**One period of many reps** shows links across reps only. They neither keep nor drop a KPI: it can move the goal "
    "within reps and hardly differ between them. **One rep, or one total,** shows nothing about other reps.\n\n"
    "All of it is association. A trial shows whether moving the KPI moves the goal."
)


def verdict_conditions(found: Evidence | None = None) -> list[dict[str, str]]:
    """The table of conditions: the first row that fits gives the verdict.

    With ``found``, the rows that its history can meet, and its KPIs in them: rules for a single period, or a single
    rep, are not told to a team with a history.
    """
    if found is None:
        return [{"Verdict": rule.verdict, "When": _when(rule)} for rule in RULES]
    limits = {fact for fact, scope in _LIMITS.items() if scope != found.scope}
    return [
        {"Verdict": rule.verdict, "When": _when(rule), "Here": ", ".join(kpis)}
        for place, rule in enumerate(RULES)
        if not limits & rule.when.keys()
        for kpis in [[one.kpi for one in found.kpis if one.verdict.rule == place]]
    ]


def check_sources() -> list[tuple[str, str]]:
    """(check, source of its method) of every check."""
    return [(one.module.NAME, one.module.SOURCE) for one in CHECKS]


def forest_caption(options: EvidenceOptions) -> str:
    """What the picture of all intervals shows."""
    return (
        f"Lines: the likely range ({percent(options.confidence)} CI) of each link (ρ) with the goal. Grey band: below "
        f"{options.smallest:g}, too small to matter."
    )


def heatmap_caption(grain: str) -> str:
    """What a cell of the calendar shows."""
    return (
        f"Each {grain}: did reps who did better than usual on the KPI also do better on the goal? "
        "Blue: yes. Orange: the opposite. Empty: too few reps."
    )


def unfinished_sentence(partial: Sequence[object], grain: Grain) -> str:
    """``September 2025 is unfinished and left out.``; empty when every period used is whole."""
    if not partial:
        return ""
    names = list_names([period_name(pd.Timestamp(period), grain) for period in partial])
    return f"{names} {'is' if len(partial) == 1 else 'are'} unfinished and left out."


NO_HEAT = f"Links of single periods need at least {MIN_REPS} reps."


def thresholds_sentence(options: EvidenceOptions, grain: str) -> str:
    """The thresholds that the user set."""
    return (
        f"A link matters from ρ {options.smallest:g} on. A KPI must separate reps within {options.horizon} {grain}s "
        f"(reliability 0.7). Likely ranges are {percent(options.confidence)} intervals."
    )


def _when(rule: VerdictRule) -> str:
    said = ", and ".join(CONDITIONS[fact, readings] for fact, readings in rule.when.items())
    return said[:1].upper() + said[1:] if said else "Nothing above fits"
