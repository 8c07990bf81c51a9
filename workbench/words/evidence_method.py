"""How the evidence is computed, and the table of conditions behind the verdicts, in the words of the page."""

from __future__ import annotations

from workbench.evidence.record import Options
from workbench.evidence.report import CHECKS
from workbench.evidence.verdict import RULES, Rule

QUESTION = "Does each KPI earn its place?"
ASSOCIATION = "All of it is association: a trial shows whether moving a KPI moves {goal}."
FACTS = {
    "measured": "there is an interval at all",
    "lever": "goes with the goal within reps, at some delay",
    "trait": "goes with the goal across reps",
    "adds": "tells what the other KPIs do not",
    "copy": "already measured by the others",
    "holds": "the link holds now",
    "weakens": "the link has become weaker",
    "decoupled": "the link is gone",
    "follows": "follows the goal instead of leading it",
    "readable": "tells reps apart within the horizon",
    "segment": "works in some segment",
    "uneven": "works in one segment and not in another",
    "goal": "holds the goal itself",
    "powered": "history long enough to show a link that matters",
}
METHOD = (
    "What all reps share in a period (season, trend) is taken out first. **Across reps** compares reps' averages "
    "(Spearman). **Within reps** compares each rep's periods with that rep's own level (Pearson), so that talent and "
    "territory drop out. Every interval leaves out one rep at a time, since reps are the unit of evidence.\n\n"
    "**Delay** shuffles whole histories between reps and takes the clearest of all delays, so looking at several is no "
    "advantage. **Given the others** uses partial links; KPIs that this one drives, and outcomes that come after it, "
    "are not among the others. **Real differences** leave out one period of a quarter at a time.\n\n"
    "All of it is association. A trial shows whether moving the KPI moves the goal."
)


def conditions() -> list[dict[str, str]]:
    """The table of conditions: the first row that fits gives the verdict."""
    return [{"Verdict": rule.verdict, "When": _when(rule)} for rule in RULES]


def sources() -> list[tuple[str, str]]:
    """(check, source of its method)."""
    return [(one.module.NAME, one.module.SOURCE) for one in CHECKS]


def thresholds(options: Options, grain: str) -> str:
    """What the user set."""
    return (
        f"A link matters from ρ {options.smallest:g} on. Reps must be told apart within {options.horizon} {grain}s "
        f"(reliability .7). Intervals are {options.confidence:.0%}."
    )


def _when(rule: Rule) -> str:
    if not rule.when:
        return "nothing above fits"
    return "; ".join(f"{FACTS[fact]}: {' or '.join(readings)}" for fact, readings in rule.when.items())
